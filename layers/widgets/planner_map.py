"""The planner's map on the page: drawn once, clicked, and in step with the address."""

from collections.abc import Hashable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from data.places.coarse_places import is_coarse
from data.registry.main_places import main_places
from data.registry.registry import Registry
from data.store.origins import is_opened
from geo.teryt import COUNTRY
from layers.answers.area_table import AreaTable
from layers.cache.settings_in_use import settings_in_use
from layers.cache.shared_answers import geometry_urls
from layers.maps import CLICK_OBJECTS, LegendTexts, chosen_area, clicked_area_code, coverage_map
from layers.maps.facility_points import place_keys
from layers.text import Texts
from layers.text.style import class_colours, mark_of
from layers.widgets.address import change_view
from layers.widgets.choices import form_name
from layers.widgets.drawing import in_turn
from layers.widgets.unmet_needs import told_needs
from layers.words.area_names import area_labels
from layers.words.caption import Caption
from layers.words.figures import is_served_elsewhere, write_cell, write_figure
from layers.words.known_places_words import counted_words
from layers.words.map_words import map_words
from layers.words.place_words import mark_words
from layers.words.source_words import capital, day_words
from layers.words.unmet_words import need_circles

_KEY, _CLICKED = "planner_map", "planner_clicked"
MAP_HEIGHT_PX = 620


@in_turn
def show_planner_map(registry: Registry, table: AreaTable, caption: Caption, texts: Texts) -> None:
    """Draw the map; a click on an area opens its card."""
    has_marks = has_marks_of(table)
    needs = needs_of(registry, table, texts) if table.view.needs else None
    made = coverage_map(
        map_values(table, caption, texts),
        class_colours=class_colours(len(caption.class_labels)),
        level=table.view.level,
        geometry_urls=geometry_urls(registry),
        bounds=bounds_of(registry, table.view.scope),
        legend=LegendTexts(
            title=caption.legend_title,
            unit=caption.legend_unit,
            as_of=caption.legend_date,
            class_labels=caption.class_labels,
            symbol_labels=caption.symbol_labels,
            symbol_highest=caption.symbol_highest,
            symbol_area_label=caption.symbol_area_label,
            symbol_colour=mark_of(table.view.group).colour,
            zero_label=caption.zero_label or "",
            no_data_label=caption.no_data_legend if table.class_of.isna().any() else "",
            bound_labels=caption.bound_labels,
            mark_labels={table.view.group: caption.points_label} if has_marks else {},
            hollow_label=texts.t("coarse.mark") if has_marks and has_hollow_marks(table) else "",
            count_label=texts.t("map.count") if has_marks else "",
            new_label=texts.t("map.new") if has_marks and has_new_marks(table) else "",
            need_label=texts.t("unmet.legend") if needs is not None and len(needs) else "",
            notes=(caption.class_note,) if caption.class_note else (),
        ),
        texts=map_words(texts, label=caption.title, registry=registry, settings=settings_in_use()),
        scope=table.view.scope,
        services=facility_marks(table, texts) if has_marks else None,
        towns=main_places(registry, table.view.scope),
        needs=needs,
    )
    # In a browser the page's style gives it the height that the window leaves.
    with st.container(key=_KEY):
        returned = st_folium(
            made,
            key=f"{_KEY}_frame",
            height=MAP_HEIGHT_PX,
            use_container_width=True,
            returned_objects=CLICK_OBJECTS,
            feature_group_to_add=chosen_area(table.view.chosen),
        )
    take_click(returned, table, key=_CLICKED)


def take_click(returned: Mapping[str, Any] | None, table: AreaTable, *, key: str) -> None:
    """Choose the area that was clicked; the component tells its last click on every run, and only a new one counts."""
    clicked = clicked_area_code(returned)
    if clicked != st.session_state.get(key):
        st.session_state[key] = clicked
        if clicked and clicked in table.rows.index and clicked != table.view.chosen:
            change_view(chosen=clicked)
            st.rerun()


def bounds_of(registry: Registry, scope: str) -> list[list[float]]:
    """Return south-west and north-east corners of a scope in degrees."""
    areas = registry.areas_of_level("voivodeship")
    shown = areas if scope == COUNTRY else areas[areas["area_code"] == scope]
    west, south, east, north = (shown if len(shown) else areas).total_bounds
    return [[south, west], [north, east]]


def needs_of(registry: Registry, table: AreaTable, texts: Texts) -> gpd.GeoDataFrame:
    """Return what readers of the view's group did not find, as the map takes it: areas with enough reports alone."""
    level, names = table.view.level, area_labels(table.rows, texts)
    return need_circles(told_needs(level), registry.areas_of_level(level), names, table.view.group, texts)


def has_marks_of(table: AreaTable) -> bool:
    """
    Tell whether facilities are marked on the map of a table.

    Where help is given is no part of how much is known, and marks would hide the small areas that they stand in, and
    symbols of numbers too.
    """
    is_marked = table.view.what.has_marks and not table.has_symbols
    return is_marked and bool(table.services.geometry.notna().any())


def map_values(table: AreaTable, caption: Caption, texts: Texts, *, highest: float = 0.0) -> pd.DataFrame:
    """
    Return the class and the words of each area, as the map takes them.

    Parameters
    ----------
    highest
        What the largest symbol stands for; 0 for the highest number of the table.
    """
    drawn = pd.DataFrame({"class_index": table.class_of, "bound": table.value_bounds}, index=table.rows.index)
    if table.has_symbols:
        drawn["size"] = table.rows["value"] / (highest or float(table.rows["value"].max()) or 1.0)
    return drawn.assign(value_text=_said(table, caption, texts))


def _said(table: AreaTable, caption: Caption, texts: Texts) -> list[str]:
    """Return the words of each area."""
    column = table.view.indicator
    name = caption.columns[column]
    if table.question.is_of_knowledge:
        return [_say_knowledge(row, name, texts) for row in table.rows.to_dict("records")]
    if column == "known_places":
        return [
            texts.t("map.value", name=name, value=write_figure(row["value"], column, texts, bound=bound))
            + (f"; {counted}" if (counted := counted_words(row, texts)) else "")
            for row, bound in zip(table.rows.to_dict("records"), table.bounds["value"], strict=True)
        ]
    if table.parts:
        return [
            texts.t("map.value", name=name, value=write_cell(row, column, texts))
            for row in table.rows.to_dict("records")
        ]
    return [
        texts.t("map.value", name=name, value=write_figure(value, column, texts, bound=bound))
        + (f"; {texts.t(f'gap_elsewhere_{table.view.level}')}" if is_elsewhere else "")
        for value, bound, is_elsewhere in zip(
            table.rows["value"], table.bounds["value"], is_served_elsewhere(table), strict=True
        )
    ]


def _say_knowledge(row: Mapping[Hashable, Any], name: str, texts: Texts) -> str:
    """Return how much is known of an area, and of how many records."""
    knowledge = write_figure(row["value"], "knowledge", texts)
    value = texts.t(
        "knowledge.map_records",
        knowledge=knowledge,
        count=int(row["records_count"]),
        overdue=int(row["overdue_count"]),
    )
    return texts.t("map.value", name=name, value=value if row["records_count"] else knowledge)


def has_hollow_marks(table: AreaTable) -> bool:
    """Tell whether a facility of a view is known only by its locality."""
    return bool((is_coarse(table.services["place_grade"]) & table.services.geometry.notna()).any())


def has_new_marks(table: AreaTable) -> bool:
    """Tell whether a scenario opens a facility of a view that has a mark."""
    return bool((is_opened(table.services) & table.services.geometry.notna()).any())


def facility_marks(table: AreaTable, texts: Texts) -> gpd.GeoDataFrame:
    """Return the marks of the facilities of a view, as the map takes them."""
    services = table.services
    form = form_name(table.view.form, texts)
    coarse_places = is_coarse(services["place_grade"])
    opened = is_opened(services)
    return gpd.GeoDataFrame(
        {
            "facility_id": services["facility_id"],
            "mark_group": table.view.group,
            "label": services["facility_name"],
            "details": [
                [
                    form,
                    *([texts.t("map.new")] if is_new else []),
                    *([texts.t("card.capacity", value=int(places))] if not pd.isna(places) else []),
                    *filter(None, [mark_words(service, texts)]),
                    capital(day_words(service, texts)),
                ]
                for places, is_new, service in zip(
                    services["capacity_places"],
                    opened,
                    services.to_dict("records"),
                    strict=True,
                )
            ],
            "is_coarse": coarse_places,
            "is_new": opened,
            "told": _told_of_places(services, opened, texts),
        },
        geometry=services.geometry,
        crs=services.crs,
    )


def _told_of_places(services: gpd.GeoDataFrame, opened: "pd.Series[bool]", texts: Texts) -> "pd.Series[str]":
    """Return of each service at whose place a scenario opens a facility how many stand there, and how many are new."""
    placed = services[services.geometry.notna()]
    keys = pd.Series(place_keys(placed), index=placed.index, dtype=object)
    told = pd.Series("", index=services.index)
    if not opened[placed.index].any():
        return told
    facilities = placed["facility_id"].groupby(keys).nunique()
    new = placed.loc[opened, "facility_id"].groupby(keys).nunique()
    of_new = keys[keys.isin(new.index)]
    for row, key in zip(of_new.index, of_new, strict=True):
        count = int(facilities[key])
        told[row] = texts.t("map.new" if count == 1 else "map.old_and_new", count=count, new=int(new[key]))
    return told
