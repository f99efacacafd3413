"""
What a request may bring along: a scenario of a visitor, a few of them, and nothing else.

Streamlit takes 200 MB from any page of any visitor, whether there is something to upload to or not, and keeps it in
memory as long as the visitor stays.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Protocol

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime

from layers.site.short_page import short_page, short_text
from layers.site.turns import Turns
from layers.view.page_addresses import REPORT_PATH

LARGEST_UPLOAD: Final = 100_000
"""Bytes of a file: a scenario of 60 changes, the most there may be, has less than a third of them."""
MOST_KEPT: Final = 5
MOST_KEPT_OF_ALL: Final = 200
MOST_IN_A_WHILE: Final = 20
A_WHILE_S: Final = 600.0
LONGEST_UPLOAD_S: Final = 30.0
_FRAME: Final = 4_000  # what a form puts around a file
_LARGEST_OTHER: Final = 1_000
LARGEST_REPORT: Final = 20_000
"""Bytes of a reader's report: 1,200 letters take six bytes each where they are not Latin."""
_UPLOAD: Final = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)")


class Uploads(Protocol):
    """What the server keeps of visitors."""

    def is_visitor(self, session: str) -> bool:
        """Tell whether there is such a session now."""
        ...

    def kept(self, session: str) -> frozenset[str]:
        """Return which files of a session are kept."""
        ...

    def kept_of_all(self) -> int:
        """Return how many files are kept."""
        ...


class StreamlitUploads:
    """What Streamlit keeps, asked from its runtime."""

    def is_visitor(self, session: str) -> bool:
        """Tell whether there is such a session now."""
        return runtime.exists() and runtime.get_instance().is_active_session(session)

    def kept(self, session: str) -> frozenset[str]:
        """Return which files of a session are kept."""
        return frozenset(self._files().get(session, {}))

    def kept_of_all(self) -> int:
        """Return how many files are kept."""
        return sum(len(files) for files in list(self._files().values()))

    def _files(self) -> dict[str, dict[str, Any]]:
        manager: Any = runtime.get_instance().uploaded_file_mgr
        files: dict[str, dict[str, Any]] = manager.file_storage
        return files


class BodyLimits:
    """Reads the body of a request before the application does, up to its limit; 413, 429 or 400 beyond."""

    def __init__(
        self, app: ASGIApp, *, uploads: Uploads | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.app = app
        self._uploads = uploads or StreamlitUploads()
        self.turns = Turns(MOST_IN_A_WHILE, A_WHILE_S, clock=clock)
        self._coming: defaultdict[str, set[str]] = defaultdict(set)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application inside does, with a body that it can bear."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        upload = _UPLOAD.fullmatch(scope["path"]) if scope["method"] == "PUT" else None
        if upload is None:
            is_report = scope["method"] == "POST" and scope["path"] == REPORT_PATH
            await self._pass(scope, receive, send, most=LARGEST_REPORT if is_report else _LARGEST_OTHER)
            return
        session, file = upload["session"], upload["file"]
        refused = self._refusal(session, file)
        if refused:
            await _refuse(scope, receive, send, *refused)
            return
        self._coming[session].add(file)
        try:
            await self._pass(scope, receive, send, most=LARGEST_UPLOAD + _FRAME)
        finally:
            self._coming[session].discard(file)
            if not self._coming[session]:
                del self._coming[session]

    def _refusal(self, session: str, file: str) -> tuple[str, int] | None:
        if not self._uploads.is_visitor(session):
            return "no_visitor", 400
        kept = self._uploads.kept(session) | self._coming.get(session, set())
        coming = sum(len(files) for files in self._coming.values())
        is_full = file not in kept and len(kept) >= MOST_KEPT
        if (
            is_full
            or self._uploads.kept_of_all() + coming >= MOST_KEPT_OF_ALL
            or not self.turns.take(session)
        ):
            return "many_uploads", 429
        return None

    async def _pass(self, scope: Scope, receive: Receive, send: Send, *, most: int) -> None:
        headers = Headers(scope=scope)
        length = headers.get("content-length")
        if length is None and "transfer-encoding" not in headers:
            await self.app(scope, receive, send)
            return
        if length is not None and (not length.isdigit() or int(length) > most):
            await _refuse(scope, receive, send, "large", 413)
            return
        body: bytes | None = None
        with anyio.move_on_after(LONGEST_UPLOAD_S):
            body = await _body(receive, most)
        if body is None:
            await _refuse(scope, receive, send, "slow", 408)
        elif len(body) > most:
            await _refuse(scope, receive, send, "large", 413)
        else:
            await self.app(scope, _again(body, receive), send)


async def _body(receive: Receive, most: int) -> bytes:
    """Return the body as far as its limit and one piece more; the rest is never read."""
    body = bytearray()
    while len(body) <= most:
        message = await receive()
        if message["type"] != "http.request":
            break
        body.extend(message.get("body", b""))
        if not message.get("more_body"):
            break
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body at once, and then what else comes."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return messages.pop() if messages else await receive()

    return give


async def _refuse(scope: Scope, receive: Receive, send: Send, what: str, status: int) -> None:
    # What the client still sends is not waited for.
    headers = {"connection": "close"}
    if _UPLOAD.fullmatch(scope["path"]):
        answer = short_text(scope, what, status=status, headers=headers)
    else:
        # Whoever sends a form sees the answer.
        said = f"{what}_report" if scope["path"] == REPORT_PATH else what
        answer = short_page(scope, said, status=status, headers=headers)
    with suppress(OSError):
        await answer(scope, receive, send)
