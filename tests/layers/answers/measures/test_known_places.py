"""Places that lists state, beside people counted: in a world of two voivodeships, one of which has counts."""

import csv
import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.export.area_sheet import sheet_data
from layers.export.table_book import table_xlsx
from layers.export.tables import table_csv, table_description
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.planner_map import map_values
from layers.words.area_facts import area_facts
from layers.words.caption import build_caption, table_columns
from layers.words.explain import explanation
from layers.words.known_places_words import newer_notes
from layers.words.reasons import missing_reasons
from tests.support.tiny_world import AS_OF, GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS


def shelter(number, gmina, places=pd.NA):
    return service(number, gmina, support_form="BEZ-SCH", need_groups=["homeless"], capacity_places=places)


def counted(registry, *rows):
    """Return the registry with counts of its own: area, persons, day."""
    counts = pd.DataFrame(rows, columns=["area_code", "value", "as_of_text"])
    counts = counts.assign(
        indicator="homeless_count_mrpips",
        subgroup="total",
        unit="people",
        source_url="https://example.org",
        note=None,
    )
    return replace(registry, people_counts=counts)


SHELTERS = [shelter(1, FIRST, 30), shelter(2, SECOND, 20), shelter(3, SECOND)]


def table(services=SHELTERS, *, claims=(), registry=None, **view):
    world = registry or tiny_registry(services, claims=claims)
    return build_area_table(world, View.from_query({"group": "homeless", **view}))


def title(result, lang="pl"):
    return build_caption(result, texts_of(lang)).title.replace("\u00a0", " ")


def notes(result, lang="pl"):
    return [note.replace("\u00a0", " ") for note in build_caption(result, texts_of(lang)).notes]


def test_places_that_are_stated_are_added_and_the_rest_may_be_more():
    result = table()
    assert result.rows.index.tolist() == ["12", "24"]
    assert result.rows["value"].tolist() == [50, pytest.approx(float("nan"), nan_ok=True)]
    assert result.bounds["value"].tolist() == ["least", ""]
    # One question has one answer: other tables tell the same number.
    assert result.rows.loc["12", "capacity_places"] == 50
    assert result.bound_of("12", "capacity_places") == "least"


def test_a_complete_list_of_facilities_that_all_state_places_is_sure():
    result = table([shelter(1, FIRST, 30)], claims=(("BEZ-SCH", "12"), ("BEZ-SCH", "24")))
    assert result.rows["value"].tolist() == [30, 0]
    assert result.bounds["value"].tolist() == ["", ""]


def test_where_no_facility_states_places_nothing_is_known():
    assert table([shelter(1, FIRST)]).rows["value"].isna().all()
    reasons = missing_reasons(
        "known_places", table([shelter(1, FIRST)]).rows.loc["12"].to_dict(), has_norm=False
    )
    assert reasons == ("capacity_none",)
    assert "nigdzie nie znamy liczby miejsc" in title(table([shelter(1, FIRST)]))


def test_each_voivodeship_has_its_newest_count_with_its_own_day():
    registry = counted(
        tiny_registry(SHELTERS, claims=()),
        ("12", 2000.0, "2019-02-14"),
        ("12", 2093.0, "2024-02-29"),
        ("24", 4255.0, "2019-02-14"),
        ("24", 4999.0, "2021"),
        ("00", 30_330.0, "2019-02-14"),
    )
    result = table(registry=registry)
    assert result.rows["counted_people"].tolist() == [2093, 4255]
    days = [date.fromordinal(int(day)) for day in result.rows["counted_on"]]
    assert days == [date(2024, 2, 29), date(2019, 2, 14)]
    nights, no_rate, country = notes(result)[1:4]
    assert nights.endswith("29 lutego 2024 – małopolskie 2 093; 14 lutego 2019 – śląskie 4 255.")
    assert "nie dodajemy" in no_rate
    assert "30 330 osób (14 lutego 2019; " in country
    assert "6348" not in " ".join([title(result), *notes(result)]).replace(" ", "")


def test_a_voivodeship_without_a_count_is_no_data_and_named():
    result = table()
    assert result.rows["counted_people"].isna().tolist() == [False, True]
    assert "Liczby policzonych osób nie mamy dla: śląskie." in notes(result)
    said = map_values(result, build_caption(result, texts_of("pl")), texts_of("pl"))["value_text"].tolist()
    assert said[0].replace("\u00a0", " ").endswith("co najmniej 50; policzono: 2 093 osoby (29 lutego 2024)")
    assert said[1].endswith("brak danych; brak danych o policzonych osobach")


def test_two_figures_of_one_night_are_neither():
    registry = counted(
        tiny_registry(SHELTERS, claims=()), ("12", 5.0, "2024-02-29"), ("12", 6.0, "2024-02-29")
    )
    result = table(registry=registry)
    assert result.rows["counted_people"].isna().all()
    assert result.counted_in_country is None


def test_the_title_says_how_many_places_at_least_and_of_how_many_areas():
    told = "Schronisko dla osób bezdomnych – osoby w kryzysie bezdomności: "
    assert title(table()) == (
        f"{told}znana liczba miejsc to co najmniej 50 (w 1 województwie na 2); "
        "liczba policzonych osób jest znana w 1 województwie, każda ze swoim dniem"
    )
    one = table(scope="12", indicator="known_places")
    assert title(one) == (
        f"{told}znana liczba miejsc to co najmniej 50; policzono: 2 093 osoby (29 lutego 2024)"
    )


def test_it_is_drawn_as_symbols():
    assert table().has_symbols


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_have_the_day_of_each_count(lang):
    result = table()
    caption = build_caption(result, texts_of(lang))
    rows = list(
        csv.reader(
            io.StringIO(table_csv(result, caption).decode("utf-8-sig")),
            delimiter=LANGUAGES[lang].list_separator,
        )
    )
    at = rows[0].index(caption.columns["counted_on"])
    assert [row[at] for row in rows[1:]] == ["2024-02-29", ""]
    assert table_xlsx(result, caption) == table_xlsx(result, caption)


NIGHTS = (("12", 1893.0, "2019-02-14"), ("12", 2093.0, "2024-02-29"), ("24", 4255.0, "2019-02-14"))
"""Of two voivodeships, both of which were counted in 2019 and one again in 2024."""
RATES = {"indicator": "places_per_1000", "level": "voivodeship"}


def two_nights(services=SHELTERS):
    return counted(tiny_registry(services, claims=()), *NIGHTS)


def card(code, *, lang="pl", **view):
    """Return the facts of an area of the two nights, and its printed sheet as data."""
    asked = View.from_query({"group": "homeless", "form": "BEZ-SCH", **view})
    facts = area_facts(World(two_nights()), asked, code, today=AS_OF)
    texts = texts_of(lang)
    return facts, sheet_data(facts, build_caption(facts.table, texts), texts)


class TestOneCountOfOneDay:
    """The card of Małopolskie told 2,093 people of 2024, and rates by the 1,893 of 2019."""

    def test_beside_counts_of_different_days_the_card_has_no_rate(self):
        facts, sheet = card("12", indicator="known_places")
        assert facts.people.now.value == 2093
        assert [(figure.column, figure.value) for figure in facts.capacity] == [
            ("facilities_count", 3),
            ("known_places", 50),
        ]
        assert (facts.triad, facts.gauges, facts.reach, facts.balance) == (None, None, (), ())
        assert sheet["triad"]["notes"] == [texts_of("pl").t("counted.no_rates_here")]
        assert sheet["people"]["pairs"] == [
            ["Liczba osób: osoby w kryzysie bezdomności", texts_of("pl").number(2093)]
        ]
        # "4 255 each" has another day, and so do the tables that the card rests on: none is of the common night.
        assert {table.people.counted_on for table in facts.tables() if table.view.what.has_people} == {
            date(2024, 2, 29)
        }

    def test_rates_are_of_one_night_for_all_and_the_newer_count_is_told_as_such(self):
        facts, sheet = card("12", **RATES)
        assert facts.table.rows["demand_persons"].tolist() == [1893, 4255]
        assert facts.people.now.value == 1893
        assert [fact for fact in sheet["people"]["notes"] if "Nowsze" in fact] == [
            texts_of("pl").t(
                "counted.newer_here",
                people=texts_of("pl").t("count.persons", count=2093),
                date=date(2024, 2, 29),
                used=date(2019, 2, 14),
            )
        ]
        assert (
            "Liczby osób są tu z jednego dnia. Są nowsze liczenia, których ten widok nie używa: "
            "małopolskie – 2 093 osoby (29 lutego 2024)."
        ) in notes(facts.table)

    def test_an_area_that_was_counted_once_has_no_newer_count(self):
        _, sheet = card("24", **RATES)
        assert not [note for note in sheet["people"]["notes"] if "Nowsze" in note]

    def test_a_voivodeship_by_itself_has_its_newest_night_for_people_and_rates(self):
        facts, _ = card("12", **RATES, scope="12")
        assert facts.table.rows["demand_persons"].tolist() == [facts.people.now.value] == [2093]
        assert not facts.table.newer_counts

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_sum_of_a_title_is_of_one_day_and_files_tell_the_newer_count(self, lang):
        result = table(registry=two_nights(), indicator="people", level="voivodeship")
        caption, texts = build_caption(result, texts_of(lang)), texts_of(lang)
        assert texts.t("count.persons", count=1893 + 4255) in caption.title
        beside = table_description(result, caption).decode()
        assert texts.t("count.persons", count=2093) in beside
        assert texts.date(date(2024, 2, 29)) in beside

    def test_a_number_of_one_area_is_explained_beside_a_newer_count_of_another(self):
        result = table(registry=two_nights(), **RATES)
        assert "Są nowsze liczenia" in " ".join(
            explanation(result, "demand_persons", "12", texts_of("pl")).assumptions
        )
        told = explanation(result, "demand_persons", "24", texts_of("pl")).assumptions
        assert told
        assert "Są nowsze liczenia" not in " ".join(told)

    def test_of_many_areas_the_first_are_named_and_the_rest_counted(self):
        result = table(registry=two_nights(), **RATES)
        codes = [f"{number:02}" for number in range(25)]
        rows = pd.DataFrame({"name": [f"n{code}" for code in codes]}, index=codes)
        newer = dict.fromkeys(codes, result.newer_counts["12"])
        (note,) = newer_notes(replace(result, rows=rows, newer_counts=newer), texts_of("pl"))
        assert "n19" in note
        assert "n20" not in note
        assert note.endswith("; w innych obszarach: 5.")

    def test_only_the_numbers_of_the_view_are_said(self):
        assert "counted_people" in table_columns(table())
        assert not {"demand_persons", "places_per_1000"} & set(table_columns(table()))
