"""Places and needs read from a line, on a world of a few places."""

import unicodedata

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
            _locality("10", "Warszawa", "miasto", "Warszawa", 1_860_000, east=21.5),
            _locality("11", "Praga", "wieś", "poddębicki"),
            _locality("12", "Rzym", "wieś", "żniński"),
            _locality("13", "Lipsk", "miasto", "augustowski", 2_400),
            _locality("14", "Nowy Sącz", "miasto", "Nowy Sącz", 80_000),
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


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("Praga", ["l:10", "l:11"]),
        ("nocleg Praga", ["l:10", "l:11"]),
        ("obiad na Pradze", ["l:10", "l:11"]),
        ("Прага", ["l:10", "l:11"]),
        ("Rzym", ["l:12"]),
        ("nocleg w Rzymie", ["l:12"]),
        ("tani nocleg rzym", ["l:12"]),
    ],
)
def test_a_hamlet_or_a_part_of_a_town_called_as_a_city_abroad_is_asked_for(reader, typed, keys):
    understood = reader.read(typed)
    assert understood.place is None
    assert [place.key for place in understood.places] == keys
    assert understood.is_abroad_too
    assert not understood.is_abroad


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Rzym, żniński", "l:12"),
        ("Praga Warszawa", "l:10"),
        ("Warszawa Praga-Południe", "l:10"),
        ("Lipsk", "l:13"),
    ],
)
def test_who_says_where_it_is_or_means_a_town_is_not_asked(reader, typed, key):
    understood = reader.read(typed)
    assert understood.place is not None
    assert understood.place.key == key
    assert not understood.is_abroad_too


@pytest.mark.parametrize("typed", ["Kraków", "Nowy Sącz", "nocleg w Krakowie dla mężczyzny", "Київ"])
def test_letters_with_their_marks_apart_are_read_as_one(reader, typed):
    apart = unicodedata.normalize("NFD", typed)
    assert apart != typed
    assert reader.read(apart) == reader.read(typed)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("gdzie oddać ubrania", "clothes"),
        ("oddam łóżko rehabilitacyjne Kraków", "equipment"),
        ("donate winter jacket", "clothes"),
        ("віддати одяг", "clothes"),
    ],
)
def test_who_gives_away_is_asked(reader, typed, offered):
    understood = reader.read(typed)
    assert (understood.need, understood.is_giving) == (None, True)
    assert offered in [need.code for need in understood.needs]


def test_who_takes_a_mother_to_a_home_gives_nothing_away(reader):
    assert not reader.read("oddać mamę do domu opieki").is_giving


def test_a_mother_is_no_home_for_mothers(reader):
    assert reader.read("my mother fell").is_nothing
    assert reader.read("a home for mothers").need.code == "mothers_home"


@pytest.mark.parametrize(
    ("typed", "whom", "also"),
    [
        ("nocleg dla kobiety z dzieckiem Kraków", ["families", "women"], ["mothers_home", "violence"]),
        ("schronisko dla kobiety z dzieckiem", ["families", "women"], ["mothers_home", "violence"]),
        ("нічліг для жінки", ["women"], ["violence"]),
        ("nocleg dla mężczyzny", ["men"], []),
        ("place to sleep for men", ["men"], []),
        ("nocleg dla pary bez skierowania", ["couples", "no_referral"], []),
        ("DPS dla kobiet", ["women"], []),
        ("opieka nad mamą", [], []),
    ],
)
def test_for_whom_is_read_beside_the_need(reader, typed, whom, also):
    understood = reader.read(typed)
    assert [one.code for one in understood.whom] == whom
    assert [need.code for need in understood.also] == also
    assert understood.unread == ()


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
