"""Roads of an extract of OpenStreetMap (.osm.pbf), read with pyosmium."""

from array import array
from pathlib import Path

import numpy as np
import osmium
import pyproj
import shapely
from numpy.typing import NDArray

from data.sources.roads.rules import RoadUse, Stretches, broken, road_use

_UNKNOWN = 2**31 - 1  # a node that the extract does not hold
_PER_DEGREE = 1e7  # OpenStreetMap counts in ten-millionths of a degree


def read_pbf(path: Path) -> Stretches:
    """
    Read the roads of an extract.

    A road is cut at every node that another road shares. Where the extract cuts a road off, the part inside is kept.

    Raises
    ------
    RoadGraphError
        If the file is not PBF, not whole, or holds no roads.
    """
    uses: list[RoadUse] = []
    refs, x, y, way = array("q"), array("q"), array("q"), array("q")
    try:
        roads = (
            osmium.FileProcessor(osmium.io.File(str(path), "pbf"))
            .with_locations()
            .with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))
            .with_filter(osmium.filter.KeyFilter("highway"))
        )
        for road in roads:
            if not isinstance(road, osmium.osm.Way):
                continue
            use = road_use({tag.k: tag.v for tag in road.tags})
            if not (use.is_foot or use.car_kmh or use.car_back_kmh):
                continue
            for node in road.nodes:
                refs.append(node.ref)
                x.append(node.location.x)
                y.append(node.location.y)
                way.append(len(uses))
            uses.append(use)
    except (RuntimeError, OSError) as error:
        remedy = "The file may be cut short, or not be an extract of OpenStreetMap: fetch it again"
        raise broken(path, "a whole .osm.pbf", str(error), remedy) from error
    if not uses:
        raise broken(path, "roads", "none", "Make the extract with ways that have `highway`, and their nodes")
    return _stretches(
        path, np.asarray(refs), np.column_stack([np.asarray(x), np.asarray(y)]), np.asarray(way), uses
    )


def _stretches(
    path: Path, refs: NDArray[np.int64], xy: NDArray[np.int64], way: NDArray[np.int64], uses: list[RoadUse]
) -> Stretches:
    """Cut ways at crossings. One row of the arrays is one node of one way, in the order of the way."""
    is_known = xy[:, 0] != _UNKNOWN
    degrees = xy / _PER_DEGREE
    # Row i and the next are a segment when they are of one way and both lie in the extract.
    first = np.flatnonzero((way[:-1] == way[1:]) & is_known[:-1] & is_known[1:] & (refs[:-1] != refs[1:]))
    if not len(first):
        raise broken(path, "roads with their nodes", "no node of any road", "Make the extract with nodes")
    is_first_of_run = np.ones(len(first), dtype=bool)
    is_first_of_run[1:] = np.diff(first) != 1
    names, node = np.unique(refs, return_inverse=True)
    # A node is a crossing when it stands in two ways or twice in one.
    is_crossing = (np.bincount(node[is_known], minlength=len(names)) > 1)[node]
    begins = is_first_of_run | is_crossing[first]
    begin = np.flatnonzero(begins)
    last = np.append(begin[1:], len(first)) - 1
    east, north = degrees[first].T
    to_east, to_north = degrees[first + 1].T
    _, _, segment_m = pyproj.Geod(ellps="WGS84").inv(east, north, to_east, to_north)
    start, end = node[first[begin]], node[first[last] + 1]
    points = np.insert(degrees[first], last + 1, degrees[first[last] + 1], axis=0)
    sizes = last - begin + 2
    lines = shapely.linestrings(points, indices=np.repeat(np.arange(len(begin)), sizes))
    kept, place = np.unique(np.concatenate([start, end]), return_inverse=True)
    where = np.zeros((len(names), 2))
    where[node[is_known]] = degrees[is_known]
    return Stretches(
        node_xy=where[kept],
        start=place[: len(begin)],
        end=place[len(begin) :],
        lines=np.asarray(lines),
        length_m=np.add.reduceat(segment_m, begin),
        uses=[uses[number] for number in way[first[begin]]],
        crs="EPSG:4326",
    )
