"""The form by which a reader reports something: what is asked, what came back, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from data.corrections.suggestions import whole_numbers
from data.registry.registry import Registry
from data.store.schema import SUGGESTION_TOPICS
from data.store.visibility import is_public
from data.vocabulary import forms_for_group, need_groups, screen_groups, support_forms
from layers.site.place_page import paged_services
from layers.text import Texts
from layers.view.page_addresses import gmina_address, place_address, report_address
from layers.words.area_names import gmina_labels
from layers.words.source_words import capital

What = Literal["outdated", "missing", "need"]
LONGEST_WORDS: Final = 1000
LONGEST_PROPOSAL: Final = 200
LONGEST_WHERE: Final = 100
TRAP: Final = "homepage"
"""A field that no reader sees; who fills it in fills in everything."""
_TOPICS_OF_PROTECTED: Final = ("closed", "phone")
_PROPOSED: Final = ("phone", "hours", "address")


@dataclass(frozen=True)
class Subject:
    """What a report is about; `handle` of a place, `gmina_code` and the names that a page says of them."""

    what: What
    handle: str = ""
    name: str = ""
    is_open: bool = True
    gmina_code: str = ""
    gmina_name: str = ""

    @property
    def signed(self) -> str:
        """What a form is signed for: it brings a report of nothing else."""
        return f"{self.what}|{self.handle}|{self.gmina_code}"

    @property
    def topics(self) -> tuple[str, ...]:
        """What can be wrong with a place; of a protected one words would tell where it is."""
        return SUGGESTION_TOPICS if self.is_open else _TOPICS_OF_PROTECTED

    def address(self, lang: str) -> str:
        """Return the address of the form."""
        if self.what == "outdated":
            return report_address(lang, place=self.handle)
        about = {"what": "need"} if self.what == "need" else {}
        return report_address(lang, **about, **({"gmina": self.gmina_code} if self.gmina_code else {}))


@dataclass(frozen=True)
class Choice:
    """One of several to choose from."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class ReportPage:
    """All words and values of the form."""

    subject: Subject
    title: str
    about: str
    back_url: str
    token: str
    problem: str
    topics: tuple[Choice, ...] = ()
    groups: tuple[Choice, ...] = ()
    forms: tuple[Choice, ...] = ()
    filled: Mapping[str, str] = field(default_factory=dict)
    takes_words: bool = True
    asks_where: bool = False


def subject_of(registry: Registry, asked: Mapping[str, str]) -> Subject | None:
    """Return what an address asks to report; None of a place, gmina or kind of report that there is not."""
    what = asked.get("what") or ("outdated" if asked.get("place") else "missing")
    if what == "outdated":
        services = paged_services(registry)
        rows = services[services["facility_handle"] == asked.get("place", "")]
        if rows.empty:
            return None
        row = rows.iloc[0]
        return Subject(
            "outdated", str(row["facility_handle"]), str(row["facility_name"]), is_public(row["visibility"])
        )
    if what not in {"missing", "need"}:
        return None
    code = asked.get("gmina", "")
    if not code:
        return Subject("missing") if what == "missing" else None
    gminas = registry.own_gminas.areas_by_code("gmina")
    if code not in gminas.index:
        return None
    return Subject(what, gmina_code=code, gmina_name=str(gminas["name"][code]))  # type: ignore[arg-type]


def report_page(
    subject: Subject,
    filled: Mapping[str, str],
    registry: Registry,
    texts: Texts,
    *,
    token: str,
    problem: str = "",
) -> ReportPage:
    """
    Return the form.

    Parameters
    ----------
    filled
        What was typed before, or what the address chooses: `topic`, `proposal`, `words`, `where`, `group`, `form`.
    problem
        Why it came back, in words; empty for a new one.
    """
    is_place, is_need = subject.what == "outdated", subject.what == "need"
    about = subject.name
    if subject.gmina_code:
        name, _, within = gmina_labels(registry, texts)[subject.gmina_code].partition(", ")
        about = ", ".join(filter(None, (name, within)))
    back = place_address(subject.handle, texts.lang) if is_place else ""
    if subject.gmina_code:
        back = gmina_address(subject.gmina_code, texts.lang)
    return ReportPage(
        subject=subject,
        title=texts.t(f"report.{subject.what}.title"),
        about=about,
        back_url=back,
        token=token,
        problem=problem,
        topics=_choices("topic", subject.topics, filled, texts) if is_place else (),
        groups=_groups(filled, texts) if is_need else (),
        forms=_forms(filled, texts) if is_need else (),
        filled={name: filled.get(name, "") for name in ("proposal", "words", "where")},
        takes_words=subject.is_open and not is_need,
        asks_where=subject.what == "missing" and not subject.gmina_code,
    )


def problem_of(subject: Subject, filled: Mapping[str, str]) -> str:
    """Return the key of what a report lacks; empty where it can be taken."""
    if subject.what == "need":
        if filled.get("group") not in screen_groups():
            return "report.no_group"
        return "report.other_form" if filled.get("form") and form_of(filled) is None else ""
    words, proposal = filled.get("words", "").strip(), filled.get("proposal", "").strip()
    if subject.what == "missing":
        is_said = bool(words) and bool(subject.gmina_code or filled.get("where", "").strip())
        if proposal and not whole_numbers(proposal):
            return "report.no_number"
        return "" if is_said else "report.no_words"
    return _problem_of_place(subject, filled.get("topic", ""), proposal, words)


def _problem_of_place(subject: Subject, topic: str, proposal: str, words: str) -> str:
    if topic not in subject.topics:
        return "report.no_topic"
    if topic == "phone" and proposal and not whole_numbers(proposal):
        return "report.no_number"
    if topic in _PROPOSED and not (proposal or words) and (topic != "phone" or subject.is_open):
        return "report.no_proposal"
    return "report.no_words" if topic == "other" and not words and not proposal else ""


def form_of(filled: Mapping[str, str]) -> str | None:
    """Return the form of support that a need is of; None where any of the group was meant."""
    form = filled.get("form", "")
    return form if form in forms_for_group(filled.get("group", "")) else None


def _choices(
    name: str, values: tuple[str, ...], filled: Mapping[str, str], texts: Texts
) -> tuple[Choice, ...]:
    chosen = filled.get(name, "")
    return tuple(Choice(value, texts.t(f"report.{name}.{value}"), value == chosen) for value in values)


def _groups(filled: Mapping[str, str], texts: Texts) -> tuple[Choice, ...]:
    chosen = filled.get("group", "")
    names = {group: need_groups()[group].name[texts.lang] for group in screen_groups()}
    return tuple(Choice(group, capital(name), group == chosen) for group, name in names.items())


def _forms(filled: Mapping[str, str], texts: Texts) -> tuple[Choice, ...]:
    """Return the forms of the chosen group, or of all while none is chosen, under the words of any."""
    group, chosen = filled.get("group", ""), filled.get("form", "")
    groups = (group,) if group in screen_groups() else screen_groups()
    codes = dict.fromkeys(form for one in groups for form in forms_for_group(one))
    names = [(code, capital(support_forms()[code].name[texts.lang])) for code in codes]
    any_form = Choice("", texts.t("report.any_form"), not chosen)
    return (any_form, *(Choice(code, name, code == chosen) for code, name in names))
