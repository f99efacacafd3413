"""Answers that hang on places of which only the town, village or street is known: who is in reach nobody can tell."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from data.places.coarse_places import is_coarse, town_extent_m
from data.registry.registry import Registry
from geo.hanging import Hanging
from geo.printed_numbers import UNSURE
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured
from layers.answers.measures.nobody import HAIR_PERSONS, nobody_of
from layers.answers.measures.reach_range import reached_for_certain_and_perhaps
from layers.answers.measures.uncertain_points import greatest_distance_m
from layers.answers.measures.world import World
from layers.view.offered import DISTANCES_KM
from layers.view.question import Question

_OF_ANY = {"coverage_share", "reached_residents"}
"""Measures for which one facility in reach is enough."""
_LOOSE_SHARE = 0.05
"""Of an area's people: where more may have a facility in reach or not, by where it stands, it is unsure."""
_NONE_IN_REACH = {*_OF_ANY, "access_per_1000"}
"""Measures of which 0 says that nothing is in reach."""


def least_distance_km(registry: Registry, question: Question, *, chosen: str) -> int:
    """
    Return the least distance that means anything in a chosen area, 0 where there is no limit or none is chosen.

    Where facilities of the form stand on the one point of a town, nobody is known to have one within less than half the
    extent of the town. In a voivodeship or the country such distances stay: answers that hang on them are unsure.
    """
    if not chosen or question.level == "voivodeship":
        return 0
    services = registry.services[
        registry.services["is_counted"] & (registry.services["support_form"] == question.form)
    ]
    here = services[services["gmina_code"].astype("string").str.startswith(chosen).fillna(value=False)]
    gminas = registry.areas_of_level("gmina").set_index("area_code")
    of_towns = here[is_coarse(here["place_grade"])]
    widest_m = town_extent_m(of_towns, gminas).max() if len(of_towns) else 0.0
    if not widest_m:
        return 0
    return next(
        (km for km in DISTANCES_KM if km * 1000.0 * 100 / question.detour_pct >= widest_m), DISTANCES_KM[-1]
    )


def hanging_areas(inputs: MeasureInputs) -> pd.Series:
    """
    Tell for which areas of a question the answer hangs on where in its town a facility stands.

    Some of their people live near enough for the facility to be in reach from one end of the town and not from the
    other, and in coverage none that is surely in reach. It hangs on villages and streets, too, where more than
    `_LOOSE_SHARE` of an area's people have one perhaps and not for certain, or where any of those of whom none has one.
    """
    world, question = inputs.world, inputs.question
    is_open = world.keep(
        ("hanging", question.indicator in _OF_ANY, question.help, question.way),
        lambda: _hanging_points(world, question),
    )
    persons = inputs.point_persons
    is_open = is_open & (persons != 0).to_numpy() & inputs.is_in_scope.to_numpy(dtype=bool)
    codes = inputs.point_area[is_open].unique()
    hanging = pd.Series(inputs.areas.index.isin(codes), index=inputs.areas.index)
    if question.travel == "line":
        hanging |= _hangs_on_radius(inputs)
    return hanging


def _hangs_on_radius(inputs: MeasureInputs) -> pd.Series:
    """Tell for which areas another part of the people has a facility if those stand elsewhere within their radius."""
    sure, perhaps = reached_for_certain_and_perhaps(inputs)
    reached = np.zeros(len(perhaps), dtype=bool)
    reached[inputs.world.reach(inputs.question).demand] = True
    persons = np.nan_to_num(inputs.point_persons.to_numpy(float))
    there = pd.DataFrame(
        {"all": persons, "loose": persons * (perhaps & ~sure), "reached": persons * reached},
    )
    sums = inputs.world.point_gminas.sums(there, inputs.digits)
    of_area = sums.reindex(inputs.areas.index, fill_value=0.0)
    loose = of_area["loose"]
    is_any = loose >= nobody_of(of_area["all"])
    return (loose > _LOOSE_SHARE * of_area["all"]) | (is_any & (of_area["reached"] < HAIR_PERSONS))


def with_hanging_areas(inputs: MeasureInputs, measured: Measured, hanging: pd.Series) -> Measured:
    """Return a measure in which the numbers of such areas may be more or less, and none tells that nothing is near."""
    if not hanging.any():
        return measured
    blank = pd.Series("", index=inputs.areas.index, dtype="str")
    bounds = {
        name: measured.bounds.get(name, blank).mask(hanging & measured.columns[name].notna(), UNSURE)
        for name in map(str, measured.columns)
    }
    columns = measured.columns.copy()
    for name in _NONE_IN_REACH & set(columns):
        columns[name] = columns[name].mask(hanging & (columns[name] == 0))
        bounds[name] = bounds[name].mask(columns[name].isna(), "")
    return replace(measured, columns=columns, bounds={**measured.bounds, **bounds})


def hanging_of(world: World, question: Question) -> Hanging | None:
    """
    Return who may have which facility in reach or not, because it stands somewhere in its town, village or street.

    They live within the limit and the radius of its point, and not so near that it is in reach wherever it stands. Of
    a way by roads only those facilities are meant that may stand farther from their point than the limit: by how much
    a street nearer or farther would change the others' ways nobody knows. None where nobody hangs on that.
    """
    return world.keep(("hanging of", question.help, question.way), lambda: _hanging_of(world, question))


def _hanging_of(world: World, question: Question) -> Hanging | None:
    supply, points = world.supply(question.help), world.points
    limit_m = greatest_distance_m(question.way)
    extent = supply.facilities["half_extent_m"].to_numpy(float)
    is_loose = extent > (0.0 if question.travel == "line" else limit_m)
    doors = supply.points[is_loose[supply.points["row"].to_numpy(np.int64)]]
    if doors.empty:
        return None
    rows = doors["row"].to_numpy(np.int64)
    # One town is one point: of many facilities there the circle is drawn once.
    circles = doors.assign(extent_m=extent[rows])
    circle_of_door, first = _alike(circles)
    drawn = circles.iloc[first]
    circle, near = _between(points, drawn, limit_m)
    pairs = pd.DataFrame({"circle": circle, "demand": near}).merge(
        pd.DataFrame({"circle": circle_of_door, "facility": rows}), on="circle"
    )
    if question.is_own:
        stands_in = supply.facilities["gmina_code"].to_numpy()[pairs["facility"]]
        pairs = pairs[points["gmina_code"].to_numpy()[pairs["demand"]] == stands_in]
    pairs = pairs.drop_duplicates(["demand", "facility"])
    if pairs.empty:
        return None
    area, _ = pd.factorize(points["gmina_code"])
    return Hanging(pairs["demand"].to_numpy(np.int64), pairs["facility"].to_numpy(np.int64), area)


def _between(
    points: gpd.GeoDataFrame, circles: gpd.GeoDataFrame, limit_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return rows of circles and of points that are within the limit of some place in the circle and not of another."""
    middles, homes = circles.geometry.to_numpy(), points.geometry.to_numpy()
    extent = circles["extent_m"].to_numpy(float)
    circle, near = points.sindex.query(middles, predicate="dwithin", distance=limit_m + extent)
    is_loose = shapely.distance(middles[circle], homes[near]) > (limit_m - extent)[circle]
    return circle[is_loose], near[is_loose]


def _alike(circles: gpd.GeoDataFrame) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Return which circle each door has, and the first door of each circle."""
    kinds = pd.DataFrame({"point": circles.geometry.to_wkb(), "extent_m": circles["extent_m"]})
    circle_of_door = np.asarray(kinds.groupby(["point", "extent_m"], sort=False).ngroup(), dtype=np.int64)
    return circle_of_door, np.unique(circle_of_door, return_index=True)[1]


def _hanging_points(world: World, question: Question) -> NDArray[np.bool_]:
    """Tell at which points of people it is not known whether a facility of a town wider than the limit is in reach."""
    hanging, found = hanging_of(world, question), np.zeros(len(world.points), dtype=bool)
    if hanging is None:
        return found
    extent = world.supply(question.help).facilities["half_extent_m"].to_numpy(float)
    is_wide = extent > greatest_distance_m(question.way)
    found[hanging.demand[is_wide[hanging.facility]]] = True
    if question.indicator in _OF_ANY:
        reach = world.reach(question)
        found[reach.demand[~is_wide[reach.facility]]] = False
    return found
