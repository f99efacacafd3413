"""The map of the finder's list: the same facilities, one mark for each address, as a page of its own for a frame."""

from collections.abc import Sequence
from html import escape

import geopandas as gpd
import pandas as pd

from data.places.place_search import Place
from data.registry.registry import Registry
from data.store.grades import COARSE_GRADES
from data.vocabulary import need_groups
from geo.crs import GEOGRAPHIC
from layers.answers.service_rows import Row
from layers.cache.settings_in_use import settings_in_use
from layers.cache.shared_answers import geometry_urls
from layers.maps import LegendTexts, MarkSteps, nearby_map
from layers.maps.base import SupportMap
from layers.site.place_page import form_title
from layers.text import Texts
from layers.view.finder_request import FinderRequest
from layers.words.contact_addresses import phone_address
from layers.words.map_words import map_words
from layers.words.place_names import place_name
from layers.words.place_words import mark_words
from layers.words.service_words import distance_words, door_words, outside_words, phones_of
from layers.words.source_words import capital, day_words


def finder_map(
    near: Sequence[Row], registry: Registry, request: FinderRequest, place: Place, texts: Texts
) -> str:
    """
    Return the whole page of the map, as HTML.

    Parameters
    ----------
    near
        What the list shows (`layers.answers.finder_list.FinderList.near`): the map says nothing that it does not say.
    """
    distance = texts.t("distance.kilometres", value=request.view.distance_km)
    title = texts.t("resident.map_label", place=place_name(place, texts), distance=distance)
    made = _drawn(near, registry, request, place, texts, title=title, distance=distance)
    figure = made.get_root()
    figure.title = escape(title)  # type: ignore[attr-defined]
    without_scripts = f"<noscript><p>{escape(texts.t('finder.map_needs_scripts'))}</p></noscript>"
    page = str(figure.render())
    page = page.replace("<html>", f'<html lang="{texts.lang}">', 1)
    return page.replace("<body>", f"<body>{without_scripts}", 1)


def _drawn(
    near: Sequence[Row],
    registry: Registry,
    request: FinderRequest,
    place: Place,
    texts: Texts,
    *,
    title: str,
    distance: str,
) -> SupportMap:
    group = request.view.group
    return nearby_map(
        _marks(near, group, texts),
        place=place.point,
        place_name=place_name(place, texts),
        distance_m=request.view.distance_km * 1000.0,
        legend=LegendTexts(
            title=texts.t("resident.map_legend"),
            mark_labels={group: need_groups()[group].name[texts.lang]} if near else {},
            hollow_label=texts.t("coarse.mark") if any(map(_is_hollow, near)) else "",
            count_label=texts.t("map.count") if near else "",
            place_label=place_name(place, texts),
            ring_label=texts.t("map.ring", distance=distance),
        ),
        texts=map_words(texts, label=title, registry=registry, settings=settings_in_use()),
        geometry_urls=geometry_urls(registry),
        steps=MarkSteps(following=texts.t("map.next_mark"), previous=texts.t("map.previous_mark")),
    )


def _is_hollow(service: Row) -> bool:
    """Tell whether a service is only somewhere in its locality, or only said to be there."""
    return service["place_grade"] in COARSE_GRADES or bool(service["is_unconfirmed"])


def _marks(near: Sequence[Row], group: str, texts: Texts) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "facility_id": [service["facility_id"] for service in near],
            "mark_group": group,
            "label": [service["facility_name"] for service in near],
            "details": [
                [
                    form_title(service["support_form"], texts),
                    distance_words(service, texts),
                    mark_words(service, texts),
                    outside_words(service, texts),
                    texts.t("origin.maybe_here") if service["is_unconfirmed"] else "",
                    door_words(service, texts),
                    capital(day_words(service, texts)),
                ]
                for service in near
            ],
            "is_coarse": pd.Series([_is_hollow(service) for service in near], dtype=bool),
            "phones": [[phone for phone in phones_of(service) if phone_address(phone)] for service in near],
        },
        geometry=[service["geometry"] for service in near],
        crs=GEOGRAPHIC,
    )
