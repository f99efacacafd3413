"""Why the number of an area is unknown: what is said is what is not known, and nothing else."""

from dataclasses import replace

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from layers.words.explain import explanation
from layers.words.figures import remarks
from layers.words.reasons import missing_reasons, unknown_for_reach
from tests.support.tiny_world import service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND = "120001", "120002"
REACH = ("coverage_share", "access_per_1000")
EVERYWHERE = (("CAL-DPS", "12"), ("CAL-DPS", "24"))
LEAST = {"pl": "Co najmniej", "uk": "Щонайменше", "en": "At least"}
OF_PLACES = {"pl": "liczby miejsc", "uk": "кількості місць", "en": "number of places"}
OF_GMINA = {"pl": "w jakiej są gminie", "uk": "лише гміну", "en": "only know the gmina"}


def table_of(services, *, claims=EVERYWHERE, **view):
    """Return the table of the whole tiny world; its lists are complete unless `claims` say otherwise."""
    asked = View(scope="00", norm=100.0, **{"distance_km": 5, **view})
    return build_area_table(tiny_registry(services, claims=claims), asked)


def of_gmina(**values):
    """Return one home of the first gmina of which only the gmina is known: 5.6 km around the middle."""
    return [service(1, FIRST, place_grade="gmina", capacity_places=10, **values)]


def reasons_of(table, code):
    return missing_reasons(table.question.indicator, table.rows.loc[code].to_dict(), has_norm=True)


@pytest.mark.parametrize("indicator", REACH)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_hangs_on_where_a_facility_stands_is_told_so(indicator, lang):
    """The second gmina's people live 10 km from the middle of the first, and 4.4 km from where its home may stand."""
    table, texts = table_of(of_gmina(), indicator=indicator, group="older"), texts_of(lang)
    assert reasons_of(table, SECOND) == ("reach_where",)
    (said,) = explanation(table, indicator, SECOND, texts).missing
    assert OF_GMINA[lang] in said
    assert OF_PLACES[lang] not in said
    row = remarks(table, [indicator], texts, names={indicator: "x"})[SECOND]
    assert said.rstrip(".")[1:] in row, "the sheet says what the page says"


def test_a_list_that_is_not_complete_is_told_though_the_place_is_not_known_either():
    """Of voivodeship 24 there is no list, and the second gmina's people live 4.5 km from it."""
    table = table_of(of_gmina(), claims=EVERYWHERE[:1], indicator="coverage_share")
    assert (reasons_of(table, "240001"), reasons_of(table, SECOND)) == (("register",), ("reach_any",))
    assert unknown_for_reach(table) == 1


def test_an_unstated_number_of_places_is_no_reason_why_nobody_knows_who_is_in_reach():
    """A home that is in the gmina and does not say how many places it has: the share in reach does not ask for them."""
    row = {"demand_persons": 100.0, "facilities_count": 1, "capacity_places": None, "is_complete": True}
    assert missing_reasons("coverage_share", row, has_norm=True) == ("reach_any",)
    assert missing_reasons("reached_residents", row, has_norm=True) == ("reach_any",)
    assert missing_reasons("access_per_1000", row, has_norm=True) == ("capacity",)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("indicator", "is_said"), [("coverage_share", False), ("access_per_1000", True)])
def test_at_least_speaks_of_places_only_where_they_are_counted(indicator, is_said, lang):
    table = table_of(of_gmina(), indicator=indicator)
    least = replace(table, bounds=table.bounds.assign(value="least"))
    told = [note for note in build_caption(least, texts_of(lang)).notes if note[1:].startswith(LEAST[lang])]
    assert [OF_PLACES[lang] in note for note in told] == [is_said]
