"""What a planner asks of new sites: their goal, how many of what size, and for how much money."""

from dataclasses import replace
from typing import Any

import streamlit as st

from data.scenarios.costs import UnitCosts
from layers.answers.measures.siting import WIDE_RESIDENTS
from layers.view.siting_request import GOALS, NUMBER_FIELDS, SitingRequest, pack_siting, read_siting
from layers.view.unit_costs import read_unit_costs
from layers.view.view import View
from layers.widgets.address import change_view, current_view
from layers.widgets.plain import plain
from layers.widgets.unit_costs_editor import show_unit_costs_editor
from layers.words.siting_words import SitingWords


def show_siting_choices(
    view: View, request: SitingRequest, usual: tuple[int, int], said: SitingWords
) -> UnitCosts:
    """
    Draw what is asked of new sites, each choice a part of the address, and return what a place costs as it is given.

    Parameters
    ----------
    usual
        The least and the most places of a facility of the form.
    """
    texts = said.texts
    st.radio(
        texts.t("siting.goal"),
        GOALS,
        format_func=lambda goal: texts.t(f"siting.goal_{said.goal_key(goal)}"),
        captions=[texts.t(f"siting.goal_help_{said.goal_key(goal)}") for goal in GOALS],
        **_bound("goal", request.goal),
    )
    first = st.columns(4, gap="medium", vertical_alignment="bottom")
    unsaid = {
        "least_places": texts.number(usual[0]),
        "most_places": texts.number(usual[1]),
        "places_count": texts.t("siting.as_missing"),
    }
    for column, name in zip(
        first, ("sites_count", "least_places", "most_places", "places_count"), strict=True
    ):
        with column:
            _number_box(name, request, said, placeholder=unsaid.get(name, texts.t("siting.no_limit")))
    st.caption(plain(texts.t("siting.usual", least=usual[0], most=usual[1])))
    with st.expander(texts.t("siting.costs")):
        show_unit_costs_editor(view, [view.form], texts)
        second = st.columns(2, gap="medium", vertical_alignment="bottom")
        with second[0]:
            _number_box("budget_zl", request, said, placeholder=texts.t("siting.no_limit"))
        with second[1]:
            _number_box("years", request, said, placeholder="")
    for name, label in (
        ("is_unsure_counted", texts.t("siting.is_unsure_counted")),
        ("is_wide", texts.t("siting.is_wide", residents=WIDE_RESIDENTS)),
    ):
        st.checkbox(label, **_bound(name, getattr(request, name)))
    return read_unit_costs(view.costs).get(view.form, UnitCosts())


def _number_box(name: str, request: SitingRequest, said: SitingWords, *, placeholder: str) -> None:
    least, most = NUMBER_FIELDS[name]
    st.number_input(
        said.texts.t(f"siting.field_{name}", capacity=said.capacity),
        min_value=least,
        max_value=most,
        step=1,
        format="%d",
        placeholder=placeholder,
        **_bound(name, getattr(request, name)),
    )


def _bound(name: str, value: Any) -> dict[str, Any]:
    """Return the arguments that tie a widget to a part of the request in the address, which is the only truth."""
    key = f"siting_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": _take_over, "args": (name,)}


def _take_over(name: str) -> None:
    value = st.session_state[f"siting_{name}"]
    if name == "years" and value is None:
        value = SitingRequest.years
    change_view(siting=pack_siting(replace(read_siting(current_view().siting), **{name: value})))
