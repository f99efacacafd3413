"""Where no list of a scope names a form: what is in reach is of the neighbours' lists, told with their days."""

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from tests.support.tiny_world import AS_OF, service, tiny_registry


def table_of(*services, **view):
    """Give voivodeship 24, of which there is no list; the second gmina of 12 lies 9 km from its middle."""
    wanted = View(**{"scope": "24", "level": "powiat", "norm": 50.0, "distance_km": 15} | view)
    return build_area_table(tiny_registry(list(services)), wanted)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("indicator", ["gap_share", "coverage_share"])
def test_the_neighbours_lists_and_days_are_told_and_one_reason(indicator, lang):
    """Śląskie told "no list" as the day of numbers of Łódzkie and Małopolskie, and "incomplete lists" as the reason."""
    texts = texts_of(lang)
    table = table_of(service(1, "120002", capacity_places=1), indicator=indicator)
    caption = build_caption(table, texts)
    assert table.has_no_list
    assert texts.t("export_no_list_near", days=texts.date(AS_OF)) in caption.as_of
    (note,) = [note for note in table.sources if note.code == "register"]
    named = texts.t("near_lists.named", name=note.name, days=texts.date(AS_OF))
    assert texts.t("near_lists.note", lists=named) in caption.notes
    if table.answer is not None:
        assert "no_list" in table.answer.reasons
        assert "list" not in table.answer.reasons


def test_a_list_that_is_not_complete_is_a_list():
    table = table_of(service(1, "240001", capacity_places=5), indicator="gap_share")
    assert not table.has_no_list
    assert "no_list" not in table.answer.reasons


def test_where_nothing_is_in_reach_either_there_is_no_day():
    table = table_of(indicator="coverage_share", distance_km=5)
    assert table.has_no_list
    assert table.as_of is None
    assert (
        build_caption(table, texts_of("pl")).as_of
        == "Stan danych: nie mamy żadnej listy tej formy z tego obszaru"
    )
