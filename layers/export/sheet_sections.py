"""The sections of the printed sheet of an area: heads, names and numbers as the template takes them."""

import math
from collections.abc import Sequence
from typing import Any

from geo.printed_numbers import UNSURE
from layers.indicators.balance import BALANCE, BALANCE_CHANGE
from layers.text import Texts
from layers.words.area_facts import AreaFacts, Figure
from layers.words.area_facts.wording import (
    balance_lines,
    figure_name,
    if_unchanged_key,
    no_lack_line,
    own_lines,
    share_words,
)
from layers.words.figures import tells_nothing, write_figure
from layers.words.gauges_over_time import bar_lines
from layers.words.known_places_words import newer_line
from layers.words.rounded_away_words import of_later_years, of_triad
from layers.words.view_words import Wording
from layers.words.year_words import estimated_ages_words, people_day_words, share_day_words


def people_section(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    """Return the people of the group, with their share and their ages."""
    t, people = texts.t, facts.people
    # A count of one night is of its day, which stands below; only what is told of every year is of today.
    key = "people_now" if people.bands else "people_counted"
    pairs = [[t(f"area_card.{key}", group=Wording(facts.table, texts).group), written(people.now, texts)]]
    if facts.has_rates:
        share = t("no_data") if math.isnan(people.share) else texts.percent(people.share)
        pairs.append([t("explain.residents.name"), share])
    day = people_day_words(people.now.table.people, facts.code, texts)
    notes = ([day] if day else []) if people.now.is_known else [t("explain.missing.people")]
    notes += [newer] if (newer := newer_line(people.now.table, facts.code, texts)) else []
    if facts.has_rates and not math.isnan(people.share):
        of_share = share_day_words(people.now.table, facts.registry, texts)
        notes += [of_share] if of_share else []
    if estimated := estimated_ages_words(people.counts_by_age, facts.code, texts):
        notes.append(estimated)
    bands = {
        "columns": [t("area_card.age", age=band.age_from) for band in people.bands],
        "rows": [[written(band.figure, texts) for band in people.bands]],
    }
    return {"head": t("area_card.people"), "pairs": pairs, "bands": bands, "notes": notes}


def triad_section(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    """Return who has a place and who lacks one; where nothing is said of a lack, why."""
    t, triad = texts.t, facts.triad
    if triad is None:
        note = no_lack_line(facts, texts)
        return {"head": t("area_card.triad"), "shares": [], "rows": [], "pairs": [], "notes": [note]}
    shares = share_words(triad, texts) or ["–"] * len(triad.parts)
    is_named = triad.norm is not None and triad.norm.is_known
    norm = Wording(triad.gap.table, texts).values["norm"] if is_named else t("no_data")
    return {
        "head": t("area_card.triad"),
        "columns": [t("area_card.part"), t("area_card.persons"), t("area_card.share")],
        "shares": list(triad.shares),
        "rows": [
            [
                t(f"area_card.{part.column}"),
                written(part, texts),
                "–" if part.is_known and tells_nothing(part.value, part.column, part.bound) else share,
            ]
            for part, share in zip(triad.parts, shares, strict=True)
        ],
        "pairs": [[t("area_card.norm"), norm], *figure_pairs(triad.lacking, texts)],
        "notes": [*own_lines(facts, texts), *filter(None, [of_triad(facts, texts)])],
    }


def over_time_section(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    """Return what changed of the queue and free places of the group; for more the page has no room."""
    lines = [line for register in facts.over_time for line in bar_lines(register, texts)]
    return {"lines": lines}


def forecast_section(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    """Return the area in later years, or that nobody projects its group."""
    t, years = texts.t, facts.forecast
    head = t("area_card.forecast")
    if not years:
        return {"head": head, "columns": [], "rows": [], "notes": [t("area_card.no_forecast")]}
    columns = [figure.column for figure in years[0].figures]
    return {
        "head": head,
        "columns": [t(if_unchanged_key(facts), age=years[0].age_from), *(str(year.year) for year in years)],
        "rows": [
            [
                figure_name(years[0].figures[position], texts),
                *(written(year.figures[position], texts) for year in years),
            ]
            for position in range(len(columns))
        ],
        "notes": [*filter(None, [of_later_years(facts, texts)])],
    }


def balance_section(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    """Return places of each kind of support, with their change where the view asks for one."""
    t, figures = texts.t, {figure.column: figure for figure in facts.balance}
    has_change = any(change in figures for change in BALANCE_CHANGE)
    columns = [
        t("area_card.per_1000"),
        t("area_card.now_scenario" if facts.view.scenario else "area_card.now"),
        *([t("area_card.change")] if has_change else []),
    ]
    rows = [
        [
            t(f"support_kind.{rate.removesuffix('_per_1000')}"),
            written(figures[rate], texts),
            *([written(figures[change], texts)] if has_change else []),
        ]
        for rate, change in zip(BALANCE, BALANCE_CHANGE, strict=True)
        if rate in figures
    ]
    return {
        "head": t("area_card.balance"),
        "pairs": [],
        "classes": {"columns": columns, "rows": rows},
        "notes": balance_lines(facts, texts),
    }


def figure_pairs(figures: Sequence[Figure], texts: Texts) -> list[list[str]]:
    """Return the name and the number of each figure."""
    return [[figure_name(figure, texts), written(figure, texts)] for figure in figures]


def written(figure: Figure, texts: Texts) -> str:
    """Return a number as everywhere else; one that may be more or less gets a star, which the page explains once."""
    if (
        figure.bound != UNSURE
        or not figure.is_known
        or tells_nothing(figure.value, figure.column, figure.bound)
    ):
        return figure.written(texts)
    return f"{write_figure(figure.value, figure.column, texts)}*"


def unsure_line(facts: AreaFacts, texts: Texts) -> str:
    """Return why numbers of the page have the star; empty where none has."""
    reasons = {
        _unsure_reason(figure) for figure in _shown(facts) if figure.bound == UNSURE and figure.is_known
    }
    if not reasons:
        return ""
    key = reasons.pop() if len(reasons) == 1 else "unsure_both"
    return texts.t(f"area_card.{key}")


def _unsure_reason(figure: Figure) -> str:
    """Return the key of why a number may be more or less: where facilities stand, lists and places, or both."""
    if not figure.table.rows.loc[figure.code].get("is_hanging", False):
        return "unsure"
    # Of a gap lists may be to blame, too; in reach what hangs on a place is unsure for nothing else.
    return "unsure_both" if figure.table.answer is not None else "unsure_where"


def _shown(facts: AreaFacts) -> tuple[Figure, ...]:
    """Return the numbers of the page that can have the star."""
    return (
        *facts.answer[:1],
        *facts.capacity,
        *((*facts.triad.parts, *facts.triad.lacking) if facts.triad else ()),
        *facts.otherwise,
        *facts.reach,
        *facts.balance,
        *(figure for year in facts.forecast for figure in year.figures),
        *(neighbour.figure for neighbour in facts.neighbours if neighbour.figure),
    )
