"""Residents in reach: three square gminas with 1,000, 500 and 400 residents, villages 9 km apart."""

import pytest

from data.vocabulary.languages import LANGUAGES
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.caption import build_caption
from layers.words.explain import explanation
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
EVERYWHERE = (("REI-WTZ", "12"), ("REI-WTZ", "24"))
WORKSHOP = service(1, FIRST, support_form="REI-WTZ", need_groups=["disabled"], capacity_places=30)


def table(services=(WORKSHOP,), *, claims=EVERYWHERE, **view):
    query = {"group": "disabled", "indicator": "reached_residents", "distance_km": "10", **view}
    return build_area_table(tiny_registry(list(services), claims=claims), View.from_query(query))


def title(result, lang="pl"):
    return build_caption(result, texts_of(lang)).title.replace("\u00a0", " ")


def test_residents_are_known_where_the_group_is_not():
    result = table()
    assert result.rows["value"].tolist() == [1, 1, 0]
    assert result.rows["demand_persons"].isna().all()
    assert table(level="voivodeship").rows["value"].tolist() == [1, 0]


@pytest.mark.parametrize("level", ["gmina", "powiat", "voivodeship"])
@pytest.mark.parametrize("km", ["5", "10", "20"])
def test_the_share_is_that_of_people_spread_like_residents(level, km):
    residents = table(level=level, distance_km=km).rows["value"]
    estimated = table(level=level, distance_km=km, indicator="coverage_share", is_estimate="True").rows[
        "value"
    ]
    if estimated.notna().any():
        assert residents.tolist() == pytest.approx(estimated.tolist())


def test_outside_a_complete_list_nothing_listed_is_no_data():
    result = table(claims=())
    assert result.rows["value"].isna().tolist() == [False, False, True]
    assert result.bounds["value"].tolist() == ["", "", ""]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_of_residents_and_never_of_an_estimate(lang):
    caption = build_caption(table(), texts_of(lang))
    texts = texts_of(lang)
    assert texts.t("export_reached_residents_note") in caption.notes
    said = " ".join([caption.title, caption.subtitle, caption.legend_title, *caption.notes])
    for estimate in ("SZACUNEK", "ОЦІНКА", "ESTIMATE"):
        assert estimate not in said
    assert texts.t("export_people_unknown") not in caption.notes


def test_the_title_says_where_no_resident_has_one():
    assert title(table()) == (
        "Warsztat terapii zajęciowej – osoby z niepełnosprawnościami: w 1 gminie na 3 nikt z mieszkańców nie ma "
        "placówki w odległości do 10 km w linii prostej"
    )


def test_how_it_was_computed_has_the_residents():
    explained = explanation(table(), "reached_residents", FIRST, texts_of("en"))
    assert explained.filled == "1,000 / 1,000 = 100%"
    assert any("residents" in line for line in explained.assumptions)
