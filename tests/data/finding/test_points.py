"""A rounded point as a place: in which gmina, near what, and never finer than two decimals."""

from math import cos, hypot, radians

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box

from data.finding.points import POINT, ROUNDED_KM, is_point, place_at
from data.places.place_search import PlaceIndex


@pytest.fixture(scope="module")
def gminas():
    """Give two gminas side by side: 20.0-20.1 and 20.1-20.2 east, 50.0-50.1 north."""
    return gpd.GeoDataFrame(
        {"name": ["Zachód", "Wschód"], "powiat_name": "powiat", "voivodeship_name": "małopolskie"},
        index=["126101", "120102"],
        geometry=[box(20.0, 50.0, 20.1, 50.1), box(20.1, 50.0, 20.2, 50.1)],
        crs="EPSG:4326",
    )


@pytest.fixture(scope="module")
def index():
    rows = [
        ("1", "Miasto", "miasto", "126101", 10_000, Point(20.03, 50.05)),
        ("2", "Wioska", "wieś", "126101", None, Point(20.06, 50.05)),
        ("3", "Tuż za granicą", "wieś", "120102", None, Point(20.101, 50.05)),
    ]
    names = ["locality_key", "name", "kind", "gmina_code", "population_persons", "geometry"]
    localities = gpd.GeoDataFrame(pd.DataFrame(rows, columns=names), geometry="geometry", crs="EPSG:4326")
    localities = localities.assign(gmina_name="Zachód", powiat_name="powiat", voivodeship_name="małopolskie")
    columns = ["area_code", "name", "powiat_name", "voivodeship_name", "label_point"]
    return PlaceIndex(localities, pd.DataFrame(columns=columns))


@pytest.mark.parametrize(
    ("key", "gmina", "name"),
    [
        ("p:50.05,20.03", "Zachód", "Miasto"),
        (
            "p:50.05,20.05",
            "Zachód",
            "Miasto",
        ),  # 1.4 km from the middle of the town, 0.7 km from that of a hamlet
        ("p:50.05,20.09", "Zachód", "Wioska"),  # a village of another gmina is nearer
        ("p:50.05,20.12", "Wschód", "Tuż za granicą"),
        ("p:49.99,20.06", "Zachód", "Miasto"),  # rounded over the border
    ],
)
def test_a_point_is_in_its_gmina_and_near_a_locality_of_it(index, gminas, key, gmina, name):
    place = place_at(key, index, gminas)
    assert (place.kind, place.middle, place.key) == (POINT, POINT, key)
    assert (place.gmina_name, place.name) == (gmina, name)
    assert f"p:{place.point.y:.2f},{place.point.x:.2f}" == key


@pytest.mark.parametrize("key", ["p:49.97,20.06", "p:52.52,13.40", "p:-50.05,20.03", "p:0.00,0.00"])
def test_a_point_abroad_is_no_place(index, gminas, key):
    assert place_at(key, index, gminas) is None


@pytest.mark.parametrize(
    "key", ["", "p:50.0614,19.9366", "p:50,20", "p:50.06", "p:50.06,19.94,1", "l:1", "p:50.06,19.94\n"]
)
def test_what_is_finer_or_no_point_is_not_read(index, gminas, key):
    assert not is_point(key)
    assert place_at(key, index, gminas) is None


def test_rounding_moves_a_point_by_no_more_than_is_said():
    south = 49.0
    assert hypot(0.005 * 111.2, 0.005 * 111.2 * cos(radians(south))) <= ROUNDED_KM
