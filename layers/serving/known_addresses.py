"""
Only addresses that exist are answered; Streamlit would answer every one with its first page.

Inner routes that no page of ours uses (metrics apart, which are for who runs the server) do not exist either.
"""

import re
from pathlib import Path
from typing import Final

import streamlit
from starlette.types import ASGIApp, Receive, Scope, Send

from layers.maps.browser_files import GEOMETRY_PATH, LEAFLET_PATH, OUR_PATH
from layers.serving.visitor import is_operator
from layers.site.short_page import short_page
from layers.view.page_addresses import ADDRESSES, REPORT_PATH, is_light

LONGEST_ADDRESS: Final = 16_000
"""Two scenarios in a link are 7,000 characters, and signs outside ASCII take more."""
MOST_HEADERS: Final = 32_000
"""Bytes of the names and values of all headers; the server itself drops a request of more than 64 kB without words."""
STREAM: Final = "/_stcore/stream"
_METRICS: Final = "/_stcore/metrics"
_UPLOADS: Final = "/_stcore/upload_file/"
_PAGES: Final = frozenset(f"/{address}" for address in ADDRESSES.values())
_EXACT: Final = frozenset({"/healthz", "/readyz", _METRICS, "/_stcore/health", "/_stcore/host-config"})
_BENEATH: Final = (
    f"{LEAFLET_PATH}/",
    f"{OUR_PATH}/",
    f"{GEOMETRY_PATH}/",
    "/media/",
    "/component/",
    _UPLOADS,
    "/_stcore/bidi-components/",
)
_BROWSER_FILES: Final = Path(streamlit.__file__).parent / "static"
_SAFE: Final = re.compile(r"/(?:static/)?[A-Za-z0-9_][A-Za-z0-9_./-]*")
_ODD: Final = re.compile(r"[\x00-\x1f\x7f\\]|(?:^|/)\.\.?(?:/|$)")
"""What no address of ours has: control signs, and ways up. A route would not match it, or Streamlit refuse it bare."""


class KnownAddresses:
    """
    Answers 404, 405, 414 and 431 in the language of the page.

    Parameters
    ----------
    status_token
        Opens the metrics to who does not ask from this machine.
    """

    def __init__(self, app: ASGIApp, *, status_token: str | None = None) -> None:
        self.app = app
        self.status_token = status_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application inside does where there is something at the address."""
        if scope["type"] == "websocket" and scope["path"] != STREAM:
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if len(path) + len(scope.get("query_string", b"")) > LONGEST_ADDRESS:
            answer = short_page(scope, "long", status=414)
        elif sum(len(name) + len(value) for name, value in scope["headers"]) > MOST_HEADERS:
            answer = short_page(scope, "heavy", status=431)
        elif not self._exists(path, scope):
            answer = short_page(scope, "unknown", status=404)
        elif (allowed := _methods(path)) and scope["method"] not in allowed:
            answer = short_page(scope, "method", status=405, headers={"allow": ", ".join(allowed)})
        else:
            await self.app(scope, receive, send)
            return
        await answer(scope, receive, send)

    def _exists(self, path: str, scope: Scope) -> bool:
        if _ODD.search(path):
            return False
        if path == _METRICS:
            return is_operator(scope, self.status_token)
        is_page = path == "/" or (path.rstrip("/") in _PAGES and not path.startswith("//"))
        return (
            is_page or is_light(path) or path in _EXACT or path.startswith(_BENEATH) or _is_browser_file(path)
        )


def _methods(path: str) -> tuple[str, ...]:
    """Return the methods of a page, the form of readers or an upload; of others their route knows."""
    if path == REPORT_PATH:
        return ("GET", "HEAD", "POST")
    if path.startswith(_UPLOADS):
        return ("PUT", "DELETE", "OPTIONS")
    return ("GET", "HEAD") if path.rstrip("/") in _PAGES | {""} or is_light(path) else ()


def _is_browser_file(path: str) -> bool:
    """Tell whether it is a file of Streamlit's own: scripts, styles, fonts, the icon."""
    if not _SAFE.fullmatch(path) or ".." in path or path == "/index.html":
        return False
    return (_BROWSER_FILES / path.lstrip("/")).is_file()
