"""Where names stand on a printed map: beside marks, in their own area where one is told, never upon each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
import shapely

from layers.export.layout import Box
from layers.export.paper import Typeface

MOST_NAMES: Final = 12
FACE: Final = Typeface(8)
_ASIDE_MM: Final = 2.8
_DOWN_MM: Final = (0.0, -3.4, 3.4, -5.6, 5.6)
_GRID_MM: Final = sorted(
    ((1.0 * right, 1.0 * down) for right in range(-18, 19) for down in range(-18, 19)),
    key=lambda shift: float(np.hypot(*shift)),
)
"""How far from its point a name may stand: the nearest first."""
LED_TOWNS: Final = 3
"""So many of the largest towns are named aside, with a line, before they are left without a name."""
_LINE_END_MM: Final = 1.5


@dataclass(frozen=True)
class Sign:
    """What is drawn at a point of the sheet, in millimetres: a mark, never covered, or a circle of a number."""

    x: float
    y: float
    radius: float
    is_number: bool = False

    @cached_property
    def box(self) -> Box:
        """The square around it."""
        return Box(self.x - self.radius, self.y - self.radius, 2 * self.radius, 2 * self.radius)


@dataclass(frozen=True)
class PlacedName:
    """A name, where it stands on the sheet, and the ends of the line to its area, if it stands aside of it."""

    name: str
    box: Box
    line: tuple[tuple[float, float], ...] = ()


def place_names(
    towns: pd.DataFrame,
    signs: Sequence[Sign],
    box: Box,
    *,
    most: int = MOST_NAMES,
    led: int = LED_TOWNS,
    own_share: float = 0.0,
) -> list[PlacedName]:
    """
    Return where names stand, each at the first place that is free: see `_tried`.

    Parameters
    ----------
    towns
        `name`, `x`, `y` in millimetres of the sheet, the most important first; `area`, if known, its shape there.
    signs
        What names leave to be seen: a town that has no room beside them is left without a name.
    box
        Where the map may be drawn.
    most
        So many names at most.
    led
        So many of the first are named aside, with a line, where there is no room in their area.
    own_share
        The part of a name that lies in its own area where no line leads to it: a town is known by its point, of an
        area a name in its neighbour would be the neighbour's.
    """
    placed: list[PlacedName] = []
    columns = ["name", "x", "y", "area"]
    for rank, (name, x, y, area) in enumerate(towns.reindex(columns=columns).itertuples(index=False)):
        if len(placed) == most:
            break
        inside = (
            (one, in_way)
            for one, in_way in _tried(name, (x, y), area, signs)
            if _is_inside(one, box) and _is_in(one, area, own_share)
        )
        free = next((one for one, in_way in inside if _is_free(one, in_way, placed)), None)
        if free is not None:
            placed.append(PlacedName(name, free))
        elif rank < led and isinstance(area, shapely.Geometry):
            aside = (_around(name, x + right, y + down) for right, down in _GRID_MM)
            found = [one for one in aside if _is_inside(one, box) and _is_free(one, signs, placed)]
            others = [other for other in towns["area"] if other is not area] if own_share else []
            # Beside the country rather than in a neighbour.
            free = next((one for one in found if not _touches(one, others)), next(iter(found), None))
            placed += [PlacedName(name, free, _line_between(free, area, (x, y)))] if free else []
    return placed


def _around(name: str, x: float, y: float) -> Box:
    width, height = FACE.width_mm(name) + 0.8, FACE.line_mm
    return Box(x - width / 2, y - height / 2, width, height)


def _line_between(
    box: Box, area: shapely.Geometry, town: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    """Return the shortest line from a name to its area, and a little on towards the town: it ends in no neighbour."""
    start, border = shapely.get_coordinates(shapely.shortest_line(_shape(box), area))
    inwards = np.subtract(town, border)
    end = border + inwards * min(1.0, _LINE_END_MM / max(float(np.hypot(*inwards)), 0.1))
    return tuple((float(x), float(y)) for x, y in (start, end))


def _tried(
    name: str, at: tuple[float, float], area: object, signs: Sequence[Sign]
) -> Iterator[tuple[Box, Sequence[Sign]]]:
    """
    Return where a name may stand, the best first, with the signs that would be in its way there.

    At the point of the town, else above, below or beside it or a sign there. Between the marks of a large town there is
    no room: Libiąż was named and Kraków was not. So its name may stand elsewhere in its own area, where it is nobody
    else's; then upon its own circle of a number, if that is seen around the letters: the circles of all gminas of
    Poland leave no room beside any.
    """
    width, height = FACE.width_mm(name) + 0.8, FACE.line_mm
    for right, down in _beside(at, width, height, signs):
        yield _around(name, at[0] + right, at[1] + down), signs
    if not isinstance(area, shapely.Geometry):
        return
    grid = np.add(at, _GRID_MM)
    for x, y in grid[shapely.contains_xy(area, grid)]:
        yield _around(name, x, y), signs
    marks = [sign for sign in signs if not sign.is_number]
    for own in signs:
        if own.is_number and own.radius > height / 2 and shapely.contains_xy(area, own.x, own.y):
            yield _around(name, own.x, own.y), marks


def _beside(
    at: tuple[float, float], width: float, height: float, signs: Sequence[Sign]
) -> Iterator[tuple[float, float]]:
    point = Box(*at, 0.0, 0.0)
    reach = max((sign.radius for sign in signs if _is_overlap(point, sign.box)), default=0.0)
    past = reach + height / 2 + 0.1
    aside = width / 2 + max(_ASIDE_MM, reach + 0.7)
    for right in (0.0, aside, -aside):
        for down in (*_DOWN_MM, -past, past):
            yield right, down


def _is_inside(one: Box, box: Box) -> bool:
    return (
        one.left >= box.left
        and one.top >= box.top
        and one.left + one.width <= box.left + box.width
        and one.top + one.height <= box.top + box.height
    )


def _is_in(one: Box, area: object, share: float) -> bool:
    if not share or not isinstance(area, shapely.Geometry):
        return True
    name = _shape(one)
    return bool(shapely.intersection(name, area).area >= share * name.area)


def _touches(one: Box, areas: Sequence[shapely.Geometry]) -> bool:
    return bool(shapely.intersects(_shape(one), areas).any()) if len(areas) else False


def _shape(one: Box) -> shapely.Polygon:
    return shapely.box(one.left, one.top, one.left + one.width, one.top + one.height)


def _is_free(one: Box, signs: Sequence[Sign], names: Sequence[PlacedName]) -> bool:
    return not any(_is_overlap(one, name.box) for name in names) and not any(
        _is_overlap(one, sign.box) for sign in signs
    )


def _is_overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )
