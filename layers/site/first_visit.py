"""What the first visitor would wait for, made while the server starts: the registry, the reader of queries, a page."""

import logging
import threading
from datetime import datetime

from data.opening_hours import POLISH_TIME
from geo.errors import SupportMapError
from layers.cache.query_readers import reader_of, suggester_of
from layers.cache.shared_answers import geometry_urls, open_registry
from layers.site.finder_page import finder_page
from layers.site.first_page import first_page
from layers.text import texts_of
from layers.view.finder_request import FinderRequest
from layers.view.view import View

_LOG = logging.getLogger(__name__)


def prepare_first_visit() -> threading.Thread:
    """
    Begin to make ready what every visitor of light pages needs, and return the thread that does it.

    Who comes before it is ready waits for the same work instead of doing it again (`layers.cache.once`).
    """
    thread = threading.Thread(target=_prepare, name="first-visit", daemon=True)
    thread.start()
    return thread


def _prepare() -> None:
    try:
        registry = open_registry()
        reader, texts = reader_of(registry), texts_of(View.lang)
        suggester_of(registry)
        gmina = registry.own_gminas.areas_by_code("gmina").index[0]
        asked = FinderRequest(View(place=f"g:{gmina}"))
        finder_page(registry, reader, asked, now=datetime.now(POLISH_TIME), texts=texts)
        first_page(registry, {}, texts)
        geometry_urls(registry)
    except SupportMapError as error:
        # Without a database, or one that is empty: who comes is told so in words.
        _LOG.info("nothing to prepare: %s", error)
    except Exception:  # noqa: BLE001 - the server goes on, and the page that fails will say so
        _LOG.exception("the first visit was not prepared")
