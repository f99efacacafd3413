"""Places that lists state, beside people counted: in a world of two voivodeships, one of which has counts."""

import csv
import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.area_table import build_area_table
from layers.export.tables import table_csv, table_xlsx
from layers.text import texts_of
from layers.view.view import View
from layers.widgets.planner_map import map_values
from layers.words.caption import build_caption
from layers.words.reasons import missing_reasons
from tests.support.tiny_world import GMINAS, service, tiny_registry

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
    # What other tables tell is unknown as soon as one facility states nothing.
    assert pd.isna(result.rows.loc["12", "capacity_places"])


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
