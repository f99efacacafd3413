"""Which places there are, and where they are measured from."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from data.places.place_search import PlaceIndex


def _locality(key, name, kind, gmina, gmina_name, powiat, voivodeship, population=None, *, east=20.0):
    return {
        "locality_key": key,
        "name": name,
        "kind": kind,
        "gmina_code": gmina,
        "gmina_name": gmina_name,
        "powiat_name": powiat,
        "voivodeship_name": voivodeship,
        "population_persons": population,
        "geometry": Point(east, 50),
    }


@pytest.fixture(scope="module")
def index():
    localities = gpd.GeoDataFrame(
        [
            _locality("1", "Kraków", "miasto", "126101", "Kraków", "Kraków", "małopolskie", 755000),
            _locality("2", "Nowa Wieś", "wieś", "120615", "Skała", "krakowski", "małopolskie"),
            _locality("3", "Nowa Wieś", "wieś", "246901", "Kęty", "oświęcimski", "małopolskie", 3000),
            _locality("4", "Łódź", "miasto", "106101", "Łódź", "Łódź", "łódzkie", 670000),
            _locality("5", "Krakówek", "wieś", "020304", "Głogów", "głogowski", "dolnośląskie"),
            _locality("6", "Poza Polską", "wieś", None, None, None, None),
        ],
        geometry="geometry",
        crs="EPSG:4326",
    )
    gminas = pd.DataFrame(
        {
            "area_code": ["126101", "120617"],
            "name": ["Kraków", "Zielonki"],
            "powiat_name": ["Kraków", "krakowski"],
            "voivodeship_name": ["małopolskie", "małopolskie"],
            "label_point": [Point(19.9, 50), Point(19.9, 50.1)],
        }
    )
    return PlaceIndex(localities, gminas)


def test_every_place_is_found_by_its_name_but_a_gmina_whose_town_stands_for_it(index):
    assert {place.key for place in index.found_by_name()} == {"l:1", "l:2", "l:3", "l:4", "l:5", "g:120617"}
    assert index.get("g:126101").name == "Kraków"  # a link to the gmina still leads there


def _middle_of(*localities):
    """Return what a link to gmina Borki leads to, whose middle lies at 19° E, where these localities are in it."""
    frame = gpd.GeoDataFrame(
        [
            _locality(str(number), name, kind, gmina, "Borki", "borski", "zmyślone", east=east)
            for number, (name, kind, gmina, east) in enumerate(localities)
        ],
        geometry="geometry",
        crs="EPSG:4326",
    )
    gminas = pd.DataFrame(
        {
            "area_code": ["980101"],
            "name": ["Borki"],
            "powiat_name": ["borski"],
            "voivodeship_name": ["zmyślone"],
            "label_point": [Point(19.0, 50)],
        }
    )
    place = PlaceIndex(frame, gminas).get("g:980101")
    return place.point.x, place.middle


def test_a_gmina_is_measured_from_the_locality_that_stands_for_it_and_says_so():
    other = ("Las", "wieś", "980101", 20.0)
    assert _middle_of(other, ("Borki", "miasto", "980101", 20.1)) == (20.1, "town")
    assert _middle_of(other, ("Borki", "wieś", "980101", 20.1)) == (20.1, "locality")
    # A town is meant before a village of its name.
    both = [("Borki", "wieś", "980101", 20.2), ("Borki", "miasto", "980101", 20.1)]
    assert _middle_of(*both) == (20.1, "town")


def test_a_gmina_without_a_locality_that_alone_has_its_name_is_measured_from_its_own_middle():
    assert _middle_of(("Las", "wieś", "980101", 20.0)) == (19.0, "gmina")
    assert _middle_of(("Borki", "miasto", "980102", 20.1)) == (19.0, "gmina")
    villages = [("Borki", "wieś", "980101", 20.1), ("Borki", "wieś", "980101", 20.2)]
    assert _middle_of(*villages) == (19.0, "gmina")


def test_place_outside_every_gmina_cannot_be_chosen(index):
    assert index.get("l:6") is None
    assert index.get("l:1").name == "Kraków"
