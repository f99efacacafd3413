"""The sites of a plan on a map, with the numbers of the table below it, before anything is added."""

import geopandas as gpd
import streamlit as st
from streamlit_folium import st_folium

from data.registry.registry import Registry
from geo.crs import GEOGRAPHIC
from layers.answers.measures.siting import SitingQuestion
from layers.answers.measures.siting_found import FoundSites
from layers.cache.settings_in_use import settings_in_use
from layers.cache.shared_answers import geometry_urls
from layers.maps import LegendTexts, sites_map
from layers.widgets.planner_map import bounds_of
from layers.words.map_words import map_words
from layers.words.siting_plan_words import plan_marks
from layers.words.siting_words import SitingWords

_HEIGHT_PX = 460


def show_siting_map(
    found: FoundSites,
    question: SitingQuestion,
    registry: Registry,
    said: SitingWords,
    *,
    services: gpd.GeoDataFrame | None,
    key: str,
    is_added: bool = False,
) -> None:
    """
    Draw the map of a plan.

    Parameters
    ----------
    services
        The facilities that stand, as `layers.maps.sites_map` takes them.
    is_added
        Whether the sites are in the scenario already.
    """
    texts, view = said.texts, said.view
    shown = services if services is not None and bool(services.geometry.notna().any()) else None
    places = question.candidates.iloc[found.plan.sites["candidate_row"]]
    marks = gpd.GeoDataFrame(
        plan_marks(said, found, question),
        geometry=places.geometry.to_crs(GEOGRAPHIC).to_numpy(),
        crs=GEOGRAPHIC,
    )
    made = sites_map(
        marks,
        services=shown,
        geometry_urls=geometry_urls(registry),
        bounds=bounds_of(registry, view.scope),
        scope=view.scope,
        legend=LegendTexts(
            title=texts.t("siting.map_legend_added" if is_added else "siting.map_legend"),
            mark_labels={view.group: texts.t("siting.map_existing")} if shown is not None else {},
            hollow_label=texts.t("coarse.mark")
            if shown is not None and bool(shown["is_coarse"].any())
            else "",
            count_label=texts.t("map.count") if shown is not None else "",
            new_label=texts.t("map.new") if shown is not None and bool(shown["is_new"].any()) else "",
            site_labels=marks["legend"].tolist(),
        ),
        texts=map_words(
            texts, label=texts.t("siting.map_label"), registry=registry, settings=settings_in_use()
        ),
    )
    st_folium(made, key=f"siting_map_{key}", height=_HEIGHT_PX, use_container_width=True, returned_objects=[])
    st.caption(texts.t("siting.map_note_added" if is_added else "siting.map_note"))
