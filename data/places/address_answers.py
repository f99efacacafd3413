"""What the address service answers: which of its results are the address that was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely import Point

from data.places.house_numbers import written
from data.places.street_names import same_street
from data.store.names import fold

_UNIT_LEVELS = 4
"""`jednostka` is "{Polska,voivodeship,powiat,gmina}"."""
_GRADES = {"address": "door", "street": "street"}
"""By `type` of the answer; that of `city` says no more than our gazetteer."""


@dataclass(frozen=True)
class DoorAddress:
    """What is asked for; `locality_name` is the village or town of the door, not of the post."""

    locality_name: str
    street: str | None
    house_number: str | None


@dataclass(frozen=True)
class Candidate:
    """
    One answer whose words fit the question; the point is in EPSG:4326.

    `grade` is `door` when the house number is the one asked for, `street` when it is the street only. The area
    names are empty when the service does not say.
    """

    point: Point
    grade: str
    postal_code: str | None = None
    gmina_name: str | None = None
    powiat_name: str | None = None
    voivodeship_name: str | None = None


def candidates(answer: Mapping[str, Any] | None, address: DoorAddress) -> list[Candidate]:
    """
    Return the results of an answer that are the address asked for, by their words.

    Parameters
    ----------
    answer
        As the service gives it: `results` is null or an object of results by number; "found objects" counts
        what the service looked through and is not used.
    """
    results = (answer or {}).get("results")
    if not isinstance(results, dict):
        return []
    kind = str((answer or {}).get("type"))
    found = (_candidate(result, address, kind) for result in results.values() if isinstance(result, dict))
    return [candidate for candidate in found if candidate is not None]


def _candidate(result: Mapping[str, Any], address: DoorAddress, kind: str) -> Candidate | None:
    point = _point(result)
    grade = _GRADES.get(kind)
    if (
        point is None
        or grade is None
        or fold(_text(result, "city")) != fold(address.locality_name)
        or not same_street(_text(result, "street"), address.street)
        or (grade == "door") != bool(address.house_number)
        or (grade == "door" and written(_text(result, "number")) != written(address.house_number or ""))
    ):
        return None
    unit = _text(result, "jednostka").strip("{}").split(",")
    _, voivodeship, powiat, gmina = unit if len(unit) == _UNIT_LEVELS else ("", "", "", "")
    return Candidate(
        point,
        grade,
        _text(result, "code") or None,
        gmina.strip(' "') or _text(result, "commune") or None,
        powiat.strip(' "') or _text(result, "county") or None,
        voivodeship.strip(' "') or _text(result, "voivodeship") or None,
    )


def _point(result: Mapping[str, Any]) -> Point | None:
    """Return the point; x is the longitude, both are text."""
    try:
        longitude, latitude = float(result["x"]), float(result["y"])
    except (KeyError, TypeError, ValueError):
        return None
    is_on_earth = -180 <= longitude <= 180 and -90 <= latitude <= 90
    return Point(longitude, latitude) if is_on_earth else None


def _text(result: Mapping[str, Any], key: str) -> str:
    value = result.get(key)
    return value if isinstance(value, str) else ""
