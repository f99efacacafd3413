"""Why a number of an area is not known (people, norm, list, capacity), and at which shorter distance more are."""

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from layers.answers.area_table import AreaTable
from layers.view.indicators import (
    BALANCE,
    BALANCE_CHANGE,
    DISTANCE,
    FIRST_OF_BALANCE,
    FORM,
    INDICATORS,
    KEEP,
    MISSING,
    OF_KNOWLEDGE,
    QUEUE,
    SCORES,
    TRIAD,
)
from layers.view.offered import offered_km
from layers.view.view import View

NORMED: Final = frozenset({"norm_missing_places", *MISSING, "gap_share", *TRIAD})
WITHOUT_PEOPLE: Final = frozenset(
    {
        "facilities_count",
        "capacity_places",
        *QUEUE,
        "organisation",
        "local_plan",
        *OF_KNOWLEDGE,
        "knowledge",
    }
)
HOME: Final = MappingProxyType(
    {
        **{code: code for code in INDICATORS},
        "demand_persons": "facilities_count",
        "capacity_places": "facilities_count",
        "norm_missing_places": "places_per_1000",
        **dict.fromkeys(("places_to_keep", *KEEP, *QUEUE), "places_per_1000"),
        **dict.fromkeys((*TRIAD, *MISSING), "gap_share"),
        **dict.fromkeys(BALANCE_CHANGE, FIRST_OF_BALANCE),
        **dict.fromkeys(OF_KNOWLEDGE, "knowledge"),
    }
)
"""Column → the indicator whose notes are about it."""
OWN_REASONS: Final = MappingProxyType(
    {
        "demand_persons": "people",
        **dict.fromkeys(QUEUE, "queue"),
        **dict.fromkeys(BALANCE_CHANGE, "change"),
        **dict.fromkeys(BALANCE, "classes"),
        **dict.fromkeys(SCORES, "records"),
    }
)


def is_not_applicable(column: str, row: Mapping[Hashable, Any]) -> bool:
    """Tell whether there is nothing that a number could be of: by a complete list no facility stands in the area."""
    count = row.get("facilities_count")
    return column in QUEUE and not pd.isna(count) and count == 0 and bool(row["is_complete"])


def is_nothing_to_keep(column: str, row: Mapping[Hashable, Any]) -> bool:
    """Tell whether a number of places to be added is none because there is no place whose level could be kept."""
    places = row.get("capacity_places")
    return column in {"places_to_keep", *KEEP} and not pd.isna(places) and places == 0 == row.get(column)


def missing_reasons(column: str, row: Mapping[Hashable, Any], *, has_norm: bool) -> tuple[str, ...]:
    """
    Return codes of what is unknown of a number (`explain.missing` in the texts), those of people and norm first.

    Parameters
    ----------
    column
        Of the missing number, one of `layers.view.indicators.KINDS`.
    row
        The area's row of its table.
    has_norm
        Whether the table has a norm.
    """
    if is_not_applicable(column, row):
        return ("no_facility",)
    reasons = []
    if column not in WITHOUT_PEOPLE and pd.isna(row["demand_persons"]):
        reasons.append("people")
    if column in NORMED and not has_norm:
        reasons.append("norm")
    if column in OWN_REASONS:
        return tuple(dict.fromkeys([*reasons, OWN_REASONS[column]]))
    choices = INDICATORS[HOME[column]].choices
    if not pd.isna(row.get("facilities_count")) and pd.isna(row.get("capacity_places")):
        return (*reasons, "capacity")
    if FORM in choices and not row["is_complete"]:
        return (*reasons, "register")
    return tuple(reasons) or (("reach",) if DISTANCE in choices else ("unknown",))


def unknown_for_reach(table: AreaTable) -> int:
    """Return how many areas have no number though their own people and list are known: their neighbours are not."""
    view = table.view
    if DISTANCE not in view.what.choices or view.travel != "line" or view.question.is_own:
        return 0
    has_norm = table.norm is not None and table.norm.is_known
    unknown = table.rows[table.rows["value"].isna()]
    return sum(
        missing_reasons(view.indicator, row, has_norm=has_norm) == ("reach",)
        for row in unknown.to_dict("records")
    )


def shorter_view(view: View, *, least_km: int) -> View | None:
    """
    Return the view at the next shorter distance that is offered; None for none.

    Parameters
    ----------
    least_km
        No shorter one means anything here (`layers.answers.measures.coarse_reach.least_distance_km`).
    """
    shorter = [km for km in offered_km(view.form) if least_km <= km < view.distance_km]
    return view.with_changes(distance_km=max(shorter)) if shorter else None


def known_count(table: AreaTable) -> int:
    """Return how many areas have a number."""
    return int(table.rows["value"].notna().sum())
