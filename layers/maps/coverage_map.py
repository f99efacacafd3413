"""The planner's map: coverage by area, with the facilities that give it."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import pandas as pd

from layers.maps.base import Bounds, MapPart, MapTexts, SupportMap
from layers.maps.choropleth import Choropleth, chosen_area
from layers.maps.facility_points import FacilityPoints
from layers.maps.legend import Legend, LegendTexts
from layers.maps.need_circles import NeedCircles
from layers.maps.towns import Towns
from layers.text import style


def coverage_map(
    values: pd.DataFrame,
    *,
    class_colours: Sequence[str],
    level: str,
    geometry_urls: Mapping[str, str],
    bounds: Bounds,
    legend: LegendTexts,
    texts: MapTexts,
    scope: str = "00",
    chosen: str = "",
    services: gpd.GeoDataFrame | None = None,
    towns: gpd.GeoDataFrame | None = None,
    needs: gpd.GeoDataFrame | None = None,
) -> SupportMap:
    """
    Return a choropleth with legend and marks.

    Parameters
    ----------
    values
        As `layers.maps.choropleth.Choropleth` takes them: `class_index`, `value_text` by area code.
    level
        Which entry of `geometry_urls` is filled.
    geometry_urls
        Level → address; `voivodeship`, where given, is also drawn as thicker borders.
    chosen
        Area outlined from the start. In a page leave it empty and use `chosen_area` (see `choropleth`), so that
        choosing does not make the map anew.
    services
        As `layers.maps.facility_points.FacilityPoints` takes them; None for no marks.
    towns
        As `layers.maps.towns.Towns` takes them; None for none.
    needs
        As `layers.maps.need_circles.NeedCircles` takes them; None for none.

    Raises
    ------
    KeyError
        If there is no geometry for the level.
    """
    made = SupportMap(texts=texts, bounds=bounds)
    parts = coverage_parts(
        values,
        class_colours=class_colours,
        level=level,
        geometry_urls=geometry_urls,
        no_data_text=legend.no_data_label,
        scope=scope,
        services=services,
        symbol=legend.symbol_colour,
    )
    for part in parts:
        part.add_to(made)
    if towns is not None and len(towns):
        Towns(towns).add_to(made)
    if needs is not None and len(needs):
        NeedCircles(needs).add_to(made)
    Legend(legend, class_colours=class_colours).add_to(made)
    if chosen:
        chosen_area(chosen).add_to(made)
    return made


def coverage_parts(
    values: pd.DataFrame,
    *,
    class_colours: Sequence[str],
    level: str,
    geometry_urls: Mapping[str, str],
    no_data_text: str,
    scope: str = "00",
    services: gpd.GeoDataFrame | None = None,
    symbol: str = style.ACCENT,
) -> list[MapPart]:
    """
    Return what is drawn on a map of coverage: filled areas, and marks where there are services.

    Parameters are those of `coverage_map`; `no_data_text` is said of an area without a value, `symbol` is the colour of
    symbols.

    Raises
    ------
    KeyError
        If there is no geometry for the level.
    """
    parts: list[MapPart] = [
        Choropleth(
            values,
            class_colours=class_colours,
            geometry_url=geometry_urls[level],
            borders_url=geometry_urls.get("voivodeship"),
            no_data_text=no_data_text,
            scope=scope,
            symbol=symbol,
        )
    ]
    if services is not None and len(services):
        parts.append(FacilityPoints(services))
    return parts
