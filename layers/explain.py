"""
How each number was computed: what it is, its formula with the area's own numbers, what it supposes, what is missing.

The words are in `layers/text`, the formulas with numbers in `layers.formulas`.
"""

import math
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from data.export.plain import plain_text
from data.people import GroupPeople
from layers.area_facts.figure import Figure
from layers.area_table import AreaTable
from layers.export.wording import Wording
from layers.formulas import Filled, filled_in
from layers.indicators import (
    BALANCE,
    BALANCE_CHANGE,
    DISTANCE,
    FORM,
    INDICATORS,
    KINDS,
    MISSING,
    OF_KNOWLEDGE,
    PEOPLE,
    SCORES,
    TRIAD,
)
from layers.measures.world import year_of
from layers.text import Texts

_NORMED: Final = frozenset({"norm_missing_places", *MISSING, "gap_share", *TRIAD})
_WITHOUT_PEOPLE: Final = frozenset(
    {
        "facilities_count",
        "capacity_places",
        "community_share",
        "organisation",
        "local_plan",
        *OF_KNOWLEDGE,
        "knowledge",
    }
)
_HOME: Final = MappingProxyType(
    {
        **{code: code for code in INDICATORS},
        "demand_persons": "facilities_count",
        "capacity_places": "facilities_count",
        "norm_missing_places": "places_per_1000",
        "places_to_keep": "places_per_1000",
        **dict.fromkeys((*TRIAD, *MISSING), "gap_share"),
        **dict.fromkeys((*BALANCE, *BALANCE_CHANGE), "community_share"),
        **dict.fromkeys(OF_KNOWLEDGE, "knowledge"),
    }
)
"""Column → the indicator whose notes are about it."""
_OWN_REASONS: Final = MappingProxyType(
    {
        "demand_persons": "people",
        **dict.fromkeys(BALANCE_CHANGE, "change"),
        **dict.fromkeys((*BALANCE, "community_share"), "classes"),
        **dict.fromkeys(SCORES, "records"),
    }
)
METHODS: Final = MappingProxyType(
    {
        "demand_persons": "data.people.people_of_group",
        "facilities_count": "geo.supply.supply_by_area",
        "capacity_places": "geo.supply.supply_by_area",
        "places_per_1000": "geo.supply.places_per_1000",
        "norm_missing_places": "geo.norms.places_to_norm",
        "places_to_keep": "geo.forecast.places_to_keep_level",
        "coverage_share": "geo.coverage.share_by_area",
        "access_per_1000": "geo.access.floating_catchment",
        **dict.fromkeys(("gap_share", *MISSING, *TRIAD), "geo.gaps.gap_triad"),
        "community_share": "geo.balance.community_share",
        **dict.fromkeys(BALANCE, "geo.balance.di_balance"),
        **dict.fromkeys(BALANCE_CHANGE, "geo.balance.balance_change"),
        **dict.fromkeys(SCORES, "data.quality.records.record_quality"),
        **dict.fromkeys(
            ("knowledge", "known_forms_count", "records_count", "overdue_count"),
            "data.quality.areas.area_quality",
        ),
        "organisation": "data.organisation.organisation_by_gmina",
        "local_plan": "data.organisation.plans_by_area",
    }
)
"""Column → the tested function that computes it; its section of docs/method.md has the function in its head."""


@dataclass(frozen=True)
class Explanation:
    """
    One number explained, in one language.

    Attributes
    ----------
    name, value
        What is explained, and the number as it is shown.
    what
        What the number says.
    formula
        In words.
    filled
        With the numbers of this area; empty where there is nothing to calculate, or a part of it is unknown.
    assumptions, missing, sources
        Sentences; sources with their dates.
    method
        The function that computes it, as docs/method.md names it.
    """

    name: str
    value: str
    what: str
    formula: str
    filled: str
    assumptions: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[str, ...]
    method: str


def explanation(table: AreaTable, column: str, code: str, texts: Texts) -> Explanation:
    """
    Explain one number of a table.

    Parameters
    ----------
    column
        One of `layers.indicators.KINDS`; it need not be in the table, and is unknown then.
    code
        An area of the table.

    Raises
    ------
    KeyError
        If nothing is known of such a column.
    """
    if column not in KINDS:
        raise KeyError(f"expected a column of layers.indicators.KINDS, found {column!r}")
    figure = Figure(table, code, column)
    words = Wording(_about(table, column, code), texts)
    filled = filled_in(table, column, code)
    subject = _subject(column)
    return Explanation(
        name=texts.t(f"export_column_{column}", **words.values),
        value=figure.written(texts),
        what=texts.t(f"explain.what.{subject}", **words.values),
        formula=texts.t(f"explain.formula.{subject}", **words.values),
        filled=_written(filled, figure, texts) if filled else "",
        assumptions=words.notes(),
        missing=_missing(figure, texts),
        sources=tuple(
            texts.t("explain.source", source=plain_text(note.name), date=texts.date(note.as_of))
            if note.as_of
            else texts.t("explain.source_undated", source=plain_text(note.name))
            for note in table.sources
        ),
        method=METHODS[column],
    )


def _subject(column: str) -> str:
    """Return what the texts call a column; columns that differ in one word share them."""
    if column in BALANCE:
        return "balance"
    return "balance_change" if column in BALANCE_CHANGE else column


def _about(table: AreaTable, column: str, code: str) -> AreaTable:
    """Return the table narrowed to one number, so that its notes are about nothing else."""
    home = _HOME[column]
    if column == "demand_persons" and year_of(table.view):
        home = "places_per_1000"  # facilities are those of today, so their notes tell of no later year
    view = table.view.with_changes(indicator=home)
    nobody = GroupPeople(pd.Series(dtype=float), pd.Series(dtype=bool))
    rows = table.rows.loc[[code]]
    return replace(
        table,
        view=view,
        rows=rows,
        bounds=table.bounds.loc[[code]].reindex(columns=[column], fill_value=""),
        people=nobody if column in _WITHOUT_PEOPLE else table.people,
        norm=table.norm if column in _NORMED else None,
        measured_on=table.measured_on or table.as_of,
        accepted_differences=table.accepted_differences if PEOPLE in view.what.choices else (),
    )


def _missing(figure: Figure, texts: Texts) -> tuple[str, ...]:
    """Return why a number is unknown."""
    if figure.is_known:
        return ()
    return tuple(texts.t(f"explain.missing.{reason}") for reason in _reasons(figure) or ("unknown",))


def _reasons(figure: Figure) -> list[str]:
    """Return which parts of a number are unknown, those of people and norm first."""
    column, table = figure.column, figure.table
    row = table.rows.loc[figure.code]
    reasons = []
    if column not in _WITHOUT_PEOPLE and pd.isna(row["demand_persons"]):
        reasons.append("people")
    if column in _NORMED and (table.norm is None or not table.norm.is_known):
        reasons.append("norm")
    if column in _OWN_REASONS:
        return list(dict.fromkeys([*reasons, _OWN_REASONS[column]]))
    choices = INDICATORS[_HOME[column]].choices
    if FORM in choices and not row["is_complete"]:
        return [*reasons, "register"]
    if not pd.isna(row.get("facilities_count")) and pd.isna(row.get("capacity_places")):
        return [*reasons, "capacity"]
    return reasons or (["reach"] if DISTANCE in choices else [])


def _written(filled: Filled, figure: Figure, texts: Texts) -> str:
    """Return the filled formula in words; the result is written as it is on the card."""
    numbers = {name: _number(value, texts) for name, value in filled.numbers.items()}
    if filled.key == "sum":
        numbers = {"terms": " + ".join(numbers.values())}
    return texts.t(f"explain.filled.{filled.key}", **numbers, result=figure.written(texts))


def _number(value: float, texts: Texts) -> str:
    """Return a number with as many decimals as the sum needs to come out: at least three digits that count."""
    size = abs(value)
    if math.isclose(value, round(value), abs_tol=1e-6) or size >= 1000:
        return texts.number(round(value))
    decimals = 1 if size >= 100 else 2 if size >= 1 else 4
    return texts.number(value, decimals=decimals)


def explain_residents(figure: Figure, residents_persons: float, share: float, texts: Texts) -> Explanation:
    """Explain the share of the group in all residents, which is no column of any table."""
    base = explanation(figure.table, figure.column, figure.code, texts)
    is_known = not math.isnan(share)
    written: dict[str, Any] = {
        "people": _number(figure.value, texts) if figure.is_known else "",
        "residents": _number(residents_persons, texts) if is_known else "",
        "result": texts.percent(share) if is_known else texts.t("no_data"),
    }
    return replace(
        base,
        name=texts.t("explain.residents.name"),
        value=written["result"],
        what=texts.t("explain.residents.what"),
        formula=texts.t("explain.residents.formula"),
        filled=texts.t("explain.residents.filled", **written) if is_known else "",
        missing=() if is_known else (texts.t("explain.missing.residents"),),
        method="layers.area_facts.people.share_of_residents",
    )
