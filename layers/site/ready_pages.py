"""What every visitor of light pages needs, made before the first one asks."""

import logging
from datetime import datetime

from data.opening_hours import POLISH_TIME
from data.vocabulary import screen_groups
from data.vocabulary.languages import LANGUAGES
from geo.errors import SupportMapError
from layers.cache.query_readers import reader_of, suggester_of
from layers.cache.shared_answers import geometry_urls, open_registry
from layers.site.finder_page import finder_page
from layers.site.first_page import first_page
from layers.site.gmina_page import gmina_page
from layers.text import texts_of
from layers.view.finder_request import FinderRequest
from layers.view.view import View

_LOG = logging.getLogger(__name__)


def make_ready() -> None:
    """Read the state of now in this process, and make what is made once for it."""
    try:
        registry = open_registry()
        reader, now = reader_of(registry), datetime.now(POLISH_TIME)
        suggester_of(registry)
        gmina = registry.own_gminas.areas_by_code("gmina").index[0]
        for group in screen_groups():
            asked = FinderRequest(View(group=group, place=f"g:{gmina}"))
            finder_page(registry, reader, asked, now=now, texts=texts_of(View.lang))
        for lang in LANGUAGES:
            first_page(registry, {}, texts_of(lang))
            gmina_page(registry, gmina, now=now, texts=texts_of(lang))
        geometry_urls(registry)
    except SupportMapError as error:
        # Without a database, or one that is empty: who comes is told so in words.
        _LOG.info("nothing to prepare: %s", error)
    except Exception:  # noqa: BLE001 - the server goes on, and the page that fails will say so
        _LOG.exception("the first visit was not prepared")
