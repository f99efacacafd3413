"""What the address service answers: which of its results are the address that was asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shapely import Point

from data.store.names import fold

_UNIT_LEVELS = 4
"""`jednostka` is "{Polska,voivodeship,powiat,gmina}"."""
_GRADES = {"address": "door", "street": "street"}
"""By `type` of the answer; that of `city` says no more than our gazetteer."""
_STREET = "ulica"
_KINDS = {"ul": _STREET, "ulica": _STREET, "al": "aleja", "aleja": "aleja", "aleje": "aleja"} | {
    "pl": "plac",
    "plac": "plac",
    "os": "osiedle",
    "osiedle": "osiedle",
}
_TITLES = frozenset({"im", "imienia", "sw", "swietego", "swietej", "ks", "ksiedza", "gen", "generala", "dr"})
_SURNAME = re.compile(r"(?:ego|ej|icza|[iy])$")
"""Ends a name in the genitive. "Kopernika" ends like "Boczna", which is another street than "Podmiejska Boczna"."""


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


def same_street(first: str | None, second: str | None) -> bool:
    """
    Whether two names are of one street.

    "ul. Kościuszki" is "Tadeusza Kościuszki" and "T. Kościuszki": forenames and titles are left out by some.
    "pl. Kościuszki" is another, and "3 Maja" is not "1 Maja".
    """
    one, other = _kind_and_words(first), _kind_and_words(second)
    if one[0] != other[0]:
        return False
    shorter, longer = sorted((one[1], other[1]), key=len)
    left_out = len(longer) - len(shorter)
    if not shorter or left_out == 0:
        return _same_words(shorter, longer)
    is_surname = bool(_SURNAME.search(shorter[-1]))
    is_forename = not any(word[0].isdigit() for word in longer[:left_out])
    return is_surname and is_forename and _same_words(shorter, longer[left_out:])


def _candidate(result: Mapping[str, Any], address: DoorAddress, kind: str) -> Candidate | None:
    point = _point(result)
    grade = _GRADES.get(kind)
    if (
        point is None
        or grade is None
        or fold(_text(result, "city")) != fold(address.locality_name)
        or not same_street(_text(result, "street"), address.street)
        or (grade == "door") != bool(address.house_number)
        or (grade == "door" and _number(_text(result, "number")) != _number(address.house_number or ""))
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


def _same_words(one: list[str], other: list[str]) -> bool:
    """Tell whether words are the same, or one of them the initial of the other."""
    return len(one) == len(other) and all(
        first == second or (1 in {len(first), len(second)} and first[0] == second[0])
        for first, second in zip(one, other, strict=True)
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


def _number(text: str) -> str:
    return "".join(text.casefold().split())


def _kind_and_words(name: str | None) -> tuple[str, list[str]]:
    """Return the kind of a street, which is "ulica" when not said, and the words of its name without titles."""
    words = fold(name or "").split()
    kind = _KINDS.get(words[0]) if len(words) > 1 else None
    named = words[1:] if kind else words
    return kind or _STREET, [word for word in named if word not in _TITLES] or named
