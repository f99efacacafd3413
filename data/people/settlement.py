"""Where in each gmina people live: the points that any group's people are spread over, and their shares."""

import geopandas as gpd
import pandas as pd

from geo.crs import to_metric
from geo.demand import spread_over_cells, spread_people


def settlement_points(
    gminas: gpd.GeoDataFrame,
    localities: gpd.GeoDataFrame,
    residents: pd.Series,
    cells: gpd.GeoDataFrame,
    *,
    is_of_older: bool,
) -> gpd.GeoDataFrame:
    """
    Return points with the share of their gmina's people; persons at a point are people of the gmina times share.

    Parameters
    ----------
    gminas
        `area_code`, `label_point`; a gmina without localities and cells keeps its people at its label point.
    localities
        `gmina_code`, `population_persons`, points in EPSG:4326; rows without a gmina are left out.
    residents
        All residents by gmina code; where they are not known, the gmina's localities share evenly.
    cells
        Cells of a population grid as `data.reading.people_queries.grid_cells` returns them. With any, they stand for
        the localities.
    is_of_older
        Whether the cells' people of 65 and more are the measure, where the grid tells them.

    Returns
    -------
    points
        `gmina_code`, `share` (0 to 1; those of a gmina add up to 1), `geometry` in EPSG:2180.
    """
    codes = pd.Index(gminas["area_code"].astype("str"))
    whole = pd.Series(1.0, index=codes)
    label_points = to_metric(gpd.GeoSeries(gminas["label_point"].to_numpy(), index=codes, crs=gminas.crs))
    located = to_metric(localities[localities["gmina_code"].notna()])
    known = residents.reindex(codes)
    # A town cannot be weighed against villages where nobody knows how many people there are in all.
    is_weighable = located["gmina_code"].map(known) > 0
    located = located.assign(population_persons=located["population_persons"].where(is_weighable))
    if cells.empty:
        points = spread_people(whole, located, label_points, residents=known)
    else:
        # Ages that are secret in some cells would move those cells' people to others.
        has_ages = is_of_older and bool(cells["persons_65_plus"].notna().all())
        points = spread_over_cells(
            whole,
            to_metric(cells),
            located,
            label_points,
            residents=known,
            weight_column="persons_65_plus" if has_ages else "persons",
        )
    return points.rename(columns={"demand_persons": "share"})
