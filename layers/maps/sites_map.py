"""The map of a plan: sites that a search found, with their numbers, beside the facilities that stand."""

from collections.abc import Mapping
from typing import Any, ClassVar

import geopandas as gpd

from geo.crs import require_geographic
from geo.frames import require_columns
from layers.maps.base import Bounds, MapPart, MapTexts, SupportMap
from layers.maps.choropleth import PlainAreas
from layers.maps.facility_points import FacilityPoints
from layers.maps.legend import Legend, LegendTexts
from layers.text import style


class SiteMarks(MapPart):
    """
    New sites as numbers on a ground, above all else.

    Parameters
    ----------
    sites
        One row per site, EPSG:4326: `number` as in the table beside the map, `label`, `details` (list of lines).

    Raises
    ------
    CrsError
        If the sites are not in EPSG:4326.
    FrameError
        If a column is missing.
    """

    call: ClassVar[str] = "sites"

    def __init__(self, sites: gpd.GeoDataFrame) -> None:
        super().__init__(
            {"points": site_points(sites), "colour": style.SITE_COLOUR, "rim": style.MARK_RIM},
        )


def site_points(sites: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Return one entry per site: `at` (latitude, longitude), `number`, `label` and `lines`."""
    require_columns(sites, "number", "label", "details", what="sites")
    require_geographic(sites)
    columns = (sites.geometry, sites["number"], sites["label"], sites["details"])
    return [
        {"at": [point.y, point.x], "number": int(number), "label": str(label), "lines": list(lines)}
        for point, number, label, lines in zip(*columns, strict=True)
    ]


def sites_map(
    sites: gpd.GeoDataFrame,
    *,
    services: gpd.GeoDataFrame | None,
    geometry_urls: Mapping[str, str],
    bounds: Bounds,
    scope: str,
    legend: LegendTexts,
    texts: MapTexts,
) -> SupportMap:
    """
    Return the map of the sites of a plan.

    Parameters
    ----------
    sites
        As `SiteMarks` takes them.
    services
        What stands already, as `layers.maps.facility_points.FacilityPoints` takes it; None for no marks.
    geometry_urls
        Level → address of `gmina` and `voivodeship`.
    """
    made = SupportMap(texts=texts, bounds=bounds)
    PlainAreas(
        geometry_url=geometry_urls["gmina"], borders_url=geometry_urls.get("voivodeship"), scope=scope
    ).add_to(made)
    if services is not None and len(services):
        FacilityPoints(services).add_to(made)
    SiteMarks(sites).add_to(made)
    Legend(legend).add_to(made)
    return made
