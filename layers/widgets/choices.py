"""The choices of group, form, indicator, area and distance, shared by the doors."""

from datetime import date

import streamlit as st

from data.registry.registry import Registry
from data.store.names import polish_order
from data.vocabulary import can_be_own, forms_for_group, need_groups, screen_groups, support_forms
from geo.teryt import ALL_VOIVODESHIPS, COUNTRY
from layers.answers.listed_forms import listed_forms
from layers.answers.measures.balance import kinds_for_group
from layers.answers.measures.coarse_reach import least_distance_km
from layers.indicators import INDICATORS
from layers.indicators.balance import BALANCE, FIRST_OF_BALANCE
from layers.indicators.indicator import DISTANCE, FORM, METHOD, NORM, PEOPLE, SINCE, YEAR
from layers.text import Texts
from layers.view.offered import (
    DETOURS_PCT,
    DISTANCES_KM,
    METHODS,
    MINUTES,
    MOST_NORM,
    TRAVELS,
    offered_ages,
    offered_km,
    offered_years,
)
from layers.view.view import View
from layers.widgets.address import bound, change_view
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.words.example_words import country_name
from layers.words.figures import indicator_name
from layers.words.year_words import year_words

_KIND = "balance_kind"


def group_name(group: str, texts: Texts) -> str:
    """Return the name of a group of people."""
    return need_groups()[group].name[texts.lang]


def form_name(form: str, texts: Texts) -> str:
    """Return the name of a form of support with a capital letter."""
    name = support_forms()[form].name[texts.lang]
    return name[:1].upper() + name[1:]


@in_turn
def show_rail(registry: Registry, view: View, texts: Texts, *, has_roads: bool = False) -> None:
    """Draw the choices of a map one under another; those that its indicator has nothing to do with are left out."""
    voivodeships = registry.areas_of_level("voivodeship")
    names = {
        code: name
        for code, name in zip(voivodeships["area_code"], voivodeships["name"], strict=True)
        if code in ALL_VOIVODESHIPS
    }
    scopes = [COUNTRY, *sorted(names, key=lambda code: polish_order(names[code]))]
    names[COUNTRY] = country_name(texts, is_example=registry.state.is_invented)
    st.selectbox(texts.t("choice.scope"), scopes, format_func=names.__getitem__, **bound("scope", view.scope))
    _show_indicator(view, texts)
    what = view.what
    if {FORM, PEOPLE} & what.choices:
        st.radio(
            texts.t("choice.group"),
            screen_groups(),
            format_func=lambda group: _capital(group_name(group, texts)),
            **bound("group", view.group),
        )
    if FORM in what.choices:
        listed = listed_forms(registry)
        forms = [form for form in forms_for_group(view.group) if form == view.form or form in listed]
        st.selectbox(
            texts.t("choice.form"),
            forms,
            format_func=lambda form: form_name(form, texts),
            **bound("form", view.form),
        )
    if DISTANCE in what.choices:
        least_km = least_distance_km(registry, view.question, chosen=view.chosen)
        _show_way(view, texts, has_roads=has_roads, least_km=least_km)
        if can_be_own(view.form):
            st.checkbox(texts.t("use.own"), help=texts.t("use.own_help"), **bound("own", view.own))
    st.radio(
        texts.t("choice.level"),
        view.levels,
        format_func=lambda level: texts.t(f"level.{level}"),
        **bound("level", view.level),
    )
    show_assumptions(registry, view, texts)
    _show_day(registry, view, texts, field="day")
    if SINCE in what.choices:
        _show_day(registry, view, texts, field="since")


def _show_indicator(view: View, texts: Texts) -> None:
    """Draw what can be shown; the kinds of support of the balance are one entry, and the kind is chosen below it."""
    of_balance = view.indicator if view.indicator in BALANCE else FIRST_OF_BALANCE
    st.selectbox(
        texts.t("choice.indicator"),
        [
            code
            for code, what in INDICATORS.items()
            if what.is_of_group(view.group) and (code not in BALANCE or code == of_balance)
        ],
        format_func=lambda code: indicator_name(code, texts),
        **bound("indicator", view.indicator),
    )
    if view.indicator not in BALANCE:
        return
    drawn = [f"{kind}_per_1000" for kind in kinds_for_group(view.group)]
    st.session_state[_KIND] = view.indicator
    st.selectbox(
        texts.t("choice.kind"),
        drawn if view.indicator in drawn else [*drawn, view.indicator],
        format_func=lambda code: _capital(texts.t(f"support_kind.{code.removesuffix('_per_1000')}")),
        key=_KIND,
        on_change=lambda: change_view(indicator=st.session_state[_KIND]),
    )


def _show_way(view: View, texts: Texts, *, has_roads: bool, least_km: int) -> None:
    """Draw what is near: a line of at least some kilometres and its detour, or minutes where there are roads."""
    if has_roads or view.travel != "line":
        st.radio(
            texts.t("choice.travel"),
            TRAVELS,
            format_func=lambda travel: texts.t(f"travel.{travel}"),
            **bound("travel", view.travel),
        )
    if view.travel != "line":
        st.selectbox(
            texts.t("choice.minutes"),
            MINUTES,
            format_func=lambda minutes: texts.t("choice.minutes_of", count=minutes),
            **bound("minutes", view.minutes),
        )
        return
    offered = offered_km(view.form)
    st.selectbox(
        texts.t("choice.distance"),
        [km for km in DISTANCES_KM if (km in offered and km >= least_km) or km == view.distance_km],
        format_func=lambda distance: texts.t("distance.kilometres", value=distance),
        **bound("distance_km", view.distance_km),
    )
    if said := least_words(view, texts, least_km=least_km):
        st.caption(plain(said))
    st.selectbox(
        texts.t("choice.detour"),
        DETOURS_PCT,
        format_func=lambda pct: (
            texts.t("choice.detour_none")
            if pct == View.detour_pct
            else texts.t("choice.detour_of", factor=pct / 100)
        ),
        **bound("detour_pct", view.detour_pct),
    )


def least_words(view: View, texts: Texts, *, least_km: int) -> str:
    """Return why shorter distances are not offered; empty where the form is offered none of them anyway."""
    if view.distance_km < least_km:
        said = "coarse.least_kept"
    elif any(km < least_km for km in offered_km(view.form)):
        said = "coarse.least"
    else:
        return ""
    return texts.t(said, distance=texts.t("distance.kilometres", value=least_km))


def show_assumptions(registry: Registry, view: View, texts: Texts) -> None:
    """Draw what the indicator supposes: whose age, which year, which norm, which method."""
    choices = view.what.choices
    if PEOPLE in choices and view.group == "older":
        ages = offered_ages(registry, view.year)
        st.selectbox(
            texts.t("choice.age_from"),
            ages if view.age_from in ages else sorted((*ages, view.age_from)),
            format_func=lambda age: texts.t("choice.age_of", age=age),
            **bound("age_from", view.age_from),
        )
    if PEOPLE in choices and view.group != "older":
        st.checkbox(texts.t("choice.is_estimate"), **bound("is_estimate", view.is_estimate))
    if YEAR in choices and view.group == "older":
        years = offered_years(registry)
        st.selectbox(
            texts.t("choice.year"),
            years if view.year in years else (*years, view.year),
            format_func=lambda year: year_words(year, registry, texts),
            **bound("year", view.year),
        )
    if NORM in choices:
        st.number_input(
            texts.t("choice.norm"),
            min_value=0.0,
            max_value=MOST_NORM,
            step=0.5,
            format="%.2f",
            placeholder=texts.t("choice.norm_default"),
            help=texts.t("choice.norm_help"),
            **bound("norm", view.norm or None),
        )
    if METHOD in choices:
        st.selectbox(
            texts.t("choice.method"),
            METHODS,
            format_func=lambda method: texts.t(f"method_of_access.{method}"),
            **bound("method", view.method),
        )


def _show_day(registry: Registry, view: View, texts: Texts, *, field: str) -> None:
    """Draw the days of the registry; nothing to choose where there is only one."""
    chosen = getattr(view, field)
    days = [day.isoformat() for day in registry.days]
    if chosen and chosen not in days:
        days = sorted([*days, chosen], reverse=True)
    if len(days) < 2:
        return
    st.selectbox(
        texts.t(f"choice.{field}"),
        ["", *days],
        format_func=lambda day: (
            texts.date(date.fromisoformat(day)) if day else texts.t(f"choice.{field}_none")
        ),
        **bound(field, chosen),
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
