"""
The page that Streamlit writes around ours: its language, title, icon and words, which are English and its own.

Streamlit has no setting for them. Its file is changed on the way out, and what it writes later in the browser (a lost
connection, buttons of its tables) is told in the reader's language by a script of ours, `frame-words.js`.
"""

import json
import re
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.vocabulary.languages import DEFAULT_LANGUAGE, LANGUAGES
from layers.maps.browser_files import our_url
from layers.text import texts_of
from layers.view.page_addresses import is_light

PHRASES: Final = MappingProxyType(
    {
        "connection_error": "Connection error",
        "still_running": (
            "Is Streamlit still running? If you accidentally stopped "
            "Streamlit, just restart it in your terminal:"
        ),
        "not_responding": "Streamlit server is not responding. Are you connected to the internet?",
        "timed_out": "Connection timed out.",
        "connecting": "Connecting",
        "connecting_to": "Connecting to Streamlit server",
        "unable": "Unable to connect to Streamlit server",
        "not_found": "Page not found",
        "not_found_why": "The page that you have requested does not seem to exist. Running the app's main page.",
        "skip": "Skip to main content",
        "apply": "Press Enter to apply",
        "choose_one": "Choose an option",
        "choose_many": "Choose options",
        "no_results": "No results",
        "clear_value": "Clear value",
        "clear_all": "Clear all",
        "select_all": "Select all",
        "open": "Open",
        "close": "Close",
        "more": "Increment",
        "less": "Decrement",
        "running": "Running...",
        "stop": "Stop script",
        "menu": "Main menu",
        "notifications": "Notifications",
        "heading_link": "Link to heading",
        "fullscreen": "Fullscreen",
        "close_fullscreen": "Close fullscreen",
        "download_csv": "Download as CSV",
        "search": "Search",
        "column_menu": "Dataframe column menu",
    }
)
"""What Streamlit says, by the key of our words for it (`frame.KEY`)."""


class PageFrame:
    """
    Sets the language, the title, the icon and the words of Streamlit's page, which are fixed in its file.

    A screen reader chooses its voice by `<html lang>`. Only the page itself is changed, by the `lang` of its
    address; anything but pl, uk and en counts as pl.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application inside does, with the page in the asked language."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or not _is_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        language = _language(scope["query_string"])
        # The page must come whole and uncompressed to be changed; it is small.
        dropped = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
        inner = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in dropped]}
        start: Message | None = None
        body = bytearray()

        async def send_changed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body" or start is None:
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            headers = MutableHeaders(raw=list(start["headers"]))
            content = bytes(body)
            if headers.get("content-type", "").startswith("text/html"):
                del headers["etag"], headers["last-modified"]
                headers["content-language"] = language
                if scope["method"] == "GET":
                    content = in_language(content, language)
                    headers["content-length"] = str(len(content))
                else:
                    content = b""
                    del headers["content-length"]
            await send({**start, "headers": headers.raw})
            await send({"type": "http.response.body", "body": content})

        await self.app(inner, receive, send_changed)


def in_language(page: bytes, language: str) -> bytes:
    """Return Streamlit's page with our title and icon, and with words for what it says itself or cannot do."""
    t = texts_of(language).t
    words = {said: t(f"frame.{key}") for key, said in PHRASES.items()}
    script = (
        f'<script type="application/json" id="frame-words">{_as_json(words)}</script>'
        f'<script defer src="{our_url("frame-words.js")}"></script>'
    )
    changes = {
        r'<html lang="[a-z-]*"': f'<html lang="{language}"',
        r"<title>[^<]*</title>": f"<title>{t('title')}</title>",
        r'<link rel="shortcut icon"[^>]*>': f'<link rel="icon" href="{our_url("icon.svg")}">',
        r"<noscript>.*?</noscript>": f"<noscript>{LANGUAGES[language].without_scripts}</noscript>",
        r"</head>": f"{script}</head>",
    }
    changed = page.decode()
    for found, put in changes.items():
        changed = re.sub(found, lambda _, put=put: put, changed, count=1, flags=re.DOTALL)  # type: ignore[misc]
    return changed.encode()


def _as_json(words: dict[str, str]) -> str:
    """Return JSON that may stand in a page: no markup begins in it."""
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


def _language(query_string: bytes) -> str:
    asked = parse_qs(query_string.decode("latin-1")).get("lang", [DEFAULT_LANGUAGE])[-1]
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def _is_page(path: str) -> bool:
    """Tell whether the path is of a Streamlit page; files, light pages and Streamlit's inner routes are others."""
    first = path.lstrip("/").split("/", 1)[0]
    inner = {"_stcore", "static", "media", "component", "app", "vendor", "geometry", "api"}
    return first not in inner and not is_light(path)
