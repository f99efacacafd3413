"""A small road network of the example: between the places about the two cities, and nowhere else."""

from collections.abc import Iterator
from itertools import combinations

from data.example.ground import Point, degrees, distance
from data.example.places import Places
from data.example.units import Units

_AROUND_KM = 26.0
_STREETS_KM = (0.4, 0.8, 1.3)
_DETOUR = 1.18
"""A road between two places is this much longer than the straight line."""
_LONGEST_KM = 11.0


def graphml(units: Units, places: Places) -> str:
    """Return the network as OSMnx writes it: a directed graph in degrees, lengths in metres."""
    points = _points(units, places)
    pairs = sorted(set(_roads(points)))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        '<key id="c" for="graph" attr.name="crs" attr.type="string"/>',
        '<key id="x" for="node" attr.name="x" attr.type="string"/>',
        '<key id="y" for="node" attr.name="y" attr.type="string"/>',
        '<key id="h" for="edge" attr.name="highway" attr.type="string"/>',
        '<key id="l" for="edge" attr.name="length" attr.type="string"/>',
        '<graph edgedefault="directed"><data key="c">epsg:4326</data>',
    ]
    for number, point in enumerate(points):
        east, north = degrees(point)
        lines.append(f'<node id="{number}"><data key="x">{east}</data><data key="y">{north}</data></node>')
    for one, other in pairs:
        km = distance(points[one], points[other])
        kind = "secondary" if km > 4 else "tertiary" if km > 1.5 else "residential"
        length = round(km * 1000 * (_DETOUR if km > 1.5 else 1.0))
        for start, end in ((one, other), (other, one)):
            lines.append(
                f'<edge source="{start}" target="{end}"><data key="h">{kind}</data><data key="l">{length}</data></edge>'
            )
    return "\n".join([*lines, "</graph></graphml>", ""])


def _points(units: Units, places: Places) -> list[Point]:
    """Return the places about the cities, and crossings of streets around the middle of each city."""
    points = [
        locality.point
        for localities in places.by_gmina.values()
        for locality in localities
        if any(distance(locality.point, city.seat) < _AROUND_KM for city in units.cities)
    ]
    for city in units.cities:
        east, north = places.seat(city).point
        points += [
            (east + step * dx, north + step * dy)
            for step in _STREETS_KM
            for dx, dy in (
                (1, 0),
                (0.7, 0.7),
                (0, 1),
                (-0.7, 0.7),
                (-1, 0),
                (-0.7, -0.7),
                (0, -1),
                (0.7, -0.7),
            )
        ]
    return points


def _roads(points: list[Point]) -> Iterator[tuple[int, int]]:
    """Give pairs of neighbours: no third place is nearer to both than they are to each other (relative neighbours)."""
    for one, other in combinations(range(len(points)), 2):
        km = distance(points[one], points[other])
        if 0 < km < _LONGEST_KM and not any(
            max(distance(points[one], third), distance(points[other], third)) < km for third in points
        ):
            yield one, other
