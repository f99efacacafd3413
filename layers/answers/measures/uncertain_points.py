"""Where people live who may have in reach what nobody listed, or what nobody knows the way to."""

import geopandas as gpd
import numpy as np
import pandas as pd

from data.quality.areas import claimed_voivodeships
from data.store.smallest_area import smallest_area
from geo.coverage import near_areas
from geo.crs import to_metric
from layers.answers.measures.point_gminas import PointGminas
from layers.answers.measures.world import World
from layers.view.question import Question, Way

_FASTEST_M_PER_MIN = {"car": 140_000 / 60, "foot": 5_000 / 60}
"""How far a minute can take anybody at most: a facility that nobody listed may stand anywhere within that."""


def uncertain_points(world: World, question: Question) -> pd.Series:
    """
    Tell at which points a facility that nobody listed may be in reach.

    They lie in a gmina whose list is not complete, or near enough to one of those; or near enough to where a
    listed facility must be whose place is not known, or which is off the road network. That distance is measured
    to the drawn borders (simplified by at most about 300 m).
    """
    return world.keep(("uncertain", question.help, question.way), lambda: _uncertain_points(world, question))


def _uncertain_points(world: World, question: Question) -> pd.Series:
    points, is_known = world.points, world.known_gminas(question.help)
    gminas = world.point_gminas
    # Of a gmina that is not among them nothing is known.
    unsure = pd.Series(gminas.values(is_known.astype(float)) != 1.0)
    if question.is_own:
        return unsure | _uncertain_points_of_own(world, question, gminas, is_known)
    claimed = claimed_voivodeships(world.registry.register_coverage, question.form)
    voivodeships = world.registry.areas_by_code("voivodeship")
    doubtful = world.gminas[~is_known & world.gminas["voivodeship_code"].isin(claimed)]
    where = [
        to_metric(areas.geometry)
        for areas in (voivodeships[~voivodeships.index.isin(claimed)], doubtful, _unplaced(world, question))
        if len(areas)
    ]
    inside = points[~unsure]
    if len(inside) and where:
        areas = gpd.GeoDataFrame(geometry=pd.concat(where, ignore_index=True))
        near = near_areas(inside, areas, max_distance_m=greatest_distance_m(question.way))
        unsure |= near.reindex(unsure.index, fill_value=False)
    return unsure


def _uncertain_points_of_own(
    world: World, question: Question, gminas: PointGminas, is_known: pd.Series
) -> pd.Series:
    """Tell where an unplaced facility of the gmina, or an unlisted one of a gmina agreed with, may be in reach."""
    where = _unplaced_codes(world, question)
    where |= {
        area for gmina, area in world.supply(question.help).agreements if not is_known.get(gmina, False)
    }
    return gminas.starting_with(tuple(where))


def _unplaced_codes(world: World, question: Question) -> set[str]:
    """Return the smallest known areas of the facilities that nobody knows the way to; `` is the whole country."""
    of_facility = world.services(question.help).drop_duplicates("facility_id")
    of_facility = of_facility[
        world.reach(question).is_facility_off | of_facility["gmina_code"].isna().to_numpy()
    ]
    return set(smallest_area(of_facility))


def _unplaced(world: World, question: Question) -> gpd.GeoDataFrame:
    """Return areas in which the facilities stand that are in no pair, because nobody knows the way to them."""
    is_off = world.reach(question).is_facility_off
    doors = world.supply(question.help).points
    # A door that is too far from the roads is a point; as an area it is a square of two metres.
    off_roads = doors.loc[np.isin(doors["row"], np.flatnonzero(is_off)), ["geometry"]]
    off_roads = off_roads.set_geometry(off_roads.geometry.buffer(1.0, cap_style="square"))
    of_facility = world.services(question.help).drop_duplicates("facility_id")
    nowhere = of_facility[is_off & ~np.isin(np.arange(len(of_facility)), doors["row"])]
    codes = smallest_area(nowhere)
    areas = world.registry.areas
    # Not even the voivodeship is known: it may be anywhere.
    is_there = areas["area_code"].isin(codes) | (codes == "").any()
    whole = areas.loc[is_there, ["geometry"]]
    return gpd.GeoDataFrame(
        pd.concat([to_metric(frame) for frame in (whole, off_roads) if len(frame)] or [whole])
    )


def greatest_distance_m(way: Way) -> float:
    """Return the straight line beyond which nothing is near."""
    if way.travel == "line":
        return way.limit * 1000.0 / (way.detour_pct / 100)
    return way.limit * _FASTEST_M_PER_MIN[way.travel]
