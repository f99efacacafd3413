"""A scenario: what would close the gap, made on the map, kept in the link, and compared with today."""

import streamlit as st

from data.scenarios import Scenario
from layers.cache.shared_answers import applied_scenario
from layers.text import Texts, texts_of
from layers.view.view import View
from layers.widgets.address import change_view, current_view
from layers.widgets.area_card import choose_area
from layers.widgets.choices import form_name, group_name
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.widgets.planner_map import facility_marks, show_planner_map
from layers.widgets.scenario.changes import show_changes
from layers.widgets.scenario.compare import show_comparison
from layers.widgets.scenario.edit import add_changes, say_outcome
from layers.widgets.scenario.editor import STYLE, show_editor
from layers.widgets.scenario.files import show_opening, show_saving
from layers.widgets.siting import show_siting
from layers.widgets.unknowns import offer_known, say_people_unknown, show_known_distance
from layers.widgets.view_page import begin_view_page
from layers.words.area_names import area_labels
from layers.words.scenario_edits import scenario_of
from layers.words.scenario_words import ScenarioWords

# What a scenario is about: how many places are missing. No text below it: Streamlit would write it on the page.
INDICATOR = "gap_share"


@in_turn
def render() -> None:
    """Draw the page."""
    view = current_view()
    texts = texts_of(view.lang, view.date)
    st.html(STYLE)
    scenario = scenario_of(view, texts)
    page = begin_view_page("scenario")
    registry, table = page.registry, page.table
    words = ScenarioWords(registry, texts)
    with page.column:
        is_people_unknown = table.is_people_unknown and view.question.needs_people
        labels = area_labels(table.rows, texts)
        with page.actions:
            chosen = choose_area(table, labels, texts, is_in_line=True)
            offer_known(table, texts)
        columns = st.columns([2, 1], gap="medium")
        with columns[0]:
            show_planner_map(registry, table, page.caption, texts)
            if is_people_unknown:
                say_people_unknown(table, texts)
            show_known_distance(registry, table, texts)
        # Beside the map and not above it, where it would push the map out of sight.
        with columns[1]:
            say_outcome()
            applied = applied_scenario(registry, view.scenario) if view.scenario else None
            _say_scenario(scenario, view, texts, misfits=applied.misfits if applied else 0)
            show_editor(registry, view, chosen, words)
        show_siting(registry, view, words, on_add=add_changes, services=facility_marks(table, texts))
        show_changes(scenario, None if applied is None else applied.problems, words)
        show_saving(registry, applied, view, texts)
        show_opening(texts)
        show_comparison(registry, view, scenario, words)
        with st.expander(page.caption.sources_title):
            for source in page.caption.sources:
                st.markdown(f"- {plain(source.text)}")


def _say_scenario(scenario: Scenario, view: View, texts: Texts, *, misfits: int) -> None:
    """Say what the numbers on the page are of, and offer what a scenario is about when the page shows else."""
    if fitting := len(scenario.changes) - misfits:
        said = texts.t("scenario.is_applied", title=scenario.title, count=fitting)
    elif scenario.changes:
        said = texts.t("scenario.is_misfit", title=scenario.title)
    else:
        said = texts.t("scenario.is_today")
    st.markdown(plain(said))
    if view.indicator != INDICATOR:
        st.button(
            texts.t("scenario.show_gaps"),
            on_click=change_view,
            kwargs={"indicator": INDICATOR},
            key="scenario_show_gaps",
        )
    forms = {scenario.support_form, *(scenario.form_of(change) for change in scenario.changes)}
    if scenario.changes and (view.form not in forms or view.group != scenario.need_group):
        about = {
            "form": form_name(scenario.support_form, texts),
            "group": group_name(scenario.need_group, texts),
        }
        st.info(plain(texts.t("scenario.is_about", **about)))
        st.button(
            texts.t("scenario.show_form"),
            on_click=change_view,
            kwargs={"group": scenario.need_group, "form": scenario.support_form},
            key="scenario_show_form",
        )


if __name__ == "__main__":
    render()
