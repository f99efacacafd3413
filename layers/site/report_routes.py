"""What happens with a reader's report: the form, its way back with a fault, and the page that its sender keeps."""

import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from data.corrections.errors import CorrectionError, FloodError, HourFloodError
from data.corrections.records import record_named
from data.corrections.suggestions import Receipt, Told, receipt_of, take_suggestion
from data.corrections.unmet_needs import Unmet, is_counted, take_need
from data.corrections.versions import is_amended
from data.opening_hours import POLISH_TIME
from data.registry.registry import Registry
from data.store.form_key import form_key
from data.store.transactions import writing
from data.vocabulary.languages import LANGUAGES
from geo.errors import SupportMapError
from layers.cache.settings_in_use import settings_in_use
from layers.cache.shared_answers import open_database, open_registry
from layers.site.language import language_of
from layers.site.report_page import TRAP, Subject, form_of, problem_of, report_page, subject_of
from layers.site.senders import Senders, address_of
from layers.site.short_page import short_page
from layers.site.signed_form import new_token, read_token
from layers.site.written import written
from layers.text import Texts, texts_of
from layers.view.page_addresses import REPORT_PATH, report_address

Answer = Callable[[Request], Response]
_MOST_FIELDS: Final = 20
_RECEIPT: Final = re.compile(r"[0-9a-f]{20}(?:-[0-9]{1,2})?")
_CONTROLS: Final = {sign: None for sign in (*range(32), 127) if chr(sign) not in "\t\n\r"}
"""Signs that nobody types and no database keeps as text: PostgreSQL refuses a zero."""
_NO_STORE: Final = {"cache-control": "no-store"}
_STATUS: Final = {"report.many": 429, "report.many_now": 429, "report.later": 503}
"""Of what comes back for another reason than its words, which are 400."""
_LOG = logging.getLogger(__name__)
senders = Senders()


@dataclass(frozen=True)
class Taken:
    """What became of a report that was sent: the receipt of what is kept, else the key of why it is not."""

    receipt: str = ""
    problem: str = ""


def report_routes(in_words: Callable[[Answer], Answer]) -> list[Route]:
    """
    Return the route of reports.

    Parameters
    ----------
    in_words
        Lets a page that cannot be made say so.
    """
    answered = in_words(_answer)

    async def answer(request: Request) -> Response:
        """Read what was sent, which may wait for a slow line, and answer in a thread of its own."""
        body = await request.body() if request.method == "POST" else b""
        request.state.sent = _fields(body)
        return await run_in_threadpool(answered, request)

    return [Route(REPORT_PATH, answer, methods=["GET", "HEAD", "POST"])]


def _answer(request: Request) -> Response:
    texts = texts_of(language_of(request.scope))
    if request.method == "POST":
        return _sent(request, texts)
    if receipt := request.query_params.get("receipt"):
        return _receipt(request, receipt, texts)
    registry = open_registry()
    if handle := registry.moved_places.get(request.query_params.get("place", "")):
        return RedirectResponse(report_address(texts.lang, place=handle), 301, headers=_NO_STORE)
    subject = subject_of(registry, request.query_params)
    if subject is None:
        return short_page(request.scope, "unknown", status=404)
    token = new_token(form_key(settings_in_use()), subject.signed, time.time())
    return _form(subject, request.query_params, registry, texts, token=token)


def _sent(request: Request, texts: Texts) -> Response:
    """
    Take a report, or give its form back with all that was typed and what is wrong with it.

    A form that was opened before its place became part of another comes back too, for the one that it is part of.
    """
    registry = open_registry()
    sent = _at_new_place(registry, request.state.sent)
    subject = subject_of(registry, sent)
    if subject is None:
        return short_page(request.scope, "unknown", status=404)
    key, now_s = form_key(settings_in_use()), time.time()
    form = read_token(key, sent.get("token", ""), subject.signed, now_s)
    problem = _fault(sent, form.fault) or problem_of(subject, sent)
    if not problem:
        taken = _take(request, subject, sent, form.receipt, texts)
        if taken.receipt:
            return RedirectResponse(report_address(texts.lang, receipt=taken.receipt), 303, headers=_NO_STORE)
        problem = taken.problem
    is_kept = form.fault in {None, "fast"}
    token = sent["token"] if is_kept else new_token(key, subject.signed, now_s)
    return _form(subject, sent, registry, texts, token=token, problem=problem)


def _at_new_place(registry: Registry, sent: Mapping[str, str]) -> Mapping[str, str]:
    """Return what was sent, about the facility that its place is part of by now."""
    handle = registry.moved_places.get(sent.get("place", ""))
    return {**sent, "place": handle} if handle else sent


def _fault(sent: Mapping[str, str], fault: str | None) -> str:
    """Return the key of what is wrong with how a form was sent; empty where nothing is."""
    if sent.get(TRAP):
        return "report.trap"
    return f"report.{fault}" if fault else ""


def _take(request: Request, subject: Subject, sent: Mapping[str, str], receipt: str, texts: Texts) -> Taken:
    """Keep a report; return the receipt of what is kept, or the key of why it could not be."""
    address = address_of(request.scope, is_behind_proxy=settings_in_use().is_behind_proxy)
    if not senders.take_turn(address):
        return Taken(problem="report.many_now")
    try:
        try:
            return Taken(_kept(subject, sent, receipt, texts))
        except IntegrityError:
            # The same form at the same moment, from two presses: by now the other one is kept, and it is one.
            return Taken(_kept(subject, sent, receipt, texts))
    except HourFloodError:
        return Taken(problem="report.many_now")
    except FloodError:
        return Taken(problem="report.many")
    except CorrectionError:
        raise
    except SupportMapError as error:
        # A load holds the database, or it is silent or read-only: what was typed comes back and is not lost.
        _LOG.warning("a report was not kept: %s", type(error).__name__)
        return Taken(problem="report.later")


def _kept(subject: Subject, sent: Mapping[str, str], receipt: str, texts: Texts) -> str:
    """Write a report; return its receipt."""
    now = datetime.now(UTC)
    with writing(open_database()) as connection:
        if subject.what == "need":
            need = Unmet(receipt, subject.gmina_code, sent["group"], form_of(sent))
            take_need(connection, need, today=now.astimezone(POLISH_TIME).date())
            return receipt
        record = None
        if subject.handle:
            source, _, text = subject.handle.partition(":")
            record = record_named(connection, (source, text))
        told = _told(subject, sent, receipt, record, texts.lang)
        return take_suggestion(
            connection, told, now=now.replace(tzinfo=None), replaced=texts.t("report.replaced")
        )


def _told(
    subject: Subject, sent: Mapping[str, str], receipt: str, record: tuple[str, str] | None, lang: str
) -> Told:
    words = sent.get("words", "")
    if where := sent.get("where", "").strip():
        words = f"{where}\n{words}"
    return Told(
        receipt=receipt,
        lang=lang,
        kind=subject.what,
        record=record,
        gmina_code=subject.gmina_code or None,
        topic=sent.get("topic") if record is not None else None,
        proposal=sent.get("proposal", ""),
        words=words,
    )


def _form(
    subject: Subject,
    filled: Mapping[str, str],
    registry: Registry,
    texts: Texts,
    *,
    token: str,
    problem: str = "",
) -> Response:
    page = report_page(
        subject, filled, registry, texts, token=token, problem=texts.t(problem) if problem else ""
    )
    return written(
        "report.html",
        texts,
        status=_STATUS.get(problem, 400) if problem else 200,
        headers=_NO_STORE,
        page=page,
        trap=TRAP,
        action=report_address(texts.lang),
        languages_here=_languages(subject),
        warnings=[texts.t("example.what")] if registry.state.is_invented else [],
    )


def _receipt(request: Request, receipt: str, texts: Texts) -> Response:
    """Return what became of a report: its day, its state and the answer, and nothing of what it said."""
    if not _RECEIPT.fullmatch(receipt):
        return short_page(request.scope, "unknown", status=404)
    with open_database().connect() as connection:
        found = receipt_of(connection, receipt)
        is_need = found is None and is_counted(connection, receipt)
    if found is None and not is_need:
        return short_page(request.scope, "unknown", status=404)
    lines = [texts.t("report.counted")] if found is None else _state_lines(found, texts)
    if is_amended(receipt):
        lines.insert(0, texts.t("report.amended"))
    return written(
        "report_sent.html",
        texts,
        headers=_NO_STORE,
        title=texts.t("report.thanks"),
        lines=lines,
        languages_here=[(code, name, report_address(code, receipt=receipt)) for code, name in _names()],
    )


def _state_lines(found: Receipt, texts: Texts) -> list[str]:
    day = found.received_at.replace(tzinfo=UTC).astimezone(POLISH_TIME).date()
    lines = [texts.t("report.received", date=day), texts.t(f"report.state.{found.state}")]
    if found.answer:
        lines.append(texts.t("report.answer", words=found.answer))
    return [*lines, texts.t("report.keep_address")]


def _languages(subject: Subject) -> list[tuple[str, str, str]]:
    return [(code, name, subject.address(code)) for code, name in _names()]


def _names() -> list[tuple[str, str]]:
    return [(code, language.name) for code, language in LANGUAGES.items()]


def _fields(body: bytes) -> dict[str, str]:
    """Return the fields of a form; of several of one name the last. What is no form has none."""
    try:
        pairs: list[tuple[Any, Any]] = parse_qsl(
            body.decode("utf-8", errors="replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return {}
    return {name: str(value).translate(_CONTROLS) for name, value in pairs}
