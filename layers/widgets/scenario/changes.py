"""The list of a scenario's changes: each in words, with its numbers to be edited and what is wrong with it."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from data.scenarios import KINDS, Change, Scenario
from data.scenarios.changes import MOST_COST_ZL, MOST_PLACES
from data.scenarios.scenario import LONGEST_TITLE
from layers.widgets.address import change_view
from layers.widgets.plain import plain
from layers.widgets.scenario.edit import CHANGES_ANCHOR, edit_scenario
from layers.words.scenario_edits import with_change_edited, with_change_removed, with_title
from layers.words.scenario_words import ScenarioWords

_AMOUNTS: Final = {
    "places": (1, MOST_PLACES),
    "build_cost_zl": (0, MOST_COST_ZL),
    "run_cost_zl_year": (0, MOST_COST_ZL),
}


def show_changes(scenario: Scenario, problems: pd.DataFrame | None, words: ScenarioWords) -> None:
    """
    Draw the list of changes, each with its numbers to be edited and a button that takes it out.

    A list of native fields and not a grid: a grid is drawn on a canvas, which a keyboard enters with difficulty and a
    screen reader reads without the words of a problem.
    """
    texts = words.texts
    st.html(f'<div id="{CHANGES_ANCHOR}"></div>')
    st.header(plain(texts.t("scenario.changes", count=len(scenario.changes))), anchor=False)
    st.text_input(
        texts.t("scenario.title"),
        max_chars=LONGEST_TITLE,
        on_change=_take_title,
        **_bound("scenario_title", scenario.title),
    )
    if not scenario.changes:
        st.markdown(plain(texts.t("scenario.none_yet")))
        return
    said = {} if problems is None else words.problems(problems, scenario)
    for number, change in enumerate(scenario.changes, start=1):
        with st.container(border=True, key=f"scenario_change_{number}"):
            st.markdown(f"**{number}.** {plain(words.change(change, scenario))}")
            for sentence in said.get(number, ()):
                st.warning(plain(sentence))
            _show_amounts(number, change, words, form=scenario.form_of(change))
    st.button(
        texts.t("scenario.remove_all"),
        on_click=change_view,
        kwargs={"scenario": ""},
        key="scenario_remove_all",
    )
    st.caption(plain(texts.t("scenario.undo")))


def _show_amounts(number: int, change: Change, words: ScenarioWords, *, form: str | None) -> None:
    texts = words.texts
    required, optional = KINDS[change.kind]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for field, (least, most) in _AMOUNTS.items():
            if field not in required | optional:
                continue
            capacity = words.capacity(form) if form else ""
            key = f"scenario_{number}_{field}"
            st.number_input(
                texts.t(f"scenario.field_{field}_of", capacity=capacity),
                min_value=least,
                max_value=most,
                step=1,
                placeholder=texts.t("scenario.unknown"),
                width=230,
                on_change=_take_amount,
                args=(number, field),
                **_bound(key, getattr(change, field)),
            )
        st.button(
            texts.t("scenario.remove", number=number),
            on_click=_remove,
            args=(number,),
            key=f"scenario_remove_{number}",
        )


def _bound(key: str, value: Any) -> dict[str, Any]:
    """Return the arguments of a widget that shows what the address says, as `layers.widgets.address.bound` does."""
    st.session_state[key] = value
    return {"key": key}


def _take_title() -> None:
    typed = str(st.session_state["scenario_title"])
    edit_scenario(lambda scenario, texts: with_title(scenario, typed, texts))


def _take_amount(number: int, field: str) -> None:
    value = st.session_state[f"scenario_{number}_{field}"]
    edit_scenario(lambda scenario, _: with_change_edited(scenario, number, **{field: value}))


def _remove(number: int) -> None:
    edit_scenario(lambda scenario, _: with_change_removed(scenario, number))
