"""Announced costs beside the box of a unit cost: one click takes one over, and nothing is filled in by itself."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.registry.registry import Registry
from data.scenarios.costs import UnitCosts
from layers.answers.known_costs import QUARTILES, Offer, OfferedCosts, Quartiles, offered_costs, per_year
from layers.text import Texts
from layers.view.unit_costs import read_unit_costs, with_unit_cost
from layers.view.view import View
from layers.widgets.address import change_view, current_view
from layers.widgets.choices import form_name
from layers.widgets.plain import plain
from layers.words.known_costs_words import (
    PAID_BY_LAW,
    cost_sources,
    offer_label,
    quartiles_sentence,
    who_pays,
)

_FIELD = "run_per_place_zl_year"


def show_offered_costs(
    registry: Registry, view: View, forms: Sequence[str], area_code: str, texts: Texts, *, place: str
) -> None:
    """
    Draw what is known of the yearly cost of forms in the voivodeship of an area; nothing where nothing is known at all.

    Parameters
    ----------
    forms
        Those that the page asks costs of.
    area_code
        The area that is planned for; empty when none is chosen.
    place
        Part of the page, for the keys of its widgets.
    """
    known = registry.known_costs
    told = [form for form in forms if form in set(known["support_form"])]
    if not told:
        return
    # Who took a figure over goes on looking at the list.
    is_open = st.session_state.get(_open_key(place), False)
    with st.expander(texts.t("costs.offered_title"), expanded=is_open, key=f"offered_{place}_box"):
        st.markdown(plain(texts.t("costs.offered_help")))
        if not area_code:
            st.markdown(plain(texts.t("costs.offered_no_area")))
            return
        names = registry.areas_of_level("voivodeship").set_index("area_code")["name"]
        voivodeship = str(names.get(area_code[:2], ""))
        for form in told:
            st.markdown(f"**{plain(form_name(form, texts))}**")
            offered = offered_costs(known, form, area_code[:2])
            if offered is None:
                st.markdown(plain(texts.t("costs.offered_none", voivodeship=voivodeship)))
            else:
                _show_form(offered, form, voivodeship, texts, place=place)
    for form in told:
        _say_source(offered_costs(known, form, area_code[:2]), view, form, voivodeship, texts)


def show_who_pays(texts: Texts, *, place: str) -> None:
    """Draw who pays for a place in a care home, a column each: rules, for the incomes that decide are not known."""
    with st.expander(texts.t("costs.who_pays"), expanded=True, key=f"who_pays_{place}"):
        st.markdown(plain(texts.t("costs.who_pays_help")))
        rules = who_pays(PAID_BY_LAW, texts)
        columns = {plain(texts.t(f"costs.payer_{payer}")): [plain(rule)] for payer, rule in rules.items()}
        st.table(pd.DataFrame(columns), hide_index=True)


def _say_source(offered: OfferedCosts | None, view: View, form: str, voivodeship: str, texts: Texts) -> None:
    """Say where a cost is from that equals an announced one: a link carries it without its source."""
    given = read_unit_costs(view.costs).get(form, UnitCosts()).run_per_place_zl_year
    if offered is None or given is None:
        return
    for sentence in cost_sources(given, offered, voivodeship, texts):
        st.caption(plain(sentence))


def _show_form(offered: OfferedCosts, form: str, voivodeship: str, texts: Texts, *, place: str) -> None:
    if offered.quartiles is not None:
        _show_quartiles(offered.quartiles, offered.unit, form, voivodeship, texts, place=place)
    labels = [offer_label(offer, offered.unit, texts) for offer in offered.offers]
    key = f"offered_{place}_{form}"
    # Chosen is what the box holds; the list itself forgets, so that the same figure can be taken again.
    st.session_state[key] = None
    st.selectbox(
        texts.t(f"costs.offered_choose_{offered.unit}"),
        range(len(labels)),
        index=None,
        format_func=labels.__getitem__,
        placeholder=texts.t("costs.not_given"),
        key=key,
        on_change=_take_chosen,
        args=(form, key, offered.offers, place),
    )


def _show_quartiles(
    quartiles: Quartiles, unit: str, form: str, voivodeship: str, texts: Texts, *, place: str
) -> None:
    st.markdown(plain(quartiles_sentence(quartiles, unit, voivodeship, texts)))
    with st.container(horizontal=True):
        for name, value in zip(QUARTILES, quartiles.zl, strict=True):
            st.button(
                texts.t(f"costs.offered_take_{name}", zl=texts.number(per_year(value))),
                key=f"offered_{place}_{form}_{name}",
                on_click=_take,
                args=(form, per_year(value), place),
            )


def _take_chosen(form: str, key: str, offers: Sequence[Offer], place: str) -> None:
    position = st.session_state[key]
    if position is not None:
        _take(form, offers[position].zl_year, place)


def _take(form: str, zl_year: int, place: str) -> None:
    st.session_state[_open_key(place)] = True
    change_view(costs=with_unit_cost(current_view().costs, form, _FIELD, zl_year))


def _open_key(place: str) -> str:
    return f"offered_{place}_is_open"
