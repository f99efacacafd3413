"""Homes of several profiles: what they tell of one group is at most, worked by hand on three square gminas."""

from types import MappingProxyType

import pandas as pd
import pytest

from data.vocabulary import support_forms
from layers.answers.measures.profiles import is_for_others, is_profile_unknown
from layers.answers.measures.queue import queue_of
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.reasons import missing_reasons
from layers.words.view_notes import ViewNotes
from layers.words.view_words import Wording
from tests.support.kept import kept
from tests.support.tiny_world import GMINAS, service, tiny_registry

pytestmark = pytest.mark.usefixtures("every_form_is_near")

FIRST, SECOND, THIRD = GMINAS
ALL_PROFILES = list(support_forms()["CAL-DPS"].need_groups)
BOTH = MappingProxyType(
    {
        "need_groups": ["older", "disabled"],
        "subtype": "dla osób w podeszłym wieku oraz osób niepełnosprawnych fizycznie",
    }
)
UNKNOWN = MappingProxyType({"need_groups": ALL_PROFILES})


@kept
def table(services, **view):
    return build_area_table(tiny_registry(services), View().with_changes(**view))


def own_and_shared(**changes):
    """Give 5 places in the first gmina, and 10 in the second that are for people with disabilities, too."""
    return [service(1, FIRST, capacity_places=5), service(2, SECOND, capacity_places=10, **BOTH, **changes)]


def test_places_are_at_most_and_the_home_is_one():
    result = table(own_and_shared())
    assert result.rows["capacity_places"].tolist() == [5, 10, pd.NA]
    assert result.bounds["capacity_places"].tolist() == ["", "most", ""]
    assert result.bounds["places_per_1000"].tolist() == ["", "most", ""]
    assert result.bounds["facilities_count"].tolist() == ["", "", ""]
    # The powiat has both homes; where the list is not complete as well, it may be more or fewer.
    assert table(own_and_shared(), level="powiat").bounds["capacity_places"].tolist() == ["most", ""]
    open_list = table([service(1, THIRD, capacity_places=10, **BOTH)])
    assert open_list.bounds["capacity_places"].tolist() == ["", "", "unsure"]


def test_a_profile_for_the_chronically_ill_is_for_older_people():
    rows = [service(1, FIRST, capacity_places=5, need_groups=["older", "chronically_ill"])]
    assert table(rows).bounds["capacity_places"].tolist() == ["", "", ""]


def test_what_is_missing_to_a_level_is_at_least():
    result = table(own_and_shared(), norm=100.0)
    # 100 for each 1,000: the first lacks 15 of 20, the second none of 10, if all are for older people, else up to 10.
    assert result.rows["norm_missing_places"].tolist()[:2] == [15, 0]
    assert result.bounds["norm_missing_places"].tolist() == ["", "least", ""]


def test_the_median_is_told_with_and_without_them():
    result = table(own_and_shared(), level="powiat")
    # 15 and 5 places for the 300 older people of the one powiat.
    assert result.norm.places_per_1000 == pytest.approx(50)
    assert result.norm.own_per_1000 == pytest.approx(1000 * 5 / 300)
    notes = ViewNotes(Wording(result, texts_of("pl"))).all()
    assert any("Bez nich mediana to 16,67 na 1000 osób" in note for note in notes)
    alone = table([service(1, FIRST, capacity_places=5)], level="powiat")
    assert not any("Bez nich" in note for note in ViewNotes(Wording(alone, texts_of("pl"))).all())


def test_the_gap_is_at_least_for_their_sake():
    result = table(own_and_shared(), indicator="gap_share", norm=50.0, scope="12", distance_km=2)
    places = result.answer.missing_places
    # Nobody reaches the other gmina: 10 places are needed in the first and 5 in the second.
    assert (places.least, places.estimate, places.most) == (5, 5, 10)
    assert places.bound == "least"
    assert result.answer.reasons == ("profile",)
    words = Wording(result, texts_of("pl"))
    assert words.title().endswith("brakuje co najmniej 5 miejsc (najwyżej 10)")
    assert "Dlaczego nie wiemy dokładnie: część miejsc może być dla innych osób" in words.title_rest()


def test_of_a_home_of_unknown_profile_nobody_knows_whether_it_is_one():
    result = table([service(1, FIRST, capacity_places=5, **UNKNOWN)])
    assert result.bounds["facilities_count"].tolist() == ["most", "", ""]
    # So is whoever reaches it alone; that its list is complete is no help.
    reached = table([service(1, FIRST, **UNKNOWN)], indicator="coverage_share", distance_km=2)
    assert pd.isna(reached.rows["coverage_share"].iloc[0])
    assert reached.rows["coverage_share"].iloc[1] == 0


def test_out_of_reach_is_at_least_where_a_home_may_be_for_others_alone():
    rows = [service(1, FIRST, capacity_places=50, **UNKNOWN)]
    result = table(rows, indicator="gap_share", norm=50.0, scope="12", distance_km=2)
    out = result.answer.out_of_reach_persons
    # The 100 of the second gmina have nothing in reach; the 200 of the first may have nothing.
    assert (out.least, out.estimate, out.most) == (100, 100, 300)


def test_all_in_reach_of_what_may_be_for_others_are_those_who_are_so_for_certain():
    """Łódzkie: a home of which nobody knows for whom it is was in reach of "at most 100 %"."""
    unknown = service(2, SECOND, capacity_places=10, **UNKNOWN)
    view = {"indicator": "coverage_share", "distance_km": 2}
    alone = table([unknown], **view)
    assert pd.isna(alone.rows["value"].iloc[1])
    assert alone.bounds["value"].tolist() == ["", "", ""]
    # Of the 300 of the powiat 200 have the home of the first gmina.
    both = table([service(1, FIRST, capacity_places=5), unknown], level="powiat", **view)
    assert both.rows["value"].iloc[0] == pytest.approx(200 / 300)
    assert both.bounds["value"].tolist() == ["least", ""]


@pytest.mark.parametrize(
    ("changes", "others", "unknown"),
    [
        ({"need_groups": ["older"]}, False, False),
        ({"need_groups": ["older", "chronically_ill"]}, False, False),
        (BOTH, True, False),
        (UNKNOWN, True, True),
        # Words that name every group are a profile; words that name none are none.
        ({**UNKNOWN, "subtype": "; ".join(["podeszłym wieku", "niepełnosprawnych fizycznie"])}, True, False),
        ({**UNKNOWN, "subtype": "dom"}, True, True),
        # A form of which no register tells profiles is for its groups together; an office is for all.
        ({"support_form": "DZI-DDP", "need_groups": ["older", "disabled"]}, False, False),
        ({"support_form": "INS-OPS", "need_groups": ["all"]}, False, False),
    ],
)
def test_whose_places_they_may_be(changes, others, unknown):
    services = tiny_registry([service(1, FIRST, **changes)]).services
    assert is_for_others(services, "older").tolist() == [others]
    assert is_profile_unknown(services).tolist() == [unknown]


def test_a_queue_for_others_too_is_at_most():
    changes = {"waiting_persons": 4, "vacant_places": 0}
    result = table(own_and_shared(**changes))
    assert result.bounds["waiting_persons"].tolist() == ["", "most", ""]
    # No place is free for anybody.
    assert result.bounds["vacant_places"].tolist() == ["", "", ""]
    queue = queue_of(result.services)
    assert (queue.waiting_persons, queue.is_waiting_most) == (4, True)
    assert (queue.vacant_places, queue.is_vacant_most) == (0, False)


def test_the_balance_tells_them_at_most():
    result = table(own_and_shared(), indicator="round_the_clock_per_1000")
    assert result.bounds["value"].tolist()[1] in {"most", "unsure"}
    notes = ViewNotes(Wording(result, texts_of("pl"))).all()
    assert any("mogą być też dla innych osób, liczymy wszystkie" in note for note in notes)


def test_an_area_without_a_number_says_that_places_may_be_of_others():
    """Both gminas have enough places if all are theirs; nobody of them is no data."""
    rows = [service(1, FIRST, capacity_places=10, **BOTH), service(2, SECOND, capacity_places=5, **BOTH)]
    result = table(rows, indicator="gap_share", norm=50.0, scope="12", distance_km=2)
    row = result.rows.loc[FIRST].to_dict()
    assert pd.isna(row["gap_share"])
    assert row["no_data_persons"] == 0
    assert missing_reasons("gap_share", row, has_norm=True) == ("reach_others",)
    # Where the list is not complete, people themselves are no data.
    open_list = table(rows, indicator="gap_share", norm=500.0, distance_km=100)
    beyond = open_list.rows.loc[THIRD].to_dict()
    assert missing_reasons("gap_share", {**beyond, "is_complete": True}, has_norm=True) == ("reach",)
