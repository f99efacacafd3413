"""Names on a printed map, of its main towns or of its voivodeships: beside marks and never upon each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.registry.registry import Registry
from data.store.plain_text import plain_text
from geo.crs import to_metric
from geo.teryt import COUNTRY
from layers.export.layout import Box
from layers.export.paper import MM_PER_POINT, Sheet, Typeface
from layers.text.style import PAPER, TEXT
from layers.view.view import View

MOST_NAMES: Final = 12
FACE: Final = Typeface(8)
GROUND_ALPHA: Final = 0.7
"""Of the paper under a name: enough to be read on dark classes, little enough to leave the colour to be seen."""
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
_OWN_SHARE: Final = 0.7
"""Of the name of a voivodeship: so much of it stands in it, or a line leads there."""


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
class Ground:
    """Where the map lies on the sheet: its box in millimetres, its upper left corner in EPSG:2180, and its scale."""

    box: Box
    west: float
    north: float
    metres_per_mm: float

    def on_sheet(self, points: gpd.GeoSeries) -> tuple[np.ndarray, np.ndarray]:
        """Return where points of EPSG:2180 stand on the sheet, in millimetres from its upper left corner."""
        xy = shapely.get_coordinates(points.to_numpy())
        return (
            self.box.left + (xy[:, 0] - self.west) / self.metres_per_mm,
            self.box.top + (self.north - xy[:, 1]) / self.metres_per_mm,
        )

    def shapes_on_sheet(self, shapes: gpd.GeoSeries) -> gpd.GeoSeries:
        """Return areas of EPSG:2180 as they lie on the sheet."""
        per_metre = 1 / self.metres_per_mm
        left, top = self.box.left - self.west * per_metre, self.box.top + self.north * per_metre
        return shapes.set_crs(None, allow_override=True).affine_transform(
            [per_metre, 0, 0, -per_metre, left, top]
        )


@dataclass(frozen=True)
class PlacedName:
    """A name, where it stands on the sheet, and the ends of the line to its area, if it stands aside of it."""

    name: str
    box: Box
    line: tuple[tuple[float, float], ...] = ()


def map_names(registry: Registry, view: View) -> gpd.GeoDataFrame:
    """
    Return what a printed map names, as `main_towns` has it: of a map of all voivodeships these, else its main towns.

    With `is_area`: whether the names are those of the areas that the map is of, of which none may be left out.
    """
    is_area = view.level == "voivodeship" and view.scope == COUNTRY
    names = _voivodeships(registry) if is_area else main_towns(registry, view.scope)
    return names.assign(is_area=is_area)


def _voivodeships(registry: Registry) -> gpd.GeoDataFrame:
    areas = registry.areas_of_level("voivodeship").sort_values("area_code")
    return _points(areas)


def _points(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "name": areas["name"].map(plain_text).to_numpy(),
            "area": to_metric(areas.geometry).to_numpy(),
        },
        geometry=to_metric(gpd.GeoSeries(areas["label_point"].to_numpy(), crs=areas.crs)),
    )


def main_towns(registry: Registry, scope: str) -> gpd.GeoDataFrame:
    """
    Return the towns of a scope as points, the largest first: `name`, `area` (its gmina) and geometry, EPSG:2180.

    Gminas by the people of their largest town; where none has a town (the invented region), by all their people.
    """
    gminas = registry.named_areas("gmina")
    if scope != COUNTRY:
        gminas = gminas[gminas["voivodeship_code"] == scope]
    persons = gminas["town_persons"]
    if persons.isna().all():
        persons = gminas["area_code"].map(registry.residents)
    largest = persons.dropna().sort_values(ascending=False, kind="stable").index[: 4 * MOST_NAMES]
    return _points(gminas.loc[largest])


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


def draw_names(sheet: Sheet, towns: gpd.GeoDataFrame, signs: gpd.GeoDataFrame, ground: Ground) -> None:
    """
    Write the names of towns, each on a ground that lets it be read on every colour.

    Parameters
    ----------
    towns
        As `map_names` gives them.
    signs
        Marks or symbols of the map, EPSG:2180: `radius_pt`, `is_number`.
    """
    drawn = [
        Sign(x, y, radius * MM_PER_POINT, is_number)
        for x, y, radius, is_number in zip(
            *ground.on_sheet(signs.geometry), signs["radius_pt"], signs["is_number"], strict=True
        )
    ]
    x, y = ground.on_sheet(towns.geometry)
    on_sheet = pd.DataFrame({"name": towns["name"], "x": x, "y": y})
    if "area" in towns:
        on_sheet["area"] = ground.shapes_on_sheet(gpd.GeoSeries(towns["area"]))
    # Of a map of voivodeships each is named; of many towns the first that have room.
    are_areas = "is_area" in towns and bool(towns["is_area"].all())
    placed = (
        place_names(on_sheet, drawn, ground.box, most=len(towns), led=len(towns), own_share=_OWN_SHARE)
        if are_areas
        else place_names(on_sheet, drawn, ground.box)
    )
    for one in placed:
        if one.line:
            across, down = zip(*one.line, strict=True)
            sheet.plane.plot(across, down, color=TEXT, linewidth=0.7, gid="place-name-line")
        sheet.plane.text(
            one.box.left + one.box.width / 2,
            one.box.top + one.box.height / 2,
            one.name,
            fontproperties=FACE.font,
            color=FACE.colour,
            ha="center",
            va="center",
            parse_math=False,
            gid="place-name",
            # A ground and no outline of the letters: letters with an outline would become shapes in SVG.
            bbox={"facecolor": PAPER, "alpha": GROUND_ALPHA, "linewidth": 0, "pad": 0.6},
        )


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
