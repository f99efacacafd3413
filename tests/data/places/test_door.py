import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point, box

from data.places.address_answers import Candidate, DoorAddress
from data.places.door import located_door
from data.places.geocoding import Geocoder
from data.places.placing import place_facilities
from data.places.stated_area import StatedArea
from data.places.world import AreaIndex, Gazetteer
from data.sources.registers.address_text import Door, door_of
from geo.crs import GEOGRAPHIC
from tests.support.uug_server import Clock, answer, playing, recorded_answers, result

# Gminas a degree wide; Sypniewo and one Zakrzewo of the recorded answers lie in Więcbork and Linia.
_GMINAS = {
    "041304": ("Więcbork", box(17.2, 53.3, 17.5, 53.5)),
    "041301": ("Kamień Krajeński", box(17.5, 53.3, 17.8, 53.5)),
    "221506": ("Linia", box(17.7, 54.4, 18.0, 54.6)),
    "046101": ("Bydgoszcz", box(18.0, 53.0, 18.2, 53.2)),
}
_POWIATS = {
    "0413": ("sępoleński", "land"),
    "2215": ("wejherowski", "land"),
    "0461": ("Bydgoszcz", "city"),
}
_VOIVODESHIPS = {"04": "kujawsko-pomorskie", "22": "pomorskie"}
_SYPNIEWO = Point(17.3, 53.4)
_UNIT = "{Polska,kujawsko-pomorskie,sępoleński,Więcbork}"


def _areas() -> AreaIndex:
    nowhere = {"kind": "", "geometry": box(0, 0, 1, 1)}
    rows = [
        {"area_code": code, "level": "gmina", "name": name, "kind": "", "geometry": shape}
        for code, (name, shape) in _GMINAS.items()
    ]
    rows += [
        nowhere | {"area_code": code, "level": "powiat", "name": name, "kind": kind}
        for code, (name, kind) in _POWIATS.items()
    ]
    rows += [
        nowhere | {"area_code": code, "level": "voivodeship", "name": name}
        for code, name in _VOIVODESHIPS.items()
    ]
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=GEOGRAPHIC)
    return AreaIndex(frame.assign(label_point=[shape.centroid for shape in frame.geometry]))


def _gazetteer() -> Gazetteer:
    rows = [("Sypniewo", "wieś", "041304", _SYPNIEWO), ("Strzecz", "wieś", "221506", Point(17.9, 54.5))]
    return Gazetteer(pd.DataFrame(rows, columns=["name", "kind", "gmina_code", "point"]))


def _row(**given: object) -> dict[str, object]:
    return {
        "locality_name": "Sypniewo",
        "street_address": "ul. Miodowa 10",
        "postal_code": None,
        "post_town": None,
        "organization_name": None,
        "stated_gmina_name": "Więcbork",
        "stated_gmina_code": None,
        "stated_powiat_name": "sępoleński",
        "is_city_powiat": None,
        "voivodeship_code": "04",
        "latitude": None,
        "longitude": None,
        "file_place_grade": None,
        "has_door": True,
        "is_public": True,
    } | given


class _Finder:
    """Answers every question alike and keeps the questions."""

    def __init__(self, *candidates: Candidate) -> None:
        self.candidates = candidates
        self.asked: list[DoorAddress] = []

    def find(self, address: DoorAddress) -> tuple[Candidate, ...]:
        self.asked.append(address)
        return self.candidates


def _place(finder, **given: object):
    frame = pd.DataFrame([_row(**given)], index=["a"])
    return place_facilities(frame, _areas(), _gazetteer(), finder=finder)["a"]


def _geocoder(server, folder) -> Geocoder:
    clock = Clock()
    return Geocoder(server.url, folder / "uug.jsonl", now=clock.now, sleep=clock.sleep)


@pytest.mark.mirror
def test_recorded_door_is_taken(mirror, tmp_path) -> None:
    with playing(recorded_answers(mirror)) as server:
        placed = _place(_geocoder(server, tmp_path))
    assert (placed.grade, placed.gmina_code) == ("door", "041304")
    assert placed.point == Point(17.3146680637357, 53.3726619432232)
    assert (placed.gmina_of_words, placed.gmina_of_point) == ("041304", "041304")


@pytest.mark.mirror
def test_of_recorded_namesakes_the_one_in_the_stated_gmina_is_taken(mirror, tmp_path) -> None:
    given = {"locality_name": "Zakrzewo", "street_address": "Zakrzewo 45", "voivodeship_code": "22"}
    with playing(recorded_answers(mirror)) as server:
        geocoder = _geocoder(server, tmp_path)
        placed = _place(geocoder, **given, stated_gmina_name="Linia", stated_powiat_name="wejherowski")
        nowhere = _place(geocoder, **given, stated_gmina_name=None, stated_powiat_name=None)
    assert (placed.grade, placed.gmina_code) == ("door", "221506")
    assert placed.point == Point(17.8932726470263, 54.4596489029187)
    assert placed.problems == []  # that the gazetteer lacks Zakrzewo is solved
    assert (nowhere.grade, nowhere.point) == ("none", None)


@pytest.mark.parametrize("is_public", [False, None, "yes", 1])
def test_protected_address_is_told_to_nobody(is_public: object) -> None:
    finder = _Finder(Candidate(_SYPNIEWO, "door"))
    assert _place(finder, is_public=is_public).grade == "locality"
    assert finder.asked == []


def test_address_is_told_to_nobody_when_nothing_says_that_it_is_public() -> None:
    finder = _Finder()
    frame = pd.DataFrame([_row()]).drop(columns="is_public")
    place_facilities(frame, _areas(), _gazetteer(), finder=finder)
    assert finder.asked == []


def test_only_public_rows_of_many_are_asked_for() -> None:
    finder = _Finder()
    rows = [
        _row(street_address="ul. Jawna 1"),
        _row(street_address="ul. Tajna 2", is_public=False),
        _row(street_address="ul. Jawna 3", has_door=False),
        _row(street_address="ul. Jawna 4", latitude=53.4, longitude=17.3, file_place_grade="door"),
        _row(street_address=None),
        _row(street_address="ul. Jawna 6", locality_name=None),
        _row(street_address="Sypniewo, ul. Jawna 7", locality_name=None),
    ]
    place_facilities(pd.DataFrame(rows), _areas(), _gazetteer(), finder=finder)
    assert finder.asked == [DoorAddress("Sypniewo", "Jawna", "1"), DoorAddress("Sypniewo", "Jawna", "7")]


def test_failing_service_leaves_the_coarser_grade(tmp_path) -> None:
    with playing({}, faults=[500] * 9) as server:
        geocoder = _geocoder(server, tmp_path)
        placed = _place(geocoder)
    assert (placed.grade, placed.point) == ("locality", _SYPNIEWO)
    assert geocoder.counts["failed"] > 0


def test_answer_in_another_gmina_than_stated_is_left(tmp_path) -> None:
    elsewhere = result("Sypniewo", "Miodowa", "10", _UNIT, 17.6, 53.4)
    with playing({"Sypniewo, Miodowa 10": answer(elsewhere)}) as server:
        placed = _place(_geocoder(server, tmp_path))
    assert (placed.grade, placed.gmina_code) == ("locality", "041304")


def test_street_is_finer_than_a_locality_and_coarser_than_a_door(tmp_path) -> None:
    street = {"street": "ulica Miodowa", "city": "Sypniewo", "x": "17.31", "y": "53.41"}
    with playing({"Sypniewo, Miodowa": answer(street, kind="street")}) as server:
        geocoder = _geocoder(server, tmp_path)
        assert _place(geocoder).grade == "street"
        own = {"latitude": 53.4, "longitude": 17.35, "file_place_grade": "street"}
        assert _place(geocoder, **own).point == Point(17.35, 53.4)


STATED = StatedArea(frozenset({"041304"}), "0413", "04")
POWIAT = StatedArea(frozenset(), "0413", "04")
VOIVODESHIP = StatedArea(frozenset(), None, "04")
HERE = (Candidate(_SYPNIEWO, "door", "89-422", "Więcbork", "sępoleński", "kujawsko-pomorskie"), "041304")
FAR = (
    Candidate(Point(17.4, 53.4), "door", "89-400", "Więcbork", "sępoleński", "kujawsko-pomorskie"),
    "041304",
)
NEXT_DOOR = (Candidate(Point(17.3001, 53.4), "door", "89-422"), "041304")
IN_OTHER_GMINA = (Candidate(Point(17.6, 53.4), "door", "89-430", "Kamień Krajeński"), "041301")
ABROAD = (Candidate(Point(5, 50), "door"), None)


@pytest.mark.parametrize(
    ("candidates", "stated", "postal_code", "point"),
    [
        ([HERE], STATED, None, HERE[0].point),
        ([HERE], STATED, "00-001", HERE[0].point),
        ([HERE, IN_OTHER_GMINA, ABROAD], STATED, None, HERE[0].point),
        ([HERE, NEXT_DOOR], STATED, None, HERE[0].point),
        ([HERE, FAR], STATED, None, None),
        ([HERE, FAR], STATED, "89-400", FAR[0].point),
        ([HERE, FAR], STATED, "00-001", None),
        ([IN_OTHER_GMINA], STATED, None, None),
        ([IN_OTHER_GMINA], POWIAT, None, IN_OTHER_GMINA[0].point),
        ([HERE, IN_OTHER_GMINA], POWIAT, None, None),
        ([HERE], VOIVODESHIP, None, None),
        ([HERE], VOIVODESHIP, "89-422", HERE[0].point),
        ([ABROAD], VOIVODESHIP, None, None),
        ([], STATED, None, None),
    ],
)
def test_only_one_door_in_the_stated_area_is_taken(candidates, stated, postal_code, point) -> None:
    located = located_door(candidates, stated, _areas(), postal_code=postal_code)
    assert (located.point if located else None) == point


@pytest.mark.parametrize(
    ("names", "is_taken"),
    [
        (("Więcbork", "sępoleński", "kujawsko-pomorskie"), True),
        ((None, None, None), True),
        (("Młoda Gmina", "sępoleński", "kujawsko-pomorskie"), True),
        (("Kamień Krajeński", "sępoleński", "kujawsko-pomorskie"), False),
        (("Więcbork", "Bydgoszcz", "kujawsko-pomorskie"), False),
        (("Więcbork", "sępoleński", "pomorskie"), False),
    ],
)
def test_names_of_an_answer_must_be_those_of_its_point(names: tuple, is_taken: bool) -> None:
    gmina, powiat, voivodeship = names
    candidate = Candidate(_SYPNIEWO, "door", None, gmina, powiat, voivodeship)
    located = located_door([(candidate, "041304")], STATED, _areas(), postal_code=None)
    assert (located is not None) is is_taken


@pytest.mark.parametrize(
    ("text", "locality", "door"),
    [
        ("ul. Parkowa 1A", "Dobra", Door("Parkowa", "1A")),
        ("ul Lipowa 9", "Jonkowo", Door("Lipowa", "9")),
        ("Klimkówka 67", "Klimkówka", Door(None, "67")),
        ("Nowodworze 70 B", "Nowodworze", Door(None, "70B")),
        ("16", "Wysoka", Door(None, "16")),
        ("nr 2", "Legendzin", Door(None, "2")),
        ("Grybów, ul. Jakubowskiego 33", None, Door("Jakubowskiego", "33", "Grybów")),
        ("Jordanów, Rynek 39", None, Door("Rynek", "39", "Jordanów")),
        ("Gliwicka 22", "Tarnowskie Góry", Door("Gliwicka", "22")),
        ("ul. 3 Maja 20", "Gorlice", Door("3 Maja", "20")),
        ("ul. 3 Maja", "Gorlice", Door("3 Maja", None)),
        ("ul. Długa 12/14", "Kraków", Door("Długa", "12/14")),
        ("ul. Batalionów Chłopskich 1 - 3", "Zgierz", Door("Batalionów Chłopskich", "1-3")),
        ("Kościuszki 5 lok. 2", "Kraków", Door("Kościuszki", "5")),
        ("ul. Kwiatowa 3, I piętro", "Kraków", Door("Kwiatowa", "3")),
        ("ul. M. Konopnickiej 86", "Jasło", Door("M. Konopnickiej", "86")),
        ("os. Na Skarpie 27 A", "Kraków", Door("os. Na Skarpie", "27A")),
        # A post town with its code is no street, wherever it stands in the cell.
        ("Rzozów 14, 32-052 Radziszów", "Rzozów", Door(None, "14")),
        ("32-052 Radziszów, Rzozów 14", "Rzozów", Door(None, "14")),
        ("32-052 Radziszów 14", "Radziszów", Door(None, "14")),
        ("32-052 Radziszów", "Radziszów", None),
        ("ul. Podlesie 173, 32-052 Radziszów", "Radziszów", Door("Podlesie", "173")),
        ("Kościelec", "Kościelec", None),
        ("", "Kościelec", None),
        (None, None, None),
    ],
)
def test_street_address_is_parted_into_street_and_number(
    text: str | None, locality: str | None, door
) -> None:
    assert door_of(text, locality_name=locality) == door
