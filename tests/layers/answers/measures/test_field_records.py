"""Places of a facility that another list tells: they are of that list and of its day, and of no other."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.field_records import PLACES, RECORD, other_records_of, records_of
from layers.answers.measures.stated_days import DayRange, StatedDay
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts import area_facts
from layers.words.area_facts.wording import facility_line
from layers.words.caption import build_caption
from layers.words.day_words import days_of_places
from layers.words.service_facts import capacity_line
from tests.support.tiny_world import AS_OF, service, tiny_registry

BOTH = (("CAL-DPS", "12"), ("CAL-DPS", "24"))
OLD, FRESH = date(2011, 6, 30), AS_OF - timedelta(days=30)


def home(number, *, day=OLD, precision="day", places=35, point_of="register", **changes):
    """Give a home of the register whose places the list `facts` tells."""
    return service(
        number,
        "120001",
        capacity_places=places,
        field_sources={"capacity_places": ["facts"], "geometry": [point_of], "gmina_code": [point_of]},
        field_days={
            "capacity_places": (day, None if day is None else precision),
            "geometry": (date(2025, 5, 18), "day"),
        },
        **changes,
    )


def registry_of(*services, claims=(("CAL-DPS", "12"),)):
    registry = tiny_registry(list(services), claims=claims)
    own = registry.sources[registry.sources["source_code"] == "register"]
    others = [
        own.assign(source_code=code, name=name, as_of=None)
        for code, name in (("facts", "Zestawienie"), ("points", "Punkty"))
    ]
    return replace(registry, sources=pd.concat([registry.sources, *others], ignore_index=True))


def table_of(*services, claims=(("CAL-DPS", "12"),), **view):
    return build_area_table(
        registry_of(*services, claims=claims), View(**{"scope": "12", "level": "powiat"} | view)
    )


def test_a_field_is_of_the_record_that_has_it():
    services = registry_of(home(1), service(2, "120001", capacity_places=10), service(3, "120001")).services
    told = records_of(services, PLACES)[["service_id", "source_code", "dated_on"]]
    assert told.to_numpy().tolist() == [[1, "facts", OLD], [2, "register", AS_OF]]
    assert other_records_of(services, PLACES)["service_id"].tolist() == [1]
    assert records_of(services, "vacant_places").empty


def plain_records_of(services, field):
    """Do what `records_of` does, row by row."""
    found, index = [], []
    for row, told in services[services[field].notna()].iterrows():
        sources, days = (
            of if isinstance(of, dict) else {} for of in (told["field_sources"], told["field_days"])
        )
        own = [told["source_code"], told["dated_on"], told["dated_precision"]]
        if sources.get(field):
            own = [sources[field][0], *days.get(field, (None, None))]
        found.append([told["service_id"], *own])
        index.append(row)
    return pd.DataFrame(found, columns=list(RECORD), index=pd.Index(index, dtype=services.index.dtype))


@pytest.mark.parametrize("field", [PLACES, "geometry", "waiting_persons"])
@pytest.mark.parametrize("chosen", [slice(None), slice(0, 1), slice(2, 4), slice(4, 5), slice(0, 0)], ids=str)
def test_records_are_those_of_each_row_by_itself(field, chosen):
    homes = [
        home(1, day=date(2020, 1, 1), precision="year"),
        home(2, day=None),
        service(3, "120001", capacity_places=4, dated_on=None, dated_precision=None),
        service(4, "120002"),
        service(5, "120002", capacity_places=7, field_sources={"note": ["facts"]}, field_days=None),
        service(6, "120002", capacity_places=7, field_sources={PLACES: ["facts"]}, field_days={}),
        service(7, "120002", capacity_places=7, field_sources={PLACES: []}, field_days={}),
    ]
    services = registry_of(*homes).services.iloc[::-1].iloc[chosen]
    found, plain = records_of(services, field), plain_records_of(services, field)
    assert [list(row) for row in found.astype(object).where(found.notna(), None).to_numpy()] == [
        list(row) for row in plain.astype(object).where(plain.notna(), None).to_numpy()
    ]
    assert found.index.tolist() == plain.index.tolist()
    assert list(found.columns) == list(RECORD)


@pytest.mark.parametrize("indicator", ["places_per_1000", "facilities_count", "coverage_share", "gap_share"])
def test_days_and_sources_are_those_of_the_places_and_not_of_the_list_alone(indicator):
    """WTZ of Małopolskie: 202 places of 2011 to 2020 were told as of the list of 2023, which states none."""
    table = table_of(home(1), home(2, day=None), indicator=indicator)
    assert table.days == DayRange(StatedDay(OLD), StatedDay(AS_OF), 1)
    (note,) = [note for note in table.sources if note.code == "facts"]
    assert note.days == DayRange(StatedDay(OLD), StatedDay(OLD), 1)
    assert days_of_places(table) == DayRange(StatedDay(OLD), StatedDay(OLD), 1)


def test_a_list_that_tells_nothing_of_what_is_counted_is_no_source():
    table = table_of(service(1, "120001", capacity_places=10))
    assert "facts" not in {note.code for note in table.sources}
    assert table.days == DayRange(StatedDay(AS_OF), StatedDay(AS_OF))


def test_whoever_tells_where_a_home_stands_is_a_source_and_gives_no_number_a_day():
    table = table_of(home(1, point_of="points", day=AS_OF))
    (note,) = [note for note in table.sources if note.code == "points"]
    assert note.days.newest == StatedDay(date(2025, 5, 18))
    assert table.days == DayRange(StatedDay(AS_OF), StatedDay(AS_OF))


@pytest.mark.parametrize(("day", "bound"), [(FRESH, ""), (OLD, "unsure"), (None, "unsure")])
def test_old_places_of_another_list_are_unsure_also_where_the_register_is_complete(day, bound):
    table = table_of(home(1, day=day), indicator="places_per_1000")
    told = table.bounds.loc["1200"]
    assert (told["facilities_count"], told["capacity_places"], told["places_per_1000"]) == ("", bound, bound)
    assert table.is_old is (bound == "unsure")


def test_old_places_leave_a_gap_between_least_and_most():
    sure, unsure = (
        table_of(home(1, day=day), indicator="gap_share", norm=50.0, distance_km=5, claims=BOTH).answer
        for day in (FRESH, OLD)
    )
    assert sure.missing_places.bound == ""
    assert unsure.reasons == ("old",)
    assert unsure.missing_places.estimate == sure.missing_places.estimate
    assert unsure.missing_places.most > sure.missing_places.most
    assert unsure.out_of_reach_persons == sure.out_of_reach_persons


def test_old_places_in_reach_are_unsure():
    table = table_of(home(1), indicator="access_per_1000", distance_km=5, claims=BOTH)
    assert table.value_bounds["1200"] == "unsure"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_whose_the_places_are_and_of_which_days(lang):
    texts = texts_of(lang)
    table = table_of(home(1), home(2, day=None), service(3, "120001", capacity_places=4))
    said = {
        "pl": "Liczba miejsc 2 placówek jest z innych list niż te, które je wymieniają: "
        "Zestawienie (30 czerwca 2011; część danych bez daty).",
        "uk": "Кількість місць 2 закладів взято не з тих списків, які їх називають: "
        "Zestawienie (30 червня 2011 р.; частина даних без дати).",
        "en": "The number of places of 2 facilities is from other lists than those that name them: "
        "Zestawienie (30 June 2011; some data undated).",
    }
    notes = [note.translate({0xA0: " ", 0x202F: " "}) for note in build_caption(table, texts).notes]
    assert said[lang] in notes
    assert any(
        "{days}" not in note
        and texts.t("export_bound_unsure_note_old_places", days=365, shared="").translate(
            {0xA0: " ", 0x202F: " "}
        )
        == note
        for note in notes
    )


def test_a_card_tells_the_day_of_the_places_beside_them():
    registry = registry_of(home(1), home(2, day=None), service(3, "120001", capacity_places=4))
    texts, world = texts_of("pl"), World(registry)
    view = View(scope="12", level="powiat")
    facts = area_facts(world, view, "1200", today=AS_OF, table_of=lambda of: build_area_table(registry, of))
    lines = [facility_line(fact, facts.table, texts).replace("\u00a0", " ") for fact in facts.facilities]
    assert ["(z innej listy, 30 czerwca 2011)" in line for line in lines] == [True, False, False]
    assert ["(z innej listy, bez daty)" in line for line in lines] == [False, True, False]


def test_a_place_tells_the_day_of_its_places():
    texts = texts_of("pl")
    said = capacity_line(home(1, day=date(2020, 1, 1), precision="year"), texts).replace("\u00a0", " ")
    assert said == "Liczba miejsc: 35 (z innej listy, 2020)"
    assert capacity_line(service(2, "120001", capacity_places=7), texts) == "Liczba miejsc: 7"
