"""
The formula of each number with the numbers of one area filled in, and what it gives: it has to be the number shown.

The numbers are those of the same area table. Where the table holds a share or a rate but not what was divided (people
in reach, places of a class), that is told as the share times the people, which is what was divided before rounding.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from data.vocabulary import forms_for_group
from layers.answers.area_table import AreaTable
from layers.indicators.balance import BALANCE, BALANCE_CHANGE
from layers.indicators.gap_share import MISSING, TRIAD
from layers.indicators.knowledge import SCORES
from layers.indicators.people import GROWTH
from layers.words.area_facts.figure import Figure
from layers.words.area_facts.services import facilities_of

_MOST_TERMS: Final = 8


@dataclass(frozen=True)
class Filled:
    """
    A formula with the numbers of an area.

    `key` names its text; `result` is what the formula gives for `numbers`, before it is rounded or bounded.
    """

    key: str
    numbers: Mapping[str, float]
    result: float


_GIVES: Final[Mapping[str, Callable[[Mapping[str, float]], float]]] = MappingProxyType(
    {
        "people_projected": lambda n: n["now"] * n["powiat_then"] / n["powiat_now"],
        "places_per_1000": lambda n: n["places"] / n["people"] * 1000,
        "balance_change": lambda n: n["places"] / n["people"] * 1000,
        "norm_missing_places": lambda n: n["norm"] * n["people"] / 1000 - n["places"],
        "places_to_keep": lambda n: n["places"] * n["then"] / n["now"] - n["places"],
        "coverage_share": lambda n: n["covered"] / n["people"],
        "access_per_1000": lambda n: n["reached"] / n["people"] * 1000,
        "gap_share": lambda n: n["gap"] / n["people"],
        "missing_places": lambda n: n["gap"] * n["norm"] / 1000,
        "residents_share": lambda n: n["people"] / n["residents"],
        "people_growth": lambda n: 100 * (n["then"] / n["now"] - 1),
        "score": lambda n: n["total"] / n["records"],
    }
)
"""What each formula gives, for whoever writes its numbers with fewer digits and has to know what they give then."""
WHOLE_AFTER: Final = frozenset(
    {"people_projected", "norm_missing_places", "places_to_keep", "missing_places"}
)
"""Formulas whose result is made a whole number afterwards."""


def gives(filled: Filled, numbers: Mapping[str, float]) -> float:
    """Return what the formula gives for other numbers than its own; NaN where it calculates nothing."""
    give = _GIVES.get(filled.key)
    return give(numbers) if give else float("nan")


def filled_in(table: AreaTable, column: str, code: str) -> Filled | None:
    """
    Return the formula of a number with the numbers of its area.

    None where the number is unknown, or a part of the formula is; also for what is counted or read and not calculated.
    """
    figure = Figure(table, code, column)
    make = FORMULAS.get(column)
    if make is None or not figure.is_known:
        return None
    filled = make(figure)
    if filled is None or any(math.isnan(number) for number in filled.numbers.values()):
        return None
    return filled


def _cell(figure: Figure, column: str) -> float:
    return Figure(figure.table, figure.code, column).value


def _people(figure: Figure) -> float:
    return _cell(figure, "demand_persons")


def _projected(figure: Figure) -> Filled | None:
    """Return people of a later year: of a gmina, its present share of the projection of its powiat."""
    table, code = figure.table, figure.code
    if not table.is_projected_by_powiats or table.view.level != "gmina":
        return None
    powiat = code[:4]
    now = table.people.persons
    powiat_now = now[now.index.str.startswith(powiat)].sum(skipna=False)
    then = table.rows["demand_persons"]
    powiat_then = then[then.index.str.startswith(powiat)].sum(skipna=False)
    numbers = {"now": float(now[code]), "powiat_then": float(powiat_then), "powiat_now": float(powiat_now)}
    result = numbers["now"] * numbers["powiat_then"] / numbers["powiat_now"]
    return Filled("people_projected", numbers, result)


def _sum_of_places(figure: Figure) -> Filled | None:
    """Return the places of the facilities one by one, as long as they can be read."""
    if "capacity_places" not in figure.table.services:
        return None
    places = [facility.capacity_places for facility in facilities_of(figure.table, figure.code)]
    if not 1 < len(places) <= _MOST_TERMS:
        return None
    return Filled("sum", {f"term_{position}": number for position, number in enumerate(places)}, sum(places))


def _rate(figure: Figure) -> Filled:
    places, people = _cell(figure, "capacity_places"), _people(figure)
    return Filled("places_per_1000", {"places": places, "people": people}, places / people * 1000)


def _to_norm(figure: Figure) -> Filled | None:
    norm = figure.table.norm
    if norm is None or not _is_part(figure):
        return None
    numbers = {
        "norm": norm.places_per_1000,
        "people": _people(figure),
        "places": _cell(figure, "capacity_places"),
    }
    needed = numbers["norm"] * numbers["people"] / 1000
    lacking = needed - numbers["places"]
    if lacking <= 0:
        return Filled("norm_met", {**numbers, "needed": needed}, 0.0)
    # The exact number and the whole one that the voivodeship gives to the area.
    return Filled("norm_missing_places", {**numbers, "exact": lacking}, figure.value)


def _is_part(figure: Figure) -> bool:
    """Tell whether the area is asked for itself; larger ones are sums of others."""
    return figure.table.view.level == figure.table.question.part_level


def _to_keep(figure: Figure) -> Filled | None:
    if not _is_part(figure):
        return None
    then, places = _people(figure), _cell(figure, "capacity_places")
    people_now = figure.table.people_now or figure.table.people
    now = float(people_now.persons.get(figure.code, float("nan")))
    if places == 0:
        return None
    numbers = {"places": places, "then": then, "now": now}
    if then <= now:
        return Filled("keep_falling", numbers, 0.0)
    numbers["exact"] = places * then / now - places
    return Filled("places_to_keep", numbers, figure.value)


def _share(figure: Figure) -> Filled:
    residents = _cell(figure, "residents_persons")
    people = figure.value * residents
    return Filled("residents_share", {"people": people, "residents": residents}, people / residents)


def _growth(figure: Figure) -> Filled:
    numbers = {
        "then": _cell(figure, figure.column.replace("people_growth", "people_in")),
        "now": _cell(figure, "people_now"),
    }
    return Filled("people_growth", numbers, 100 * (numbers["then"] / numbers["now"] - 1))


def _coverage(figure: Figure) -> Filled:
    people = _people(figure)
    covered = figure.value * people
    return Filled("coverage_share", {"covered": covered, "people": people}, covered / people)


def _residents_in_reach(figure: Figure) -> Filled:
    people = _cell(figure, "residents_persons")
    covered = figure.value * people
    return Filled("coverage_share", {"covered": covered, "people": people}, covered / people)


def _access(figure: Figure) -> Filled:
    people = _people(figure)
    reached = figure.value * people / 1000
    return Filled("access_per_1000", {"reached": reached, "people": people}, reached / people * 1000)


def _gap(figure: Figure) -> Filled:
    gap = _cell(figure, "gap_persons")
    people = gap / figure.value if figure.value else _people(figure)
    return Filled("gap_share", {"gap": gap, "people": people}, gap / people if people else float("nan"))


def _part(figure: Figure) -> Filled:
    parts = dict(
        zip(("first", "second", "third", "fourth"), (_cell(figure, name) for name in TRIAD), strict=True)
    )
    # Each part is a sum over points where people live; what can be shown of an area is that none is left over.
    return Filled("part", {**parts, "people": sum(parts.values())}, figure.value)


def _to_norm_of_people(figure: Figure) -> Filled | None:
    norm = figure.table.norm
    if norm is None:
        return None
    prefix = figure.column.removesuffix("missing_places")
    gap = _cell(figure, f"{prefix}gap_persons")
    numbers = {"gap": gap, "norm": norm.places_per_1000}
    # The exact number and the whole one that the voivodeship gives to the area.
    return Filled("missing_places", numbers, figure.value)


def _balance(figure: Figure) -> Filled:
    people = _people(figure)
    places = figure.value * people / 1000
    return Filled("places_per_1000", {"places": places, "people": people}, places / people * 1000)


def _change(figure: Figure) -> Filled:
    filled = _balance(figure)
    return replace(filled, key="balance_change")


def _score(figure: Figure) -> Filled | None:
    records = figure.table.records
    if records is None:
        return None
    scores = records.loc[records["area_code"] == figure.code, figure.column].dropna()
    numbers = {"total": float(scores.sum()), "records": float(len(scores))}
    return Filled("score", numbers, numbers["total"] / numbers["records"] if len(scores) else float("nan"))


def _overdue(figure: Figure) -> Filled:
    records = _cell(figure, "records_count")
    return Filled("overdue_count", {"records": records}, figure.value)


def _known_forms(figure: Figure) -> Filled:
    forms = len(forms_for_group(figure.table.view.group))
    return Filled("known_forms_count", {"forms": float(forms)}, figure.value)


FORMULAS: Final[Mapping[str, Callable[[Figure], Filled | None]]] = MappingProxyType(
    {
        "demand_persons": _projected,
        "capacity_places": _sum_of_places,
        "places_per_1000": _rate,
        "norm_missing_places": _to_norm,
        "places_to_keep": _to_keep,
        "residents_share": _share,
        **dict.fromkeys(GROWTH, _growth),
        "coverage_share": _coverage,
        "reached_residents": _residents_in_reach,
        "access_per_1000": _access,
        "gap_share": _gap,
        **dict.fromkeys(TRIAD, _part),
        **dict.fromkeys(MISSING, _to_norm_of_people),
        **dict.fromkeys(BALANCE, _balance),
        **dict.fromkeys(BALANCE_CHANGE, _change),
        **dict.fromkeys(SCORES, _score),
        "overdue_count": _overdue,
        "known_forms_count": _known_forms,
    }
)
"""Column → its formula with numbers; what is counted, or read from a list, has none."""
