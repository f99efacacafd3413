"""The map itself on paper: filled areas, borders and marks in EPSG:2180."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path

from data.places.coarse_places import is_coarse
from data.store.origins import is_opened
from geo.crs import to_metric
from layers.export.paper import FONT
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
    SITE_COLOUR,
    ZERO_COLOUR,
    GroupMark,
    bound_colour,
    class_colours,
)

NO_DATA = "no-data"
ZERO = "zero"
HATCH_WIDTH_PT = 0.6
COUNTED_PT = 12.0
"""Least diameter of a mark with a number in it."""
COUNT_PT = 8.0
NEW_PT = 7.0
"""Least diameter of a mark that a scenario opens, inside its ring."""
NEW_RING_PT, NEW_LINE_PT = 4.0, 1.4
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


def draw_borders(axes: Axes, outlines: gpd.GeoDataFrame, *, name: str, width_pt: float) -> None:
    """Draw outlines of larger areas over the filled ones, each shared border once."""
    metric = to_metric(outlines)
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(metric.geometry.to_numpy())))
    axes.add_collection(
        LineCollection(
            [shapely.get_coordinates(line) for line in shapely.get_parts(lines)],
            colors=REGION_BORDER,
            linewidths=width_pt,
            joinstyle="round",
            capstyle="round",
            gid=f"border-{name}",
            zorder=2,
        ),
        autolim=False,
    )


def draw_marks(axes: Axes, services: gpd.GeoDataFrame, mark: GroupMark, *, diameter_pt: float) -> None:
    """
    Mark every place once, with the number of its facilities where there are several.

    Hollow where all of them are known only by their locality, with a ring where a scenario opens one, and with a plus
    in the ring where that stands alone.
    """
    places = marked_places(services)
    _draw_new(axes, places[places["is_new"]], mark, diameter_pt=diameter_pt)
    places = places[~places["is_new"] | (places["facilities"] > 1)]
    for is_hollow, name in ((False, "facilities"), (True, "facilities-hollow")):
        single = places[(places["is_hollow"] == is_hollow) & (places["facilities"] == 1)]
        if len(single):
            axes.scatter(
                single["x"],
                single["y"],
                s=diameter_pt**2,
                marker=mark.marker,
                facecolor=PAPER if is_hollow else mark.colour,
                edgecolor=mark.colour if is_hollow else MARK_RIM,
                linewidth=max(0.3, diameter_pt / 9),
                gid=name,
                zorder=3,
            )
    # Where several stand at one point, what is said of them must be read: each number lies on its own mark, and where
    # marks overlap the one in front covers the other with its number.
    crowded = places.loc[places["facilities"] > 1, ["x", "y", "facilities", "is_hollow"]]
    for number, (x, y, facilities, is_hollow) in enumerate(crowded.itertuples(index=False)):
        zorder = 4 + number / 10_000
        axes.scatter(
            [x],
            [y],
            s=counted_diameter(mark, diameter_pt) ** 2,
            marker=mark.marker,
            facecolor=PAPER if is_hollow else mark.colour,
            edgecolor=mark.colour if is_hollow else MARK_RIM,
            linewidth=max(0.3, COUNTED_PT / 9),
            gid="facilities-hollow-many" if is_hollow else "facilities-many",
            zorder=zorder,
        )
        axes.annotate(
            str(facilities),
            (x, y),
            xytext=(0, -mark.number_drop * counted_diameter(mark, diameter_pt) / 2),
            textcoords="offset points",
            color=mark.colour if is_hollow else PAPER,
            fontsize=COUNT_PT,
            family=FONT,
            fontweight="bold",
            ha="center",
            va="center_baseline",
            gid="facilities-count",
            zorder=zorder,
        )


def counted_diameter(mark: GroupMark, diameter_pt: float) -> float:
    """Return how large a mark is with a number in it, where one without has a diameter."""
    return max(diameter_pt, COUNTED_PT * mark.room)


def _draw_new(axes: Axes, places: pd.DataFrame, mark: GroupMark, *, diameter_pt: float) -> None:
    """Draw the rings of places where a scenario opens a facility, and a plus in those where nothing else stands."""
    for x, y, facilities in places[["x", "y", "facilities"]].itertuples(index=False):
        draw_new_sign(
            axes,
            x,
            y,
            mark,
            diameter_pt=counted_diameter(mark, diameter_pt) if facilities > 1 else max(diameter_pt, NEW_PT),
            is_alone=facilities == 1,
            name="facilities-new" if facilities == 1 else "facilities-new-many",
        )


def draw_new_sign(
    axes: Axes, x: float, y: float, mark: GroupMark, *, diameter_pt: float, is_alone: bool, name: str
) -> None:
    """Draw the ring of a place where a scenario opens a facility, with a plus where that stands alone."""
    axes.scatter(
        [x],
        [y],
        s=(diameter_pt + NEW_RING_PT) ** 2,
        marker=mark.marker,
        facecolor=PAPER,
        edgecolor=SITE_COLOUR,
        linewidth=NEW_LINE_PT,
        gid=name,
        zorder=4,
    )
    if is_alone:
        axes.scatter(
            [x],
            [y],
            s=(0.7 * diameter_pt) ** 2,
            marker="+",
            color=SITE_COLOUR,
            linewidth=NEW_LINE_PT,
            gid=f"{name}-plus",
            zorder=4,
        )


def marked_places(services: gpd.GeoDataFrame) -> pd.DataFrame:
    """
    Return one row per place: `x`, `y` (EPSG:2180, whole metres), `facilities`, `is_hollow` and `is_new`.

    From north to south, so that where marks overlap the lower one lies in front, as in any atlas.
    """
    located = services[services.geometry.notna() & ~services.geometry.is_empty]
    if located.empty:
        none = pd.DataFrame(columns=["x", "y", "facilities", "is_hollow", "is_new"])
        return none.astype({"is_hollow": bool, "is_new": bool})
    points = np.round(shapely.get_coordinates(to_metric(located).geometry.to_numpy()))
    placed = pd.DataFrame(
        {
            "x": points[:, 0],
            "y": points[:, 1],
            "facility_id": located["facility_id"].to_numpy(),
            "is_hollow": is_coarse(located["place_grade"]).to_numpy(),
            "is_new": is_opened(located).to_numpy(),
        }
    )
    places = placed.groupby(["x", "y"], as_index=False).agg(
        facilities=("facility_id", "nunique"), is_hollow=("is_hollow", "all"), is_new=("is_new", "any")
    )
    return places.sort_values(["y", "x"], ascending=[False, True], kind="stable").reset_index(drop=True)
