"""The map itself on paper: filled areas, symbols and borders in EPSG:2180."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path

from geo.crs import to_metric
from layers.maps.symbol_sizes import symbol_radius
from layers.text.style import (
    AREA_BORDER,
    BOUND_HATCHES,
    MARK_RIM,
    NO_DATA_GROUND,
    NO_DATA_HATCH,
    NO_DATA_LINE,
    PAPER,
    REGION_BORDER,
    ZERO_COLOUR,
    bound_colour,
    class_colours,
)

NO_DATA = "no-data"
ZERO = "zero"
HATCH_WIDTH_PT = 0.6
BOUND_HATCH_WIDTH_PT = 0.5
SYMBOL_ALPHA = 0.75


def area_paths(areas: gpd.GeoDataFrame) -> dict[str, Path]:
    """
    Return each area's outline as one path by `area_code`, EPSG:2180; areas without geometry are left out.

    Holes turn the other way round than shells, because matplotlib fills by winding.
    """
    metric = to_metric(areas)
    shapes = shapely.orient_polygons(metric.geometry.to_numpy())
    return {
        str(code): _path(shape)
        for code, shape in zip(metric["area_code"], shapes, strict=True)
        if shape is not None and not shape.is_empty
    }


def _path(shape: shapely.Geometry) -> Path:
    rings = [ring for part in shapely.get_parts(shape) for ring in shapely.get_rings(part)]
    vertices = [shapely.get_coordinates(ring) for ring in rings]
    codes = []
    for ring in vertices:
        steps = np.full(len(ring), Path.LINETO, dtype=Path.code_type)
        steps[0], steps[-1] = Path.MOVETO, Path.CLOSEPOLY
        codes.append(steps)
    return Path(np.concatenate(vertices), np.concatenate(codes))


def class_names(class_of: pd.Series) -> pd.Series:
    """Return the name of the class every area is drawn in: `no-data`, `zero` or `class-` and its number."""
    return class_of.map(
        lambda number: NO_DATA if pd.isna(number) else ZERO if number == 0 else f"class-{int(number)}"
    )


def draw_areas(
    axes: Axes,
    paths: dict[str, Path],
    class_of: pd.Series,
    *,
    classes: int,
    border_width_pt: float,
    bounds: pd.Series | None = None,
) -> None:
    """
    Fill every area by its class, one collection per class; missing data is hatched, never a colour.

    Without classes areas above zero are plain paper, for symbols. A number that is only known within a bound (`bounds`
    by area code: `least`, `most`, `unsure`) has the pattern of it over its fill.
    """
    names = class_names(class_of)
    fills = {ZERO: ZERO_COLOUR, **class_fills(classes)}
    for name in (NO_DATA, *fills):
        members = [paths[code] for code in names.index[names == name] if code in paths]
        if not members:
            continue
        if name == NO_DATA:
            # As one path: hatching area by area takes most of the time of a national map.
            members = [Path.make_compound_path(*members)]
        collection = PathCollection(
            members,
            facecolor=fills.get(name, NO_DATA_GROUND),
            edgecolor=AREA_BORDER,
            linewidth=border_width_pt,
            joinstyle="round",
            gid=f"map-{name}",
            zorder=1,
        )
        if name == NO_DATA:
            collection.set_hatch(NO_DATA_HATCH)
            collection.set_hatchcolor(NO_DATA_LINE)
            collection.set_hatch_linewidth(HATCH_WIDTH_PT)
        axes.add_collection(collection, autolim=False)
    if bounds is None:
        return
    for bound, hatch in BOUND_HATCHES.items():
        for name, fill in fills.items():
            codes = names.index[(names == name) & (bounds.reindex(names.index) == bound)]
            members = [paths[code] for code in codes if code in paths]
            if members:
                pattern = PathCollection(
                    [Path.make_compound_path(*members)],
                    facecolor="none",
                    edgecolor="none",
                    gid=f"map-{bound}-{name}",
                    zorder=1.5,
                )
                pattern.set_hatch(hatch)
                pattern.set_hatchcolor(bound_colour(fill))
                pattern.set_hatch_linewidth(BOUND_HATCH_WIDTH_PT)
                axes.add_collection(pattern, autolim=False)


def class_fills(classes: int) -> dict[str, str]:
    """Return the fill of each class by its name; without classes paper for all above zero."""
    return {f"class-{n}": fill for n, fill in enumerate(class_colours(classes) or [PAPER], start=1)}


def draw_symbols(
    axes: Axes, areas: gpd.GeoDataFrame, values: pd.Series, colour: str, *, highest: float
) -> None:
    """Draw a circle inside each area whose number is above zero, the smaller ones over the larger."""
    centres, shown = symbol_points(areas, values)
    if centres.empty:
        return
    points = shapely.get_coordinates(centres.to_numpy())
    radii = np.array([symbol_radius_pt(value, highest) for value in shown])
    axes.scatter(
        points[:, 0],
        points[:, 1],
        s=(2 * radii) ** 2,
        marker="o",
        facecolor=colour,
        edgecolor=MARK_RIM,
        linewidth=0.6,
        alpha=SYMBOL_ALPHA,
        gid="symbols",
        zorder=3,
    )


def symbol_points(areas: gpd.GeoDataFrame, values: pd.Series) -> tuple[gpd.GeoSeries, pd.Series]:
    """Return where the symbols of numbers above zero stand (EPSG:2180), and the numbers, the largest first."""
    above = values[values > 0].sort_values(ascending=False)
    metric = to_metric(areas.set_index("area_code")).geometry.reindex(above.index).dropna()
    return metric.representative_point(), above[metric.index]


def symbol_radius_pt(value: float, highest: float) -> float:
    """Return the radius of a symbol on paper, in points: that of the screen."""
    return 0.75 * symbol_radius(value, highest)


def draw_borders(
    axes: Axes, outlines: gpd.GeoDataFrame, *, name: str, width_pt: float, colour: str = REGION_BORDER
) -> None:
    """Draw outlines of larger areas over the filled ones, each shared border once."""
    metric = to_metric(outlines)
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(metric.geometry.to_numpy())))
    axes.add_collection(
        LineCollection(
            [shapely.get_coordinates(line) for line in shapely.get_parts(lines)],
            colors=colour,
            linewidths=width_pt,
            joinstyle="round",
            capstyle="round",
            gid=f"border-{name}",
            zorder=2,
        ),
        autolim=False,
    )
