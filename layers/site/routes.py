"""The routes of light pages, served beside Streamlit's."""

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from layers.cache.settings_in_use import settings_in_use
from layers.site.light_pages import LIGHT_PAGES, in_words
from layers.site.page_process import page_process
from layers.site.report_routes import report_routes


def site_routes() -> list[Route]:
    """Return the routes of light pages, written in the process of pages; what is sent is taken here."""
    packed = [Middleware(GZipMiddleware, minimum_size=1000)]
    pages = [Route(path, _answered(path), middleware=packed) for path in LIGHT_PAGES]
    return [*pages, *report_routes(in_words)]


def _answered(path: str) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers the requests of a pattern; without processes that compute, a thread of this one."""

    async def answer(request: Request) -> Response:
        if not settings_in_use().jobs:
            return await run_in_threadpool(LIGHT_PAGES[path], request)
        return await page_process(settings_in_use()).answer(path, request)

    return answer
