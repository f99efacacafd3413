"""Who has a listed facility in reach for certain and who perhaps, where some are known only to street or village."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.frames import is_among
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.supply import Supply
from layers.answers.measures.uncertain_points import greatest_distance_m
from layers.indicators.indicator import DISTANCE

_OF_ANY = frozenset({"coverage_share", "reached_residents"})
_HAIR = 0.0005
"""Shares that are printed alike."""


@dataclass(frozen=True)
class ReachRange:
    """
    The people of a scope with a listed facility in reach, 0 to 1.

    `sure_share` have one wherever within its radius it stands, `perhaps_share` have one if each stands as near to them
    as it may. `unknown_facilities` of the scope are at points of which nobody knows how far off they are; they count
    at them.
    """

    sure_share: float
    perhaps_share: float
    unknown_facilities: int = 0


def reach_range(inputs: MeasureInputs) -> ReachRange | None:
    """
    Return who has a facility in reach for certain and who perhaps; None where no radius makes a difference.

    A straight line is meant: of ways by car or on foot nobody knows by how much a place elsewhere on its street would
    change them. Facilities that nobody listed are in neither share.
    """
    question = inputs.question
    if (
        question.indicator not in _OF_ANY
        or question.travel != "line"
        or DISTANCE not in question.what.choices
    ):
        return None
    supply = inputs.world.supply(question.help)
    if not supply.facilities["has_radius"].any():
        return None
    sure, perhaps = reached_for_certain_and_perhaps(inputs)
    persons = np.where(
        inputs.is_in_scope.to_numpy(dtype=bool), np.nan_to_num(inputs.point_persons.to_numpy(float)), 0.0
    )
    total = persons.sum()
    if not total:
        return None
    found = ReachRange(
        float(persons[sure].sum() / total), float(persons[perhaps].sum() / total), _unknown(inputs, supply)
    )
    return found if found.perhaps_share - found.sure_share > _HAIR else None


def reached_for_certain_and_perhaps(inputs: MeasureInputs) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell at which points of people a listed facility is in reach by a straight line, for certain and perhaps."""
    question, world = inputs.question, inputs.world
    return world.keep(("certain", question.help, question.way), lambda: _reached(inputs))


def _reached(inputs: MeasureInputs) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    question, supply = inputs.question, inputs.world.supply(inputs.question.help)
    reach = inputs.world.reach(question)
    extent_m = supply.facilities["half_extent_m"].to_numpy(float)
    sure, perhaps = (np.zeros(reach.demand_count, dtype=bool) for _ in range(2))
    sure[reach.demand[extent_m[reach.facility] == 0.0]] = True
    perhaps[reach.demand] = True
    limit_m = greatest_distance_m(question.way)
    sure[_within(inputs, supply, limit_m - extent_m)] = True
    perhaps[_within(inputs, supply, limit_m + extent_m)] = True
    return sure, perhaps


def _unknown(inputs: MeasureInputs, supply: Supply) -> int:
    """Return how many facilities in the areas of a question stand at points whose radius nobody knows."""
    area = supply.facilities["gmina_code"].astype("string").str[: inputs.digits]
    is_here = is_among(area, inputs.areas.index).to_numpy(dtype=bool)
    return int((is_here & supply.facilities["is_of_unknown_extent"].to_numpy(dtype=bool)).sum())


def _within(inputs: MeasureInputs, supply: Supply, reach_m: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rows of people within a distance of the points of facilities, by facility; of exact ones nobody."""
    question, points = inputs.question, inputs.world.points
    rows = supply.points["row"].to_numpy(np.int64)
    is_asked = (supply.facilities["half_extent_m"].to_numpy(float)[rows] > 0.0) & (reach_m[rows] >= 0.0)
    doors, rows = supply.points.geometry.to_numpy()[is_asked], rows[is_asked]
    door, near = points.sindex.query(doors, predicate="dwithin", distance=reach_m[rows])
    if question.is_own:
        stands_in = supply.facilities["gmina_code"].to_numpy()[rows[door]]
        near = near[points["gmina_code"].to_numpy()[near] == stands_in]
    return np.unique(near).astype(np.int64)
