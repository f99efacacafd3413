"""The folded sections of the card of an area, one function a subject; each number says how it was computed."""

import math
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import Final

import streamlit as st

from data.vocabulary import support_forms
from geo.teryt import COUNTRY
from layers.text import Texts
from layers.widgets.address import change_view
from layers.widgets.explained import show_explained, show_figure
from layers.widgets.plain import plain
from layers.widgets.queue_history import show_registers_over_time
from layers.words.area_facts import AreaFacts
from layers.words.area_facts.wording import (
    balance_lines,
    facility_line,
    figure_name,
    if_unchanged_key,
    neighbour_names,
    neighbour_value,
    other_figures,
    own_lines,
    progress_line,
    seat_lines,
    seats_head,
    share_words,
)
from layers.words.explain import explain_residents
from layers.words.figures import write_figure
from layers.words.gauge_words import gauge_lines
from layers.words.known_places_words import newer_line
from layers.words.rounded_away_words import of_later_years, of_triad
from layers.words.year_words import estimated_ages_words, people_day_words, share_day_words

_MAX_LISTED = 10


def _show_people(facts: AreaFacts, texts: Texts) -> None:
    people = facts.people
    group = texts.t("area_card.people_today" if people.bands else "export_column_demand_persons")
    show_figure(people.now, texts, key="people", label=group)
    if day := people_day_words(people.now.table.people, facts.code, texts):
        st.caption(plain(day))
    if newer := newer_line(people.now.table, facts.code, texts):
        st.caption(plain(newer))
    if facts.has_rates:
        explained = explain_residents(people.now, people.residents_persons, people.share, texts)
        show_explained(explained, texts, key="people_share")
        of_share = share_day_words(people.now.table, facts.registry, texts)
        if of_share and not math.isnan(people.share):
            st.caption(plain(of_share))
    for band in people.bands:
        label = texts.t("area_card.people_from", age=band.age_from)
        show_figure(band.figure, texts, key=f"people_{band.age_from}", label=label)
    if estimated := estimated_ages_words(people.counts_by_age, facts.code, texts):
        st.caption(plain(estimated))


def _show_services(facts: AreaFacts, texts: Texts) -> None:
    t = texts.t
    for figure in facts.capacity:
        show_figure(figure, texts, key="services")
    lines = [facility_line(fact, facts.table, texts) for fact in facts.facilities]
    if lines:
        st.subheader(plain(t("planner.facilities_here")), anchor=False)
        _show_list(lines, texts)
    forms = support_forms()
    others = []
    for fact in facts.other_forms:
        count = write_figure(fact.facilities_count, "facilities_count", texts, bound=fact.bound)
        others.append(t("map.value", name=forms[fact.form].name[texts.lang], value=count))
    if not others:
        st.markdown(plain(t("area_card.no_other_forms")))
        return
    st.subheader(plain(t("area_card.other_forms")), anchor=False)
    _show_list(others, texts)
    st.caption(plain(t("explain.what.facilities_count")))


def _show_gauges(facts: AreaFacts, texts: Texts) -> None:
    if facts.gauges is None or facts.triad is None:
        st.markdown(plain(texts.t("gauges.no_places")))
        return
    lines = gauge_lines(facts.gauges, facts.triad.gap.table, texts)
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    if facts.over_time:
        st.subheader(plain(texts.t("over_time.head")), anchor=False)
        is_scenario = bool(facts.view.scenario)
        show_registers_over_time(
            facts.registry, facts.over_time, texts, is_scenario=is_scenario, is_narrow=True
        )
    for key in ("no_norm", "stock"):
        st.caption(plain(texts.t(f"gauges.{key}")))


def _show_triad(facts: AreaFacts, texts: Texts) -> None:
    t, triad = texts.t, facts.triad
    if triad is None:
        return
    if triad.shares:
        st.html(bar_html(facts, texts))
    for position, part in enumerate(triad.parts):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"part_{position}"):
            st.html(
                f'<span class="support-swatch support-part-{position}" aria-hidden="true"></span>',
                width="content",
            )
            with st.container():
                show_figure(part, texts, key="triad", label=t(f"area_card.{part.column}"))
    for figure in triad.lacking:
        show_figure(figure, texts, key="triad")
    if line := of_triad(facts, texts):
        st.caption(plain(line))
    _show_own(facts, texts)


def _show_own(facts: AreaFacts, texts: Texts) -> None:
    for line in own_lines(facts, texts):
        st.caption(plain(line))


def bar_html(facts: AreaFacts, texts: Texts) -> str:
    """Return the people of the group as one bar; its parts differ by pattern, and its name says all of them."""
    triad = facts.triad
    if triad is None:
        return ""
    said = "; ".join(
        texts.t("map.value", name=texts.t(f"area_card.{part.column}"), value=share)
        for part, share in zip(triad.parts, share_words(triad, texts), strict=False)
    )
    parts = "".join(
        f'<span class="support-part-{position}" style="flex: {share:.5f} 1 0"></span>'
        for position, share in enumerate(triad.shares)
        if share > 0
    )
    name = escape(texts.t("area_card.bar", parts=said), quote=True)
    return f'<div class="support-bar" role="img" aria-label="{name}">{parts}</div>'


def _show_reach(facts: AreaFacts, texts: Texts) -> None:
    for figure in facts.reach:
        show_figure(figure, texts, key="reach")
    for figure, label in other_figures(facts, texts):
        show_figure(figure, texts, key="otherwise", label=label)
    _show_own(facts, texts)


def _show_balance(facts: AreaFacts, texts: Texts) -> None:
    for figure in facts.balance:
        show_figure(figure, texts, key="balance")
    for line in balance_lines(facts, texts):
        st.caption(plain(line))


def _show_forecast(facts: AreaFacts, texts: Texts) -> None:
    if not facts.forecast:
        st.markdown(plain(texts.t("area_card.no_forecast")))
        return
    st.caption(plain(texts.t(if_unchanged_key(facts), age=facts.forecast[0].age_from)))
    for year in facts.forecast:
        st.subheader(plain(texts.t("area_card.year", year=str(year.year))), anchor=False)
        for figure in year.figures:
            show_figure(figure, texts, key=f"forecast_{year.year}")
    if line := of_later_years(facts, texts):
        st.caption(plain(line))


def _show_organisation(facts: AreaFacts, texts: Texts) -> None:
    for figure in facts.organisation.figures:
        show_figure(figure, texts, key="organisation")
    for progress in facts.organisation.progress:
        name, value = progress_line(progress, texts)
        st.markdown(f"{plain(name)}: **{plain(value)}**")
    if facts.organisation.progress:
        st.caption(plain(texts.t("area_card.progress_how")))
    _show_seats(facts, texts)


def _show_seats(facts: AreaFacts, texts: Texts) -> None:
    """Draw the organisations with their seat here: names alone, because a seat is no place of help."""
    seats = facts.seats
    if seats.empty:
        return
    st.subheader(plain(seats_head(facts, texts)), anchor=False)
    shown = seats.head(_MAX_LISTED)
    lines = [f"- {plain(line)}" for line in seat_lines(shown, texts)]
    if left := len(seats) - len(shown):
        lines.append(f"- {plain(texts.t('seats.more', count=left))}")
    st.markdown("\n".join(lines))
    st.caption(plain(texts.t("seats.what", date=seats["as_of"].iloc[0])))


def _show_quality(facts: AreaFacts, texts: Texts) -> None:
    for figure in facts.quality:
        show_figure(figure, texts, key="quality")


def _show_neighbours(facts: AreaFacts, texts: Texts) -> None:
    named = neighbour_names(facts, texts)
    if not named:
        st.markdown(plain(texts.t("area_card.no_neighbours")))
    elif facts.answer:
        st.caption(plain(figure_name(facts.answer[0], texts)))
    for neighbour, name in named:
        label = texts.t("map.value", name=name, value=neighbour_value(neighbour, texts))
        scope = facts.view.scope
        is_beyond = scope != COUNTRY and not neighbour.code.startswith(scope)
        st.button(
            plain(label),
            type="tertiary",
            key=f"neighbour_{neighbour.code}",
            on_click=change_view,
            # A neighbour beyond the border is seen with its own voivodeship.
            kwargs={"chosen": neighbour.code, **({"scope": neighbour.code[:2]} if is_beyond else {})},
        )


def _show_list(lines: list[str], texts: Texts) -> None:
    """Draw the first lines of a list, and how many more there are."""
    shown = [f"- {plain(line)}" for line in lines[:_MAX_LISTED]]
    if len(lines) > _MAX_LISTED:
        shown.append(f"- {plain(texts.t('planner.facilities_more', count=len(lines) - _MAX_LISTED))}")
    st.markdown("\n".join(shown))


SECTIONS: Final[Mapping[str, tuple[Callable[[AreaFacts, Texts], None], tuple[str, ...]]]] = MappingProxyType(
    {
        "people": (_show_people, ("people",)),
        "services": (_show_services, ("capacity", "facilities", "other_forms")),
        "gauges": (_show_gauges, ("gauges", "triad", "over_time")),
        "triad": (_show_triad, ("triad",)),
        "reach": (_show_reach, ("reach", "otherwise")),
        "balance": (_show_balance, ("balance",)),
        "forecast": (_show_forecast, ("forecast",)),
        "organisation": (_show_organisation, ("organisation",)),
        "quality": (_show_quality, ("quality",)),
        "neighbours": (_show_neighbours, ()),
    }
)
"""What draws each section, and the facts that it draws (`AreaFacts`), in the order in which a council asks."""
