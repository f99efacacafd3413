"""
Elements of OpenStreetMap as a table: Overpass JSON, and GeoJSON as overpass-turbo, osmtogeojson and ohsome write it.

One element is one row, tags are columns. What an element lacks to become a record is said in the column `@problem`,
so that the profile can refuse the row with a reason and no element is lost.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError

from data.opening_hours import OpeningHoursError, check
from data.sources.cell_text import Cell
from data.sources.readable import reader_of
from data.sources.tables.cells import TableFile, check_size
from data.sources.tables.limits import MOST_CELLS, MOST_COLUMNS
from data.store.errors import RegisterError
from data.vocabulary.osm_tags import form_of_tags, may_be_support

ID, PROBLEM, OTHER_HOURS = "@id", "@problem", "@opening_hours_other"
OWN_COLUMNS = (ID, PROBLEM, OTHER_HOURS, "latitude", "longitude", "support_form")
"""Columns before the tags; a tag of the same name is called "tag:latitude"."""
TYPES = ("node", "way", "relation")

_NOT_TAGS = {"id", "type", "tags", "meta", "relations", "tainted", "geometry"}
"""Properties by which converters tell about the element itself."""
_DECIMALS = 7  # a centimetre


@dataclass(frozen=True)
class Element:
    """One element: `osm_id` is "node/123", or empty; `point` is (latitude, longitude)."""

    osm_id: str
    tags: Mapping[str, str]
    point: tuple[float, float] | None


def is_osm(content: object) -> bool:
    """Tell whether a JSON document, parsed or as it is written, holds elements of OpenStreetMap."""
    if isinstance(content, bytes | str):
        try:
            content = json.loads(content)
        except (ValueError, RecursionError):
            return False
    if not isinstance(content, dict):
        return False
    if isinstance(content.get("elements"), list):
        return True
    features = content.get("features")
    return isinstance(features, list) and any(
        isinstance(feature, dict) and _feature_id(feature) for feature in features[:100]
    )


@reader_of("elements of OpenStreetMap as GeoJSON or JSON of Overpass")
def read_osm_file(path: Path) -> TableFile:
    """
    Read elements of OpenStreetMap.

    Returns
    -------
    table
        The first row is the header: `@id`, `@problem` (`no_id`, `no_tags`, `not_social_facility`, `no_form`,
        `no_coordinates` or nothing), `@opening_hours_other` (hours that are not in the form of `opening_hours`),
        `latitude`, `longitude`, `support_form`, then every tag. Of very many tags the rarest are left out.

    Raises
    ------
    RegisterError
        If the file is not JSON, holds no elements, none of them has coordinates, or the server says that the answer
        is not whole.
    """
    document = _document(path)
    is_overpass = isinstance(document.get("elements"), list)
    raw = document["elements"] if is_overpass else document["features"]
    elements = [_overpass_element(item) if is_overpass else _feature(item) for item in raw]
    if not elements:
        message = (
            f"{path.name}: expected elements of OpenStreetMap, found none. Check the area and the tags of the query, "
            "and fetch the file again."
        )
        raise RegisterError(message, file=path.name)
    if not any(element.point for element in elements):
        message = (
            f"{path.name}: expected coordinates, found none in {len(elements):,} elements. End the query with "
            '"out center;" and fetch the file again.'
        )
        raise RegisterError(message, file=path.name, elements=len(elements))
    keys = _tag_keys(elements)
    check_size(path.name, rows=len(elements), columns=len(OWN_COLUMNS) + len(keys))
    rows = [_row(element, keys) for element in elements]
    return TableFile(
        sheet="",
        rows=[[*OWN_COLUMNS, *_labels(keys)], *rows],
        numbers=list(range(len(rows) + 1)),
        merged={},
        file_name=path.name,
        row_word="feature",
    )


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        message = f"{path.name}: expected JSON of Overpass, or GeoJSON, found {str(error)[:200]}. Fetch the file again."
        raise RegisterError(message, file=path.name) from error
    remark = document.get("remark") if isinstance(document, dict) else None
    if remark:
        message = (
            f"{path.name}: expected a whole answer, found the server's remark {str(remark)[:200]!r}: elements may be "
            "missing. Ask for a smaller area or allow more time, and fetch the file again."
        )
        raise RegisterError(message, file=path.name, remark=str(remark))
    is_known = isinstance(document, dict) and any(
        isinstance(document.get(key), list) for key in ("elements", "features")
    )
    if not is_known:
        message = (
            f"{path.name}: expected `elements` (Overpass JSON) or `features` (GeoJSON), found neither. Ask Overpass "
            "for [out:json], and fetch the file again."
        )
        raise RegisterError(message, file=path.name)
    return dict(document)


def _overpass_element(item: object) -> Element:
    if not isinstance(item, dict):
        return Element("", {}, None)
    center, bounds = item.get("center"), item.get("bounds")
    point = _point(item.get("lat"), item.get("lon"))
    if point is None and isinstance(center, dict):
        point = _point(center.get("lat"), center.get("lon"))
    if point is None and isinstance(bounds, dict):
        low, high = (_point(bounds.get(f"{end}lat"), bounds.get(f"{end}lon")) for end in ("min", "max"))
        point = _point((low[0] + high[0]) / 2, (low[1] + high[1]) / 2) if low and high else None
    return Element(_osm_id(item.get("id"), item.get("type")), _tags(item.get("tags")), point)


def _feature(item: object) -> Element:
    if not isinstance(item, dict):
        return Element("", {}, None)
    properties = item.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    nested = properties.get("tags")
    flat = {
        key: value for key, value in properties.items() if not key.startswith("@") and key not in _NOT_TAGS
    }
    return Element(
        _feature_id(item),
        _tags(nested if isinstance(nested, dict) else flat),
        _shape_point(item.get("geometry")),
    )


def _feature_id(feature: Mapping[str, Any]) -> str:
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    kind = next((properties[key] for key in ("@type", "@osmType", "type") if key in properties), None)
    told = (properties.get("@id"), properties.get("@osmId"), properties.get("id"), feature.get("id"))
    return next((found for number in told if (found := _osm_id(number, kind))), "")


def _osm_id(number: object, kind: object) -> str:
    """Return "node/123" from that text, or from the number and the word; empty when it is neither."""
    text = str(number).lower() if isinstance(number, int | str) and not isinstance(number, bool) else ""
    word, slash, digits = text.partition("/")
    if not slash:
        word, digits = str(kind).lower(), text
    return f"{word}/{digits}" if word in TYPES and digits.isascii() and digits.isdecimal() else ""


def _tags(found: object) -> dict[str, str]:
    if not isinstance(found, dict):
        return {}
    return {str(key): str(value) for key, value in found.items() if isinstance(value, str | int | float)}


def _point(latitude: object, longitude: object) -> tuple[float, float] | None:
    if not all(
        isinstance(number, int | float) and not isinstance(number, bool) for number in (latitude, longitude)
    ):
        return None
    try:
        numbers = (float(str(latitude)), float(str(longitude)))
    except OverflowError:
        return None
    is_on_earth = all(map(math.isfinite, numbers)) and abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180
    return (round(numbers[0], _DECIMALS), round(numbers[1], _DECIMALS)) if is_on_earth else None


def _shape_point(geometry: object) -> tuple[float, float] | None:
    """Return the point, or a point surely inside another shape."""
    if not isinstance(geometry, dict):
        return None
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
        if shape is None or shape.is_empty:
            return None
        inside = shape if shape.geom_type == "Point" else shape.representative_point()
        return _point(float(shapely.get_y(inside)), float(shapely.get_x(inside)))
    except (ShapelyError, ValueError, RecursionError):
        return None


def _problem(element: Element, form: str | None) -> str:
    if not element.osm_id:
        return "no_id"
    if not element.tags:
        return "no_tags"
    if not may_be_support(element.tags):
        return "not_social_facility"
    if form is None:
        return "no_form"
    return "" if element.point else "no_coordinates"


def _row(element: Element, keys: Sequence[str]) -> list[Cell]:
    tags = dict(element.tags)
    form = form_of_tags(tags)
    other_hours = ""
    if "opening_hours" in tags:
        try:
            check(tags["opening_hours"])
        except OpeningHoursError:
            other_hours = tags.pop("opening_hours")
    latitude, longitude = element.point or (None, None)
    own: list[Cell] = [element.osm_id, _problem(element, form), other_hours, latitude, longitude, form]
    return [*own, *(tags.get(key) for key in keys)]


def _tag_keys(elements: Sequence[Element]) -> list[str]:
    """Return the tags in alphabetical order; of more than a table may have, the most frequent ones."""
    counts = Counter(key for element in elements for key in element.tags)
    most = min(MOST_COLUMNS, MOST_CELLS // len(elements)) - len(OWN_COLUMNS)
    frequent = sorted(counts, key=lambda key: (-counts[key], key))[: max(most, 0)]
    return sorted(frequent)


def _labels(keys: Sequence[str]) -> list[str]:
    """Return a label for each tag; labels that readers of headers take for the same are told apart."""
    taken = set(OWN_COLUMNS)
    labels: dict[str, str] = {}
    # Plain lower-case tags keep their name, so that "Name" cannot take it from "name".
    for key in sorted(keys, key=lambda key: (key != _bare(key), key)):
        label = key
        while _bare(label) in taken or not _bare(label):
            label = f"tag:{label}"
        taken.add(_bare(label))
        labels[key] = label
    return [labels[key] for key in keys]


def _bare(label: str) -> str:
    return "".join(label.replace("*", "").split()).casefold()
