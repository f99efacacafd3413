"""A short page that needs no Streamlit: what happened, where to go, whom to call."""

from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from layers.site.language import language_of
from layers.site.written import written
from layers.text import texts_of


def short_page(scope: Scope, what: str, *, status: int, headers: dict[str, str] | None = None) -> Response:
    """
    Return a page of the language of the request.

    Parameters
    ----------
    what
        The part of the texts `web` that says what happened: `web.{what}.title` and `web.{what}.text`.
    """
    texts = texts_of(language_of(scope))
    page = written(
        "short.html",
        texts,
        status=status,
        headers={"cache-control": "no-store", "vary": "accept-language", **(headers or {})},
        title=texts.t(f"web.{what}.title"),
        lines=[texts.t(f"web.{what}.text")],
    )
    if scope["method"] == "HEAD":
        page.body = b""
        page.headers["content-length"] = "0"
    return page


def short_text(scope: Scope, what: str, *, status: int, headers: dict[str, str] | None = None) -> Response:
    """Return the same words as plain text, for requests that no person sees the answer of."""
    texts = texts_of(language_of(scope))
    said = f"{texts.t(f'web.{what}.title')} {texts.t(f'web.{what}.text')}"
    return PlainTextResponse(
        said, status_code=status, headers={"content-language": texts.lang, **(headers or {})}
    )
