"""The map of the finder's list: the same facilities, one mark for each address, as a page of its own for a frame."""

from html import escape

import geopandas as gpd
import pandas as pd

from data.places.coarse_places import is_coarse
from data.places.place_search import Place
from data.registry.registry import Registry
from data.vocabulary import need_groups
from layers.cache.settings_in_use import settings_in_use
from layers.cache.shared_answers import geometry_urls
from layers.maps import LegendTexts, nearby_map
from layers.maps.base import SupportMap
from layers.site.place_page import form_title
from layers.text import Texts
from layers.view.finder_request import FinderRequest
from layers.words.contact_addresses import phone_address
from layers.words.map_words import map_words
from layers.words.place_names import place_name
from layers.words.place_words import mark_words
from layers.words.service_words import distance_words, door_words, outside_words
from layers.words.source_words import capital, day_words


def finder_map(
    near: gpd.GeoDataFrame, registry: Registry, request: FinderRequest, place: Place, texts: Texts
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
    near: gpd.GeoDataFrame,
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
            mark_labels={group: need_groups()[group].name[texts.lang]} if len(near) else {},
            hollow_label=texts.t("coarse.mark") if _is_hollow(near).any() else "",
            count_label=texts.t("map.count") if len(near) else "",
            place_label=place_name(place, texts),
            ring_label=texts.t("map.ring", distance=distance),
        ),
        texts=map_words(texts, label=title, registry=registry, settings=settings_in_use()),
        geometry_urls=geometry_urls(registry),
    )


def _is_hollow(near: gpd.GeoDataFrame) -> pd.Series:
    """Tell which services are only somewhere in their locality, or only said to be there."""
    is_unconfirmed: pd.Series = near["is_unconfirmed"]
    return is_coarse(near["place_grade"]) | is_unconfirmed


def _marks(near: gpd.GeoDataFrame, group: str, texts: Texts) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "facility_id": near["facility_id"],
            "mark_group": group,
            "label": near["facility_name"],
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
                for service in near.to_dict("records")
            ],
            "is_coarse": _is_hollow(near),
            "phones": [
                [phone for phone in phones or [] if isinstance(phone, str) and phone_address(phone)]
                for phones in near["phones"]
            ],
        },
        geometry=near.geometry,
        crs=near.crs,
    )
