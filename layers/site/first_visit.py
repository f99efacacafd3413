"""
What the first visitor would wait for, made before: while the server starts, and anew soon after something has changed.

Nothing old is ever shown for it: every page asks the database for its state first (`layers.cache.shared_answers`), and
who comes before the new state is made ready waits for that, as the first visitor of all would.
"""

import logging
import threading
from typing import Final

from geo.errors import SupportMapError
from layers.cache.settings_in_use import settings_in_use
from layers.cache.shared_answers import geometry_urls, open_registry, state_of_now
from layers.site.page_process import page_process
from layers.site.ready_pages import make_ready

_LOG = logging.getLogger(__name__)
WATCH_S: Final = 2.0
"""How soon after a load, a correction or a protected place its state is made ready; asking costs two milliseconds."""


def prepare_first_visit(ended: threading.Event | None = None) -> threading.Thread:
    """
    Begin to make ready what every visitor of light pages needs, and return the thread that does it.

    Who comes before it is ready waits for the same work instead of doing it again (`layers.cache.once`).

    Parameters
    ----------
    ended
        Ends the thread when it is set; without it the thread ends with the process.
    """
    thread = threading.Thread(
        target=_keep_ready, args=(ended or threading.Event(),), name="first-visit", daemon=True
    )
    thread.start()
    return thread


def _keep_ready(ended: threading.Event) -> None:
    ready: str | None = None
    is_begun = False
    while not ended.is_set():
        state = _state()
        if state != ready or not is_begun:
            _prepare()
            ready, is_begun = state, True
        ended.wait(WATCH_S)


def _state() -> str | None:
    """Return the state of now; None where the database has none, or does not answer."""
    try:
        return state_of_now()
    except SupportMapError:
        return None


def _prepare() -> None:
    """Make pages ready first, then the registry for planners; nothing of the second keeps anybody from the first."""
    settings = settings_in_use()
    if not settings.jobs:
        make_ready()
        return
    page_process(settings).make_ready()
    try:
        geometry_urls(open_registry())
    except SupportMapError as error:
        # Without a database, or one that is empty: who comes is told so in words.
        _LOG.info("nothing to prepare: %s", error)
    except Exception:  # noqa: BLE001 - the server goes on, and the page that fails will say so
        _LOG.exception("the registry was not prepared")
