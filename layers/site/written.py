"""Templates filled with words: everything is escaped, and nothing but JSON-LD stands in a script element."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from data.vocabulary.languages import LANGUAGES
from layers.maps.browser_files import our_url
from layers.text import Texts
from layers.view.page_addresses import DOORS, SUGGESTIONS_PATH, page_address, report_address

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
"""No script runs on a page, whatever a register holds; JSON-LD is data and needs no permission."""
POLICY_WITH_SCRIPT = f"{POLICY}; script-src 'self'; connect-src 'self'"
"""Of a page with the box: files of this host make it better, and nothing that stands in the page itself runs."""
POLICY_OF_FINDER = f"{POLICY_WITH_SCRIPT}; frame-src 'self'"
"""Of a page that may also show a map of this host in a frame; the map has a policy of its own."""
_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def written(
    template: str,
    texts: Texts,
    *,
    status: int = 200,
    policy: str = POLICY,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """Return a light page in the language of its texts; it is asked for again each time, for hours and protection."""
    links = [(name, texts.t(f"page.{name}"), page_address(name, texts.lang)) for name in ("first", *DOORS)]
    content = (
        _environment()
        .get_template(template)
        .render(
            t=texts.t,
            lang=texts.lang,
            languages={code: language.name for code, language in LANGUAGES.items()},
            links=links,
            style=our_url("site.css"),
            icon=our_url("icon.svg"),
            script=our_url("finder-box.js"),
            list_script=our_url("finder-list.js"),
            suggestions=SUGGESTIONS_PATH,
            report_url=report_address(texts.lang),
            **values,
        )
    )
    return HTMLResponse(
        content,
        status_code=status,
        headers={
            "content-language": texts.lang,
            "content-security-policy": policy,
            "cache-control": "no-cache",
            "vary": "accept-language, referer",
            **(headers or {}),
        },
    )
