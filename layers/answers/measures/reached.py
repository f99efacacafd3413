"""Measures of people and the facilities that they can reach: coverage and access."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.access import AccessMethod, access_by_area, floating_catchment
from geo.coverage import covered_persons, share_by_area
from geo.decay import Decay, GaussianDecay, NoDecay, StepDecay
from geo.printed_numbers import LEAST, MOST, UNSURE
from geo.reach import Reach
from geo.supply import honest_share
from layers.answers.measures.coarse_reach import hanging_areas, hanging_of, with_hanging_areas
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured, bound_where
from layers.answers.measures.nobody import nobody_of
from layers.answers.measures.uncertain_points import uncertain_points
from layers.answers.measures.world import World
from layers.view.offered import Method
from layers.view.question import Question

DecayName = Literal["", "step", "gauss"]
_PARTS: Final[Mapping[Method, tuple[AccessMethod, DecayName]]] = MappingProxyType(
    {
        "2sfca": ("2sfca", ""),
        "e2sfca_step": ("e2sfca", "step"),
        "e2sfca_gauss": ("e2sfca", "gauss"),
        "3sfca_step": ("3sfca", "step"),
        "3sfca_gauss": ("3sfca", "gauss"),
    }
)
"""Of a method: how people choose, and how the way weighs."""


@dataclass(frozen=True)
class OffRoads:
    """People and facilities of a scope that are too far from the roads: nothing is known of their ways."""

    persons: float
    facilities: int


@dataclass(frozen=True, eq=False)
class _Near:
    """
    Which points of people have a listed facility in reach.

    `sure` is one that is for the group and still there by what is known, `certain` such a one wherever in its town,
    village or street it stands.
    """

    any: NDArray[np.bool_]
    sure: NDArray[np.bool_]
    certain: NDArray[np.bool_]


def off_roads(inputs: MeasureInputs) -> OffRoads:
    """Count who and what in the scope of the question is off the road network."""
    world, question = inputs.world, inputs.question
    reach = world.reach(question)
    is_off = reach.is_demand_off & inputs.is_in_scope.to_numpy(dtype=bool)
    gminas = world.supply(question.help).facilities["gmina_code"].astype("string")
    is_here = gminas.str.startswith(question.scope_code).fillna(value=False)
    return OffRoads(
        persons=float(inputs.point_persons[is_off].sum()),
        facilities=int((reach.is_facility_off & is_here.to_numpy(dtype=bool)).sum()),
    )


def measure_coverage(inputs: MeasureInputs) -> Measured:
    """
    Return `coverage_share`, the share of the group's people with a facility near enough.

    Outside complete registers a share of 0 is no data and any other is *at least*. In a known area it is so too
    when somebody not in reach lives near enough to a list that is not complete, or too far from the road network. It
    is *at most* where somebody reaches facilities alone that may be for others, or gone (`may_be_gone`).
    """
    return _share_in_reach(inputs, "coverage_share")


def measure_residents(inputs: MeasureInputs) -> Measured:
    """
    Return `reached_residents`, the share of all residents with a facility near enough, as `measure_coverage` does.

    It is the share of the group's people too wherever they live spread like all residents of a gmina, however many they
    are. `residents_persons` stands beside it.
    """
    measured = _share_in_reach(inputs, "reached_residents")
    by_area = inputs.point_persons[inputs.is_in_scope].groupby(inputs.point_area[inputs.is_in_scope]).sum()
    residents = by_area.reindex(inputs.areas.index).mask(inputs.is_unpeopled)
    return replace(measured, columns=measured.columns.assign(residents_persons=residents))


def _share_in_reach(inputs: MeasureInputs, name: str) -> Measured:
    """Return the share of people with a facility in reach as a column of a name."""
    reach, persons = inputs.world.reach(inputs.question), inputs.point_persons
    near = _near(inputs.world, inputs.question)
    covered = covered_persons(persons, reach)
    inside = inputs.is_in_scope
    by_area = inputs.point_area[inside]
    share = share_by_area(covered[inside], persons[inside], by_area).reindex(inputs.areas.index)
    people = persons[inside].groupby(by_area).sum().reindex(inputs.areas.index)
    # "Somebody" of half a person at the edge of a circle is nobody.
    share = share.mask((share * people < nobody_of(people)).fillna(value=False), 0.0)
    honest = honest_share(share, known_areas=inputs.known_areas)
    is_unsure = uncertain_points(inputs.world, inputs.question) | reach.is_demand_off
    is_open = is_unsure[inside] & ~near.any[inside] & (persons[inside] != 0)
    open_areas = is_open.groupby(by_area).any().reindex(inputs.areas.index, fill_value=False)
    is_maybe = pd.Series(near.any & ~near.sure, index=persons.index)[inside] & (persons[inside] != 0)
    maybe_areas = is_maybe.groupby(by_area).any().reindex(inputs.areas.index, fill_value=False)
    is_none = honest["coverage_share"] == 0
    value = honest["coverage_share"].mask(open_areas & is_none)
    is_least = honest["is_lower_bound"] | (open_areas & ~is_none & (value < 1))
    measured = _where_all_is_known(
        inputs,
        Measured(
            pd.DataFrame({name: value}),
            {name: bounds_of(is_least & value.notna(), maybe_areas & value.notna())},
        ),
    )
    return _with_all_for_certain(inputs, measured, name, near.certain)


def _near(world: World, question: Question) -> _Near:
    """Return what people have in reach of the listed facilities of a form."""
    return world.keep(("near", question.help, question.way), lambda: _near_of(world, question))


def _near_of(world: World, question: Question) -> _Near:
    reach, facilities = world.reach(question), world.supply(question.help).facilities
    is_doubtful = (facilities["is_doubtful"] | facilities["may_be_gone"]).to_numpy(bool)
    hanging = hanging_of(world, question)
    certain = reach if hanging is None else hanging.fewest(reach)
    found = _Near(*(np.zeros(reach.demand_count, dtype=bool) for _ in range(3)))
    found.any[reach.demand] = True
    found.sure[reach.demand[~is_doubtful[reach.facility]]] = True
    found.certain[certain.demand[~is_doubtful[certain.facility]]] = True
    return found


def _with_all_for_certain(
    inputs: MeasureInputs, measured: Measured, name: str, is_certain: NDArray[np.bool_]
) -> Measured:
    """
    Return the share in reach where all seem to have a facility there and some may not: those who do for certain.

    "At most all" says nothing, and "all" is false where a facility may stand just beyond the limit, or be for others.
    What hangs on such places altogether is unsure already.
    """
    persons, inside = inputs.point_persons, inputs.is_in_scope
    by_area = inputs.point_area[inside]
    there = pd.DataFrame({"all": persons, "certain": persons.where(is_certain, 0.0)})[inside]
    of_area = there.groupby(by_area).sum().reindex(inputs.areas.index, fill_value=0.0)
    is_short = of_area["all"] - of_area["certain"] >= nobody_of(of_area["all"])
    is_all = is_short & measured.columns[name].eq(1) & (measured.bounds[name] != UNSURE)
    share = (of_area["certain"] / of_area["all"]).where(of_area["certain"] >= nobody_of(of_area["all"]))
    value = measured.columns[name].mask(is_all, share)
    bounds = measured.bounds[name].mask(is_all, LEAST).mask(is_all & value.isna(), "")
    return replace(
        measured,
        columns=measured.columns.assign(**{name: value}),
        bounds={**measured.bounds, name: bounds},
    )


def measure_access(inputs: MeasureInputs) -> Measured:
    """Return `access_per_1000`, the places per 1,000 people that the people of an area reach in the mean."""
    question, world = inputs.question, inputs.world
    access = world.keep(
        ("access", question.method, question.catchments),
        lambda: _access(inputs, world.reach(question), world.demand_persons(question.people)),
    )
    inside = inputs.is_in_scope
    by_area = access_by_area(
        access[inside], world.demand_persons(question.people)[inside], inputs.point_area[inside]
    ).reindex(inputs.areas.index)
    is_unsure = access["is_unsure"] & (world.demand_persons(question.people) != 0)
    unsure_areas = is_unsure[inside].groupby(inputs.point_area[inside]).any().reindex(inputs.areas.index)
    bounds = bounds_of(by_area["is_lower_bound"], by_area["is_upper_bound"]).mask(
        unsure_areas.fillna(value=False).astype(bool) & by_area["access_per_1000"].notna(), UNSURE
    )
    measured = Measured(by_area[["access_per_1000"]], {"access_per_1000": bounds})
    return _where_all_is_known(inputs, measured)


def _where_all_is_known(inputs: MeasureInputs, measured: Measured) -> Measured:
    """
    Leave out areas whose people are not known in the year of the question; `World.demand_persons` has those of today.

    Numbers that hang on where in a town a place stands are unsure.
    """
    hanging = hanging_areas(inputs)
    hung = with_hanging_areas(inputs, measured, hanging)
    is_unknown = inputs.is_unpeopled
    is_lost = (hung.columns.isna() & measured.columns.notna()).any(axis="columns")
    return replace(
        hung,
        hanging=hanging,
        is_where_unknown=is_lost & ~is_unknown,
        columns=hung.columns.mask(is_unknown),
        bounds={name: bounds.mask(is_unknown, "") for name, bounds in hung.bounds.items()},
    )


def _access(inputs: MeasureInputs, reach: Reach, persons: pd.Series) -> pd.DataFrame:
    """
    Return access at each point; where a facility that nobody listed may be in reach, it is *at least*.

    Not so where people choose among facilities (3SFCA): with one more to choose from, they come less to those listed,
    and their own share of these falls while that of others rises. `is_unsure` is true for all who share a facility
    with somebody who may have such a choice.
    """
    method, decay = _PARTS[inputs.question.method]
    supply = inputs.world.supply(inputs.question.help).facilities
    access = floating_catchment(
        persons,
        supply["capacity_places"],
        reach,
        method=method,
        decay=_decay(decay, reach.limit),
        is_for_others=(supply["own_places"] < supply["capacity_places"])
        | supply["may_be_gone"]
        | supply["is_places_old"],
    )
    is_more = uncertain_points(inputs.world, inputs.question).set_axis(access.index)
    value = access["access_per_1000"]
    is_missing = is_more & (access["is_upper_bound"] | (value == 0))
    is_unsure = _shares_with(is_more, reach) if method == "3sfca" else np.zeros(len(value), dtype=bool)
    # Old places may be more as well as fewer.
    is_unsure[reach.demand[supply["is_places_old"].to_numpy(bool)[reach.facility]]] = True
    return pd.DataFrame(
        {
            "access_per_1000": value.mask(is_missing),
            "is_lower_bound": (access["is_lower_bound"] | is_more) & value.notna() & ~is_missing,
            "is_upper_bound": access["is_upper_bound"] & ~is_missing,
            "is_unsure": is_unsure & value.notna() & ~is_missing,
        }
    )


def _shares_with(is_some: pd.Series, reach: Reach) -> NDArray[np.bool_]:
    """Tell which points are some of these, or have a facility in reach that one of these has."""
    pairs = reach.matrix(np.ones(len(reach.demand)))
    is_shared = pairs @ is_some.to_numpy(dtype=float) > 0
    is_reached = pairs.T @ is_shared.astype(float) > 0
    shares: NDArray[np.bool_] = is_reached | is_some.to_numpy(dtype=bool)
    return shares


def _decay(name: DecayName, limit: float) -> Decay:
    if name == "step":
        return StepDecay.by_thirds(limit)
    return GaussianDecay.to_limit(limit) if name == "gauss" else NoDecay()


def bounds_of(is_least: pd.Series, is_most: pd.Series) -> pd.Series:
    """Return the code of numbers that may be more, less, or either."""
    both = bound_where(is_least, LEAST).mask(is_most.fillna(value=False).astype(bool), MOST)
    return both.mask((is_least & is_most).fillna(value=False).astype(bool), UNSURE)
