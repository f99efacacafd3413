"""Rows of a SELECT as a frame."""

from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, Select

from geo.crs import GEOGRAPHIC


def read_frame(connection: Connection, query: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    """Return the rows of a query under its own column names."""
    result = connection.execute(query)
    columns = list(result.keys())
    return pd.DataFrame(result.all(), columns=columns)


def geo_frame(connection: Connection, query: Select[*tuple[Any, ...]], geometry: str) -> gpd.GeoDataFrame:
    """Return the rows of a query with one of its columns as geometry, EPSG:4326."""
    frame = read_frame(connection, query).rename(columns={geometry: "geometry"})
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=GEOGRAPHIC)
