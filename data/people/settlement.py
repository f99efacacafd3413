"""Where in each gmina people live: the points that any group's people are spread over, and their shares."""

from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from data.people.town_weights import newest_parts, weights_of_cells
from geo.crs import to_metric
from geo.demand import spread_over_cells


@dataclass(frozen=True, eq=False)
class Places:
    """
    What is known of where in a gmina people live; the first that has a gmina decides there.

    Attributes
    ----------
    cells
        Cells of a population grid as `data.reading.people_queries.grid_cells` returns them.
    address_cells
        Addresses by cell as `data.reading.people_queries.address_cells` returns them; used without any cell.
    localities
        `gmina_code`, `population_persons`, points in EPSG:4326; rows without a gmina are left out.
    town_parts
        People of the town and of the villages of urban-rural gminas (`data.reading.people_queries.town_parts`); they
        weigh the addresses.
    """

    cells: gpd.GeoDataFrame
    address_cells: gpd.GeoDataFrame
    localities: gpd.GeoDataFrame
    town_parts: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def kind(self) -> str:
        """The kind of source that decides in most gminas: `population_grid`, `address_grid` or `localities`."""
        if not self.cells.empty:
            return "population_grid"
        return "localities" if self.address_cells.empty else "address_grid"

    @property
    def spread_by(self) -> str:
        """
        Say by what people of most gminas are spread over them.

        `grid` (a population grid), `addresses`, `towns` (people of localities), `localities` (alike, since nobody
        knows their people) or `gminas` (all at one point).
        """
        if self.kind == "population_grid":
            return "grid"
        if self.kind == "address_grid":
            return "addresses"
        located = self.localities[self.localities["gmina_code"].notna()]
        if located.empty:
            return "gminas"
        return "towns" if located["population_persons"].notna().any() else "localities"

    def source_kinds(self, gmina_codes: pd.Series) -> frozenset[str]:
        """Return the kinds of sources that decide in some gminas; not each of them need be loaded."""
        cells = self.address_cells if self.kind == "address_grid" else self.cells
        by_cells = {"population_grid"}
        if self.kind == "address_grid":
            by_cells = {"address_grid", "address_localities"}
        if gmina_codes.isin(cells["gmina_code"].unique()).all():
            return frozenset(by_cells)
        return frozenset(by_cells | {"localities", "places_population"})


def settlement_points(gminas: gpd.GeoDataFrame, places: Places, residents: pd.Series) -> gpd.GeoDataFrame:
    """
    Return points with the share of their gmina's people; persons at a point are people of the gmina times share.

    Parameters
    ----------
    gminas
        `area_code`, `label_point`; a gmina without localities and cells keeps its people at its label point.
    residents
        All residents by gmina code; where they are not known, the gmina's localities share evenly.

    Returns
    -------
    points
        `gmina_code`, `share` of all residents and `older_share` of people of 65 and more (0 to 1; those of a gmina add
        up to 1), `geometry` in EPSG:2180. The shares are the same where nobody tells older people from others.
    """
    codes = pd.Index(gminas["area_code"].astype("str"))
    whole = pd.Series(1.0, index=codes)
    label_points = to_metric(gpd.GeoSeries(gminas["label_point"].to_numpy(), index=codes, crs=gminas.crs))
    located = to_metric(places.localities[places.localities["gmina_code"].notna()])
    known = residents.reindex(codes)
    # A town cannot be weighed against villages where nobody knows how many people there are in all.
    is_weighable = located["gmina_code"].map(known) > 0
    located = located.assign(population_persons=located["population_persons"].where(is_weighable))
    cells = _in_order(_weighed(places), codes)
    points = spread_over_cells(
        whole, to_metric(cells), located, label_points, residents=known, weight_column="weight"
    ).rename(columns={"demand_persons": "share"})
    return points.assign(older_share=_older_share(points, cells))[
        ["gmina_code", "share", "older_share", "geometry"]
    ]


def _weighed(places: Places) -> gpd.GeoDataFrame:
    """Return the cells that decide, with `weight` and `older_weight`; none where localities do."""
    if places.kind == "address_grid":
        cells, parts = places.address_cells, newest_parts(places.town_parts)
        return cells.assign(
            weight=weights_of_cells(cells, parts, is_of_older=False),
            older_weight=weights_of_cells(cells, parts, is_of_older=True),
        )
    cells = places.cells
    # Ages that are secret in some cells would move those cells' people to others.
    has_ages = bool(cells["persons_65_plus"].notna().all())
    return cells.assign(
        weight=cells["persons"], older_weight=cells["persons_65_plus" if has_ages else "persons"]
    )


def _in_order(cells: gpd.GeoDataFrame, codes: pd.Index) -> gpd.GeoDataFrame:
    """Return the cells in which somebody lives, gmina by gmina in the order of codes, as they come back as points."""
    place = codes.get_indexer(pd.Index(cells["gmina_code"]))
    used = cells.assign(place=place)[(place >= 0) & (cells["weight"] > 0).to_numpy()]
    return used.sort_values("place", kind="stable").drop(columns="place")


def _older_share(points: gpd.GeoDataFrame, cells: gpd.GeoDataFrame) -> pd.Series:
    """Return the share of a gmina's older people at each point; that of all where its cells have none."""
    weight = cells["older_weight"].astype(float)
    sums = weight.groupby(cells["gmina_code"]).transform("sum")
    is_cell = points["gmina_code"].isin(cells["gmina_code"].unique())
    older: pd.Series = points["share"].copy()
    older[is_cell] = (weight / sums.where(sums > 0)).to_numpy()
    return older.fillna(points["share"])
