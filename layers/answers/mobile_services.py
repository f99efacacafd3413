"""Services on wheels stand where they stop: for a place, at the stop that is nearest to it."""

import geopandas as gpd
import pandas as pd
from shapely import Point

from geo.crs import to_metric


def at_nearest_stop(services: gpd.GeoDataFrame, stops: gpd.GeoDataFrame, origin_m: Point) -> gpd.GeoDataFrame:
    """
    Put each service that has located stops at the nearest of them, with the hours of that stop.

    Parameters
    ----------
    services
        As `data.registry.registry.Registry.services`.
    stops
        As `data.reading.service_queries.mobile_stops`; those without a point are left out: they have no distance.
    origin_m
        Where the person is, EPSG:2180.

    Returns
    -------
    services
        The same rows and `stop_name`, None for a service that does not stop anywhere known.
    """
    found = services.assign(stop_name=None)
    own = (
        stops[stops["service_id"].isin(found["service_id"]) & stops.geometry.notna()] if len(stops) else stops
    )
    if own.empty:
        return found
    nearest = own.assign(distance_m=to_metric(own).distance(origin_m)).sort_values(
        "distance_m", kind="stable"
    )
    nearest = nearest.drop_duplicates("service_id").set_index("service_id")
    row_of = pd.Series(found.index, index=found["service_id"]).loc[nearest.index]
    rows = row_of.to_numpy()
    found.loc[rows, "stop_name"] = nearest["name"].to_numpy()
    found.loc[rows, "service_opening_hours"] = nearest["opening_hours"].to_numpy()
    found.loc[rows, "service_opening_hours_text"] = nearest["opening_hours_text"].to_numpy()
    found.loc[rows, "place_grade"] = "door"
    found.loc[rows, "geometry"] = nearest.geometry.to_numpy()
    return found
