"""Places and needs read from a line, on a world of a few places."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from data.finding.cases import nominatives
from data.finding.query_reader import QueryReader
from data.finding.sounds import sound_of
from data.places.place_search import PlaceIndex


def _locality(key, name, kind, powiat, population=None, *, east=20.0):
    return {
        "locality_key": key,
        "name": name,
        "kind": kind,
        "gmina_code": "126101",
        "gmina_name": name,
        "powiat_name": powiat,
        "voivodeship_name": "małopolskie",
        "population_persons": population,
        "geometry": Point(east, 50),
    }


@pytest.fixture(scope="module")
def index():
    localities = gpd.GeoDataFrame(
        [
            _locality("1", "Kraków", "miasto", "Kraków", 755_000),
            _locality("2", "Krąków", "wieś", "sieradzki"),
            _locality("3", "Nowa Wieś", "wieś", "krakowski"),
            _locality("4", "Nowa Wieś", "wieś", "oświęcimski", 3_000),
            _locality("5", "Kielce", "miasto", "Kielce", 190_000, east=21.0),
            _locality("6", "Dys", "wieś", "lubelski"),
            _locality("7", "Bielsko-Biała", "miasto", "Bielsko-Biała", 170_000),
            _locality("8", "Bielsko", "wieś", "opolski"),
            _locality("9", "Praca", "wieś", "pabianicki"),
        ],
        geometry="geometry",
        crs="EPSG:4326",
    )
    gminas = pd.DataFrame(columns=["area_code", "name", "powiat_name", "voivodeship_name", "label_point"])
    return PlaceIndex(localities, gminas)


@pytest.fixture(scope="module")
def reader(index):
    return QueryReader(
        index,
        post_towns=lambda code: [index.get("l:1")] if code == "31-001" else [],
        has_street=lambda place, street, number: (place.name, street, number) == ("Kraków", "Dietla", "64"),
    )


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        *(
            (name, "l:1")
            for name in ("krakow", "KRAKÓW", "w Krakowie", "Краків", "у Кракові", "Cracow", "31-001")
        ),
        *((name, "l:5") for name in ("w Kielcach", "z Kielc", "nocleg kielce")),
        ("Krąków", "l:2"),
        ("Nowa Wieś, krakowski", "l:3"),
        ("Dys", "l:6"),
    ],
)
def test_a_place_is_meant_for_sure(reader, typed, key):
    understood = reader.read(typed)
    assert understood.place is not None
    assert understood.place.key == key


@pytest.mark.parametrize(
    ("typed", "first"), [("Nowa Wieś", "l:4"), ("Krakuf", "l:1"), ("Bielsko", "l:7"), ("50.01, 21.01", "l:5")]
)
def test_what_is_not_sure_is_offered(reader, typed, first):
    understood = reader.read(typed)
    assert understood.place is None
    assert understood.places[0].key == first


@pytest.mark.parametrize("typed", ["Berlin", "w Berlinie", "Київ", "у Києві", "48.8566 2.3522"])
def test_a_place_abroad_is_told_and_nothing_offered(reader, typed):
    understood = reader.read(typed)
    assert understood.is_abroad
    assert (understood.place, understood.places) == (None, ())


@pytest.mark.parametrize("typed", ["", "asdfgh", "😀", "1234567", "' OR 1=1 --", "pogoda na jutro"])
def test_nonsense_is_nothing(reader, typed):
    assert reader.read(typed).is_nothing


@pytest.mark.parametrize(
    ("typed", "need"),
    [
        ("DPS", "dps"),
        ("opieka dla mamy", "care_at_home"),
        ("noclg na dziś", "bed_tonight"),
        ("szukam pracy", "find_job"),
        ("де переночувати", "bed_tonight"),
        ("my husband hits me", "violence"),
    ],
)
def test_a_need_alone_is_no_village(reader, typed, need):
    understood = reader.read(typed)
    assert understood.need is not None
    assert understood.need.code == need
    assert (understood.place, understood.places) == (None, ())


def test_a_street_is_looked_up_and_the_town_is_kept(reader):
    found, lost = reader.read("Kraków, Dietla 64"), reader.read("ul. Zmyślona 7, Kraków")
    assert (found.place.key, found.street, found.street_answer) == ("l:1", "Dietla 64", "found")
    assert (lost.place.key, lost.street, lost.street_answer) == ("l:1", "Zmyślona 7", "not_found")


def test_words_that_mean_nothing_to_us_are_told(reader):
    understood = reader.read("fryzjer dla mamy Kraków")
    assert understood.place.key == "l:1"
    assert understood.unread == ("fryzjer",)


def test_two_towns_are_both_offered(reader):
    understood = reader.read("z Krakowa do Kielc")
    assert understood.place is None
    assert [place.key for place in understood.places[:2]] == ["l:1", "l:5"]


@pytest.mark.parametrize(
    ("word", "nominative"),
    [("kielcach", "kielce"), ("zakopanego", "zakopane"), ("debicy", "debica"), ("bialymstoku", "bialystok")],
)
def test_cases_lead_to_the_nominative(word, nominative):
    assert nominative in nominatives(word)


@pytest.mark.parametrize(
    ("name", "other"), [("Rzeszów", "Жешув"), ("Lublin", "Люблін"), ("Kraków", "Krakuf")]
)
def test_names_of_one_sound_are_one(name, other):
    assert sound_of(name) == sound_of(other)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("kto przywiezie trumnę Dys", "l:6"),
        ("kto przywiezie trumnę dys", None),
        ("Kto Przywiezie Trumnę Dys", None),
    ],
)
def test_a_village_among_words_that_are_not_understood_is_told_by_its_capital_letter(reader, typed, key):
    understood = reader.read(typed)
    assert (understood.place and understood.place.key) == key


def test_how_old_somebody_is_is_not_told_as_left_out(reader):
    assert reader.read("nocleg Kielce, mam 82 lata").unread == ()
    assert reader.read("nocleg Kielce, mam 82 kozy").unread == ("82", "kozy")
