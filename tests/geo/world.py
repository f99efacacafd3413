"""A tiny world: square gminas of 10 km in a row or a grid, whose answers can be done in the head."""

import geopandas as gpd
import shapely

from geo.crs import METRIC

SIDE_M = 10_000


def square_gminas(columns=2, rows=1):
    """Give gminas 120101, 120102… from west to east, then north; the south-west corner is 0, 0."""
    squares = [
        shapely.box(x * SIDE_M, y * SIDE_M, (x + 1) * SIDE_M, (y + 1) * SIDE_M)
        for y in range(rows)
        for x in range(columns)
    ]
    codes = [f"1201{number:02d}" for number in range(1, len(squares) + 1)]
    return gpd.GeoDataFrame({"area_code": codes}, geometry=squares, crs=METRIC)


def points(*places, **columns):
    """Give a metric frame of points at (x, y) in kilometres."""
    shapes = [shapely.Point(1000 * x, 1000 * y) for x, y in places]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=METRIC)
