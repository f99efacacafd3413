"""People as a map: their number, their part of residents and their growth, in a world of three gminas."""

from datetime import date

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from tests.support.tiny_world import GMINAS, tiny_registry

FIRST, SECOND, THIRD = GMINAS
OLDER_IN = {
    2022: {FIRST: 190, SECOND: 110, THIRD: 50},
    2025: {FIRST: 200, SECOND: 100, THIRD: 50},
    2030: {FIRST: 180, SECOND: 150, THIRD: 60},
    2040: {FIRST: 220, SECOND: 100, THIRD: 65},
}
"""Of 1,000, 500 and 250 residents in 2025: all residents are five times as many as those of 65 and more."""


def table(**view):
    registry = tiny_registry([], claims=(), older_in=OLDER_IN)
    return build_area_table(registry, View(indicator="people").with_changes(**view))


def title(result, lang="pl"):
    return build_caption(result, texts_of(lang)).title.replace("\u00a0", " ")


def test_everybody_is_told_without_any_list():
    rows = table().rows
    assert rows["value"].tolist() == [200, 100, 50]
    assert rows["residents_share"].tolist() == pytest.approx([0.2, 0.2, 0.2])
    assert rows["people_growth_2030"].tolist() == pytest.approx([-10, 50, 20])
    assert rows["people_growth_2040"].tolist() == pytest.approx([10, 0, 30])
    assert rows["people_growth_2035"].isna().all()  # nobody projects that year here


@pytest.mark.parametrize(("lang", "today"), [("pl", "od dziś"), ("en", "from today"), ("uk", "від сьогодні")])
def test_growth_beside_people_of_another_year_says_that_it_is_from_today(lang, today):
    """Beside people of 2022, and of 2020, which was before the census, it read as a change from that year."""
    rows = table(year=2022).rows
    assert (rows["value"].tolist()[0], rows["people_growth_2030"].tolist()[0]) == (190, pytest.approx(-10))
    for year in (2030, 2035, 2040):
        assert today in texts_of(lang).t(f"export_column_people_growth_{year}")


def test_larger_areas_are_their_sums():
    rows = table(level="powiat", scope="12").rows
    assert rows["value"].tolist() == [300]
    assert rows["people_growth_2030"].tolist() == pytest.approx([10])


def test_an_age_has_its_own_part_and_growth():
    rows = table(age_from=80).rows
    assert rows["value"].tolist() == [80, 40, 20]
    assert rows["residents_share"].tolist() == pytest.approx([0.08, 0.08, 0.08])


def test_it_is_of_the_day_of_the_people_and_rests_on_no_register():
    result = table()
    assert (result.as_of, result.oldest_as_of) == (date(2025, 12, 31), None)
    assert "register" not in {note.kind for note in result.sources}


def test_the_title_says_how_many_which_part_and_how_they_grow():
    assert title(table()) == (
        "Osoby starsze (65 lat i więcej): 350 osób (prognoza na 31 grudnia 2025); to 20,0% wszystkich mieszkańców; "
        "do 2040 r. według prognozy o 10,0% więcej"
    )
    caption = build_caption(table(), texts_of("pl"))
    assert caption.as_of == "Prognoza na 31 grudnia 2025"
    assert dict(caption.about)["Prognoza na dzień"] == "31 grudnia 2025"
    # Of a later year it is told what there will be, not another growth.
    assert (
        title(table(year=2040))
        == "Osoby starsze (65 lat i więcej), prognoza ludności na 2040 r.: 385 osób; to 20,0% wszystkich mieszkańców"
    )
    assert title(table(), "en").endswith("by 2040, as projected, 10.0% more")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_other_groups_it_says_where_they_are_known(lang):
    assert title(table(group="homeless", indicator="people"), lang)


def test_of_the_country_it_is_shown_first():
    assert View.parsed({}).indicator == "people"
    assert View.parsed({"scope": "12"}).indicator == "places_per_1000"
    assert View.parsed({"group": "disabled"}).indicator == "reached_residents"
    assert View.parsed({"indicator": "gap_share"}).indicator == "gap_share"
    assert View.parsed({"form": "CAL-DPS"}).indicator == "places_per_1000"
    # What nobody chose to see gives way to what the new group has.
    assert View.parsed({}).with_changes(group="homeless").indicator == "known_places"
    assert View.parsed({}).with_changes(scope="12").indicator == "people"
    chosen = View.parsed({}).with_changes(indicator="places_per_1000")
    assert View.parsed(chosen.to_query()) == chosen
