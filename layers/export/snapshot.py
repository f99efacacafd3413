"""The map of a view on one sheet of A4, without a browser: PNG at 300 dpi or SVG."""

import threading
from typing import Any, Final, Literal

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.typing import RcKeyType

from geo.crs import METRIC
from geo.teryt import COUNTRY
from layers.answers.area_table import AreaTable
from layers.export.choropleth import (
    area_paths,
    class_names,
    draw_areas,
    draw_borders,
    draw_symbols,
    symbol_points,
    symbol_radius_pt,
)
from layers.export.layout import MARGIN, STRIP_MM, Box, Layout, lay_out
from layers.export.legend import COUNTED, HOLLOW, NEW, legend_rows
from layers.export.map_furniture import add_north_arrow, add_scale_bar, add_warning
from layers.export.map_names import Ground, draw_names
from layers.export.marks import draw_marks, mark_signs, marked_places
from layers.export.paper import Sheet
from layers.export.picture_files import sheet_png, sheet_svg
from layers.text.style import (
    AREA_BORDER_WIDTH_PX,
    NEIGHBOUR_BORDER,
    REGION_BORDER_WIDTH_PX,
    TEXT,
    mark_of,
)
from layers.words.caption import Caption

MANY_AREAS: Final = 600
"""From here on borders of areas are drawn half as wide: all gminas of Poland on one sheet."""
_LEVELS = ("gmina", "powiat", "voivodeship")
_NEIGHBOUR_PT: Final = 0.5

# matplotlib reads these settings while it draws, from one table for all threads.
_PRINTING = threading.Lock()
_SETTINGS: Final[dict[RcKeyType, Any]] = {
    "svg.hashsalt": "mapa-wsparcia-spolecznego",
    # Text stays text: it can be searched, read aloud, translated and edited. Without DejaVu Sans on the
    # reader's machine the browser takes Verdana or Arial, which are not wider: lines broken for DejaVu fit.
    "svg.fonttype": "none",
    "axes.unicode_minus": False,
    "text.usetex": False,
    "path.simplify": False,
}


def draw_snapshot(
    table: AreaTable,
    areas: gpd.GeoDataFrame,
    outlines: gpd.GeoDataFrame,
    caption: Caption,
    *,
    file_format: Literal["png", "svg"],
    towns: gpd.GeoDataFrame | None = None,
) -> bytes:
    """
    Draw the view on a sheet of A4; the same input gives the same bytes.

    Parameters
    ----------
    table
        Numbers and classes of the view, by `area_code`.
    areas
        Simplified areas with `area_code`, EPSG:4326; those not in the table are left out.
    outlines
        Areas with `level` and `voivodeship_code`, EPSG:4326; those of levels above the table's and inside
        its scope are drawn as borders.
    caption
        What must stand on the sheet.
    file_format
        `png` (2480 × 3508 or 3508 × 2480 pixels, 300 dpi) or `svg`.
    towns
        As `layers.export.map_names.map_names` gives; None for a map without names.

    Raises
    ------
    ValueError
        If no area of the table has a geometry, or for another format.
    """
    if file_format not in {"png", "svg"}:
        raise ValueError(f"expected png or svg, found {file_format!r}")
    with _PRINTING, mpl.rc_context(_SETTINGS):
        sheet = _compose(table, areas, outlines, caption, towns)
        return sheet_png(sheet, caption) if file_format == "png" else sheet_svg(sheet, caption)


def _compose(
    table: AreaTable,
    areas: gpd.GeoDataFrame,
    outlines: gpd.GeoDataFrame,
    caption: Caption,
    towns: gpd.GeoDataFrame | None,
) -> Sheet:
    shown = areas[areas["area_code"].isin(table.rows.index) & areas.geometry.notna()]
    if shown.empty:
        raise ValueError(f"expected areas of the table's {len(table.rows)} codes, found none with a geometry")
    paths = area_paths(shown)
    outlines_of_areas = [np.asarray(path.vertices) for path in paths.values()]
    corners = np.array([[*line.min(axis=0), *line.max(axis=0)] for line in outlines_of_areas])
    west, south = corners[:, :2].min(axis=0)
    east, north = corners[:, 2:].max(axis=0)
    mark = mark_of(table.view.group)
    # Where help is given is no part of how much is known, and marks would hide the small areas that they stand in, and
    # symbols of numbers too.
    is_unmarked = table.question.is_of_knowledge or table.has_symbols
    marked = table.services.iloc[:0] if is_unmarked else table.services
    located = marked.geometry.notna()
    border_widths = _border_widths(table, outlines)
    rows = legend_rows(
        caption,
        drawn=set(class_names(table.class_of)),
        borders=border_widths,
        marks=_signs(marked),
    )
    layout = lay_out(caption, rows, mark, width_m=east - west, height_m=north - south)
    sheet = Sheet(is_landscape=layout.is_landscape)
    box = layout.map_box
    axes = sheet.map_axes(left=box.left, top=box.top, width=box.width, height=box.height)
    metres_per_mm = _frame(axes, box, (west, south, east, north), corners)

    width = _area_border_width(table.view.level, len(paths))
    draw_areas(
        axes,
        paths,
        table.class_of,
        classes=len(caption.class_labels),
        border_width_pt=width,
        bounds=table.value_bounds,
    )
    neighbours = _neighbours_of(table, outlines)
    if len(neighbours):
        draw_borders(axes, neighbours, name="neighbours", width_pt=_NEIGHBOUR_PT, colour=NEIGHBOUR_BORDER)
    for level, border_width in border_widths.items():
        draw_borders(axes, _outlines_of(table, outlines, level), name=level, width_pt=border_width)
    if caption.symbol_labels:
        draw_symbols(axes, shown, table.rows["value"], mark.colour, highest=caption.symbol_highest)
    diameter = _mark_diameter(int(located.sum()))
    draw_marks(axes, marked, mark, diameter_pt=diameter)
    if towns is not None and len(towns):
        signs = (
            _symbol_signs(shown, table.rows["value"], caption.symbol_highest)
            if caption.symbol_labels
            else mark_signs(marked, mark, diameter)
        )
        ground = Ground(box, axes.get_xlim()[0], axes.get_ylim()[1], metres_per_mm)
        draw_names(sheet, towns, signs, ground)
    add_scale_bar(axes, box, metres_per_mm, caption)
    add_north_arrow(sheet, box, axes, caption)
    _add_words(sheet, layout, caption)
    return sheet


def _area_border_width(level: str, areas: int) -> float:
    """Return the width in points of the borders between filled areas; the larger the areas, the wider."""
    if level == "voivodeship":
        return 0.75 * REGION_BORDER_WIDTH_PX
    is_fine = level == "gmina" and areas > MANY_AREAS
    return 0.75 * AREA_BORDER_WIDTH_PX * (0.5 if is_fine else 1.0)


def _border_widths(table: AreaTable, outlines: gpd.GeoDataFrame) -> dict[str, float]:
    """Return the borders to draw and their widths in points, finest first."""
    widest = 0.75 * REGION_BORDER_WIDTH_PX
    larger = _LEVELS[_LEVELS.index(table.view.level) + 1 :]
    widths = {"powiat": 0.42 * widest, "voivodeship": widest}
    return {level: widths[level] for level in larger if len(_outlines_of(table, outlines, level))}


def _outlines_of(table: AreaTable, outlines: gpd.GeoDataFrame, level: str) -> gpd.GeoDataFrame:
    is_inside = (outlines["voivodeship_code"] == table.view.scope) | (table.view.scope == COUNTRY)
    return outlines[(outlines["level"] == level) & is_inside]


def _neighbours_of(table: AreaTable, outlines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the voivodeships around the one that a map is of: lines by which one sees what it borders on."""
    is_around = (outlines["level"] == "voivodeship") & (outlines["voivodeship_code"] != table.view.scope)
    return outlines[is_around & (table.view.scope != COUNTRY)]


def _signs(services: gpd.GeoDataFrame) -> set[str]:
    """Return the signs of facilities that a map has: any, hollow ones, ones with a number, new ones."""
    places = marked_places(services)
    if places.empty:
        return set()
    hollow = {HOLLOW} if places["is_hollow"].any() else set()
    new = {NEW} if places["is_new"].any() else set()
    return {"facilities", *hollow, *new, *({COUNTED} if (places["facilities"] > 1).any() else set())}


def _symbol_signs(areas: gpd.GeoDataFrame, values: pd.Series, highest: float) -> gpd.GeoDataFrame:
    """Return the symbols of a map as names of towns leave them to be seen."""
    points, shown = symbol_points(areas, values)
    radii = [symbol_radius_pt(value, highest) for value in shown]
    return gpd.GeoDataFrame({"radius_pt": radii, "is_number": True}, geometry=points.to_numpy(), crs=METRIC)


def _mark_diameter(marks: int) -> float:
    return 3.3 if marks > 400 else 4.6 if marks > 120 else 6.5


def _frame(axes: Axes, box: Box, extent: tuple[float, float, float, float], corners: np.ndarray) -> float:
    """Set the axes to the extent, in the middle of the box, and return metres per millimetre."""
    west, south, east, north = extent
    for strip in (0.0, STRIP_MM):
        scale = 1.01 * max((east - west) / box.width, (north - south) / (box.height - strip))
        left = (west + east - scale * box.width) / 2
        bottom = (south + north - scale * (box.height - strip)) / 2 - scale * strip
        # The signs stand in the lower corners; where the map reaches into them, it moves up.
        is_low = corners[:, 1] < bottom + scale * STRIP_MM
        is_aside = (corners[:, 0] < left + scale * 0.31 * box.width) | (
            corners[:, 2] > left + scale * (box.width - 14)
        )
        if strip or not (is_low & is_aside).any():
            break
    axes.set_xlim(left, left + scale * box.width)
    axes.set_ylim(bottom, bottom + scale * box.height)
    axes.set_aspect(1)
    return scale


def _add_words(sheet: Sheet, layout: Layout, caption: Caption) -> None:
    if caption.warning:
        add_warning(sheet, layout.map_box, caption.warning, caption.warning_short or caption.warning)
    sheet.write_block(layout.head, left=MARGIN, top=layout.head_top, name="title")
    layout.legend.draw(sheet, left=layout.legend_left, top=layout.legend_top)
    sheet.write_block(layout.sources, left=layout.sources_left, top=layout.sources_top, name="sources")
    sheet.write_block(
        layout.more_sources, left=layout.legend_left, top=layout.more_sources_top, name="more-sources"
    )
    rule = layout.footer_top - 0.6
    sheet.plane.plot(
        [MARGIN, sheet.width_mm - MARGIN], [rule, rule], color=TEXT, linewidth=0.5, gid="footer-rule"
    )
    sheet.write_block(layout.footer, left=MARGIN, top=layout.footer_top, name="footer")
