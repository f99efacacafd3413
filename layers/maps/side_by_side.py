"""
Two maps side by side that move together, with one legend: two dates, two scenarios, two voivodeships.

Both are of one indicator and one unit, and a colour means the same on both (`layers.answers.shared_classes`). Over
one scope both maps show the same place. Two voivodeships have no place in common: there both maps keep the same zoom,
and each is moved by the same way from the middle of its own scope. At one zoom a kilometre is a little longer in the
north, by 14 % between the two ends of Poland; each map has its own scale bar.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import pandas as pd

from geo.teryt import COUNTRY
from layers.maps.base import Bounds, MapPart, MapTexts, SupportMap, map_options
from layers.maps.browser_files import our_url
from layers.maps.choropleth import chosen_area
from layers.maps.coverage_map import coverage_parts
from layers.maps.legend import Legend, LegendTexts


@dataclass(frozen=True, eq=False)
class Side:
    """
    One of the two maps; the other parameters of `layers.maps.coverage_map` are common to both.

    Attributes
    ----------
    title
        Short name that tells this map from the other ("2035"); also told to screen readers before each value.
    answer
        The answer in one line, beside the title; may be empty.
    texts
        Words of the map; the label of the first side names the whole document.
    values, level, geometry_urls, bounds, scope, services
        As `layers.maps.coverage_map.coverage_map` takes them.
    """

    title: str
    answer: str
    texts: MapTexts
    values: pd.DataFrame
    level: str
    geometry_urls: Mapping[str, str]
    bounds: Bounds
    scope: str = COUNTRY
    services: gpd.GeoDataFrame | None = None


class SecondMap(MapPart):
    """The map beside the one that it is added to, with its parts, the titles and the legend of both."""

    call: ClassVar[str] = "beside"

    @property
    def default_js(self) -> list[tuple[str, str]]:  # type: ignore[override]  # as in `LocalFiles`
        """Return name and address of each script, the one for two maps after those of any map."""
        return [*super().default_js, ("support_map_pair", our_url("support-map-pair.js"))]


def side_by_side(
    left: Side,
    right: Side,
    *,
    class_colours: Sequence[str],
    legend: LegendTexts,
    chosen: str = "",
) -> SupportMap:
    """
    Return the left map with the right one beside it, in one document (`get_root().render()`).

    A click on either map is told to `st_folium` as a click on the left one. An area that is drawn on both maps is
    outlined and told on both when it is pointed at or chosen. Below a width of 700 px the maps stand one under
    the other.

    Parameters
    ----------
    class_colours
        Fill of each class, palest first; `class_index` of both sides counts in these.
    legend
        Of both maps; `as_of` names the dates of both.
    chosen
        Area outlined from the start; in a page use `chosen_area` (see `layers.maps.choropleth`).

    Raises
    ------
    KeyError
        If there is no geometry for the level of a side.
    ValueError
        If a class has no colour, or the legend has no label for a class.
    """
    drawn = [
        coverage_parts(
            side.values,
            class_colours=class_colours,
            level=side.level,
            geometry_urls=side.geometry_urls,
            no_data_text=legend.no_data_label,
            scope=side.scope,
            services=side.services,
            symbol=legend.symbol_colour,
        )
        for side in (left, right)
    ]
    made = SupportMap(texts=left.texts, bounds=left.bounds, title=left.title)
    for part in drawn[0]:
        part.add_to(made)
    second = map_options(texts=right.texts, bounds=right.bounds, title=right.title)
    SecondMap(
        {
            "titles": [left.title, right.title],
            "answers": [left.answer, right.answer],
            "second": {**second, "isSecond": True},
            "parts": [[part.call, part.value] for part in drawn[1]],
            "legend": Legend(legend, class_colours=class_colours).value,
        }
    ).add_to(made)
    if chosen:
        chosen_area(chosen).add_to(made)
    return made
