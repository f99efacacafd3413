"""The ground of the example: a lattice of small hexagons on the open sea, and the borders between groups of them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Point = tuple[float, float]
"""Kilometres east and north of the middle of the region."""
Cell = tuple[int, int]
"""Column and row of a hexagon."""
Corner = tuple[int, int]
"""A corner of hexagons in halves of their width and halves of their side: whole numbers, so that neighbours agree."""

SIDE_KM = 0.9
"""A hexagon has 2.1 square kilometres."""
MIDDLE = (55.44, 17.45)
"""Latitude and longitude: the open Baltic, where a file opened over a real map cannot be taken for a real place."""
SMOOTHING = 3
_KM_PER_DEGREE = 111.32
_WIDTH_KM = math.sqrt(3) * SIDE_KM
_CORNERS = ((0, 2), (1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1))
"""Corners of a hexagon about its middle, from the north, clockwise."""


def middle_of(cell: Cell) -> Point:
    """Return the middle of a hexagon; every second row is moved by half a hexagon."""
    column, row = cell
    return (column + (row % 2) / 2) * _WIDTH_KM, row * 1.5 * SIDE_KM


def degrees(point: Point) -> Point:
    """Return longitude and latitude of a point to six digits, which is less than a step."""
    latitude, longitude = MIDDLE
    east, north = point
    per_degree_east = _KM_PER_DEGREE * math.cos(math.radians(latitude))
    return round(longitude + east / per_degree_east, 6), round(latitude + north / _KM_PER_DEGREE, 6)


def warped(point: Point) -> Point:
    """Return a point moved by slow waves, so that what is measured from it has no straight or round border."""
    x, y = point
    east = 2.6 * math.sin(y / 7.3 + 0.4) + 1.4 * math.sin(y / 3.1 + x / 9.7) + 3.1 * math.sin(y / 19.0 + 1.9)
    north = 2.4 * math.sin(x / 6.7 + 2.2) + 1.5 * math.sin(x / 2.9 - y / 8.3) + 2.7 * math.sin(x / 23.0 + 0.7)
    return x + east, y + north


def cells_within(east_km: float, north_km: float) -> list[Cell]:
    """Return the hexagons of a box about the middle, row by row."""
    columns, rows = math.ceil(east_km / _WIDTH_KM), math.ceil(north_km / (1.5 * SIDE_KM))
    return [(column, row) for row in range(-rows, rows + 1) for column in range(-columns, columns + 1)]


def neighbours(cell: Cell) -> list[Cell]:
    """Return the six hexagons around one."""
    column, row = cell
    shift = row % 2
    return [
        (column + 1, row),
        (column + shift, row + 1),
        (column + shift - 1, row + 1),
        (column - 1, row),
        (column + shift - 1, row - 1),
        (column + shift, row - 1),
    ]


def joined(group_of: Mapping[Cell, int]) -> dict[Cell, int]:
    """
    Return the groups without splinters: what is not joined to the largest part of its group goes to its neighbours.

    A group keeps its number; each splinter goes to the group that it shares most hexagon sides with.
    """
    found = dict(group_of)
    for splinter in sorted(_splinters(found), key=min):
        inside = set(splinter)
        beside: dict[int, int] = {}
        for cell in splinter:
            for other in neighbours(cell):
                if other in found and other not in inside:
                    beside[found[other]] = beside.get(found[other], 0) + 1
        best = max(sorted(beside), key=lambda group: beside[group]) if beside else None
        for cell in splinter:
            if best is None:
                del found[cell]
            else:
                found[cell] = best
    return found


@dataclass(frozen=True)
class Shape:
    """The border of a group: rings of longitude and latitude, the outer one first, each closed."""

    rings: tuple[tuple[Point, ...], ...]
    area_km2: float


def shapes(group_of: Mapping[Cell, int]) -> dict[int, Shape]:
    """Return the shape of each group; groups beside each other have the very same points between them."""
    loops = {group: _loops(edges) for group, edges in _border_edges(group_of).items()}
    places = _smoothed(loop for of_group in loops.values() for loop in of_group)
    return {group: _shape(of_group, places) for group, of_group in sorted(loops.items())}


def _splinters(group_of: Mapping[Cell, int]) -> list[list[Cell]]:
    parts: dict[int, list[list[Cell]]] = {}
    seen: set[Cell] = set()
    for start, group in group_of.items():
        if start in seen:
            continue
        part, waiting = [], [start]
        seen.add(start)
        while waiting:
            cell = waiting.pop()
            part.append(cell)
            for other in neighbours(cell):
                if other not in seen and group_of.get(other) == group:
                    seen.add(other)
                    waiting.append(other)
        parts.setdefault(group, []).append(part)
    return [part for of_group in parts.values() for part in sorted(of_group, key=len)[:-1]]


def _border_edges(group_of: Mapping[Cell, int]) -> dict[int, dict[Corner, list[Corner]]]:
    """Return the sides between different groups, each directed so that its group is on the right."""
    edges: dict[int, dict[Corner, list[Corner]]] = {}
    for cell, group in group_of.items():
        corners = _corners(cell)
        sides = dict(
            zip(_side_order(cell), zip(corners, corners[1:] + corners[:1], strict=True), strict=True)
        )
        for other, (start, end) in sides.items():
            if group_of.get(other) != group:
                edges.setdefault(group, {}).setdefault(start, []).append(end)
    return edges


def _side_order(cell: Cell) -> list[Cell]:
    """Return the neighbours in the order of the sides: north-east first, clockwise."""
    east, north_east, north_west, west, south_west, south_east = neighbours(cell)
    return [north_east, east, south_east, south_west, west, north_west]


def _corners(cell: Cell) -> list[Corner]:
    column, row = cell
    return [(2 * column + row % 2 + east, 3 * row + north) for east, north in _CORNERS]


def _loops(edges: dict[Corner, list[Corner]]) -> list[list[Corner]]:
    """Return the closed lines of corners that the sides of a group make."""
    left = {start: sorted(ends) for start, ends in edges.items()}
    loops = []
    while left:
        start = min(left)
        loop, at = [start], start
        while True:
            at_ends = left[at]
            end = at_ends.pop(0)
            if not at_ends:
                del left[at]
            if end == start:
                break
            loop.append(end)
            at = end
        loops.append(loop)
    return loops


def _smoothed(loops: Iterable[list[Corner]]) -> dict[Corner, Point]:
    """Return where each corner of a border is: drawn towards its two neighbours, unless three borders meet there."""
    beside: dict[Corner, set[Corner]] = {}
    for loop in loops:
        for start, end in zip(loop, loop[1:] + loop[:1], strict=True):
            beside.setdefault(start, set()).add(end)
            beside.setdefault(end, set()).add(start)
    places = {corner: (corner[0] * _WIDTH_KM / 2, corner[1] * SIDE_KM / 2) for corner in beside}
    for _ in range(SMOOTHING):
        places = {
            corner: _between(places[corner], *(places[other] for other in sorted(others)))
            if len(others) == 2
            else places[corner]
            for corner, others in beside.items()
        }
    return places


def _between(own: Point, one: Point, other: Point) -> Point:
    return tuple(0.5 * own[axis] + 0.25 * (one[axis] + other[axis]) for axis in (0, 1))  # type: ignore[return-value]


def _shape(loops: list[list[Corner]], places: Mapping[Corner, Point]) -> Shape:
    rings = sorted(
        ([places[corner] for corner in loop] for loop in loops), key=lambda ring: -abs(_doubled_area(ring))
    )
    area = (abs(_doubled_area(rings[0])) - sum(abs(_doubled_area(ring)) for ring in rings[1:])) / 2
    return Shape(tuple(tuple(map(degrees, [*ring, ring[0]])) for ring in rings), area)


def _doubled_area(ring: list[Point]) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:] + ring[:1], strict=True))


def distance(one: Point, other: Point) -> float:
    """Return kilometres between two points."""
    return math.hypot(one[0] - other[0], one[1] - other[1])
