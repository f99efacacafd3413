"""Measures of people and the facilities that they can reach: coverage, access, and the gap triad."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.people import COUNTRY
from geo.access import access_by_area, floating_catchment
from geo.coverage import covered_persons, share_by_area
from geo.decay import Decay, GaussianDecay, NoDecay, StepDecay
from geo.gaps import gap_places, gap_triad, gaps_by_area
from geo.reach import Reach
from geo.supply import honest_share
from layers.indicators import TRIAD
from layers.measures.asked import Asked
from layers.measures.measured import LEAST, MOST, UNSURE, Measured, bound_where

_DECIMALS = 9


@dataclass(frozen=True)
class OffRoads:
    """People and facilities of a scope that are too far from the roads: nothing is known of their ways."""

    persons: float
    facilities: int


def off_roads(asked: Asked) -> OffRoads:
    """Count who and what in the scope of the view is off the road network."""
    world, view = asked.world, asked.view
    reach = world.reach(view)
    is_off = reach.is_demand_off & asked.is_in_scope.to_numpy(dtype=bool)
    gminas = world.supply(view).facilities["gmina_code"].astype("string")
    is_here = gminas.str.startswith("" if view.scope == COUNTRY else view.scope).fillna(value=False)
    return OffRoads(
        persons=float(world.demand_persons(view)[is_off].sum()),
        facilities=int((reach.is_facility_off & is_here.to_numpy(dtype=bool)).sum()),
    )


def measure_coverage(asked: Asked) -> Measured:
    """
    Return `coverage_share`, the share of the group's people with a facility near enough.

    Outside complete registers a share of 0 is no data and any other is *at least*. In a known area it is so too
    when somebody not in reach lives near enough to a list that is not complete, or too far from the road network.
    """
    reach = asked.world.reach(asked.view)
    persons = asked.world.demand_persons(asked.view)
    is_reached = np.zeros(reach.demand_count, dtype=bool)
    is_reached[reach.demand] = True
    covered = covered_persons(persons, reach)
    inside = asked.is_in_scope
    by_area = asked.point_area[inside]
    share = share_by_area(covered[inside], persons[inside], by_area).reindex(asked.areas.index)
    honest = honest_share(share, known_areas=asked.known_areas)
    is_unsure = asked.world.is_uncertain(asked.view) | reach.is_demand_off
    is_open = is_unsure[inside] & ~is_reached[inside] & (persons[inside] != 0)
    open_areas = is_open.groupby(by_area).any().reindex(asked.areas.index, fill_value=False)
    is_none = honest["coverage_share"] == 0
    value = honest["coverage_share"].mask(open_areas & is_none)
    is_least = honest["is_lower_bound"] | (open_areas & ~is_none & (value < 1))
    return Measured(
        pd.DataFrame({"coverage_share": value}),
        {"coverage_share": bound_where(is_least & value.notna(), LEAST)},
    )


def measure_access(asked: Asked) -> Measured:
    """Return `access_per_1000`, the places per 1,000 people that the people of an area reach in the mean."""
    view, world = asked.view, asked.world
    access = world.keep(
        ("access", view.method, *_of_reached(asked)),
        lambda: _access(asked, world.reach(view), world.demand_persons(view)),
    )
    inside = asked.is_in_scope
    by_area = access_by_area(
        access[inside], world.demand_persons(view)[inside], asked.point_area[inside]
    ).reindex(asked.areas.index)
    is_unsure = access["is_unsure"] & (world.demand_persons(view) != 0)
    unsure_areas = is_unsure[inside].groupby(asked.point_area[inside]).any().reindex(asked.areas.index)
    bounds = _bounds(by_area["is_lower_bound"], by_area["is_upper_bound"]).mask(
        unsure_areas.fillna(value=False).astype(bool) & by_area["access_per_1000"].notna(), UNSURE
    )
    return Measured(by_area[["access_per_1000"]], {"access_per_1000": bounds})


def _access(asked: Asked, reach: Reach, persons: pd.Series) -> pd.DataFrame:
    """
    Return access at each point; where a facility that nobody listed may be in reach, it is *at least*.

    Not so where people choose among facilities (3SFCA): with one more to choose from, they come less to those listed,
    and their own share of these falls while that of others rises. `is_unsure` is true for all who share a facility
    with somebody who may have such a choice.
    """
    name, _, decay = asked.view.method.partition("_")
    access = floating_catchment(
        persons,
        asked.world.supply(asked.view).facilities["capacity_places"],
        reach,
        method=name,
        decay=_decay(decay, reach.limit),
    )
    is_more = asked.world.is_uncertain(asked.view).set_axis(access.index)
    value = access["access_per_1000"]
    is_missing = is_more & (access["is_upper_bound"] | (value == 0))
    is_unsure = _shares_with(is_more, reach) if name == "3sfca" else np.zeros(len(value), dtype=bool)
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
    reached: NDArray[np.bool_] = pairs.T @ is_shared.astype(float) > 0
    return reached | is_some.to_numpy(dtype=bool)


def _decay(name: str, limit: float) -> Decay:
    if name == "step":
        return StepDecay.by_thirds(limit)
    return GaussianDecay.to_limit(limit) if name == "gauss" else NoDecay()


def measure_gaps(asked: Asked) -> Measured:
    """
    Return the gap triad of each area at the norm, without which there is none.

    Columns: those of `layers.indicators.TRIAD` (persons; they add up to the group's people), `gap_share` (the share
    of people known to be without a place: over capacity or out of reach) and `missing_places` (to the norm).
    """
    index = asked.areas.index
    if not asked.norm.is_known:
        names = [*TRIAD, "gap_share", "missing_places"]
        return Measured(pd.DataFrame(np.nan, index=index, columns=names))
    inside = asked.is_in_scope
    persons = asked.world.demand_persons(asked.view)
    gaps = gaps_by_area(triad_of(asked)[inside], persons[inside], asked.point_area[inside]).reindex(index)
    gap = gaps["over_capacity_persons"] + gaps["out_of_reach_persons"]
    places = gap_places(gaps, norm_per_1000=asked.norm.places_per_1000)
    # "At least nobody" tells nothing, so it is no data.
    is_told = (gap > 0) | ~places["is_lower_bound"].fillna(value=True).astype(bool)
    people = gaps["demand_persons"]
    # Sums of fractions: without rounding, nobody left would be a hair of a person, and everybody more than all.
    share = (gap / people.where(people > 0)).round(_DECIMALS).clip(0, 1)
    columns = gaps[list(TRIAD)].assign(
        gap_share=share.where(is_told),
        missing_places=places["gap_places"].where(is_told),
    )
    of_gap = _bounds(places["is_lower_bound"] & is_told, places["is_upper_bound"] & is_told)
    of_over = _bounds(gaps["is_lower_bound"] | (gaps["no_data_persons"] > 0), gaps["is_upper_bound"])
    # Who is out of reach of every list is so for certain; of those with no data some may be, too.
    least_out = bound_where(gaps["no_data_persons"] > 0, LEAST)
    return Measured(
        columns,
        {
            "gap_share": of_gap,
            "missing_places": of_gap,
            "over_capacity_persons": of_over,
            "out_of_reach_persons": least_out,
            # Who takes another's place, and who leaves one free, changes how many are served.
            "served_persons": _bounds(
                (gaps["no_data_persons"] > 0) | gaps["is_upper_bound"], gaps["is_lower_bound"]
            ),
        },
    )


def _bounds(is_least: pd.Series, is_most: pd.Series) -> pd.Series:
    """Return the code of numbers that may be more, less, or either."""
    both = bound_where(is_least, LEAST).mask(is_most.fillna(value=False).astype(bool), MOST)
    return both.mask((is_least & is_most).fillna(value=False).astype(bool), UNSURE)


def triad_of(asked: Asked) -> pd.DataFrame:
    """Return the gap triad at each demand point of the country, at the norm of the view."""
    view, world = asked.view, asked.world
    return world.keep(
        ("triad", asked.norm.places_per_1000, *_of_reached(asked)),
        lambda: gap_triad(
            world.demand_persons(view),
            world.supply(view).facilities["capacity_places"],
            world.reach(view),
            norm_per_1000=asked.norm.places_per_1000,
            is_uncertain=world.is_uncertain(view),
        ),
    )


def _of_reached(asked: Asked) -> tuple[object, ...]:
    """Return what of a view decides who reaches what."""
    view = asked.view
    scope = "" if view.group == "older" else view.scope
    way = (view.distance_km, view.detour_pct) if view.travel == "line" else (view.travel, view.minutes)
    return (view.form, view.group, view.age_from, view.is_estimate, scope, view.year, view.is_own, way)
