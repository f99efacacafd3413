"""People in need as points: each gmina's people spread over its localities or a grid, with exact sums."""

from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import require_metric
from geo.errors import FrameError
from geo.frames import (
    POINTS,
    as_floats,
    require_columns,
    require_geometry,
    require_none_left,
    require_not_negative,
    require_unique,
)

Frame = TypeVar("Frame", pd.DataFrame, gpd.GeoDataFrame)

LEAST_RESIDENTS = 50.0
"""Residents that a locality of unknown population has at least, while that leaves its towns a fair part.

Gazetteers know town populations of other years, and sometimes more people than the gmina has. Without a
floor the villages of such a gmina would be empty. Of the gminas whose figures agree, 19 in 20 have 90 or
more per village.
"""


def spread_people(
    people: pd.Series,
    localities: gpd.GeoDataFrame,
    fallback_points: gpd.GeoSeries,
    *,
    residents: pd.Series | None = None,
) -> gpd.GeoDataFrame:
    """
    Spread the people of a group over the localities of their gminas.

    Parameters
    ----------
    people
        Persons of the group, indexed by gmina code (6 digits). Missing means unknown. Only these gminas are
        spread.
    localities
        One row per town or village: `gmina_code` (rows without one are left out), points in EPSG:2180, and
        optionally `population_persons`; missing and 0 both mean unknown, because gazetteers write 0 for that.
    fallback_points
        A point inside each gmina, indexed by its code, EPSG:2180; used where a gmina has no locality.
    residents
        All residents, indexed by gmina code. Needed for gminas that have a locality of known population.

    Returns
    -------
    demand
        One row per locality, in the order of `people` and then of `localities`: `gmina_code`,
        `demand_persons` (persons, a fraction as a rule; missing where the people are unknown), `geometry`
        in EPSG:2180. The sum per gmina equals `people`.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:2180.
    FrameError
        If a code repeats, a number is negative, residents of a gmina with a known town are missing, or a
        gmina has neither locality nor fallback point.

    Notes
    -----
    The group is spread in proportion to the estimated residents of each locality. In a gmina of R residents
    with k localities of known populations n1…nk (sum N) and u others, the others share equally

        M = max(R - N, min(50 u, R u / (u + k)))    (M = 0 if u = 0;  M = R if k = 0)

    and a known locality i has (R - M) ni / N residents. When the figures agree, the towns keep their
    population and the villages share the rest. When the towns claim (nearly) everybody or more, each
    village keeps 50 residents, or an even part of a gmina too small for that, and the towns are scaled down
    to what is left.
    """
    for frame in (localities, fallback_points):
        require_metric(frame)
    require_columns(localities, "gmina_code", what="localities")
    require_unique(people.index, what="gminas with people")
    require_not_negative(people, what="people")

    is_wanted = localities["gmina_code"].isin(people.index)
    places = localities[is_wanted]
    require_geometry(places, POINTS, what="localities")
    points = pd.concat([_settled(places), _unsettled(people, places, fallback_points)], ignore_index=True)
    points = _in_order_of(people, points)

    weights = _estimated_residents(points, residents)
    totals = weights.groupby(points["gmina_code"]).transform("sum")
    persons = pd.Series(as_floats(people, what="people"), index=people.index)
    demand = points["gmina_code"].map(persons) * (weights / totals)
    return gpd.GeoDataFrame(
        {"gmina_code": points["gmina_code"].astype("str"), "demand_persons": demand.astype(float)},
        geometry=gpd.GeoSeries(points["geometry"], crs=localities.crs),
        crs=localities.crs,
    )


def spread_over_cells(
    people: pd.Series,
    cells: gpd.GeoDataFrame,
    localities: gpd.GeoDataFrame,
    fallback_points: gpd.GeoSeries,
    *,
    residents: pd.Series | None = None,
    weight_column: str = "persons",
) -> gpd.GeoDataFrame:
    """
    Spread the people of a group over the cells of a population grid.

    Parameters
    ----------
    people
        Persons of the group, indexed by gmina code (6 digits). Missing means unknown. Only these gminas are spread.
    cells
        One row per cell: `gmina_code` of its centre (`geo.joins.points_in_areas`; rows without one are left out),
        the weight, points in EPSG:2180. May be empty.
    localities, fallback_points, residents
        As in `spread_people`; used for gminas without any cell in which somebody lives.
    weight_column
        Persons of a cell, 0 or more; missing or 0 means that nobody is placed there.

    Returns
    -------
    demand
        As `spread_people` returns: one row per cell with a weight above 0, or per locality where the gmina has no
        such cell, in the order of `people` and then of the rows. The sum per gmina equals `people`.

    Raises
    ------
    CrsError
        If a frame is not in EPSG:2180.
    FrameError
        As in `spread_people`; if a weight is negative or infinite, or a cell with one is no point.

    Notes
    -----
    A cell i of a gmina with P people of the group and weights w has P wi / sum(w) of them. The grid only says where in
    the gmina people live; how many there are is told by the newer and exact count of the gmina.
    """
    for frame in (cells, localities, fallback_points):
        require_metric(frame)
    require_columns(cells, "gmina_code", weight_column, what="cells")
    require_unique(people.index, what="gminas with people")
    require_not_negative(people, what="people")
    weights = cells[weight_column].set_axis(cells["gmina_code"])
    require_not_negative(weights, what=f"{weight_column} of cells")

    is_used = (as_floats(weights, what="weights") > 0) & cells["gmina_code"].isin(people.index).to_numpy()
    used = cells[is_used]
    require_geometry(used, POINTS, what="cells")
    codes = used["gmina_code"].astype("str")
    weight = pd.Series(as_floats(used[weight_column], what="weights"), index=used.index)
    persons = pd.Series(as_floats(people, what="people"), index=people.index)
    demand = codes.map(persons).astype(float) * (weight / weight.groupby(codes).transform("sum"))
    on_cells = gpd.GeoDataFrame(
        {"gmina_code": codes, "demand_persons": demand}, geometry=used.geometry, crs=cells.crs
    )
    on_localities = spread_people(
        people[~people.index.isin(codes.unique())], localities, fallback_points, residents=residents
    )
    return _in_order_of(people, pd.concat([on_cells, on_localities], ignore_index=True))


def _in_order_of(people: pd.Series, points: Frame) -> Frame:
    """Return points sorted by the position of their gmina in `people`; stable, so those of one keep their order."""
    positions = people.index.get_indexer(pd.Index(points["gmina_code"]))
    return points.iloc[np.argsort(positions, kind="stable")].reset_index(drop=True)


def _settled(places: gpd.GeoDataFrame) -> pd.DataFrame:
    known = np.full(len(places), np.nan)
    if "population_persons" in places.columns:
        population = places["population_persons"].set_axis(places["gmina_code"])
        require_not_negative(population, what="population_persons of localities")
        known = as_floats(population, what="population_persons of localities")
    return pd.DataFrame(
        {
            "gmina_code": places["gmina_code"].to_numpy(dtype=object),
            "known_persons": np.where(known > 0, known, np.nan),
            "geometry": places.geometry.to_numpy().astype(object),
        }
    )


def _unsettled(people: pd.Series, places: gpd.GeoDataFrame, fallback_points: gpd.GeoSeries) -> pd.DataFrame:
    """Return one fallback point for each gmina that has no locality."""
    codes = people.index[~people.index.isin(places["gmina_code"])]
    require_none_left(
        codes[~codes.isin(fallback_points.index)],
        what="gminas without locality and fallback point",
        remedy="give a fallback point for each of them",
    )
    require_unique(fallback_points.index, what="fallback points")
    chosen = fallback_points.loc[codes]
    require_geometry(chosen, POINTS, what="fallback points")
    return pd.DataFrame(
        {
            "gmina_code": codes.to_numpy(dtype=object),
            "known_persons": np.full(len(codes), np.nan),
            "geometry": chosen.to_numpy().astype(object),
        }
    )


def _estimated_residents(points: pd.DataFrame, residents: pd.Series | None) -> pd.Series:
    """Return residents of each point by the formula of `spread_people`; 1 each where no town is known."""
    codes, known = points["gmina_code"], points["known_persons"]
    known_count = known.notna().groupby(codes).transform("sum")
    other_count = known.isna().groupby(codes).transform("sum")
    known_sum = known.groupby(codes).transform("sum")

    total = pd.Series(np.nan, index=points.index)
    if residents is not None:
        require_unique(residents.index, what="gminas with residents")
        require_not_negative(residents, what="residents")
        total = codes.map(pd.Series(as_floats(residents, what="residents"), index=residents.index)).astype(
            float
        )
    is_unresolved = (known_count > 0) & ~(total > 0)
    if is_unresolved.any():
        lacking = list(codes[is_unresolved].unique())
        raise FrameError(
            f"expected residents above 0 for gminas with a locality of known population, found none for "
            f"{len(lacking)}, first {lacking[:5]}; pass `residents`, or drop `population_persons`",
            codes=lacking[:5],
        )
    even_part = total * other_count / (other_count + known_count)
    floor = even_part.clip(upper=LEAST_RESIDENTS * other_count)
    rest = (total - known_sum).clip(lower=floor).where(other_count > 0, 0.0)
    of_known = known * (total - rest) / known_sum
    of_other = (rest / other_count).where(known_count > 0, 1.0)
    return of_known.where(known.notna(), of_other)
