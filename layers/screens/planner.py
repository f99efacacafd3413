"""The planner's door: coverage and gaps on a map, and the table with the same numbers."""

import streamlit as st

from layers.answers.area_order import is_listed_whole
from layers.answers.area_table import AreaTable
from layers.cache.shared_answers import people_lines
from layers.text import Texts
from layers.view.view import View
from layers.widgets.area_card import choose_area, show_area_card
from layers.widgets.distribution import show_distribution
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.widgets.planner_map import show_planner_map
from layers.widgets.ranking import show_ranking
from layers.widgets.summary import show_gauges, show_summary
from layers.widgets.unknowns import (
    offer_known,
    say_people_unknown,
    show_known_distance,
    show_known_people,
)
from layers.widgets.unmet_needs import show_unmet_needs
from layers.widgets.view_page import begin_view_page
from layers.words.area_names import area_labels, names_beside
from layers.words.caption import Caption


@in_turn
def render() -> None:
    """Draw the page."""
    page = begin_view_page("planner")
    registry, table, caption, texts = page.registry, page.table, page.caption, page.texts
    with page.column:
        is_people_unknown = table.is_people_unknown and table.question.needs_people
        labels = area_labels(table.rows, texts)
        with page.actions:
            chosen = choose_area(table, labels, texts, is_in_line=True)
            offer_known(table, texts)
        # Always a first column: moved elsewhere in the page, the map would be made anew and lose its zoom.
        columns = st.columns([2, 1] if chosen else 1, gap="medium")
        with columns[0]:
            show_planner_map(registry, table, caption, texts)
            if is_people_unknown:
                say_people_unknown(table, texts)
            show_known_distance(registry, table, texts)
        if chosen:
            with columns[1]:
                show_area_card(registry, table, chosen, labels[chosen], caption=caption, texts=texts)
        show_gauges(registry, table, texts)
        if table.question.needs_people and table.rows["demand_persons"].isna().any():
            show_known_people(registry, table, texts)
        st.caption("\n".join(f"- {plain(note)}" for note in notes_of_page(caption, table.view, texts)))
        show_unmet_needs(table, labels, texts)
        heading = _heading_of_table(table)
        st.header(plain(texts.t(heading)), anchor=False)
        names = names_beside(table.rows, texts)
        series = people_lines(registry, table.question)
        title = ""
        if series is not None:
            title = texts.t("compare.series", first=str(series.columns[0]), last=str(series.columns[-1]))
        show_ranking(table, names, caption, texts, series=series, series_name=title)
        st.caption(plain(caption.signs))
        if table.view.what.kind != "words" and heading != "use.table_stands":
            show_distribution(
                table,
                caption,
                texts,
                chosen_name=names.get(chosen, ""),
                heading=texts.t("compare.distribution"),
            )
        show_summary(registry, table, texts)
        st.caption(plain(f"{caption.as_of} · {caption.boundaries} · {caption.snapshot}"))
        with st.expander(caption.sources_title):
            for source in caption.sources:
                st.markdown(f"- {plain(source.text)}")


def _heading_of_table(table: AreaTable) -> str:
    """Return the text above the table: what it has, and in which order where that says something."""
    if table.question.is_what_stands:
        return "use.table_stands"
    if table.question.is_of_knowledge:
        return "knowledge.table"
    if not is_listed_whole(table):
        return "planner.table_by_name"
    return "planner.table_people" if table.view.indicator == "people" else "planner.table"


def notes_of_page(caption: Caption, view: View, texts: Texts) -> list[str]:
    """Return the notes of the printed sheet, but for what the page itself says nearer to the numbers."""
    no_forecast = texts.t("export_people_no_forecast", year=str(view.year))
    printed_only = {texts.t("export_people_unknown"), no_forecast}
    return [note for note in caption.notes if note not in printed_only]


if __name__ == "__main__":
    render()
