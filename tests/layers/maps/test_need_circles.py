"""Circles of what was not found: the largest first, each with its number, and nothing of a name as code."""

import geopandas as gpd
import pytest
from shapely import Point

from geo.errors import CrsError
from layers.maps.legend import Legend, LegendTexts
from layers.maps.need_circles import LARGEST_RADIUS_PX, LEAST_RADIUS_PX, NeedCircles, need_points, need_radius
from layers.text import style

HOSTILE = "</script><img src=x onerror=alert(1)>"
NEEDS = gpd.GeoDataFrame(
    {"reports": [5, 20], "told": [HOSTILE, "Gmina: 20"]},
    geometry=[Point(19.8, 49.9), Point(20.4, 49.9)],
    crs="EPSG:4326",
)


def test_the_largest_comes_first_and_has_its_number():
    first, second = need_points(NEEDS)
    assert first == {"at": [49.9, 20.4], "count": 20, "radius": LARGEST_RADIUS_PX, "told": "Gmina: 20"}
    assert (second["count"], second["radius"]) == (5, LARGEST_RADIUS_PX / 2)


def test_no_circle_is_too_small_for_its_number():
    assert need_radius(5, 500) == LEAST_RADIUS_PX


def test_nothing_told_is_code():
    assert "<img" not in NeedCircles(NEEDS).payload


def test_degrees_alone_are_drawn():
    with pytest.raises(CrsError):
        need_points(NEEDS.to_crs(2180))


def test_the_legend_says_what_they_are_where_there_are_some():
    entry = {"kind": "count", "colour": style.NEED_COLOUR, "number": "5", "label": "Zgłoszenia"}
    assert Legend(LegendTexts("Mapa", need_label="Zgłoszenia")).value["entries"] == [entry]
    assert Legend(LegendTexts("Mapa")).value["entries"] == []
