"""What a map does not know, and where more is known: people of the group, and what lies in reach."""

from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from data.registry.registry import Registry
from data.vocabulary import people_indicators
from geo.teryt import COUNTRY
from layers.answers.area_table import AreaTable
from layers.answers.measures.coarse_reach import least_distance_km
from layers.cache.shared_answers import area_table
from layers.text import Texts
from layers.widgets.address import change_view
from layers.widgets.choices import group_name
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.words.example_words import country_name
from layers.words.question_words import way_of
from layers.words.reasons import known_count, shorter_view, unknown_for_reach

_KNOWN_INSTEAD: Final = {"disabled": ("reached_residents", False), "homeless": ("known_places", True)}
"""Group → the indicator that needs no number of its people in each area, and whether it is one of the whole country."""


def offer_known(table: AreaTable, texts: Texts) -> None:
    """Offer what can be shown where people are not known; in the line above a map, of whose height it takes nothing."""
    if not table.question.needs_people or table.rows["demand_persons"].notna().all():
        return
    if not table.is_people_unknown:
        _offer_instead(table, texts)
        return
    if table.lacks_forecast:
        st.button(texts.t("people.show_today"), on_click=change_view, kwargs={"year": 0}, key="show_today")
    elif not table.view.is_estimate:
        st.button(
            texts.t("people.show_estimate"),
            on_click=change_view,
            kwargs={"is_estimate": True},
            key="show_estimate",
        )
    _offer_instead(table, texts)
    st.button(
        texts.t("people.show_facilities"),
        on_click=change_view,
        kwargs={"indicator": "facilities_count"},
        key="show_facilities",
    )


def _offer_instead(table: AreaTable, texts: Texts) -> None:
    """Offer what needs no number of the group's people in each area, at the level where it is known."""
    view = table.view
    if view.group not in _KNOWN_INSTEAD:
        return
    indicator, is_of_country = _KNOWN_INSTEAD[view.group]
    # The row of a voivodeship by itself would be no map: it is chosen on that of the country.
    where = {"scope": COUNTRY, "chosen": "" if view.scope == COUNTRY else view.scope}
    st.button(
        texts.t(f"people.show_{indicator}"),
        on_click=change_view,
        kwargs={"indicator": indicator, **(where if is_of_country else {})},
        key="show_instead",
    )


def say_people_unknown(table: AreaTable, texts: Texts) -> None:
    """Say below a map, whose heading has said that the number is unknown, what follows from it."""
    view = table.view
    if table.lacks_forecast:
        st.info(plain(texts.t("people.no_forecast", year=str(view.year))))
        return
    group, level = group_name(view.group, texts), texts.t(f"level.in_{view.level}")
    st.info(plain(texts.t("people.unknown", group=group, level=level)))


def show_known_people(registry: Registry, table: AreaTable, texts: Texts) -> None:
    """Show the figures that exist about the group, each at its own level with its date and method."""
    known = registry.known_people(table.view.group, table.view.scope)
    if known.empty:
        return
    st.header(plain(texts.t("people.known")), anchor=False)
    st.markdown(plain(texts.t("people.methods_differ")))
    # A few rows with long words: an ordinary table wraps them on a phone and is read out as it stands.
    st.table(_written(known, registry, texts), hide_index=True, alt=texts.t("people.known"))


def _written(known: pd.DataFrame, registry: Registry, texts: Texts) -> pd.DataFrame:
    areas = registry.areas_of_level("voivodeship")
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    names[COUNTRY] = country_name(texts, is_example=registry.state.is_invented)
    methods = {(item.indicator, item.subgroup): item.name[texts.lang] for item in people_indicators()}
    return pd.DataFrame(
        {
            texts.t("people.area"): [names.get(code, code) for code in known["area_code"]],
            texts.t("people.what"): [
                methods[pair] for pair in zip(known["indicator"], known["subgroup"], strict=True)
            ],
            texts.t("people.value"): [
                texts.rate(value) + "\u00a0%" if unit == "percent" else texts.number(value)
                for value, unit in zip(known["value"], known["unit"], strict=True)
            ],
            texts.t("people.date"): [
                _date(text, texts) if isinstance(text, str) else texts.t("as_of_unknown")
                for text in known["as_of_text"]
            ],
        }
    )


def _date(text: str, texts: Texts) -> str:
    """Return a day, month or year as the source gives it, in words; anything else as it stands."""
    precision, rest = {10: ("day", ""), 7: ("month", "-01"), 4: ("year", "-01-01")}.get(len(text), ("", ""))
    try:
        return texts.date(date.fromisoformat(text + rest), precision=precision) if precision else text
    except ValueError:
        return text


@in_turn
def show_known_distance(registry: Registry, table: AreaTable, texts: Texts) -> None:
    """Draw why areas are hatched for what lies in their reach, and a button for a shorter distance that knows more."""
    view, unknown = table.view, unknown_for_reach(table)
    if not unknown:
        return
    areas, now = len(table.rows), known_count(table)
    said = texts.t("known_distance.why", count=unknown, areas=areas, way=way_of(view, texts))
    shorter = shorter_view(view, least_km=least_distance_km(registry, view.question, chosen=view.chosen))
    known = now if shorter is None else known_count(area_table(registry, shorter.with_changes(chosen="")))
    if shorter is None or known <= now:
        st.caption(plain(said))
        return
    distance = texts.t("distance.kilometres", value=shorter.distance_km)
    more = texts.t("known_distance.more", distance=distance, known=known, areas=areas, now=now)
    st.caption(plain(f"{said} {more}"))
    st.button(
        texts.t("known_distance.show", distance=distance),
        on_click=change_view,
        kwargs={"distance_km": shorter.distance_km},
        key="known_distance_show",
    )
