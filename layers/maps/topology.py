"""
Geometry for the browser: one TopoJSON file per level and boundary vintage, shared borders stored once.

Input is the display coverage, already simplified as a whole; here it is only quantised (a step of about 7 m,
far below the 300 m of the simplification). The file name carries a digest of the content, so that a browser
fetches each file once and keeps it.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from topojson.core.topology import Topology

from data.store.names import telling_kinds
from data.store.settings import REPOSITORY
from data.store.whole_file import whole_file
from geo.crs import GEOGRAPHIC, require_geographic
from geo.errors import FrameError
from geo.frames import require_columns, require_unique
from layers.maps.browser_files import geometry_url

GEOMETRY_FOLDER = REPOSITORY / "var" / "geometry"

# What this process published last, by folder and level: what its next map will ask for.
_published: dict[Path, dict[str, str]] = {}

_FORMAT = 3  # part of the digest: raise it when the shape of the file changes
_STEPS = 100_000  # quantisation steps across the longer side of the coverage
_LABEL_DECIMALS = 4  # 11 m
_PARENT_OF_LEVEL = {"gmina": "powiat_name", "powiat": "voivodeship_name", "voivodeship": None}


def published_geometry(
    areas: gpd.GeoDataFrame, *, level: str, vintage: str, folder: Path = GEOMETRY_FOLDER
) -> str:
    """
    Write the geometry of one level unless it is there, and return its address for the browser.

    Parameters
    ----------
    areas
        One row per area, as `data.reading.area_queries.areas` gives: `area_code`, `name`, geometry in EPSG:4326; the
        name of the parent (`powiat_name`, `voivodeship_name`), `label_point` and `town_persons`, the people of its
        largest town, are used where present.
    level
        `gmina`, `powiat` or `voivodeship`.
    vintage
        Boundary vintage, part of the file name.

    Raises
    ------
    CrsError
        If the areas are not in EPSG:4326.
    FrameError
        If there is no area, a column is missing or a code is repeated.
    """
    _require_areas(areas, level=level)
    name = f"{level}-{vintage}-{_digest(areas)}.json"
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, json.dumps(topology_of(areas, level=level), ensure_ascii=False, separators=(",", ":")))
    _published.setdefault(folder, {})[level] = geometry_url(name)
    return geometry_url(name)


def published_urls(folder: Path = GEOMETRY_FOLDER) -> dict[str, str]:
    """Return the addresses that this process published last, by level; empty before the first map."""
    return dict(_published.get(folder, {}))


def topology_of(areas: gpd.GeoDataFrame, *, level: str) -> dict[str, Any]:
    """
    Return the areas as a TopoJSON topology with one object, `areas`, in the order of the codes.

    Each area has the properties `code`, `name`, and where known `kind` (of the gminas of one name in a voivodeship,
    where it tells them apart; the map has the words for it), `within` (name of the parent area), `label`
    (longitude and latitude of the place for its name) and `rank`, by which names are chosen (people of its largest
    town).
    """
    ordered = areas.sort_values("area_code")
    outlines = gpd.GeoDataFrame(geometry=ordered.geometry.to_list(), crs=GEOGRAPHIC)
    # The coverage shares its vertices already, so shared paths are found without comparing lines in pairs.
    made = Topology(outlines, object_name="areas", prequantize=_STEPS, toposimplify=False, shared_coords=True)
    topology: dict[str, Any] = json.loads(str(made.to_json()))
    geometries = topology["objects"]["areas"]["geometries"]
    properties = _properties(ordered, level=level)
    topology["objects"]["areas"]["geometries"] = [
        {"type": geometry["type"], "arcs": geometry["arcs"], "properties": own}
        for geometry, own in zip(geometries, properties, strict=True)
    ]
    return topology


def _properties(areas: gpd.GeoDataFrame, *, level: str) -> list[dict[str, Any]]:
    parent = _PARENT_OF_LEVEL.get(level)
    within = areas[parent] if parent in areas else [None] * len(areas)
    labels = areas["label_point"] if "label_point" in areas else areas.geometry.representative_point()
    ranks = areas["town_persons"].fillna(0) if "town_persons" in areas else [0] * len(areas)
    kinds = areas["area_code"].map(telling_kinds(areas.set_index("area_code")) if level == "gmina" else {})
    rows = []
    columns = (areas["area_code"], areas["name"], kinds, within, labels, ranks)
    for code, name, kind, parent_name, point, rank in zip(*columns, strict=True):
        row: dict[str, Any] = {"code": code, "name": name}
        if isinstance(kind, str):
            row["kind"] = kind
        if isinstance(parent_name, str) and parent_name != name:
            row["within"] = parent_name
        if point is not None:
            row["label"] = [round(point.x, _LABEL_DECIMALS), round(point.y, _LABEL_DECIMALS)]
        if rank:
            row["rank"] = int(rank)
        rows.append(row)
    return rows


def _require_areas(areas: gpd.GeoDataFrame, *, level: str) -> None:
    if level not in _PARENT_OF_LEVEL:
        raise FrameError(f"expected level gmina, powiat or voivodeship, found {level!r}", level=level)
    require_geographic(areas)
    require_columns(areas, "area_code", "name", what="areas")
    require_unique(areas["area_code"], what="areas")
    if areas.empty:
        raise FrameError(
            f"expected areas of level {level}, found 0 rows; load the boundaries first", level=level
        )


def _digest(areas: gpd.GeoDataFrame) -> str:
    """Return a digest of everything that goes into the file, without making the file."""
    ordered = areas.sort_values("area_code")
    digest = hashlib.sha256(f"{_FORMAT} {_STEPS}".encode())
    columns = [
        c
        for c in ("area_code", "name", "kind", "powiat_name", "voivodeship_name", "town_persons")
        if c in ordered
    ]
    digest.update(ordered[columns].to_json(orient="values").encode())
    for shape in shapely.to_wkb(ordered.geometry.to_numpy()):
        digest.update(shape)
    if "label_point" in ordered:
        digest.update(
            b"".join(b"" if point is None else shapely.to_wkb(point) for point in ordered["label_point"])
        )
    return digest.hexdigest()[:12]


def _write(path: Path, text: str) -> None:
    """Write to the side and rename, so that no reader ever sees half a file."""
    with whole_file(path) as made:
        made.write_text(text, encoding="utf-8")
        made.chmod(0o644)
