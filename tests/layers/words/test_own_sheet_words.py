"""What a card says of facts that are from an operator's own sheet."""

from datetime import date

import pytest

from data.sheets.columns import COLUMNS
from data.vocabulary.languages import LANGUAGES
from layers.text import Texts
from layers.words.area_facts.services import _places_said_on
from layers.words.own_sheet_words import own_sheet_words
from tests.support.tiny_world import service, tiny_registry

OLD, NEW = date(2026, 7, 1), date(2026, 11, 30)


def test_each_fact_is_said_with_its_day_and_several_columns_of_one_fact_once() -> None:
    said = {"capacity_places": OLD, "capacity_women": NEW, "phones": NEW, "street_address": OLD}
    assert own_sheet_words(said, Texts("pl")) == (
        "Z własnego arkusza prowadzącego tę mapę: liczba miejsc, telefony – 30 listopada 2026; adres – 1 lipca 2026"
    )


@pytest.mark.parametrize("nothing", [None, float("nan"), {}])
def test_nothing_is_said_where_no_sheet_speaks(nothing) -> None:
    assert own_sheet_words(nothing, Texts("pl")) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_of_a_sheet_has_its_words(lang: str) -> None:
    for column in (*(column.name for column in COLUMNS[1:]), "*"):
        assert own_sheet_words({column: NEW}, Texts(lang))


def test_the_card_of_an_area_knows_the_day_of_places_that_a_sheet_said() -> None:
    services = tiny_registry([service(1, "120001")]).services
    assert _places_said_on(services) is None
    assert _places_said_on(services.assign(said_on=[{"phones": NEW}])) is None
    assert _places_said_on(services.assign(said_on=[{"phones": NEW, "capacity_men": OLD}])) == OLD
