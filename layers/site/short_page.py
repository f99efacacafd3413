"""A page that needs no Streamlit: what happened, where to go, whom to call."""

from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Scope

from data.vocabulary.languages import DEFAULT_LANGUAGE
from layers.site.language import language_of
from layers.text import Texts, texts_of
from layers.view.page_addresses import ADDRESSES, DOORS

_STYLE = """
body { margin: 0; font: 1.125rem/1.5 system-ui, sans-serif; color: #1f1f1f; background: #fff; }
main { max-width: 40rem; margin: 0 auto; padding: 3rem 1.25rem; border-top: 0.5rem solid #5b2a86; }
h1 { font-size: 1.75rem; line-height: 1.25; }
ul { list-style: none; padding: 0; }
li { margin: 0.75rem 0; }
a { color: #5b2a86; display: inline-block; min-height: 2.75rem; }
a:focus-visible { outline: 3px solid #b0005a; outline-offset: 2px; }
""".strip()


def short_page(scope: Scope, what: str, *, status: int, headers: dict[str, str] | None = None) -> Response:
    """
    Return a page of the language of the request.

    Parameters
    ----------
    what
        The part of the texts `web` that says what happened: `web.{what}.title` and `web.{what}.text`.
    """
    texts = texts_of(language_of(scope))
    content = _html(texts, what) if scope["method"] != "HEAD" else ""
    return HTMLResponse(
        content,
        status_code=status,
        headers={
            "content-language": texts.lang,
            "cache-control": "no-store",
            "vary": "accept-language",
            **(headers or {}),
        },
    )


def short_text(scope: Scope, what: str, *, status: int, headers: dict[str, str] | None = None) -> Response:
    """Return the same words as plain text, for requests that no person sees the answer of."""
    texts = texts_of(language_of(scope))
    said = f"{texts.t(f'web.{what}.title')} {texts.t(f'web.{what}.text')}"
    return PlainTextResponse(
        said, status_code=status, headers={"content-language": texts.lang, **(headers or {})}
    )


def _html(texts: Texts, what: str) -> str:
    query = "" if texts.lang == DEFAULT_LANGUAGE else f"?{urlencode({'lang': texts.lang})}"
    links = "".join(
        f'<li><a href="/{ADDRESSES[name]}{query}">{escape(texts.t(f"page.{name}"))}</a></li>'
        for name in ("first", *DOORS)
    )
    title = escape(texts.t(f"web.{what}.title"))
    return (
        f'<!DOCTYPE html><html lang="{texts.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{title} – {escape(texts.t('title'))}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{title}</h1><p>{escape(texts.t(f'web.{what}.text'))}</p><ul>{links}</ul>"
        f'<p><a href="tel:112">112 – {escape(texts.t("first.helpline_emergency"))}</a></p>'
        "</main></body></html>"
    )
