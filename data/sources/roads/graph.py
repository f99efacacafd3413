"""
A road network from a file: GraphML as OSMnx writes it, or an extract of OpenStreetMap (.osm.pbf).

Both become stretches of road between crossings; `geo.roads.network` makes the network of them.
"""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from data.sources.roads.graphml import read_graphml
from data.sources.roads.rules import RoadGraphError, Stretches, broken
from data.store.extras import require_extra
from geo.crs import METRIC, to_metric
from geo.errors import GeometryError
from geo.roads.network import WALK_KMH, RoadNetwork, road_network

KINDS = (".graphml", ".osm.pbf", ".pbf")
"""Endings of the files that can be read."""


def read_road_network(path: Path, *, walk_kmh: float = WALK_KMH) -> RoadNetwork:
    """
    Read a network from a file.

    Parameters
    ----------
    path
        `.graphml` of OSMnx (a directed graph with `x`, `y`, `highway` and `length`), or `.osm.pbf`.
    walk_kmh
        Speed of walking.

    Returns
    -------
    network
        In EPSG:2180. The nodes of a GraphML file come first, in the order of the file.

    Raises
    ------
    RoadGraphError
        If there is no such file, it is damaged or of another kind, holds no road, or lies outside Poland.
    """
    if not path.is_file():
        raise broken(path, "a file", "none", "Check SUPPORT_MAP_ROADS, or leave it out to use straight lines")
    if path.name.lower().endswith(".graphml"):
        stretches = read_graphml(path)
    elif path.name.lower().endswith(".pbf"):
        require_extra("osmium", "roads", purpose="roads from .osm.pbf")
        from data.sources.roads.pbf import read_pbf  # noqa: PLC0415 - an extra

        stretches = read_pbf(path)
    else:
        raise broken(
            path, f"a file that ends with {', '.join(KINDS)}", f"{path.suffix!r}", "See docs/roads.md"
        )
    return _network(path, stretches, walk_kmh)


def _network(path: Path, found: Stretches, walk_kmh: float) -> RoadNetwork:
    minutes_per_m = 60 / (1000 * walk_kmh)
    forward, backward = (
        np.array([getattr(use, name) for use in found.uses], dtype=float)
        for name in ("car_kmh", "car_back_kmh")
    )
    is_foot = np.array([use.is_foot for use in found.uses], dtype=bool)
    if not (is_foot | (forward > 0) | (backward > 0)).any():
        raise broken(
            path, "roads", "none that a car or a person may use", "Check that the extract has `highway`"
        )
    _require_poland(path, found)
    on_foot = np.where(is_foot, found.length_m * minutes_per_m, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        table = pd.DataFrame(
            {
                "start": found.start,
                "end": found.end,
                "length_m": found.length_m,
                "car_min": np.where(forward > 0, found.length_m * 60 / (1000 * forward), np.inf),
                "car_back_min": np.where(backward > 0, found.length_m * 60 / (1000 * backward), np.inf),
                "foot_min": on_foot,
                "foot_back_min": on_foot,
            }
        )
    try:
        nodes = to_metric(gpd.GeoSeries(shapely.points(found.node_xy), crs=found.crs))
        stretches = to_metric(gpd.GeoDataFrame(table, geometry=found.lines, crs=found.crs))
    except GeometryError as error:
        raise broken(path, f"coordinates in {found.crs}", str(error), "Make the file again") from error
    return road_network(nodes, stretches, walk_kmh=walk_kmh)


def _require_poland(path: Path, found: Stretches) -> None:
    """Coordinates that are swapped, or of another system than the file says, project without an error."""
    area = pyproj.CRS(METRIC).area_of_use
    middle = np.median(found.node_xy, axis=0)
    x, y = pyproj.Transformer.from_crs(found.crs, "EPSG:4326", always_xy=True).transform(*middle)
    if area is None or not (area.west <= x <= area.east and area.south <= y <= area.north):
        raise broken(
            path,
            "roads in Poland",
            f"their middle at longitude {x:.4f}, latitude {y:.4f}",
            "Check that x is the longitude, and the `crs` of the graph",
        )


__all__ = ["KINDS", "RoadGraphError", "read_road_network"]
