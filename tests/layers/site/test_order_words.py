"""What the finder says of the order of its list is the order that the list has."""

from dataclasses import replace
from datetime import datetime

import pytest

from data.opening_hours import POLISH_TIME
from data.vocabulary.languages import LANGUAGES
from layers.answers.finder_list import finder_list
from layers.site.finder_card import cards_of
from layers.site.finder_results import order_words
from layers.text import texts_of
from layers.view.finder_request import FinderRequest, of_need
from layers.view.view import View
from tests.support.tiny_world import GMINAS, middle_of, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
NOW = datetime(2026, 11, 23, 12, tzinfo=POLISH_TIME)
PL = texts_of("pl")


def found(*services, is_town, need=""):
    registry = tiny_registry([{**row, "need_groups": ["older", "homeless"]} for row in services])
    registry.areas.loc[registry.areas["area_code"] == FIRST, "kind"] = "urban" if is_town else "rural"
    place = registry.places.get("l:1")
    # At the edge of the town: the neighbour's door is nearer than its own.
    place = replace(place, point=middle_of(FIRST, east_m=4900))
    request = FinderRequest(View(group="homeless", distance_km=15))
    request = of_need(request, need) if need else request
    return finder_list(registry, place, request, now=NOW), place, registry


OWN = {"place_grade": "door", "geometry": middle_of(FIRST, east_m=-4000), "support_form": "BEZ-SCH"}
NEARER = {"place_grade": "door", "geometry": middle_of(SECOND, east_m=-4000), "support_form": "BEZ-SCH"}


@pytest.mark.parametrize("need", ["", "bed_tonight"])
def test_own_town_first_is_said_where_it_is_so_and_nowhere_else(need):
    rows = service(1, FIRST, **OWN), service(2, SECOND, **NEARER)
    town, place, _ = found(*rows, is_town=True, need=need)
    assert [row["facility_id"] for row in town.near] == [1, 2]
    assert town.near[0]["distance_m"] > town.near[1]["distance_m"]
    [said] = order_words(town, place, PL)
    assert "w mieście Pierwsza, potem w innych gminach, za każdym razem od najbliższych" in said
    village, place, _ = found(*rows, is_town=False, need=need)
    assert [row["facility_id"] for row in village.near] == [2, 1]
    [said] = order_words(village, place, PL)
    assert "mieście" not in said
    assert "najbliższ" in said.lower()


def test_of_one_place_and_of_one_town_alone_nothing_is_said_of_others():
    one, place, _ = found(service(1, FIRST, **OWN), is_town=True)
    assert order_words(one, place, PL) == []
    two, place, _ = found(service(1, FIRST, **OWN), service(2, FIRST, **OWN), is_town=True)
    assert order_words(two, place, PL) == ["Od najbliższych."]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_without_its_area_code_says_so_and_leads_to_whom_to_call(lang):
    texts = texts_of(lang)
    rows = service(1, FIRST, **OWN, phones=["562 93 12"]), service(2, FIRST, **OWN, phones=["12 345 67 89"])
    listed, _, registry = found(*rows, is_town=True)
    paged = [{**row, "facility_handle": f"list:{row['facility_id']:016x}"} for row in listed.near]
    whole, local = cards_of(paged, registry, texts, now=NOW)
    assert (whole.ask_url, whole.calls[0].is_local) == ("", False)
    assert (local.ask_url, local.calls[0].is_local, local.calls[0].address) == (local.url, True, "")
    assert local.url.startswith("/placowka/list:")
