"""The areas that an area shares a border with."""

import geopandas as gpd
import shapely

from layers.answers.measures.world import World


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


def neighbours_in(world: World, level: str, code: str) -> tuple[str, ...]:
    """Return the neighbours of an area of a level, found once."""
    return world.keep(
        ("neighbours", level, code), lambda: neighbouring_codes(world.registry.areas_of_level(level), code)
    )
