"""The areas that an area shares a border with."""

from dataclasses import dataclass

import geopandas as gpd
import shapely

from layers.answers.area_table import AreaTable
from layers.answers.measures.world import World
from layers.words.area_facts.figure import Figure
from layers.words.figures import figures_of


@dataclass(frozen=True)
class Neighbour:
    """An area beside this one; `figure` is None when it lies beyond the scope of the view."""

    code: str
    figure: Figure | None


def neighbouring_codes(areas: gpd.GeoDataFrame, code: str) -> tuple[str, ...]:
    """
    Return the areas that share a part of their border with one of them.

    Parameters
    ----------
    areas
        `area_code` and polygons that are one coverage (common borders have common vertices), any CRS.
    code
        One of them.

    Returns
    -------
    codes
        Sorted. Areas that meet in a point only are no neighbours; an area that lies inside another one is one.
    """
    shapes = areas.geometry.to_numpy()
    codes = areas["area_code"].to_numpy()
    shape = shapes[codes == code][0]
    is_near = shapely.intersects(shapes, shape) & (codes != code)
    # The length is in any unit: a border has one, a common corner has none.
    borders = shapely.length(shapely.intersection(shapes[is_near], shape))
    return tuple(sorted(codes[is_near][borders > 0]))


def neighbours_of(world: World, table: AreaTable, code: str) -> tuple[Neighbour, ...]:
    """
    Return the neighbours of an area of a table in the order of codes; which they are is found once.

    Their figure is the first that the card of the area tells: where the people are unknown, no rate of them.
    """
    level, column = table.view.level, next(iter(figures_of(table)), table.view.indicator)
    codes = world.keep(
        ("neighbours", level, code), lambda: neighbouring_codes(world.registry.areas_of_level(level), code)
    )
    return tuple(
        Neighbour(beside, Figure(table, beside, column) if beside in table.rows.index else None)
        for beside in codes
    )
