"""A graph of roads as OSMnx writes it to GraphML."""

from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

import numpy as np
import pandas as pd
import pyproj
import shapely
from pyproj.exceptions import CRSError
from shapely.errors import ShapelyError

from data.sources.roads.rules import RoadUse, Stretches, broken, road_use

_AGAIN = "Save the graph again with osmnx.save_graphml"
_TAGS = (
    "highway", "maxspeed", "access", "motorcar", "motor_vehicle", "vehicle", "foot", "motorroad", "area"
)  # fmt: skip


class _Document:
    """
    What is read of the file: attributes by name, as text.

    A graph needs no DTD. With none there are no entities, so nothing can be fetched or blown up by a hostile file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_directed: bool | None = None
        self.graph: dict[str, str] = {}
        self.nodes: dict[str, dict[str, str]] = {}
        self.edges: list[tuple[str, str, dict[str, str]]] = []
        self._names: dict[str, str] = {}
        self._place = self.graph
        self._name = ""
        self._text: list[str] = []

    def parse(self) -> None:
        """Read the file as a stream."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._text.append
        try:
            with self.path.open("rb") as file:
                parser.ParseFile(file)
        except expat.ExpatError as error:
            remedy = "The file may be cut short: copy it again"
            raise broken(self.path, "whole XML", str(error), remedy) from error
        except OSError as error:
            raise broken(self.path, "a readable file", str(error), "Check its permissions") from error

    def _refuse(self, *_: object) -> None:
        raise broken(self.path, "GraphML without a DTD", "a DTD", _AGAIN)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "key":
                self._names[attributes.get("id", "")] = attributes.get("attr.name", "")
            case "graph":
                self.is_directed = attributes.get("edgedefault") == "directed"
            case "node":
                self._place = self.nodes.setdefault(attributes.get("id", ""), {})
            case "edge":
                self._place = {}
                self.edges.append((attributes.get("source", ""), attributes.get("target", ""), self._place))
            case "data":
                self._name = self._names.get(attributes.get("key", ""), "")
                self._text.clear()

    def _close(self, name: str) -> None:
        if name == "data":
            self._place[self._name] = "".join(self._text).strip()
        elif name in {"node", "edge"}:
            self._place = self.graph


def read_graphml(path: Path) -> Stretches:
    """
    Read a graph of OSMnx.

    An edge says by its direction where one may drive. Two edges that are each other's opposite become one stretch,
    so that a point on a street can be left in both directions. People walk along every edge in both.

    Raises
    ------
    RoadGraphError
        If the file is not GraphML, not whole, not directed, or lacks edges, coordinates, lengths or a known CRS.
    """
    document = _Document(path)
    document.parse()
    if document.is_directed is None or not document.nodes:
        raise broken(path, "a graph in GraphML", "none", _AGAIN)
    if not document.edges:
        raise broken(path, "edges of roads", f"none beside {len(document.nodes):,} nodes", _AGAIN)
    if not document.is_directed:
        raise broken(
            path, "a directed graph", "one without directions, in which one-way streets are lost", _AGAIN
        )
    crs = _crs(path, document.graph.get("crs", ""))
    positions = {name: position for position, name in enumerate(document.nodes)}
    xy = np.array([[_number(path, node, axis) for axis in ("x", "y")] for node in document.nodes.values()])
    rows = []
    for start, end, attributes in document.edges:
        if start not in positions or end not in positions:
            raise broken(path, "edges between nodes of the file", f"one from {start} to {end}", _AGAIN)
        use = road_use({key: attributes[key] for key in _TAGS if key in attributes})
        kmh = max(use.car_kmh, use.car_back_kmh)  # a motorway: the direction is that of the edge
        rows.append((positions[start], positions[end], _number(path, attributes, "length"), kmh, use.is_foot))
    table = pd.DataFrame(rows, columns=["start", "end", "length_m", "kmh", "is_foot"])
    lines = _lines(path, document, table, xy)
    return _paired(table, lines, xy, crs)


def _crs(path: Path, text: str) -> str:
    try:
        crs = pyproj.CRS(text)
    except CRSError as error:
        found = f"{text!r}" if text else "none"
        raise broken(path, "the coordinate system of the graph in `crs`", found, _AGAIN) from error
    return str(crs.to_string())


def _number(path: Path, attributes: Mapping[str, str], name: str) -> float:
    try:
        number = float(attributes[name])
    except (KeyError, ValueError):
        number = float("nan")
    if not np.isfinite(number) or (name == "length" and number < 0):
        raise broken(path, f"a number in `{name}`", repr(attributes.get(name)), _AGAIN)
    return number


def _lines(path: Path, document: _Document, table: pd.DataFrame, xy: np.ndarray) -> np.ndarray:
    """Return the line of each edge; one without geometry is straight."""
    ends = xy[table[["start", "end"]].to_numpy()]
    lines = shapely.linestrings(ends)
    written = [edge[2].get("geometry") for edge in document.edges]
    rows = np.flatnonzero([text is not None for text in written])
    try:
        lines[rows] = shapely.from_wkt([written[row] for row in rows])
    except (ShapelyError, TypeError) as error:
        raise broken(path, "lines in `geometry`", str(error), _AGAIN) from error
    is_wrong = (shapely.get_type_id(lines) != shapely.GeometryType.LINESTRING) | shapely.is_empty(lines)
    if is_wrong.any():
        found = f"{lines[is_wrong][0]}"
        raise broken(path, "lines in `geometry`", found, _AGAIN)
    return np.asarray(lines)


def _paired(table: pd.DataFrame, lines: np.ndarray, xy: np.ndarray, crs: str) -> Stretches:
    """Turn every edge to lead from the lower node, and put equal ones together."""
    start, end = table["start"].to_numpy(), table["end"].to_numpy()
    is_turned = start > end
    for row in np.flatnonzero(start == end):
        points = shapely.get_coordinates(lines[row])
        is_turned[row] = tuple(points[1]) > tuple(points[-2])
    lines = lines.copy()
    lines[is_turned] = shapely.reverse(lines[is_turned])
    kmh = table["kmh"].to_numpy()
    edges = pd.DataFrame(
        {
            "start": np.where(is_turned, end, start),
            "end": np.where(is_turned, start, end),
            "shape": shapely.to_wkb(lines),
            # To the millimetre: OSMnx adds up the parts of a street in either order.
            "length_mm": (1000 * table["length_m"]).round(),
            "length_m": table["length_m"],
            "car_kmh": np.where(is_turned, 0.0, kmh),
            "car_back_kmh": np.where(is_turned, kmh, 0.0),
            "is_foot": table["is_foot"],
            "row": np.arange(len(table)),
        }
    )
    whole = edges.groupby(["start", "end", "shape", "length_mm"], sort=False).agg(
        length_m=("length_m", "mean"),
        car_kmh=("car_kmh", "max"),
        car_back_kmh=("car_back_kmh", "max"),
        is_foot=("is_foot", "any"),
        row=("row", "first"),
    )
    uses = [
        RoadUse(float(car), float(back), is_foot=bool(foot))
        for car, back, foot in zip(whole["car_kmh"], whole["car_back_kmh"], whole["is_foot"], strict=True)
    ]
    return Stretches(
        node_xy=xy,
        start=whole.index.get_level_values("start").to_numpy(dtype=np.int64),
        end=whole.index.get_level_values("end").to_numpy(dtype=np.int64),
        lines=lines[whole["row"].to_numpy()],
        length_m=whole["length_m"].to_numpy(dtype=float),
        uses=uses,
        crs=crs,
    )
