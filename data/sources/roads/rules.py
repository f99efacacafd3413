"""
Roads as files have them: stretches, and who may use one, in which direction and how fast, from its tags.

The rules are few on purpose. Turn restrictions, gates and bollards, ferries, opening hours of roads, hills and
traffic are not known here; docs/roads.md says so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geo.errors import SupportMapError

CAR_KMH: Mapping[str, float] = {
    "motorway": 90,
    "motorway_link": 45,
    "trunk": 85,
    "trunk_link": 40,
    "primary": 65,
    "primary_link": 30,
    "secondary": 55,
    "secondary_link": 25,
    "tertiary": 40,
    "tertiary_link": 20,
    "unclassified": 25,
    "residential": 25,
    "living_street": 10,
    "service": 15,
}
"""Speed by `highway` where no limit is tagged: OSRM's profiles/car.lua. Roads of other classes are closed to cars."""
LIMIT_SHARE = 0.8
"""What share of a tagged limit is driven on average: `speed_reduction` of the same profile."""
LEGAL_KMH: Mapping[str, float] = {
    "PL:living_street": 20,
    "PL:urban": 50,
    "PL:rural": 90,
    "PL:trunk": 100,
    "PL:motorway": 140,
}
"""
Limits that are tagged by the kind of place: art. 20 of the Road Traffic Act (Prawo o ruchu drogowym). An expressway
with one carriageway has 100 km/h, with two 120; the tag does not say which, so the lower is taken.
"""
FOOT = frozenset(
    {
        "primary",
        "primary_link",
        "secondary",
        "secondary_link",
        "tertiary",
        "tertiary_link",
        "unclassified",
        "residential",
        "living_street",
        "service",
        "track",
        "path",
        "steps",
        "pedestrian",
        "footway",
        "road",
    }
)
"""`highway` open to walkers without a word: profiles/foot.lua of OSRM. Motorways, expressways and cycleways are not."""

_CLOSED = frozenset({"no", "private", "agricultural", "forestry", "emergency", "military", "use_sidepath"})
_OPEN = frozenset({"yes", "designated", "permissive"})
_KM_IN_MILE = 1.609344
_SLOWEST_KMH, _FASTEST_KMH = 1.0, 150.0


@dataclass(frozen=True)
class RoadUse:
    """
    How a road may be used.

    Attributes
    ----------
    car_kmh, car_back_kmh
        Speed of a car along the road as it is drawn and against it; 0 where it may not go.
    is_foot
        Whether people may walk along it; they may walk in both directions, against one-way traffic too.
    """

    car_kmh: float
    car_back_kmh: float
    is_foot: bool


def road_use(tags: Mapping[str, str]) -> RoadUse:
    """
    Read the tags of a road.

    Parameters
    ----------
    tags
        Tags of OpenStreetMap. A value may be a list as OSMnx writes it for a stretch made of several roads
        (`['20', '30']`): of classes the slowest counts, a mode may pass only where it may pass on all, and of
        limits the mean is taken, as OSMnx does.
    """
    classes = listed(tags.get("highway", ""))
    if not classes or tags.get("area") == "yes":
        return RoadUse(0, 0, is_foot=False)
    is_road = all(name in CAR_KMH for name in classes)
    car_kmh = 0.0
    if is_road and _is_open(tags, "motorcar", "motor_vehicle", "vehicle", "access", default=True):
        limit = speed_limit_kmh(tags.get("maxspeed", ""))
        car_kmh = min(CAR_KMH[name] for name in classes) if limit is None else LIMIT_SHARE * limit
    is_walked = all(name in FOOT for name in classes) and tags.get("motorroad") != "yes"
    is_foot = _is_open(tags, "foot", "access", default=is_walked) and (is_walked or "foot" in tags)
    forward, backward = _directions(tags, classes)
    return RoadUse(car_kmh * forward, car_kmh * backward, is_foot=is_foot)


def speed_limit_kmh(text: str) -> float | None:
    """Return the mean of the limits in a `maxspeed`, in km/h; None where none of them can be read."""
    limits = [limit for word in listed(text) if (limit := _limit_kmh(word)) is not None]
    return sum(limits) / len(limits) if limits else None


def listed(text: str) -> list[str]:
    """Return the values of a tag: one, several with semicolons, or a list as Python writes it."""
    return [word for part in re.split(r"[\[\]',;|\"]+", text) if (word := part.strip())]


def _limit_kmh(word: str) -> float | None:
    if word in LEGAL_KMH:
        return LEGAL_KMH[word]
    found = re.fullmatch(r"(?:PL:zone:?)?(\d{1,3}(?:\.\d+)?)\s*(mph|km/h)?", word)
    if not found:
        return None
    kmh = float(found[1]) * (_KM_IN_MILE if found[2] == "mph" else 1)
    return kmh if _SLOWEST_KMH <= kmh <= _FASTEST_KMH else None


def _is_open(tags: Mapping[str, str], *keys: str, default: bool) -> bool:
    """Tell whether the most special of the tags opens the road; `default` when none of them says."""
    for key in keys:
        values = listed(tags.get(key, ""))
        if values:
            if any(value in _CLOSED for value in values):
                return False
            return default or all(value in _OPEN for value in values)
    return default


def _directions(tags: Mapping[str, str], classes: list[str]) -> tuple[bool, bool]:
    """Tell whether cars may go along the road as it is drawn, and against it."""
    oneway = tags.get("oneway", "").lower()
    if oneway in {"-1", "reverse"}:
        return False, True
    if oneway == "no":
        return True, True
    is_oneway = (
        oneway in {"yes", "true", "1"}
        or tags.get("junction") in {"roundabout", "circular"}
        or any(name in {"motorway", "motorway_link"} for name in classes)
    )
    return True, not is_oneway


class RoadGraphError(SupportMapError, ValueError):
    """A file of roads cannot be read, or holds no roads."""


class NoRoadsError(RoadGraphError):
    """A way by car or on foot is asked for where no road network is loaded."""


@dataclass(frozen=True, eq=False)
class Stretches:
    """
    Stretches of road as a file has them, before anything is measured.

    Attributes
    ----------
    node_xy
        Coordinates of the nodes, in `crs`.
    start, end
        Positions of the nodes that each stretch leads from and to.
    lines
        The line of each stretch, from start to end, in `crs`.
    length_m
        Length of each stretch.
    uses
        Who may use each stretch.
    crs
        Name of the coordinate system, axes east first.
    """

    node_xy: NDArray[np.float64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    lines: NDArray[np.object_]
    length_m: NDArray[np.float64]
    uses: Sequence[RoadUse]
    crs: str


def broken(path: Path, expected: str, found: str, remedy: str) -> RoadGraphError:
    """Make the error of a file of roads."""
    return RoadGraphError(
        f"{path.name}: expected {expected}, found {found[:200]}. {remedy}.", file=path.name, found=found
    )
