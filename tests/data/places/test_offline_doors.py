from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box

from data.places.address_index import AddressIndex
from data.places.address_index_file import write_index
from data.places.placing import place_facilities
from data.places.world import AreaIndex, Gazetteer
from geo.crs import GEOGRAPHIC

# Two gminas side by side in one powiat; the village Las lies in the west, a street of it runs over the border.
_WEST, _EAST = "041304", "041301"
_GMINAS = {_WEST: ("Zachód", box(17.2, 53.3, 17.5, 53.5)), _EAST: ("Wschód", box(17.5, 53.3, 17.8, 53.5))}
_MIDDLE = Point(17.3, 53.4)
_ADDRESSES = """teryt,miejscowosc,street,housenumber,lat,lon
041304,Las,Leśna,1,53.41,17.31
041304,Las,Graniczna,1,53.41,17.504
041304,Las,Graniczna,3,53.41,17.51
041304,Las,Graniczna,15,53.41,17.517
041304,Las,Długa,1,53.41,17.30
041304,Las,Długa,99,53.41,17.33
041301,Bór,Leśna,1,53.42,17.6
041304,Las N/Wisłą,,28,53.42,17.35
"""


def _areas() -> AreaIndex:
    rows = [
        {"area_code": code, "level": "gmina", "name": name, "kind": "rural", "geometry": shape}
        for code, (name, shape) in _GMINAS.items()
    ]
    outer = {"kind": "land", "geometry": box(17.2, 53.3, 17.8, 53.5)}
    rows += [
        outer | {"area_code": "0413", "level": "powiat", "name": "leśny"},
        outer | {"area_code": "04", "level": "voivodeship", "name": "kujawsko-pomorskie"},
    ]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=GEOGRAPHIC)
    return AreaIndex(frame.assign(label_point=[shape.centroid for shape in frame.geometry]))


def _gazetteer() -> Gazetteer:
    places = pd.DataFrame([("Las", "wieś", _WEST, _MIDDLE)], columns=["name", "kind", "gmina_code", "point"])
    second = places.assign(half_diagonal_m=1_200.0)[["name", "gmina_code", "point", "half_diagonal_m"]]
    return Gazetteer(places, second=second)


@pytest.fixture
def index(tmp_path: Path) -> AddressIndex:
    (tmp_path / "addresses.csv").write_text(_ADDRESSES, encoding="utf-8")
    write_index(tmp_path / "index", tmp_path / "addresses.csv", "addresses")
    return AddressIndex([tmp_path / "index"], area_of_code={_WEST: _WEST, _EAST: _EAST})


def _place(index: AddressIndex | None, **given: object):
    row = {
        "locality_name": "Las",
        "street_address": "ul. Leśna 1",
        "postal_code": None,
        "post_town": None,
        "organization_name": None,
        "stated_gmina_name": "Zachód",
        "stated_gmina_code": None,
        "stated_powiat_name": "leśny",
        "is_city_powiat": None,
        "voivodeship_code": "04",
        "latitude": None,
        "longitude": None,
        "file_place_grade": None,
        "has_door": True,
        "is_public": True,
    } | given
    placed = place_facilities(pd.DataFrame([row], index=["a"]), _areas(), _gazetteer(), addresses=index)["a"]
    return placed.grade, placed.radius_m, placed.gmina_code, placed.point


def test_a_door_takes_the_place_of_a_village(index: AddressIndex) -> None:
    assert _place(index) == ("door", 100, _WEST, Point(17.31, 53.41))
    assert _place(None) == ("locality", 960, _WEST, _MIDDLE)


@pytest.mark.parametrize("is_public", [False, None, "yes"])
def test_a_protected_place_stays_as_coarse_as_it_was(index: AddressIndex, is_public: object) -> None:
    assert _place(index, is_public=is_public) == ("locality", None, _WEST, _MIDDLE)


def test_a_door_counts_within_1_km_of_the_drawn_border(index: AddressIndex) -> None:
    # 17.504° is 266 m east of the border, 17.51° 664 m, 17.517° 1,129 m: the address says Zachód, whoever drew it.
    assert _place(index, street_address="ul. Graniczna 1")[:3] == ("door", 100, _WEST)
    assert _place(index, street_address="ul. Graniczna 3")[:3] == ("door", 100, _WEST)
    assert _place(index, street_address="ul. Graniczna 15") == ("locality", 960, _WEST, _MIDDLE)


def test_a_place_on_a_street_counts_within_300_m_of_the_drawn_border(index: AddressIndex) -> None:
    # Beside number 3, which is 664 m beyond: that no address states the gmina of this house.
    assert _place(index, street_address="ul. Graniczna 3A") == ("locality", 960, _WEST, _MIDDLE)
    assert _place(index, street_address="ul. Graniczna 1A")[:3] == ("street", 200, _WEST)


def test_a_street_of_a_file_is_as_long_as_the_addresses_say(index: AddressIndex) -> None:
    # Długa runs from 17.30° to 17.33°, 1,994 m; its middle is 997 m from both ends, and 333 m from 17.32°.
    own = {"latitude": 53.41, "longitude": 17.32, "file_place_grade": "street", "street_address": "ul. Długa"}
    grade, radius_m, gmina_code, point = _place(index, **own)
    assert (grade, gmina_code, point) == ("street", _WEST, Point(17.32, 53.41))
    assert radius_m == pytest.approx(997 + 333, rel=0.01)
    assert _place(index, **own, file_place_radius_m=250)[1] == 250
    assert _place(None, **own)[1] is None


def test_no_radius_is_larger_than_the_gmina() -> None:
    # 0.3° by 0.2° there are 19.9 km by 22.3 km: a circle as large has a radius of 11.9 km.
    own = {"latitude": 53.41, "longitude": 17.32, "file_place_grade": "street", "file_place_radius_m": 21_500}
    assert _place(None, **own)[1] == pytest.approx(11_900, rel=0.01)


def test_nobody_moves_to_another_gmina(index: AddressIndex) -> None:
    # Wschód is stated and has a street of the name, but in Bór; the row says Las.
    assert _place(index, stated_gmina_name="Wschód") == ("door", 100, _WEST, Point(17.31, 53.41))
    assert _place(None, stated_gmina_name="Wschód")[2] == _WEST


def test_the_own_door_of_a_register_stays(index: AddressIndex) -> None:
    own = {"latitude": 53.44, "longitude": 17.33, "file_place_grade": "door"}
    assert _place(index, **own) == ("door", None, _WEST, Point(17.33, 53.44))
    coarse = own | {"file_place_grade": "locality"}
    assert _place(index, **coarse)[3] == Point(17.31, 53.41)


def test_a_register_may_say_how_exact_its_point_is() -> None:
    own = {"latitude": 53.44, "longitude": 17.33, "file_place_grade": "street", "file_place_radius_m": 250}
    assert _place(None, **own)[:2] == ("street", 250)


def test_without_a_door_there_is_no_point(index: AddressIndex) -> None:
    assert _place(index, has_door=False)[0] == "none"


def test_a_village_whose_name_the_addresses_shorten_has_its_doors(index):
    grade, radius_m, gmina_code, point = _place(
        index, locality_name="Las nad Wisłą", street_address="Las nad Wisłą 28"
    )
    assert (grade, radius_m, gmina_code, round(point.x, 4)) == ("door", 100, _WEST, 17.35)
