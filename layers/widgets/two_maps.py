"""Two maps of one indicator on the page: two dates, two scenarios or two voivodeships, moved as one."""

import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from data.registry.registry import Registry
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.shared_classes import with_shared_classes
from layers.cache.settings_in_use import settings_in_use
from layers.cache.shared_answers import geometry_urls
from layers.maps import CLICK_OBJECTS, LegendTexts, chosen_area
from layers.maps.side_by_side import Side, side_by_side
from layers.text import Texts
from layers.text.style import class_colours, mark_of
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.widgets.planner_map import (
    bounds_of,
    facility_marks,
    has_hollow_marks,
    has_marks_of,
    has_new_marks,
    map_values,
    take_click,
)
from layers.words.caption import Caption
from layers.words.legend_words import LegendWords
from layers.words.map_words import map_words
from layers.words.short_answer import short_answer
from layers.words.view_words import Wording

STYLE = Path(__file__).with_name("compare.css")
HEIGHT_PX = 720
"""Of both maps with titles and legend, until `compare.css` makes it that of the window."""
_KEY, _CLICKED = "two_maps", "two_maps_clicked"


@in_turn
def show_two_maps(
    registry: Registry,
    left: AreaTable,
    right: AreaTable,
    captions: tuple[Caption, Caption],
    texts: Texts,
    *,
    headings: tuple[str, str] | None = None,
    is_left_told: bool = False,
) -> None:
    """
    Draw two maps with one legend; a click on an area of the left table opens its card.

    Over each map stands what differs, and whole answers below both: above a map they would take its height.

    Tables of different indicators or units are not drawn, and the page says why: their colours cannot be compared.

    Parameters
    ----------
    captions
        Of the left and of the right table.
    headings
        Short names that tell the maps apart ("2026", "2035"); None for the scope and date of each.
    is_left_told
        The answer of the left table is the heading of the page, and is not said again.
    """
    if not is_of_one_unit(left, right, captions):
        st.info(plain(texts.t("compare.other_unit")))
        return
    tables = with_shared_classes(left, right)
    titles = headings or titles_of(left, right, captions, texts)
    legend = legend_of(tables, captions, titles, texts)
    label = texts.t("compare.label", first=titles[0], second=titles[1])
    highest = legend.symbol_highest
    shorts = [short_answer(table, texts) for table in tables]
    untold = ["" if is_left_told else captions[0].title, captions[1].title]
    # What belongs to a heading stands below the maps, where it says more than there is room for.
    below = [captions[0].rest if is_left_told else captions[0].whole_title, captions[1].whole_title]
    sides = [
        _side(registry, table, caption, texts, title=title, answer=answer, label=label, highest=highest)
        for table, caption, title, answer in zip(
            tables,
            captions,
            titles,
            (short or whole for short, whole in zip(shorts, untold, strict=True)),
            strict=True,
        )
    ]
    made = side_by_side(*sides, class_colours=class_colours(len(legend.class_labels)), legend=legend)
    st.html(STYLE)
    with st.container(key=_KEY):
        returned = st_folium(
            made,
            key=f"{_KEY}_frame",
            height=HEIGHT_PX,
            use_container_width=True,
            returned_objects=CLICK_OBJECTS,
            feature_group_to_add=chosen_area(left.view.chosen),
        )
    take_click(returned, left, key=_CLICKED)
    for title, short, whole in zip(titles, shorts, below, strict=True):
        if short and whole:
            st.markdown(f"**{plain(title)}:** {plain(whole)}")


def titles_of(
    left: AreaTable, right: AreaTable, captions: tuple[Caption, Caption], texts: Texts
) -> tuple[str, str]:
    """Return names that tell the two maps apart by their number, scope and date."""
    first, second = (
        texts.t(f"compare.map_{number}", scope=Wording(table, texts).scope_name(), date=caption.legend_date)
        for number, table, caption in zip((1, 2), (left, right), captions, strict=True)
    )
    return first, second


def legend_of(
    tables: tuple[AreaTable, AreaTable],
    captions: tuple[Caption, Caption],
    titles: tuple[str, str],
    texts: Texts,
) -> LegendTexts:
    """
    Return the one legend of two tables with shared classes (`layers.answers.shared_classes`).

    It names the date of each map, and has the signs of both: a zero or missing number of either is explained.
    """
    both = replace(
        tables[0],
        rows=pd.concat([table.rows for table in tables]),
        bounds=pd.concat([table.bounds for table in tables]),
        class_of=pd.concat([table.class_of for table in tables]),
    )
    words = LegendWords(both, texts)
    first, second = captions
    dates = texts.t(
        "compare.dates",
        first=titles[0],
        first_date=first.legend_date,
        second=titles[1],
        second_date=second.legend_date,
    )
    marks = {
        table.view.group: caption.points_label
        for table, caption in zip(tables, captions, strict=True)
        if has_marks_of(table)
    }
    # Whose date stands in its title needs no second one.
    is_told = all(caption.legend_date in title for caption, title in zip(captions, titles, strict=True))
    one_date = first.legend_date if first.legend_date == second.legend_date else dates
    return LegendTexts(
        title=first.legend_title,
        unit=first.legend_unit,
        as_of="" if is_told else one_date,
        class_labels=words.class_labels(),
        symbol_labels=words.symbol_labels(),
        symbol_highest=words.symbol_highest(),
        symbol_area_label=words.symbol_area_label(),
        symbol_colour=mark_of(tables[0].view.group).colour,
        bound_labels=words.bound_labels(),
        zero_label=words.zero_label() or "",
        no_data_label=words.no_data_legend() if both.class_of.isna().any() else "",
        mark_labels=marks,
        hollow_label=texts.t("coarse.mark") if marks and any(map(has_hollow_marks, tables)) else "",
        count_label=texts.t("map.count") if marks else "",
        new_label=texts.t("map.new") if marks and any(map(has_new_marks, tables)) else "",
        notes=tuple(note for note in (words.class_note(), texts.t("compare.move_together")) if note),
    )


def _side(
    registry: Registry,
    table: AreaTable,
    caption: Caption,
    texts: Texts,
    *,
    title: str,
    answer: str,
    label: str,
    highest: float,
) -> Side:
    return Side(
        title=title,
        answer=answer,
        texts=map_words(texts, label=label, registry=registry, settings=settings_in_use()),
        values=map_values(table, caption, texts, highest=highest),
        level=table.view.level,
        geometry_urls=geometry_urls(registry),
        bounds=bounds_of(registry, table.view.scope),
        scope=table.view.scope,
        services=facility_marks(table, texts) if has_marks_of(table) else None,
    )


def is_of_one_unit(left: AreaTable, right: AreaTable, captions: tuple[Caption, Caption]) -> bool:
    """Tell whether two maps count the same: of a gap, against the same level, whatever people it is a median of."""
    if left.view.indicator != right.view.indicator:
        return False
    if captions[0].legend_unit == captions[1].legend_unit:
        return True
    levels = [table.norm.places_per_1000 for table in (left, right) if table.norm and table.norm.is_known]
    is_of_one_form = unit_of(left.view.form) == unit_of(right.view.form)
    return len(levels) == 2 and is_of_one_form and math.isclose(levels[0], levels[1], rel_tol=1e-9)
