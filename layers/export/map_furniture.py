"""What stands upon a printed map beside its areas: the scale bar, true north, and that the data are invented."""

from typing import Final

import geopandas as gpd
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle
from matplotlib_scalebar.scalebar import ScaleBar

from geo.crs import GEOGRAPHIC, METRIC
from layers.export.layout import MARGIN, WARNING_HEIGHT, Box
from layers.export.paper import FONT, Sheet, Typeface
from layers.text.style import PAPER, TEXT
from layers.words.caption import Caption

WARNING_COLOUR: Final = "#8b0000"


def add_scale_bar(axes: Axes, box: Box, metres_per_mm: float, caption: Caption) -> None:
    """Draw a bar of a round length, over less than a third of the map."""
    longest_km = 0.28 * box.width * metres_per_mm / 1000
    steps = [step * power for power in (1, 10, 100) for step in (1, 2, 5)]
    kilometres = max((step for step in steps if step <= longest_km), default=1)
    axes.add_artist(
        ScaleBar(
            1,
            "m",
            fixed_value=kilometres,
            fixed_units="km",
            scale_formatter=lambda value, _: f"{value} {caption.kilometres}",
            location="lower left",
            width_fraction=1.3 / box.height,
            border_pad=0,
            pad=0,
            sep=3,
            color=TEXT,
            box_color=PAPER,
            box_alpha=0.0,
            font_properties={"family": FONT, "size": 9.5},
        )
    )


def add_north_arrow(sheet: Sheet, box: Box, axes: Axes, caption: Caption) -> None:
    """Point to true north: up to 4 degrees off the grid's at the edges of the country."""
    west, east = axes.get_xlim()
    south, north = axes.get_ylim()
    middle = gpd.GeoSeries.from_xy([(west + east) / 2], [(south + north) / 2], crs=METRIC).to_crs(GEOGRAPHIC)
    above = gpd.GeoSeries.from_xy(middle.x, middle.y + 0.1, crs=GEOGRAPHIC).to_crs(METRIC)
    angle = np.arctan2(above.x[0] - (west + east) / 2, above.y[0] - (south + north) / 2)
    shape = np.array([[0.0, -5.2], [2.3, 1.8], [0.0, 0.2], [-2.3, 1.8]])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    centre = np.array([box.left + box.width - 5.0, box.top + box.height - 2.5])
    sheet.plane.add_patch(
        Polygon(shape @ turn + centre, closed=True, facecolor=TEXT, edgecolor="none", gid="north-arrow")
    )
    tip = np.array([0.0, -6.0]) @ turn + centre
    sheet.write(
        caption.north,
        Typeface(10.5, is_bold=True),
        left=tip[0],
        baseline=tip[1],
        name="north",
        align="center",
    )


def add_warning(sheet: Sheet, box: Box, warning: str, short: str) -> None:
    """Say that the data are invented above the title and across the map: cutting one leaves the other."""
    sheet.plane.add_patch(
        Rectangle(
            (0, 0),
            sheet.width_mm,
            WARNING_HEIGHT + 2,
            facecolor=WARNING_COLOUR,
            edgecolor="none",
            gid="warning-band",
        )
    )
    face = Typeface(12.5, is_bold=True, colour=PAPER)
    size = min(12.5, 12.5 * (sheet.width_mm - 2 * MARGIN) / face.width_mm(warning))
    face = Typeface(size, is_bold=True, colour=PAPER)
    sheet.write(warning, face, left=sheet.width_mm / 2, baseline=7.2, name="warning", align="center")
    large = Typeface(100, is_bold=True)
    fitting = 100 * 0.85 * min(box.width, box.height * 1.4) / large.width_mm(short)
    sheet.plane.text(
        box.left + box.width / 2,
        box.top + box.height / 2,
        short,
        fontproperties=Typeface(fitting, is_bold=True).font,
        color=WARNING_COLOUR,
        alpha=0.3,
        rotation=30,
        horizontalalignment="center",
        verticalalignment="center",
        parse_math=False,
        gid="warning-across",
    )
