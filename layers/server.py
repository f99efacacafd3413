"""
What the web server adds to Streamlit: map files, the page's language, headers that keep everything here, limits.

Leaflet, our scripts and the geometry are served from this host, under addresses that name their content, so a
browser asks for each once. The content security policy forbids every other host: should a library ever name
one, the browser refuses and a test fails.
"""

import gzip
import hashlib
import re
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.store.settings import REPOSITORY
from layers.cache.settings_in_use import settings_in_use
from layers.maps.browser_files import (
    GEOMETRY_PATH,
    LEAFLET_PATH,
    OUR_FOLDER,
    OUR_PATH,
    leaflet_folder,
    leaflet_url,
    our_url,
)
from layers.maps.topology import GEOMETRY_FOLDER, published_urls
from layers.serving.body_limits import BodyLimits
from layers.serving.error_pages import ErrorPages
from layers.serving.known_addresses import KnownAddresses
from layers.serving.page_frame import PageFrame
from layers.serving.readiness import health_routes
from layers.serving.visitor_messages import VisitorMessages
from layers.site.routes import site_routes
from layers.site.short_page import short_page

# Streamlit and streamlit-folium run code they receive, hence 'unsafe-inline' and 'unsafe-eval'; workers and
# downloads are blobs, fonts and small pictures data. 'self' in connect-src covers the websocket as well.
_POLICY = (
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "connect-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)


def content_security_policy(background: str | None = None) -> str:
    """Return what pages may fetch: of this host alone, and pictures of the background map where there is one."""
    parts = urlsplit(background or "")
    own = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return "; ".join(f"{rule}{own}" if rule.startswith("img-src") else rule for rule in _POLICY)


_HEADERS = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), microphone=(), payment=()",
}

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
_COMPRESSED = {".js", ".css", ".json", ".svg"}
_SAFE_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_MAP_FRAME = "/streamlit_folium.st_folium/index.html"
_YEAR_S = 31_536_000


def routes(*, geometry_folder: Path = GEOMETRY_FOLDER) -> list[Route]:
    """Return the routes of map files, health and light pages, to mount beside Streamlit's own."""
    vendor = {LEAFLET_PATH: leaflet_folder(), OUR_PATH: OUR_FOLDER}
    return [
        *health_routes(),
        *site_routes(),
        *(Route(f"{path}/{{name:path}}", partial(_file, folder=folder)) for path, folder in vendor.items()),
        Route(
            f"{GEOMETRY_PATH}/{{name:path}}", partial(_file, folder=geometry_folder, is_name_versioned=True)
        ),
    ]


def middleware(*, geometry_folder: Path = GEOMETRY_FOLDER) -> list[Middleware]:
    """Return the middleware: headers, errors in words, limits, known addresses, the page's language, map files."""
    return [
        Middleware(SecurityHeaders, background=settings_in_use().wms),
        Middleware(ErrorPages),
        Middleware(KnownAddresses, status_token=settings_in_use().status_token),
        Middleware(BodyLimits),
        Middleware(VisitorMessages, folder=REPOSITORY),
        Middleware(PageFrame),
        Middleware(EarlyMapFiles, geometry_folder=geometry_folder),
    ]


class SecurityHeaders:
    """Puts the same headers on every answer; one that has a stricter policy of its own keeps it."""

    def __init__(self, app: ASGIApp, background: str | None = None) -> None:
        self.app = app
        self.headers = {"content-security-policy": content_security_policy(background), **_HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application inside does, with our headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class EarlyMapFiles:
    """
    Tells the browser, with the frame of a map, which files the map will need.

    Without this they are asked for one after the other: component, Leaflet, our script, geometry. Every map draws
    gminas and voivodeships unless a reader chose otherwise, so those are named.
    """

    def __init__(self, app: ASGIApp, *, geometry_folder: Path) -> None:
        self.app = app
        self.geometry_folder = geometry_folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application inside does, with links to files for the frame of a map."""
        if scope["type"] != "http" or not scope["path"].endswith(_MAP_FRAME):
            await self.app(scope, receive, send)
            return
        links = ", ".join(self._links())

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["link"] = links
            await send(message)

        await self.app(scope, receive, send_with_links)

    def _links(self) -> list[str]:
        links = [
            f"<{leaflet_url('leaflet.js')}>; rel=preload; as=script",
            f"<{our_url('support-map-drawing.js')}>; rel=preload; as=script",
            f"<{our_url('support-map.js')}>; rel=preload; as=script",
            f"<{leaflet_url('leaflet.css')}>; rel=preload; as=style",
            f"<{our_url('support-map.css')}>; rel=preload; as=style",
        ]
        urls = published_urls(self.geometry_folder)
        drawn = [urls[level] for level in ("gmina", "voivodeship") if level in urls]
        return [*links, *(f"<{url}>; rel=preload; as=fetch; crossorigin=anonymous" for url in drawn)]


def _file(request: Request, *, folder: Path, is_name_versioned: bool = False) -> Response:
    """
    Return a file of the folder, or 404 for everything that is not plainly inside it.

    A file whose name (geometry) or `v` (vendor files) says its content may be kept for good.
    """
    path = _found(folder, request.path_params["name"])
    if path is None:
        return short_page(request.scope, "unknown", status=404)
    stat = path.stat()
    content, packed, digest = _content(path, stat.st_mtime_ns, stat.st_size)
    is_versioned = is_name_versioned or request.query_params.get("v") == digest
    keep = f"public, max-age={_YEAR_S}, immutable" if is_versioned else "no-cache"
    headers = {"etag": f'"{digest}"', "cache-control": keep, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    if packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        content = packed
    return Response(content, headers=headers, media_type=_TYPES[path.suffix])


def _found(folder: Path, name: str) -> Path | None:
    if not _SAFE_PATH.fullmatch(name):
        return None
    path = (folder / name).resolve()
    is_inside = path.is_relative_to(folder.resolve())
    return path if is_inside and path.suffix in _TYPES and path.is_file() else None


@lru_cache(maxsize=32)
def _content(path: Path, modified_ns: int, size: int) -> tuple[bytes, bytes | None, str]:
    """Return a file, the same compressed where that helps, and the digest its address carries."""
    del modified_ns, size  # they are here so that a changed file is read again
    content = path.read_bytes()
    packed = gzip.compress(content, compresslevel=9, mtime=0) if path.suffix in _COMPRESSED else None
    return content, packed, hashlib.sha256(content).hexdigest()[:12]
