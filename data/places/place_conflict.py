"""A place conflict: the work item, what its words mean on our boundaries, and what was measured for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely import Point, box

from data.places.world import AreaIndex, Gazetteer
from data.store.names import fold
from data.store.query_frames import Row
from geo.crs import GEOGRAPHIC, to_metric

BORDERING_M = 50.0
"""Gminas of two vintages of boundaries that touch may lie a few metres apart."""

_POWIAT_DIGITS = 4
_MEASURED = box(9, 44, 30, 60)
"""Points further from Poland are not measured: EPSG:2180 has no use there, and the distance says nothing."""

ItemFacts = Mapping[str, Any]


@dataclass(frozen=True)
class StatedWords:
    """
    What the words of an item mean on our boundaries; empty where they mean nothing we know.

    `prefixes` are codes of the stated powiat, or of the voivodeship when no powiat is known; several when a name is
    that of several and nothing tells which. `near_codes` are the stated gminas, else those of the stated powiat.
    """

    gmina_codes: frozenset[str]
    prefixes: tuple[str, ...]
    near_codes: frozenset[str]

    def has(self, gmina_code: str) -> bool:
        """Tell whether a gmina is one of the stated, or lies in the stated powiat or voivodeship when none is."""
        return gmina_code in self.gmina_codes if self.gmina_codes else gmina_code.startswith(self.prefixes)


@dataclass
class Conflict:
    """An item with what was measured for it."""

    item: Row
    stated: StatedWords
    points: list[Point]
    """Where the item's subject lies: its coordinate, or the gazetteer's places of its name in the gmina found."""
    gmina_if_swapped: str | None = None
    nearest_stated: tuple[str, float] | None = None
    """The nearest gmina of `near_codes` and its distance in metres, 0 inside."""
    is_bordering: bool = False
    """Tell whether the gmina of the point touches a stated one."""

    @property
    def facts(self) -> ItemFacts:
        """The facts of the item."""
        facts: ItemFacts = self.item["facts"]
        return facts


def read_conflict(item: Row, areas: AreaIndex, gazetteer: Gazetteer) -> Conflict:
    """Return what the facts of an item say; nothing is measured yet."""
    facts: ItemFacts = item["facts"]
    points: list[Point] = []
    if facts.get("latitude") is not None and facts.get("longitude") is not None:
        points = [Point(facts["longitude"], facts["latitude"])]
    elif facts.get("gmina_of_point"):
        name = facts.get("name") or facts.get("locality_name") or ""
        points = [place.point for place in gazetteer.named(name, within=[facts["gmina_of_point"]])]
    return Conflict(item, _stated_words(facts, areas), points)


def _stated_words(facts: ItemFacts, areas: AreaIndex) -> StatedWords:
    """Read the words; localities state no voivodeship, and a powiat's name may be that of several."""
    known = areas.voivodeship_of_name
    voivodeship = facts.get("voivodeship_code") or facts.get("voivodeship")
    voivodeships = [voivodeship] if voivodeship else sorted(known.values())
    if facts.get("stated_voivodeship"):
        voivodeships = [known.get(fold(facts["stated_voivodeship"]), "")]
    name = facts.get("stated_powiat_name") or facts.get("stated_powiat")
    powiats = [areas.powiat(name, voivodeship_code=code) for code in voivodeships] if name else []
    prefixes = tuple(filter(None, powiats)) or tuple(filter(None, voivodeships))
    if facts.get("stated_codes"):
        gminas = frozenset(facts["stated_codes"])
    else:
        gmina = facts.get("stated_gmina_name") or facts.get("stated_gmina") or ""
        # The gazetteer names the part of an urban-rural gmina: "Zmyślona Wola-obszar wiejski".
        bare = gmina.split("-obszar wiejski")[0].split("-miasto")[0]
        gminas = frozenset(
            chain.from_iterable(areas.gminas_named(bare, within=prefix) for prefix in prefixes)
        )
    powiat_codes = [prefix for prefix in prefixes if len(prefix) == _POWIAT_DIGITS]
    near = gminas or frozenset(chain.from_iterable(areas.gminas_within(code) for code in powiat_codes))
    return StatedWords(gminas, prefixes, near)


def measure(conflicts: Sequence[Conflict], areas: AreaIndex) -> None:
    """Fill in what has to be measured, for all conflicts in a few passes over arrays."""
    located = [case for case in conflicts if case.points]
    swapped = areas.gminas_of([_swapped(case.points[0]) for case in located])
    pairs = [
        (case, code, point)
        for case in located
        for code in sorted(case.stated.near_codes)
        for point in case.points
        if _MEASURED.intersects(point)
    ]
    found = [case.facts.get("gmina_of_point") for case in located]
    shapes = metric_shapes(areas, {*(code for _, code, _ in pairs), *filter(None, found)})
    for case, gmina_code in zip(located, swapped, strict=True):
        case.gmina_if_swapped = gmina_code
    if not pairs:
        return
    points = to_metric(gpd.GeoSeries([point for *_, point in pairs], crs=GEOGRAPHIC)).to_numpy()
    stated = np.array([shapes[code] for _, code, _ in pairs], dtype=object)
    own = np.array([shapes.get(case.facts.get("gmina_of_point")) for case, *_ in pairs], dtype=object)
    distances = shapely.distance(points, stated)
    borders = shapely.dwithin(own, stated, BORDERING_M)
    for (case, code, _), distance_m, is_bordering in zip(pairs, distances, borders, strict=True):
        if case.nearest_stated is None or distance_m < case.nearest_stated[1]:
            case.nearest_stated = (code, float(distance_m))
            case.is_bordering = bool(is_bordering)


def metric_shapes(areas: AreaIndex, codes: Iterable[str]) -> dict[str | None, Any]:
    """Return the polygons of some gminas in metres, by code."""
    wanted = areas.gminas[areas.gminas["area_code"].isin(list(codes))]
    return dict(zip(wanted["area_code"], to_metric(wanted[["area_code", "geometry"]]).geometry, strict=True))


def _swapped(point: Point) -> Point | None:
    return Point(point.y, point.x) if abs(point.x) <= 90 else None
