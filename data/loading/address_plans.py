"""Planning the grid of addresses: where in each gmina houses stand, and how many of them are its town's."""

import geopandas as gpd
import pandas as pd
import shapely

from data.catalogue import Source
from data.loading.plan import Plan, plan_of
from data.places.world import AreaIndex
from data.sources.country.address_grid import read_address_grid
from data.sources.fetch import FoundFile
from data.store.names import fold
from data.store.query_frames import plain_rows
from data.store.schema import AddressCell
from geo.crs import GEOGRAPHIC, to_geographic, to_metric
from geo.town_cells import points_of_cells, town_addresses


def plan_address_grid(
    source: Source, file: FoundFile, areas: AreaIndex, *, localities: pd.DataFrame | None
) -> Plan:
    """
    Plan the addresses of each cell and gmina.

    Parameters
    ----------
    localities
        As `data.sources.country.address_localities.read_address_localities` stages them; None where they are not at
        hand, so that nobody knows which addresses are a town's.
    """
    staged = read_address_grid(file.path, area_of_code=areas.area_of_code)
    cells = gpd.GeoDataFrame(staged.records)
    points = points_of_cells(cells, to_metric(_gminas_of(areas, cells["gmina_code"])))
    of_town = (
        pd.Series(float("nan"), index=cells.index)
        if localities is None
        else town_addresses(cells.set_geometry(points), _towns_and_villages(localities, areas))
    )
    degrees = to_geographic(points)
    rows = pd.DataFrame(
        {
            "gmina_code": cells["gmina_code"],
            "longitude": shapely.get_x(degrees.to_numpy()),
            "latitude": shapely.get_y(degrees.to_numpy()),
            "addresses": cells["addresses"],
            "town_addresses": of_town,
        }
    )
    # Of the file, and not of the gminas that are loaded: other boundaries may know fewer.
    figures = {"rows": staged.rows_read}
    return plan_of(
        source,
        file,
        staged,
        rows={AddressCell: plain_rows(rows)},
        figures=figures,
        rows_accepted=staged.rows_read - len(staged.rejected),
    )


def _gminas_of(areas: AreaIndex, codes: pd.Series) -> gpd.GeoDataFrame:
    """Return the gminas that the codes of a file mean: one that was divided after it is whole again."""
    gminas, known = areas.gminas[["area_code", "geometry"]], set(codes)
    shapes = gminas.set_index("area_code").geometry
    for whole, parts in areas.parts_of.items():
        if known.isdisjoint(parts - {whole}):
            shapes.loc[whole] = shapely.coverage_union_all(shapes.loc[sorted(parts)].to_numpy())
    return gpd.GeoDataFrame({"area_code": shapes.index}, geometry=shapes.to_numpy(), crs=gminas.crs)


def _towns_and_villages(localities: pd.DataFrame, areas: AreaIndex) -> gpd.GeoDataFrame:
    """Return localities of known size; the town of a gmina is the one that it is named after."""
    known = localities[localities["addresses"] > 0].reset_index(drop=True)
    named = known["gmina_code"].map(areas.name_of).fillna("").map(fold)
    is_named = known["name"].map(fold) == named
    first = known[is_named].sort_values("addresses", ascending=False).drop_duplicates("gmina_code")
    return to_metric(
        gpd.GeoDataFrame(
            known[["gmina_code", "addresses"]].assign(is_town=known.index.isin(first.index)),
            geometry=gpd.GeoSeries(known["point"], crs=GEOGRAPHIC),
        )
    )
