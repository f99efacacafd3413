"""The method's page in the application: a section for every number, and an example that is not all zeros."""

from dataclasses import replace

import pandas as pd
import pytest

from geo.teryt import VOIVODESHIPS
from layers.answers.table_building import build_area_table
from layers.indicators import INDICATORS, KINDS
from layers.text import texts_of
from layers.view.page_addresses import ADDRESSES
from layers.view.view import View
from layers.widgets.explained import column_lines
from layers.words.explain import typical_area, worked_areas
from layers.words.method import METHOD_ADDRESS, method_address, method_sections
from tests.support.pages import open_page, words_of
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
PL = texts_of("pl")


def test_every_number_has_one_section():
    columns = [column for section in method_sections() for column in section.columns]
    assert len(set(columns)) == len(columns)
    assert {*KINDS, *INDICATORS} <= set(columns)
    anchors = [section.anchor for section in method_sections()]
    assert len(set(anchors)) == len(anchors)
    assert all(section.text for section in method_sections())


def test_examples_name_no_voivodeship():
    """The page is the same on real data and in the example region: what it counts by hand is of neither."""
    texts = " ".join(section.text for section in method_sections()).casefold()
    stems = [name.removesuffix("ie").removesuffix("e").casefold() for name in VOIVODESHIPS.values()]
    assert [stem for stem in stems if stem in texts] == []


def test_a_head_without_its_columns_is_refused(tmp_path):
    path = tmp_path / "metoda.md"
    path.write_text("# Jak\n\n## Bez kolumn\n\nTekst.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"columns of each section .* found 0 of 1 heads"):
        method_sections(path)


def test_an_explanation_links_to_its_section_in_the_application():
    table = build_area_table(tiny_registry([service(1, FIRST, capacity_places=5)]), View(scope="12"))
    lines = column_lines(table, "places_per_1000", PL)
    assert lines[-1].replace("\\", "") == "[Opis metody: Jak liczymy](metoda?lang=pl#places-per-1000)"
    assert method_address("missing_places", "uk") == "metoda?lang=uk#gap-share"
    assert ADDRESSES["method"] == METHOD_ADDRESS


def test_the_example_is_no_area_of_zeros():
    """The first gmina has nothing; the second has a home, and the third is not known."""
    table = build_area_table(tiny_registry([service(1, SECOND, capacity_places=5)]), View())
    assert table.rows["value"].tolist()[:2] == [0, 50]
    assert typical_area(table) == SECOND
    lines = column_lines(table, "places_per_1000", PL)
    assert lines[3].replace("\\", "") == "**Przykład – Druga:** 5 / 100 × 1000 = 50,0"


def test_a_chosen_area_that_says_nothing_has_an_example_beside_it():
    """Of the first gmina the complete list says 0, of the third nothing is known: the second is the example of both."""
    table = build_area_table(tiny_registry([service(1, SECOND, capacity_places=5)]), View())
    said = {
        code: column_lines(replace(table, view=table.view.with_changes(chosen=code)), "places_per_1000", PL)[
            3:-1
        ]
        for code in GMINAS
    }
    example = r"**Przykład – Druga:** 5 / 100 × 1000 = 50,0"
    told = {code: [line.replace("\\", "") for line in lines] for code, lines in said.items()}
    assert told == {
        FIRST: ["**Pierwsza:** 0 / 200 × 1000 = 0", example],
        SECOND: [example],
        THIRD: ["**Trzecia:** brak danych", example],
    }


def test_where_no_area_says_more_the_chosen_one_stands_alone():
    table = build_area_table(tiny_registry([], claims=()), View(chosen=FIRST))
    assert worked_areas(table, "places_per_1000") == (FIRST,)
    words = build_area_table(tiny_registry([]), View(indicator="organisation", chosen=FIRST))
    assert worked_areas(words, "organisation") == (FIRST,)


def test_of_areas_as_good_the_usual_one_is_the_example():
    services = [
        service(n, code, capacity_places=p)
        for n, (code, p) in enumerate(zip(GMINAS, (2, 50, 4), strict=True), 1)
    ]
    claims = (("CAL-DPS", "12"), ("CAL-DPS", "24"))
    table = build_area_table(tiny_registry(services, claims=claims), View(norm=1000.0))
    # Places are missing in all of them. 10, 500 and 80 places per 1,000: the median is 80.
    assert table.rows["value"].tolist() == [10, 500, 80]
    assert typical_area(table) == THIRD


def test_where_nothing_is_known_there_is_an_example_all_the_same():
    table = build_area_table(tiny_registry([], claims=()), View())
    assert pd.isna(table.rows["value"]).all()
    assert typical_area(table) in GMINAS
    words = build_area_table(tiny_registry([]), View(indicator="organisation"))
    assert typical_area(words) in GMINAS


@pytest.mark.parametrize(
    ("lang", "said"),
    [("pl", "Co znaczy każda liczba"), ("uk", "польською мовою"), ("en", "described in Polish")],
)
def test_the_page_shows_every_section(monkeypatch, invented_database_url, lang, said):
    monkeypatch.setenv("SUPPORT_MAP_DATABASE_URL", invented_database_url)
    words = words_of(open_page("method", lang=lang))
    assert said in words
    assert all(section.title in words for section in method_sections())
    assert "<!--" not in words
