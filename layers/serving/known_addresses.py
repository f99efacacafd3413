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
STREAM: Final = "/_stcore/stream"
_METRICS: Final = "/_stcore/metrics"
_PAGES: Final = frozenset(f"/{address}" for address in ADDRESSES.values())
_EXACT: Final = frozenset(
    {"/healthz", "/readyz", STREAM, _METRICS, "/_stcore/health", "/_stcore/host-config"}
)
_BENEATH: Final = (
    f"{LEAFLET_PATH}/",
    f"{OUR_PATH}/",
    f"{GEOMETRY_PATH}/",
    "/media/",
    "/component/",
    "/_stcore/upload_file/",
    "/_stcore/bidi-components/",
)
_BROWSER_FILES: Final = Path(streamlit.__file__).parent / "static"
_SAFE: Final = re.compile(r"/(?:static/)?[A-Za-z0-9_][A-Za-z0-9_./-]*")


class KnownAddresses:
    """
    Answers 404, 405 and 414 in the language of the page.

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
        elif not self._exists(path, scope):
            answer = short_page(scope, "unknown", status=404)
        elif _is_only_read(path) and scope["method"] not in {"GET", "HEAD"}:
            answer = short_page(scope, "method", status=405, headers={"allow": "GET, HEAD"})
        else:
            await self.app(scope, receive, send)
            return
        await answer(scope, receive, send)

    def _exists(self, path: str, scope: Scope) -> bool:
        if path == _METRICS:
            return is_operator(scope, self.status_token)
        is_page = path == "/" or (path.rstrip("/") in _PAGES and not path.startswith("//"))
        return (
            is_page or is_light(path) or path in _EXACT or path.startswith(_BENEATH) or _is_browser_file(path)
        )


def _is_only_read(path: str) -> bool:
    """Tell whether it is a page that takes nothing; the form of readers is the one that does."""
    return (path.rstrip("/") in _PAGES | {""} or is_light(path)) and path != REPORT_PATH


def _is_browser_file(path: str) -> bool:
    """Tell whether it is a file of Streamlit's own: scripts, styles, fonts, the icon."""
    if not _SAFE.fullmatch(path) or ".." in path or path == "/index.html":
        return False
    return (_BROWSER_FILES / path.lstrip("/")).is_file()
