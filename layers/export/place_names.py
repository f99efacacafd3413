"""Names of the main towns on a printed map: the largest first, beside marks and never upon each other."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from layers.text.style import PAPER

MOST_NAMES: Final = 12
FACE: Final = Typeface(8)
GROUND_ALPHA: Final = 0.7
"""Of the paper under a name: enough to be read on dark classes, little enough to leave the colour to be seen."""
_ASIDE_MM: Final = 2.8
_DOWN_MM: Final = (0.0, -3.4, 3.4, -5.6, 5.6)


@dataclass(frozen=True)
class Sign:
    """What is drawn at a point of the sheet, in millimetres; it is never covered."""

    x: float
    y: float
    radius: float

    @property
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


@dataclass(frozen=True)
class PlacedName:
    """A name and where it stands on the sheet."""

    name: str
    box: Box


def main_towns(registry: Registry, scope: str) -> gpd.GeoDataFrame:
    """
    Return the towns of a scope as points, the largest first: `name` and geometry, EPSG:2180.

    Gminas by the people of their largest town; where none has a town (the invented region), by all their people.
    """
    gminas = registry.named_areas("gmina")
    if scope != COUNTRY:
        gminas = gminas[gminas["voivodeship_code"] == scope]
    persons = gminas["town_persons"]
    if persons.isna().all():
        persons = gminas["area_code"].map(registry.residents)
    largest = persons.dropna().sort_values(ascending=False, kind="stable").index[: 4 * MOST_NAMES]
    towns = gminas.loc[largest]
    return gpd.GeoDataFrame(
        {"name": towns["name"].map(plain_text).to_numpy()},
        geometry=to_metric(gpd.GeoSeries(towns["label_point"].to_numpy(), crs=gminas.crs)),
    )


def place_names(towns: pd.DataFrame, signs: Sequence[Sign], box: Box) -> list[PlacedName]:
    """
    Return where names stand: at their point, else above, below or beside it or a sign there, else nowhere.

    Parameters
    ----------
    towns
        `name`, `x`, `y` in millimetres of the sheet, the most important first.
    signs
        What names leave to be seen: a town that has no room beside them is left without a name.
    box
        Where the map may be drawn.
    """
    placed: list[PlacedName] = []
    for name, town_x, town_y in towns[["name", "x", "y"]].itertuples(index=False):
        if len(placed) == MOST_NAMES:
            break
        width, height = FACE.width_mm(name) + 0.8, FACE.line_mm
        at = Box(town_x, town_y, 0.0, 0.0)
        reach = max((sign.radius for sign in signs if _is_overlap(at, sign.box)), default=0.0)
        past = reach + height / 2 + 0.1
        aside = width / 2 + max(_ASIDE_MM, reach + 0.7)
        downs = (*_DOWN_MM, -past, past)
        middles = [(town_x + right, town_y + down) for right in (0.0, aside, -aside) for down in downs]
        taken = [*(other.box for other in placed), *(sign.box for sign in signs)]
        boxes = (Box(x - width / 2, y - height / 2, width, height) for x, y in middles)
        free = next(
            (
                one
                for one in boxes
                if _is_inside(one, box) and not any(_is_overlap(one, other) for other in taken)
            ),
            None,
        )
        if free is not None:
            placed.append(PlacedName(name, free))
    return placed


def draw_names(sheet: Sheet, towns: gpd.GeoDataFrame, signs: gpd.GeoDataFrame, ground: Ground) -> None:
    """
    Write the names of towns, each on a ground that lets it be read on every colour.

    Parameters
    ----------
    towns
        As `main_towns` gives them.
    signs
        Marks or symbols of the map, EPSG:2180: `radius_pt`.
    """
    drawn = [
        Sign(x, y, radius * MM_PER_POINT)
        for x, y, radius in zip(*ground.on_sheet(signs.geometry), signs["radius_pt"], strict=True)
    ]
    x, y = ground.on_sheet(towns.geometry)
    for one in place_names(pd.DataFrame({"name": towns["name"], "x": x, "y": y}), drawn, ground.box):
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


def _is_overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )
