"""
Facilities as marks: shape and colour tell the group, a number tells how many stand at one point.

A hollow mark says that they stand somewhere in the locality. Many facilities are known only by their town, so a town's
centre may hold dozens: they are one mark with a number, and its popup lists them all.
"""

from typing import Any, ClassVar

import geopandas as gpd
import pandas as pd

from geo.crs import require_geographic
from geo.frames import require_columns
from layers.maps.base import MapPart
from layers.text import style

_COLUMNS = ("facility_id", "mark_group", "label", "details")
_DECIMALS = 6  # 0.1 m: points nearer than that are one place


class FacilityPoints(MapPart):
    """
    Marks of facilities, drawn on the map's canvas above all areas.

    Parameters
    ----------
    services
        One row per service, EPSG:4326; rows without a point are left out. `facility_id`; `mark_group`: code of
        the need group whose mark is drawn; `label`: name of the facility; `details`: list of lines said in the
        popup (form, address, "place known by its town only"…); optional `phones`: list of numbers, shown as
        links; optional `is_coarse`: whether the point is only the middle of a locality (a mark is hollow where all its
        facilities are such); optional `is_new`: whether a scenario opens the facility (it has a mark of
        its own); optional `told`: what is said of the whole place when it is pointed at and above its list. Rows of
        one facility are listed once, with all their lines.

    Raises
    ------
    CrsError
        If the services are not in EPSG:4326.
    FrameError
        If a column is missing.
    """

    call: ClassVar[str] = "facilities"

    def __init__(self, services: gpd.GeoDataFrame) -> None:
        super().__init__(
            {
                "points": facility_points(services),
                "marks": {
                    group: {
                        "shape": mark.shape,
                        "colour": mark.colour,
                        "room": mark.room,
                        "drop": mark.number_drop,
                    }
                    for group, mark in {**style.GROUP_MARKS, "": style.OTHER_MARK}.items()
                },
                "rim": style.MARK_RIM,
                "rimWidth": style.MARK_RIM_WIDTH_PX,
                "radius": style.MARK_RADIUS_PX,
                "newColour": style.SITE_COLOUR,
            }
        )


class MarkSteps(MapPart):
    """
    Two buttons that go from mark to mark in the order of the rows, and say each: for the keyboard, and for any finger.

    Parameters
    ----------
    following, previous
        Names of the buttons, already translated.
    """

    call: ClassVar[str] = "steps"

    def __init__(self, *, following: str, previous: str) -> None:
        super().__init__({"next": following, "previous": previous})


def facility_points(services: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """
    Return one entry per place: `at` (latitude, longitude), `group`, `hollow`, `new`, `told` and its facilities.

    `new` says that a scenario opens one of them; `group` is empty where groups differ or have no mark. Order follows
    the rows.
    """
    require_columns(services, *_COLUMNS, what="services")
    require_geographic(services)
    placed = services[services.geometry.notna() & ~services.geometry.is_empty]
    phones = placed["phones"] if "phones" in placed else pd.Series([[]] * len(placed), index=placed.index)
    coarse, new = (
        placed[name] if name in placed else pd.Series(data=False, index=placed.index)
        for name in ("is_coarse", "is_new")
    )
    told = placed["told"] if "told" in placed else pd.Series(data="", index=placed.index)
    places: dict[tuple[float, float], dict[Any, dict[str, Any]]] = {}
    columns = (
        place_keys(placed),
        placed["facility_id"],
        placed["mark_group"],
        placed["label"],
        placed["details"],
        phones,
        coarse,
        new,
        told,
    )
    for at, facility_id, group, label, details, numbers, is_coarse, is_new, of_place in zip(
        *columns, strict=True
    ):
        facility = places.setdefault(at, {}).setdefault(
            facility_id,
            {"label": _text(label), "lines": [], "phones": [], "groups": set()}
            | {"coarse": bool(is_coarse), "new": bool(is_new), "told": _text(of_place)},
        )
        facility["groups"].add(group if group in style.GROUP_MARKS else "")
        _add_new(facility["lines"], details)
        _add_new(facility["phones"], numbers)
    return [_entry(at, list(facilities.values())) for at, facilities in places.items()]


def place_keys(placed: gpd.GeoDataFrame) -> list[tuple[float, float]]:
    """Return latitude and longitude of each row: rows of the same are drawn as one place."""
    return [(round(point.y, _DECIMALS), round(point.x, _DECIMALS)) for point in placed.geometry]


def _entry(at: tuple[float, float], facilities: list[dict[str, Any]]) -> dict[str, Any]:
    groups = set().union(*(facility["groups"] for facility in facilities))
    listed = [[one["label"], one["lines"], one["phones"]] for one in facilities]
    return {
        "at": list(at),
        "group": groups.pop() if len(groups) == 1 else "",
        "hollow": all(facility["coarse"] for facility in facilities),
        "new": any(facility["new"] for facility in facilities),
        "told": next((facility["told"] for facility in facilities if facility["told"]), ""),
        "facilities": listed,
    }


def _text(value: Any) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - NaN


def _add_new(known: list[str], more: Any) -> None:
    """Append texts that are not yet there; a missing list counts as empty."""
    for line in more if isinstance(more, list | tuple) else []:
        text = _text(line)
        if text and text not in known:
            known.append(text)
