"""
Every error answer in words: what a framework says in bare English becomes a page with ways back and 112.

What ours have said already, in the language of the page, and what programs read (JSON), stays as it is.
"""

import logging
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from layers.site.short_page import short_page

_LOG = logging.getLogger(__name__)
_LEAST: Final = 400
_BROKEN: Final = 500
WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {404: "unknown", 405: "method", 408: "slow", 413: "large", 414: "long", 431: "heavy"}
)
"""Status → the part of the texts `web` that says it; of others see `words_of`."""
_KEPT: Final = ("allow", "retry-after", "connection")
"""Headers of the answer within that hold for the page in its place, too."""


class ErrorPages:
    """Puts a page in the place of each error answer that says nothing in the language of the reader."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application inside does, an error of its with a page; the log gets the traceback."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_begun, instead = False, None

        async def send_in_words(message: Message) -> None:
            nonlocal is_begun, instead
            if message["type"] == "http.response.start" and _is_bare(message):
                instead = message
            if instead is None:
                is_begun = True
                await send(message)

        try:
            await self.app(scope, receive, send_in_words)
        except Exception:
            if is_begun:
                raise
            _LOG.exception("a request was not answered")
            instead = {"status": _BROKEN, "headers": []}
        if instead is not None:
            await _page(scope, instead)(scope, receive, send)


def words_of(status: int) -> str:
    """Return the part of the texts `web` that says what an error status means."""
    return WORDS.get(status, "broken" if status >= _BROKEN else "bad")


def _is_bare(start: Message) -> bool:
    """Tell whether an answer is an error that is neither in a language of ours nor for programs."""
    headers = Headers(raw=list(start["headers"]))
    is_for_programs = headers.get("content-type", "").startswith("application/json")
    return start["status"] >= _LEAST and "content-language" not in headers and not is_for_programs


def _page(scope: Scope, start: Message) -> ASGIApp:
    headers = Headers(raw=list(start["headers"]))
    kept = {name: headers[name] for name in _KEPT if name in headers}
    return short_page(scope, words_of(start["status"]), status=start["status"], headers=kept)
