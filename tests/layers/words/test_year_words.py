from dataclasses import replace
from datetime import date

import pytest

from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from layers.words.year_words import (
    estimated_ages_words,
    people_day_words,
    share_day_words,
    short_year_words,
    year_words,
)
from tests.support.tiny_world import GMINAS, service, tiny_registry

YEARS = {year: dict.fromkeys(GMINAS, 100) for year in (2022, 2025, 2030)}


@pytest.mark.parametrize(
    ("lang", "today", "words"),
    [
        ("pl", date(2026, 6, 30), "dziś (prognoza na koniec 2025 r.)"),
        ("pl", date(2024, 6, 30), "dziś (koniec 2022 r.)"),
        ("en", date(2026, 6, 30), "today (projection for the end of 2025)"),
        ("uk", date(2026, 6, 30), "сьогодні (прогноз на кінець 2025 року)"),
    ],
)
def test_now_is_told_with_its_year(lang: str, today: date, words: str) -> None:
    registry = tiny_registry([], older_in=YEARS, today=today)
    assert year_words(0, registry, texts_of(lang)) == words
    assert year_words(2030, registry, texts_of(lang)) == "2030"


def test_over_a_map_now_is_short_and_keeps_its_year() -> None:
    """Over the first of two maps "dziś (prognoza na k…" was cut."""
    registry, texts = tiny_registry([], older_in=YEARS, today=date(2026, 6, 30)), texts_of("pl")
    assert [short_year_words(year, registry, texts) for year in (0, 2030)] == ["dziś (2025)", "2030"]
    assert short_year_words(0, tiny_registry([]), texts) == "dziś"


def test_where_no_other_year_is_told_now_is_just_now() -> None:
    assert year_words(0, tiny_registry([]), texts_of("pl")) == "dziś"


def test_of_which_day_people_are_and_whether_they_were_counted() -> None:
    world, texts = World(tiny_registry([], older_in=YEARS)), texts_of("en")

    def said(level: str = "gmina", code: str = "120001", **view: object) -> str:
        people = world.people(View().with_changes(**view).question.people, level)
        return people_day_words(people, code, texts)

    assert said() == "Projection for 31 December 2025, not a census."
    assert said(year=2022) == "Counted: as of 31 December 2022."
    assert said(age_from=75).startswith("Projection for 31 December 2025, not a census. ESTIMATE: ")
    assert "ESTIMATE" not in said("powiat", "1200", age_from=75)
    # The only gmina of its powiat, as a city with the rights of one is.
    assert "ESTIMATE" not in said(code="240001", age_from=75)
    assert said(group="disabled") == ""


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("pl", "Nikt ich tu nie policzył"),
        ("en", "Nobody counted them here"),
        ("uk", "Тут їх ніхто не рахував"),
    ],
)
def test_people_who_are_a_part_of_a_larger_number_are_not_said_to_be_counted(lang: str, words: str) -> None:
    """The card of powiat brzeski said "Policzono: stan na 29 lutego 2024" of 17 people who nobody counted there."""
    world = World(tiny_registry([], older_in=YEARS))
    people = world.people(View(year=2022).question.people, "gmina")
    part = replace(people, is_estimate=people.is_estimate | (people.is_estimate.index == "120001"))
    assert people_day_words(part, "120001", texts_of(lang)).startswith(words)
    assert not people_day_words(part, "120002", texts_of(lang)).startswith(words)


@pytest.mark.parametrize(("lang", "words"), [("pl", "szacunek"), ("en", "estimated"), ("uk", "оцінка")])
def test_the_ages_of_a_card_that_are_estimated_are_named(lang: str, words: str) -> None:
    """The card of Skawina told 3,407 people of 75+ beside 8,567 of 65+, as if the source had told both."""
    world, texts = World(tiny_registry([], older_in=YEARS)), texts_of(lang)

    def said(level: str, code: str) -> str:
        asked = [(age, View().with_changes(age_from=age)) for age in (65, 75, 80)]
        return estimated_ages_words(
            ((age, world.people(view.question.people, level)) for age, view in asked), code, texts
        )

    assert said("gmina", "120001").startswith("75+: ")
    assert words in said("gmina", "120001")
    # The number of Kraków's powiat is Kraków's own: its card called 72,989 people of 75+ an estimate.
    assert said("gmina", "240001") == said("powiat", "1200") == ""


def test_a_share_of_residents_of_another_day_says_which() -> None:
    """People counted in a night of 2019 are told as part of the residents of 2020; older people of their own year."""
    registry, texts = tiny_registry([]), texts_of("pl")
    counted = build_area_table(registry, View(group="homeless", form="BEZ-SCH", level="voivodeship"))
    assert counted.people.counted_on is not None
    assert counted.people.counted_on != registry.residents_on
    day = texts.date(registry.residents_on)
    assert share_day_words(counted, registry, texts) == f"Udział liczymy z mieszkańców z innego dnia: {day}."
    older = build_area_table(registry, View(level="voivodeship"))
    assert share_day_words(older, registry, texts) == ""


def test_the_year_of_rates_is_named_where_the_title_says_what_stands():
    """Gminas of a care home had rates of the people of 2035, and the title named no year."""
    registry = tiny_registry(
        [service(1, "120001", capacity_places=30)],
        older_in={2022: dict.fromkeys(GMINAS, 200), 2035: dict.fromkeys(GMINAS, 400)},
    )
    later = build_area_table(registry, View(scope="12", year=2035))
    assert later.question.is_what_stands
    for lang, said in (
        ("pl", "prognoza ludności na 2035 r."),
        ("uk", "на 2035 р."),
        ("en", "projected for 2035"),
    ):
        assert said in build_caption(later, texts_of(lang)).title
    assert "20" not in build_caption(build_area_table(registry, View(scope="12")), texts_of("pl")).title
