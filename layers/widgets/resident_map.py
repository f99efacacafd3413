"""The map beside the resident's list, with the same facilities."""

import geopandas as gpd
import pandas as pd
from streamlit_folium import st_folium

from data.places.coarse_places import is_coarse
from data.places.place_search import Place
from data.registry.registry import Registry
from layers.answers.nearby import NearbyHelp
from layers.cache.shared_answers import geometry_urls
from layers.maps import LegendTexts, nearby_map
from layers.text import Texts
from layers.view.view import View
from layers.widgets.choices import form_name, group_name
from layers.widgets.map_words import MAP_HEIGHT_PX, map_words
from layers.words.contact_addresses import phone_address
from layers.words.service_words import distance_words, door_words, outside_words
from layers.words.source_words import capital, day_words


def show_resident_map(found: NearbyHelp, registry: Registry, view: View, place: Place, texts: Texts) -> None:
    """Draw the map; it says nothing that the list does not say."""
    distance = texts.t("distance.kilometres", value=view.distance_km)
    made = nearby_map(
        _marks(found, view, texts),
        place=place.point,
        place_name=place.name,
        distance_m=view.distance_km * 1000.0,
        legend=LegendTexts(
            title=texts.t("resident.map_legend"),
            mark_labels={view.group: group_name(view.group, texts)} if len(found.near) else {},
            hollow_label=texts.t("coarse.mark") if _is_hollow(found.near).any() else "",
            count_label=texts.t("map.count") if len(found.near) else "",
            place_label=place.name,
            ring_label=texts.t("map.ring", distance=distance),
        ),
        texts=map_words(
            texts,
            label=texts.t("resident.map_label", place=place.name, distance=distance),
            registry=registry,
        ),
        geometry_urls=geometry_urls(registry),
    )
    st_folium(made, key="resident_map", height=MAP_HEIGHT_PX, use_container_width=True, returned_objects=[])


def _is_hollow(near: gpd.GeoDataFrame) -> pd.Series:
    """Tell which services are only somewhere in their locality, or only said to be there."""
    is_unconfirmed: pd.Series = near["is_unconfirmed"]
    return is_coarse(near["place_grade"]) | is_unconfirmed


def _marks(found: NearbyHelp, view: View, texts: Texts) -> gpd.GeoDataFrame:
    near = found.near
    return gpd.GeoDataFrame(
        {
            "facility_id": near["facility_id"],
            "mark_group": view.group,
            "label": near["facility_name"],
            "details": [
                [
                    form_name(service["support_form"], texts),
                    distance_words(service, texts),
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
