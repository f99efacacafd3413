"""Marks of facilities on paper: one a place, with their number, hollow or new."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes

from data.places.coarse_places import is_coarse
from data.store.origins import is_opened
from geo.crs import METRIC, to_metric
from layers.export.paper import FONT
from layers.text.style import MARK_RIM, PAPER, SITE_COLOUR, GroupMark

COUNTED_PT = 12.0
"""Least diameter of a mark with a number in it."""
COUNT_PT = 8.0
NEW_PT = 7.0
"""Least diameter of a mark that a scenario opens, inside its ring."""
NEW_RING_PT, NEW_LINE_PT = 4.0, 1.4


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


def mark_signs(services: gpd.GeoDataFrame, mark: GroupMark, diameter_pt: float) -> gpd.GeoDataFrame:
    """Return the marks of services as names of towns leave them to be seen: `radius_pt` and their point."""
    places = marked_places(services)
    is_new = places["is_new"].to_numpy(dtype=bool)
    is_numbered = (places["facilities"] > 1).to_numpy(dtype=bool) | is_new
    radii = (
        np.where(is_numbered, counted_diameter(mark, diameter_pt), diameter_pt) + is_new * NEW_RING_PT
    ) / 2
    points = gpd.GeoSeries.from_xy(places["x"], places["y"], crs=METRIC)
    return gpd.GeoDataFrame({"radius_pt": radii, "is_number": False}, geometry=points.to_numpy(), crs=METRIC)
