"""The choices of group, form, indicator, area and distance, shared by the doors."""

from datetime import date

import streamlit as st

from data.registry import COUNTRY, Registry
from data.vocabulary import forms_for_group, has_door, need_groups, screen_groups, support_forms
from geo.teryt import VOIVODESHIPS
from layers.state import DISTANCES_KM, INDICATORS, LEVELS, View
from layers.text import Texts
from layers.widgets.address import bound

_USUAL_KM = (2, 5, 10, 15, 30, 50, 100)
"""Fewer buttons to read; a link may still say any of `DISTANCES_KM`."""


def group_name(group: str, texts: Texts) -> str:
    """Return the name of a group of people."""
    return need_groups()[group].name[texts.lang]


def form_name(form: str, texts: Texts) -> str:
    """Return the name of a form of support with a capital letter."""
    name = support_forms()[form].name[texts.lang]
    return name[:1].upper() + name[1:]


def show_group_buttons(view: View, texts: Texts) -> None:
    """Draw the groups as large buttons."""
    st.pills(
        texts.t("choice.group_for_whom"),
        screen_groups(),
        format_func=lambda group: _capital(group_name(group, texts)),
        required=True,
        wrap=True,
        **bound("group", view.group),
    )


def show_form_buttons(registry: Registry, view: View, texts: Texts, *, is_label_shown: bool = True) -> None:
    """Draw the group's forms as buttons, several can be on; none on means all of them."""
    listed = listed_forms(registry)
    options = [form for form in forms_for_group(view.group) if form in listed or form in view.forms]
    st.pills(
        texts.t("choice.forms"),
        options,
        format_func=lambda form: form_name(form, texts),
        selection_mode="multi",
        wrap=True,
        label_visibility="visible" if is_label_shown else "collapsed",
        **bound("forms", [form for form in options if form in view.forms]),
    )


def show_distance_buttons(view: View, texts: Texts) -> None:
    """Draw the distances as buttons."""
    options = [distance for distance in DISTANCES_KM if distance in _USUAL_KM or distance == view.distance_km]
    st.pills(
        texts.t("choice.distance"),
        options,
        format_func=lambda distance: texts.t("distance.kilometres", value=distance),
        required=True,
        wrap=True,
        **bound("distance_km", view.distance_km),
    )


def show_rail(registry: Registry, view: View, texts: Texts) -> None:
    """Draw the choices of a map one under another."""
    voivodeships = registry.areas_of_level("voivodeship")
    # The invented region is the whole of its country and has no code that an address could name.
    names = {
        code: name
        for code, name in zip(voivodeships["area_code"], voivodeships["name"], strict=True)
        if code in VOIVODESHIPS
    }
    scopes = [COUNTRY, *sorted(names, key=lambda code: texts.sort_key(names[code]))]
    names[COUNTRY] = texts.t("choice.country")
    if view.scope not in names:
        scopes.append(view.scope)
        names[view.scope] = view.scope
    st.selectbox(texts.t("choice.scope"), scopes, format_func=names.__getitem__, **bound("scope", view.scope))
    st.radio(
        texts.t("choice.group"),
        screen_groups(),
        format_func=lambda group: _capital(group_name(group, texts)),
        **bound("group", view.group),
    )
    listed = listed_forms(registry)
    forms = [
        form
        for form in forms_for_group(view.group)
        if form == view.form or (has_door(form) and form in listed)
    ]
    st.selectbox(
        texts.t("choice.form"),
        forms,
        format_func=lambda form: form_name(form, texts),
        **bound("form", view.form),
    )
    st.radio(
        texts.t("choice.indicator"),
        INDICATORS,
        format_func=lambda indicator: texts.t(f"indicator.{indicator}"),
        **bound("indicator", view.indicator),
    )
    if view.indicator == "coverage_share":
        st.selectbox(
            texts.t("choice.distance"),
            DISTANCES_KM,
            format_func=lambda distance: texts.t("distance.kilometres", value=distance),
            **bound("distance_km", view.distance_km),
        )
    st.radio(
        texts.t("choice.level"),
        LEVELS,
        format_func=lambda level: texts.t(f"level.{level}"),
        **bound("level", view.level),
    )
    _show_day(registry, view, texts)


def _show_day(registry: Registry, view: View, texts: Texts) -> None:
    """Draw the days of the registry; nothing to choose where there is only one."""
    days = [day.isoformat() for day in registry.days]
    if view.day and view.day not in days:
        days = sorted([*days, view.day], reverse=True)
    if len(days) < 2:
        return
    st.selectbox(
        texts.t("choice.day"),
        ["", *days],
        format_func=lambda day: texts.date(date.fromisoformat(day)) if day else texts.t("choice.day_now"),
        **bound("day", view.day),
    )


def listed_forms(registry: Registry) -> set[str]:
    """Return the forms the registry knows anything about: a service, or a complete register without any."""
    services = registry.services
    return set(services.loc[services["is_counted"], "support_form"]) | set(
        registry.register_coverage["support_form"]
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
