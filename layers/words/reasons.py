"""Why a number of an area is not known (people, norm, list, capacity), and at which shorter distance more are."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from layers.answers.area_table import AreaTable
from layers.answers.measures.gaps import EXACT
from layers.answers.measures.nobody import HAIR_PERSONS
from layers.indicators import COLUMNS, HOME
from layers.indicators.balance import BALANCE
from layers.indicators.indicator import DISTANCE, FORM
from layers.indicators.places_per_1000 import KEEP, QUEUE
from layers.view.offered import offered_km
from layers.view.view import View

OF_FEW: Final = frozenset({"places_per_1000", *BALANCE})
"""Rates of the people of an area, which are not told of a handful of estimated ones."""
OF_KEEPING: Final = frozenset({"places_to_keep", *KEEP})
"""Places to be added so that a level is kept."""
_NO_DATA: Final = f"{EXACT}no_data_persons"
NO_LIST: Final = "_no_list"
"""The end of keys of what is said where lists are incomplete, in words for where there is no list of the scope."""
_OF_ANY: Final = frozenset({"coverage_share", "reached_residents"})
"""Numbers for which one facility in reach is enough, however many places it has."""
_OF_REACH: Final = ({"reach"}, {"reach_any"}, {"reach_where"})
"""Reasons for which what lies in reach is to blame alone."""


def is_not_applicable(column: str, row: Mapping[Hashable, Any]) -> bool:
    """Tell whether there is nothing that a number could be of: by a complete list no facility stands in the area."""
    count = row.get("facilities_count")
    return column in QUEUE and not pd.isna(count) and count == 0 and bool(row["is_complete"])


def is_nothing_to_keep(column: str, row: Mapping[Hashable, Any]) -> bool:
    """Tell whether a number of places to be added is none because there is no place whose level could be kept."""
    places = row.get("capacity_places")
    return column in OF_KEEPING and not pd.isna(places) and places == 0 == row.get(column)


def missing_reasons(column: str, row: Mapping[Hashable, Any], *, has_norm: bool) -> tuple[str, ...]:
    """
    Return codes of what is unknown of a number (`explain.missing` in the texts), those of people and norm first.

    Parameters
    ----------
    column
        Of the missing number, one of `layers.indicators.COLUMNS`.
    row
        The area's row of its table.
    has_norm
        Whether the table has a norm.
    """
    if is_not_applicable(column, row):
        return ("no_facility",)
    reasons = []
    of_column = COLUMNS[column]
    if of_column.needs_people and pd.isna(row["demand_persons"]):
        reasons.append("people")
    if of_column.needs_norm and not has_norm:
        reasons.append("norm")
    if column in OF_FEW and row.get("is_few"):
        reasons.append("few_people")
    is_few_alone = "few_people" in reasons and not pd.isna(row.get("capacity_places"))
    if of_column.lack or is_few_alone:
        return tuple(dict.fromkeys([*reasons, *filter(None, [of_column.lack])]))
    choices = HOME[column].choices
    if not reasons and column == HOME[column].code and row.get("is_where_unknown"):
        return ("reach_where",)
    if own := _reason_here(column, row, needs_places=of_column.needs_places):
        return (*reasons, own)
    return tuple(reasons) or (_reason_of_reach(column, row) if DISTANCE in choices else "unknown",)


def _reason_here(column: str, row: Mapping[Hashable, Any], *, needs_places: bool) -> str:
    """Return what is unknown of the facilities that stand in the area or of its list; empty for nothing."""
    is_listed = not pd.isna(row.get("facilities_count"))
    if is_listed and column == "known_places":
        return "capacity_none"
    is_partial = pd.isna(row.get("capacity_places")) or row.get("capacity_unknown_count", 0) > 0
    if is_listed and needs_places and is_partial:
        return "capacity"
    if FORM not in HOME[column].choices or row["is_complete"]:
        return ""
    return "no_list" if row.get("has_no_list") else "register"


def _reason_of_reach(column: str, row: Mapping[Hashable, Any]) -> str:
    """Return why what is in reach tells no number: where everybody's gap is known, some places may be of others."""
    if column in _OF_ANY:
        return "reach_any"
    return "reach_others" if row.get(_NO_DATA, 1.0) < HAIR_PERSONS else "reach"


def least_kind(view: View) -> str:
    """
    Return the end of the key of what "at least" means in a view (`export_bound_least_note…` in the texts).

    Where there is no list at all, `NO_LIST` follows it.

    What stands in an area does not hang on what is in reach, and who has a facility in reach on no number of places.
    """
    if view.indicator in _OF_ANY:
        return "_any"
    return "" if DISTANCE in view.what.choices else "_here"


def unknown_for_reach(table: AreaTable) -> int:
    """Return how many areas have no number though their own people and list are known: their neighbours are not."""
    view = table.view
    if DISTANCE not in view.what.choices or view.travel != "line" or view.question.is_own:
        return 0
    has_norm = table.norm is not None and table.norm.is_known
    unknown = table.rows[table.rows["value"].isna()]
    return sum(
        set(missing_reasons(view.indicator, row, has_norm=has_norm)) in _OF_REACH
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
