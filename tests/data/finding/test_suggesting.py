"""What is suggested while a line is typed: on a world of a few places, and on all of Poland how fast."""

import statistics
import time

import geopandas as gpd
import pandas as pd
import pytest
from shapely import Point

from data.finding.query_reader import QueryReader
from data.finding.suggesting import LONGEST, Suggester
from data.places.place_search import PlaceIndex

MEDIAN_SECONDS, MOST_SECONDS = 0.005, 0.05
TOWNS = (
    ("Kraków", "miasto", "Kraków", 755_000),
    ("Krosno", "miasto", "Krosno", 46_000),
    ("Krąków", "wieś", "sieradzki", None),
    ("Nowy Sącz", "miasto", "Nowy Sącz", 83_000),
    ("Bielsko-Biała", "miasto", "Bielsko-Biała", 170_000),
    ("Kielce", "miasto", "Kielce", 190_000),
    ("Obice", "wieś", "kielecki", None),
    ("Nowa Huta", "wieś", "koniński", None),
)


@pytest.fixture(scope="module")
def suggester():
    rows = [
        {
            "locality_key": str(number),
            "name": name,
            "kind": kind,
            "gmina_code": "126101",
            "gmina_name": name,
            "powiat_name": powiat,
            "voivodeship_name": "małopolskie",
            "population_persons": persons,
            "geometry": Point(20.0 + number / 100, 50),
        }
        for number, (name, kind, powiat, persons) in enumerate(TOWNS)
    ]
    localities = gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326")
    gminas = pd.DataFrame(columns=["area_code", "name", "powiat_name", "voivodeship_name", "label_point"])
    index = PlaceIndex(localities, gminas)
    codes = {"31-001": [index.get("l:0")]}
    return Suggester(QueryReader(index, post_towns=lambda code: codes.get(code, [])))


def told(suggester, typed, lang="pl"):
    """Return what is suggested as "need + place"."""
    return [
        " + ".join(
            filter(None, (one.need.code if one.need else "", one.place.name if one.place else "", one.rest))
        )
        for one in suggester.suggest(typed, lang)
    ]


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("kr", ["Kraków", "Krosno", "Krąków"]),
        ("KRAKO", ["Kraków", "Krąków"]),
        ("bielsko-bi", ["Bielsko-Biała"]),
        ("nowy są", ["Nowy Sącz"]),
        ("w kielc", ["Kielce"]),
        ("w Kielcach", ["Kielce"]),
        ("Крак", ["Kraków"]),
        ("Cracov", ["Kraków"]),
        ("31-001", ["Kraków"]),
        ("krakuw", ["Kraków"]),
        ("nocleg kro", ["bed_tonight + Krosno"]),
        ("szukam obiadu w kro", ["meal + Krosno"]),
        ("Krosno nocl", ["bed_tonight + Krosno", "night_shelter + Krosno"]),
        ("bezdomny kro", ["Krosno + bezdomny"]),
        ("Nowa Huta", ["Kraków", "Nowa Huta"]),
    ],
)
def test_places_and_needs_by_their_beginnings(suggester, typed, suggested):
    assert told(suggester, typed) == suggested


def test_a_part_of_a_town_is_told_as_such(suggester):
    assert [one.district for one in suggester.suggest("Nowa Hut", "pl")] == ["Nowa Huta", ""]
    assert told(suggester, "No") == ["Nowy Sącz", "Nowa Huta"]


def test_needs_stand_before_villages_and_behind_towns(suggester):
    assert told(suggester, "obi")[-1] == "Obice"
    assert "meal" in told(suggester, "obi")[:-1]
    assert told(suggester, "opieka dla m") == ["care_at_home"]


def test_needs_are_looked_for_in_the_readers_words_first(suggester):
    assert told(suggester, "ніч", "uk")[:2] == ["night_shelter", "bed_tonight"]
    assert told(suggester, "де пере", "uk") == ["bed_tonight"]
    assert told(suggester, "somewhere to sl", "en") == ["bed_tonight"]


@pytest.mark.parametrize("typed", ["", " ", "k", "w", "dla", "qxqx", "Berlin", "?!", "Kraków " * LONGEST])
def test_nothing_is_suggested_for_what_says_nothing(suggester, typed):
    assert told(suggester, typed) == []


def test_suggestions_come_at_once(real_registry):
    suggester = Suggester(QueryReader(real_registry.places))
    lines = ["nocleg Wrocław", "opieka dla mamy Kielce", "Nowy Sącz", "Краків", "warszwa", "w Kielcach obiad"]
    spent = []
    for line in lines:
        for size in range(2, len(line) + 1):
            start = time.thread_time()
            suggester.suggest(line[:size], "pl")
            spent.append(time.thread_time() - start)
    assert statistics.median(spent) <= MEDIAN_SECONDS
    assert max(spent) <= MOST_SECONDS
