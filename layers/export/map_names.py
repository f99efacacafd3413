"""What a printed map names, its main towns or its voivodeships, and how names are drawn on the sheet."""

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
from layers.export.paper import MM_PER_POINT, Sheet
from layers.export.place_names import FACE, MOST_NAMES, Sign, place_names
from layers.text.style import PAPER, TEXT
from layers.view.view import View

GROUND_ALPHA: Final = 0.7
"""Of the paper under a name: enough to be read on dark classes, little enough to leave the colour to be seen."""
_OWN_SHARE: Final = 0.7
"""Of the name of a voivodeship: so much of it stands in it, or a line leads there."""


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
