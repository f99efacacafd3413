"""The facilities of a form as things that people reach: at their door, at a bus stop, or in the areas they serve."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.places.coarse_places import half_extent_m, has_radius
from data.registry.registry import Registry
from data.sources.roads.rules import NoRoadsError
from data.store.origins import SCENARIO
from geo.crs import METRIC, to_metric
from geo.frames import as_floats
from geo.gaps import GroupPlaces
from geo.reach import Reach, area_reach, joined_reach
from geo.roads.network import RoadNetwork
from geo.roads.reach import network_reach
from geo.straight_lines import straight_line_reach
from geo.supply import facilities_of_unknown_profile, own_places
from layers.view.question import Way


@dataclass(frozen=True, eq=False)
class Supply:
    """
    The facilities of a form for a group.

    Attributes
    ----------
    facilities
        One row per facility in the order of rows of its reach: `facility_id`, `gmina_code`, `capacity_places`
        and `own_places`, those that are for nobody else (float; missing where any of its services does not say),
        `is_places_old`, whether they are of a record so old that they may be others by now,
        `is_doubtful`, whether it may be for others alone, `may_be_gone`, whether it may have closed since its row,
        `half_extent_m`, how far it may stand from its point, `has_radius`, whether addresses tell that (a street, a
        village), and `is_of_unknown_extent`, whether it is on such a place of which nobody knows how large it is.
    points
        Doors and stops, EPSG:2180, with `row`, the position of their facility.
    served
        Codes of the areas that each facility serves without a door; empty for most.
    agreements
        Pairs of a gmina and an area whose residents its facilities take in, where they else take in only their own.
    """

    facilities: pd.DataFrame
    points: gpd.GeoDataFrame
    served: tuple[tuple[str, ...], ...]
    agreements: frozenset[tuple[str, str]] = frozenset()

    @property
    def group_places(self) -> GroupPlaces:
        """The places of each facility, as the gap triad takes them."""
        told = self.facilities
        return GroupPlaces(
            told["capacity_places"],
            own_places=told["own_places"],
            is_doubtful=told["is_doubtful"],
            may_be_gone=told["may_be_gone"],
            is_old=told["is_places_old"],
        )


def supply_of(registry: Registry, services: gpd.GeoDataFrame) -> Supply:
    """
    Gather services by their facility.

    Parameters
    ----------
    services
        Services of one form that count, as `layers.answers.measures.world.World.services` gives them.
    """
    first = services.drop_duplicates("facility_id").set_index("facility_id")
    facilities = pd.DataFrame(
        {
            "facility_id": first.index,
            "gmina_code": first["gmina_code"].to_numpy(),
            "capacity_places": _of_facility(services["capacity_places"], services, first.index),
            "is_doubtful": facilities_of_unknown_profile(services).reindex(first.index).to_numpy(bool),
            "may_be_gone": _is_gone(services).reindex(first.index).to_numpy(bool),
            "is_places_old": _has_old_places(services).reindex(first.index).to_numpy(bool),
            "own_places": _of_facility(own_places(services), services, first.index),
            "half_extent_m": (extent_m := _half_extent_m(registry, first)).to_numpy(float),
            "has_radius": (_has_radius(registry, first) & (extent_m > 0.0)).to_numpy(bool),
            "is_of_unknown_extent": _is_of_unknown_extent(first, extent_m).to_numpy(bool),
        }
    )
    row_of = pd.Series(np.arange(len(first)), index=first.index)
    facility_of = services.set_index("service_id")["facility_id"]
    doors = services.loc[services.geometry.notna(), ["facility_id", "geometry"]].drop_duplicates(
        "facility_id"
    )
    stops = registry.stops[
        registry.stops["service_id"].isin(facility_of.index) & registry.stops.geometry.notna()
    ]
    points = gpd.GeoDataFrame(
        {"row": [*row_of[doors["facility_id"]], *row_of[facility_of[stops["service_id"]]]]},
        geometry=gpd.GeoSeries([*doors.geometry, *stops.geometry], crs=services.crs),
        crs=services.crs,
    )
    areas = registry.service_areas[registry.service_areas["service_id"].isin(facility_of.index)]
    by_row = areas["area_code"].groupby(row_of[facility_of[areas["service_id"]]].to_numpy()).agg(tuple)
    return Supply(
        facilities=facilities,
        points=to_metric(points) if len(points) else gpd.GeoDataFrame({"row": []}, geometry=[], crs=METRIC),
        served=tuple(by_row.get(row, ()) for row in range(len(first))),
        agreements=_agreements(registry, services),
    )


def _of_facility(
    places: pd.Series, services: gpd.GeoDataFrame, facility_ids: pd.Index
) -> NDArray[np.float64]:
    """Add up places by facility; a sum with a missing part is missing: some places are not all places."""
    sums = places.astype("Float64").groupby(services["facility_id"], sort=False)
    whole = sums.apply(lambda part: part.sum(skipna=False)).reindex(facility_ids)
    return as_floats(whole, what="places of facilities")


def _is_gone(services: gpd.GeoDataFrame) -> pd.Series:
    """Tell which facilities may have closed since: so may all of their services."""
    is_gone: pd.Series = services["may_be_gone"].astype(bool).groupby(services["facility_id"]).all()
    return is_gone


def _has_old_places(services: gpd.GeoDataFrame) -> pd.Series:
    """Tell of which facilities some places are of a record so old that they may be others by now."""
    is_old: pd.Series = services["is_places_old"].astype(bool).groupby(services["facility_id"]).any()
    return is_old


def _agreements(registry: Registry, services: gpd.GeoDataFrame) -> frozenset[tuple[str, str]]:
    """Return the agreements of the form of some services."""
    rows = registry.agreements
    rows = rows[rows["support_form"].isin(services["support_form"].unique())]
    return frozenset(zip(rows["gmina_code"], rows["admitted_code"], strict=True))


def _half_extent_m(registry: Registry, facilities: gpd.GeoDataFrame) -> pd.Series:
    """Return how far facilities may stand from their points; where a scenario opens one is decided to the point."""
    gminas = registry.areas_of_level("gmina").set_index("area_code")
    return half_extent_m(facilities, gminas).mask(facilities["source_code"] == SCENARIO, 0.0)


def _has_radius(registry: Registry, facilities: gpd.GeoDataFrame) -> pd.Series:
    """Tell which facilities stand at the middle of a street, a village or a town in a larger gmina."""
    return has_radius(facilities, registry.areas_of_level("gmina").set_index("area_code"))


def _is_of_unknown_extent(facilities: gpd.GeoDataFrame, extent_m: pd.Series) -> pd.Series:
    """Tell which facilities are not at a door, nor in an area or on a street of which the size is known."""
    is_decided = facilities["place_grade"].isin(["door", "none"]) | (facilities["source_code"] == SCENARIO)
    is_unknown: pd.Series = (extent_m == 0.0) & ~is_decided
    return is_unknown


def reach_of(
    demand: gpd.GeoDataFrame, supply: Supply, way: Way, *, network: RoadNetwork | None = None
) -> Reach:
    """
    Pair people with the facilities that are near by a way.

    Parameters
    ----------
    demand
        Demand points with `gmina_code`, EPSG:2180.
    network
        The roads, for a way by car or on foot.

    Raises
    ------
    NoRoadsError
        If there are no roads for such a way: a straight line would answer another question.
    """
    if way.travel != "line" and network is None:
        raise NoRoadsError(
            f"expected a road network for travel by {way.travel}, found none; set SUPPORT_MAP_ROADS or ask for a line",
            travel=way.travel,
        )
    rows = supply.points["row"].to_numpy(np.int64)
    if network is None or way.travel == "line":
        by_way = straight_line_reach(
            demand,
            supply.points,
            max_distance_m=way.limit * 1000.0,
            detour_factor=way.detour_pct / 100,
        )
    else:
        by_way = network_reach(
            network, demand, supply.points, mode=way.travel, limit=way.limit, measure="min"
        )
    if way.is_own:
        by_way = own_residents(by_way, demand["gmina_code"], supply, rows)
    is_serving = np.array([bool(areas) for areas in supply.served], dtype=bool)
    by_area = area_reach(
        demand["gmina_code"].to_numpy(),
        [areas for areas in supply.served if areas],
        limit=by_way.limit,
        unit=by_way.unit,
    )
    parts: list[Reach] = [by_way, by_area]
    facility_rows: list[NDArray[np.int64]] = [rows, np.flatnonzero(is_serving)]
    return joined_reach(parts, facility_rows, facility_count=len(supply.facilities))


def own_residents(reach: Reach, gmina_of_demand: pd.Series, supply: Supply, rows: NDArray[np.int64]) -> Reach:
    """
    Return the pairs of a reach in which a person lives in the gmina of the facility, or in one that it agreed with.

    Parameters
    ----------
    rows
        Row of `supply.facilities` of each facility of the reach.
    """
    # Whole numbers: of pairs there are millions.
    lives_in = gmina_of_demand.astype(int).to_numpy()
    stands_in = supply.facilities["gmina_code"].astype("string").fillna("-1").astype(int).to_numpy()[rows]
    stands_in = stands_in[reach.facility]
    is_kept = lives_in[reach.demand] == stands_in
    for gmina, area in supply.agreements:
        is_admitted = gmina_of_demand.str.startswith(area).to_numpy(dtype=bool)
        is_kept |= (stands_in == int(gmina)) & is_admitted[reach.demand]
    return reach.where(is_kept)
