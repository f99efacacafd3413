import json
from datetime import date

import pytest

from data.places.address_answers import DoorAddress, candidates, same_street
from data.places.geocoding import Geocoder
from geo.errors import OptionError
from tests.support.uug_server import Clock, answer, playing, recorded_answers, result

MIODOWA = DoorAddress("Sypniewo", "Miodowa", "10")
LIPOWA = {"Dobra, Lipowa 5": answer(result("Dobra", "Lipowa", "5", "{Polska,a,b,Dobra}", 15.5, 50.5))}
DOBRA = DoorAddress("Dobra", "Lipowa", "5")


def _geocoder(server, folder, clock: Clock | None = None, **options) -> Geocoder:
    clock = clock or Clock()
    return Geocoder(server.url, folder / "uug.jsonl", now=clock.now, sleep=clock.sleep, **options)


@pytest.mark.mirror
def test_recorded_address_is_a_door(mirror, tmp_path) -> None:
    with playing(recorded_answers(mirror)) as server:
        (found,) = _geocoder(server, tmp_path).find(MIODOWA)
    assert (found.grade, found.postal_code) == ("door", "89-422")
    assert (found.point.x, found.point.y) == (17.3146680637357, 53.3726619432232)
    names = (found.voivodeship_name, found.powiat_name, found.gmina_name)
    assert names == ("kujawsko-pomorskie", "sępoleński", "Więcbork")
    assert server.queries == [
        {"request": "GetAddress", "address": "Sypniewo, Miodowa 10", "srid": "4326"},
    ]


@pytest.mark.mirror
def test_recorded_namesakes_are_all_candidates_and_null_is_no_street(mirror, tmp_path) -> None:
    with playing(recorded_answers(mirror)) as server:
        found = _geocoder(server, tmp_path).find(DoorAddress("Zakrzewo", None, "45"))
    assert [candidate.gmina_name for candidate in found] == [
        "Miejska Górka",
        "Działdowo",
        "Karniewo",
        "Radzyń Chełmiński",
        "Babiak",
        "Linia",
        "Radziłów",
        "Darłowo",
    ]
    assert {candidate.grade for candidate in found} == {"door"}


@pytest.mark.mirror
def test_recorded_street_stands_for_an_unknown_number(mirror, tmp_path) -> None:
    with playing(recorded_answers(mirror)) as server:
        (found,) = _geocoder(server, tmp_path).find(DoorAddress("Warszawa", "Marszałkowska", "9999"))
    assert (found.grade, found.point.x, found.gmina_name) == ("street", 21.0123420894858, None)
    assert server.questions == ["Warszawa, Marszałkowska 9999", "Warszawa, Marszałkowska"]


@pytest.mark.mirror
def test_recorded_town_is_no_door(mirror, tmp_path) -> None:
    with playing(recorded_answers(mirror)) as server:
        geocoder = _geocoder(server, tmp_path)
        assert geocoder.find(DoorAddress("Swarzędz", None, "3")) == []
        assert geocoder.find(DoorAddress("Nigdzie", None, "1")) == []
    assert geocoder.counts == {"asked": 2}


def test_same_address_is_asked_once_and_its_day_is_kept(tmp_path) -> None:
    with playing(LIPOWA) as server:
        first = _geocoder(server, tmp_path, today=lambda: date(2026, 11, 20))
        found = first.find(DOBRA)
        again = _geocoder(server, tmp_path, today=lambda: date(2026, 11, 27))
        assert again.find(DOBRA) == found
        assert len(server.questions) == 1
        assert (first.counts, again.counts) == ({"asked": 1}, {"from_cache": 1})
        line = json.loads((tmp_path / "uug.jsonl").read_text(encoding="utf-8"))
        assert (line["asked_on"], line["question"], line["url"]) == (
            "2026-11-20",
            "Dobra, Lipowa 5",
            server.url,
        )
        old = _geocoder(server, tmp_path, today=lambda: date(2029, 1, 1))
        assert old.find(DOBRA) == found
        assert len(server.questions) == 2


def test_no_answer_is_an_answer_and_is_kept(tmp_path) -> None:
    with playing({}) as server:
        for _ in range(2):
            assert _geocoder(server, tmp_path).find(DOBRA) == []
        assert server.questions == ["Dobra, Lipowa 5", "Dobra, Lipowa"]


def test_torn_line_of_the_cache_is_asked_again(tmp_path) -> None:
    with playing(LIPOWA) as server:
        _geocoder(server, tmp_path).find(DOBRA)
        path = tmp_path / "uug.jsonl"
        path.write_bytes(path.read_bytes()[:-20] + b"\n\xff\n[]\n")
        assert len(_geocoder(server, tmp_path).find(DOBRA)) == 1
        assert len(server.questions) == 2


def test_cache_that_cannot_be_written_stops_nothing(tmp_path) -> None:
    (tmp_path / "uug.jsonl").mkdir()
    with playing(LIPOWA) as server:
        assert len(_geocoder(server, tmp_path).find(DOBRA)) == 1


def test_questions_are_a_second_apart(tmp_path) -> None:
    clock = Clock()
    with playing({}) as server:
        geocoder = _geocoder(server, tmp_path, clock)
        for number in range(1, 4):
            geocoder.find(DoorAddress("Dobra", None, str(number)))
            clock.at += 0.25  # what the rest of the load takes
    assert clock.slept == [0.75, 0.75]


def test_busy_service_is_asked_again_later_each_time_after_longer(tmp_path) -> None:
    clock = Clock()
    with playing(LIPOWA, faults=[503, 429]) as server:
        geocoder = _geocoder(server, tmp_path, clock)
        assert len(geocoder.find(DOBRA)) == 1
    assert clock.slept == [2.0, 4.0]
    assert geocoder.counts == {"asked": 1}


@pytest.mark.parametrize(("wish", "slept"), [("7", 7.0), ("9999", 60.0), ("Mon, 1 Jan", 2.0)])
def test_wish_of_the_service_to_wait_is_heard_up_to_a_minute(tmp_path, wish: str, slept: float) -> None:
    clock = Clock()
    with playing(LIPOWA, faults=[429], retry_after=wish) as server:
        _geocoder(server, tmp_path, clock).find(DOBRA)
    assert clock.slept == [slept]


@pytest.mark.parametrize("page", [b"<html>przerwa techniczna</html>", b'{"results": {"1": ', b"[]", b"{}"])
def test_page_that_is_no_answer_is_a_failure_and_is_not_kept(tmp_path, page: bytes) -> None:
    with playing(LIPOWA, faults=[page]) as server:
        geocoder = _geocoder(server, tmp_path)
        assert geocoder.find(DoorAddress("Dobra", None, "1")) == []
        assert geocoder.counts == {"failed": 1}
        assert not (tmp_path / "uug.jsonl").exists()


def test_service_that_fails_three_times_is_left_alone(tmp_path) -> None:
    with playing({}, faults=[500] * 100) as server:
        geocoder = _geocoder(server, tmp_path)
        for number in range(1, 6):
            assert geocoder.find(DoorAddress("Dobra", None, str(number))) == []
    assert geocoder.counts == {"failed": 3, "not_asked": 2}
    assert len(server.questions) == 9  # three tries each
    assert geocoder.report() == "address service: 0 asked, 0 from cache, 3 failed, 2 not asked"


def test_refusal_ends_the_asking_at_once(tmp_path) -> None:
    with playing(LIPOWA, faults=[403]) as server:
        geocoder = _geocoder(server, tmp_path)
        assert geocoder.find(DOBRA) == []
    assert server.questions == ["Dobra, Lipowa 5"]
    assert geocoder.counts == {"failed": 1, "not_asked": 1}


def test_unreachable_service_gives_nothing(tmp_path) -> None:
    with playing({}) as server:
        url = server.url
    clock = Clock()
    geocoder = Geocoder(url, tmp_path / "uug.jsonl", now=clock.now, sleep=clock.sleep)
    assert geocoder.find(DoorAddress("Dobra", None, "1")) == []
    assert geocoder.counts == {"failed": 1}


def test_run_asks_no_more_than_it_may(tmp_path) -> None:
    with playing({}) as server:
        geocoder = _geocoder(server, tmp_path, most_requests=2)
        for number in range(1, 5):
            geocoder.find(DoorAddress("Dobra", None, str(number)))
    assert server.questions == ["Dobra 1", "Dobra 2"]
    assert geocoder.counts == {"asked": 2, "not_asked": 2}


@pytest.mark.parametrize("url", ["file:///etc/hostname", "services.gugik.gov.pl/uug", ""])
def test_address_of_the_service_must_be_one(tmp_path, url: str) -> None:
    with pytest.raises(OptionError, match="SUPPORT_MAP_GEOCODER_URL"):
        Geocoder(url, tmp_path / "uug.jsonl")


@pytest.mark.parametrize(
    ("changed", "is_found"),
    [
        ({}, True),
        ({"number": "5 "}, True),
        ({"number": "5A"}, False),
        ({"number": None}, False),
        ({"street": None}, False),
        ({"street": "Nowa"}, False),
        ({"city": "Dobra Nowogardzka"}, False),
        ({"city": "DOBRA"}, True),
        ({"x": None}, False),
        ({"x": "nan"}, False),
        ({"y": "500"}, False),
        ({"jednostka": "{Polska}"}, True),
        ({"jednostka": None}, True),
    ],
)
def test_result_is_a_door_only_when_its_words_are_those_asked_for(changed: dict, is_found: bool) -> None:
    found = answer(result("Dobra", "Lipowa", "5", "{Polska,a,b,Dobra}", 15.5, 50.5) | changed)
    assert bool(candidates(found, DOBRA)) == is_found


@pytest.mark.parametrize("broken", [None, {}, {"results": None}, {"results": []}, {"results": {"1": None}}])
def test_answer_without_results_has_no_candidates(broken) -> None:
    assert candidates(broken, DOBRA) == []


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("ul. Kościuszki", "Tadeusza Kościuszki", True),
        ("T. Kościuszki", "ulica Tadeusza Kościuszki", True),
        ("gen. Józefa Bema", "Józefa Bema", True),
        ("Jana Pawła II", "Świętego Jana Pawła II", True),
        ("al. Tysiąclecia", "Aleja Tysiąclecia", True),
        ("Aleje Jerozolimskie", "al. Jerozolimskie", True),
        ("Rynek", "Rynek", True),
        (None, None, True),
        ("pl. Kościuszki", "Kościuszki", False),
        ("3 Maja", "1 Maja", False),
        ("3 Maja", "Maja", False),
        ("Boczna", "Podmiejska Boczna", False),
        ("Kościuszki", None, False),
        ("Adama Mickiewicza", "Jana Mickiewicza", False),
    ],
)
def test_streets_are_compared_as_people_write_them(first: str, second: str, is_same: bool) -> None:
    assert same_street(first, second) is is_same
    assert same_street(second, first) is is_same
