"""Queue and free places over the days of registers, worked by hand; and those of the real registers."""

import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.reading.stated_vacancies import no_stated_vacancies
from data.registry.registry import Registry
from layers.answers.measures.queue import queue_of
from layers.answers.measures.queue_history import queue_histories, stocks_of_view
from layers.answers.measures.world import World
from layers.text import texts_of
from layers.view.question import Help
from layers.view.view import View
from layers.words.gauges_over_time import stock_cell
from tests.support.tiny_world import GMINAS, tiny_registry

FIRST, SECOND, THIRD = GMINAS
MAY, JUNE, JULY = date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)
OLDER = Help("CAL-DPS", "older")


def row(day, facility, gmina=FIRST, *, places=10, vacant=None, waiting=None, **changes):
    """Return one home on one day of a register, as `data.reading.stated_vacancies` does."""
    return {
        "source_code": "register",
        "day": day,
        "facility_id": facility,
        "support_form": "CAL-DPS",
        "need_groups": ["older"],
        "capacity_places": places,
        "vacant_places": vacant,
        "waiting_persons": waiting,
        "vacancies_on": day,
        "gmina_code": gmina,
        "powiat_code": gmina[:4] if gmina else None,
        "voivodeship_code": gmina[:2] if gmina else "12",
        "is_complete": True,
        "is_month": False,
        **changes,
    }


def registry_of(*rows) -> Registry:
    stated = no_stated_vacancies()
    frame = pd.DataFrame(rows, columns=stated.columns).astype(
        {name: kind for name, kind in stated.dtypes.items() if str(kind) in {"Int64", "bool"}}
    )
    return replace(tiny_registry([]), stated_vacancies=frame)


def history_of(*rows, prefix="12", **options):
    (history,) = queue_histories(registry_of(*rows), OLDER, prefix, **options)
    return history


def numbers(history, quantity):
    """Return the numbers of days; None for no data."""
    found = [stock.numbers[quantity] for stock in history.stocks]
    return [None if math.isnan(number) else number for number in found]


def changes(history):
    return {
        change.quantity: (change.first_day, change.first, change.last_day, change.last)
        for change in history.changes
    }


THREE_DAYS = (
    row(MAY, 1, vacant=3, waiting=7),
    row(MAY, 2, SECOND, vacant=2, waiting=1),
    row(JUNE, 1, vacant=0, waiting=12),
    row(JUNE, 2, SECOND, vacant=1, waiting=1),
    row(JULY, 1, places=14, vacant=4, waiting=5),
    row(JULY, 2, SECOND, vacant=2, waiting=1),
)


def test_each_day_is_the_sum_of_its_homes_and_the_change_is_from_the_first_to_the_last():
    history = history_of(*THREE_DAYS)
    assert [stock.day for stock in history.stocks] == [MAY, JUNE, JULY]
    assert numbers(history, "vacant_places") == [5, 1, 6]
    assert numbers(history, "waiting_persons") == [8, 13, 6]
    assert numbers(history, "capacity_places") == [20, 20, 24]
    assert changes(history) == {
        "vacant_places": (MAY, 5, JULY, 6),
        "waiting_persons": (MAY, 8, JULY, 6),
        "capacity_places": (MAY, 20, JULY, 24),
    }
    assert (history.came, history.gone) == (0, 0)


def test_what_was_less_or_more_in_between_is_told():
    vacant, waiting, places = history_of(*THREE_DAYS).changes
    assert (vacant.least, vacant.most) == ((JUNE, 1), None)
    assert (waiting.least, waiting.most) == (None, (JUNE, 13))
    assert (places.least, places.most) == (None, None)


def test_an_area_has_its_own_homes():
    assert numbers(history_of(*THREE_DAYS, prefix=FIRST), "waiting_persons") == [7, 12, 5]
    assert numbers(history_of(*THREE_DAYS, prefix=SECOND), "vacant_places") == [2, 1, 2]
    # Of a home of which only the voivodeship is known, a powiat tells nothing.
    somewhere = row(JULY, 3, None, vacant=50)
    assert numbers(history_of(*THREE_DAYS, somewhere), "vacant_places") == [5, 1, 56]
    assert numbers(history_of(*THREE_DAYS, somewhere, prefix="1200"), "vacant_places") == [5, 1, 6]
    assert queue_histories(registry_of(*THREE_DAYS), OLDER, "24") == ()


def test_a_day_on_which_the_register_does_not_tell_a_number_is_no_data():
    history = history_of(row(MAY, 1, waiting=4), row(JUNE, 1, vacant=2), row(JULY, 1, vacant=0))
    assert numbers(history, "vacant_places") == [None, 2, 0]
    assert numbers(history, "waiting_persons") == [4, None, None]
    # One day is no change, and what is told of the other is between its own two days.
    assert set(changes(history)) == {"vacant_places", "capacity_places"}
    assert changes(history)["vacant_places"] == (JUNE, 2, JULY, 0)


def test_a_number_that_only_some_homes_state_is_compared_of_those_that_state_it_twice():
    """Homes 1 and 2 state it in May, 1 and 3 in July: of home 1 alone it is 3 and then 4."""
    rows = (
        row(MAY, 1, vacant=3), row(MAY, 2, vacant=9), row(MAY, 3),
        row(JULY, 1, vacant=4), row(JULY, 2), row(JULY, 3, vacant=20),
    )  # fmt: skip
    history = history_of(*rows)
    assert numbers(history, "vacant_places") == [12, 24]
    assert [stock.stating["vacant_places"] for stock in history.stocks] == [2, 2]
    change = history.changes[0]
    assert (change.first, change.last, change.is_whole, change.same) == (3, 4, False, (1, 3, 4))


def test_a_longer_list_that_is_not_complete_is_not_more_free_places():
    rows = (row(MAY, 1, vacant=3), row(JULY, 1, vacant=2), row(JULY, 2, vacant=40))
    change = history_of(*[one | {"is_complete": False} for one in rows]).changes[0]
    assert (change.first, change.last, change.is_whole) == (3, 2, False)
    # Of a complete one it is; and the homes of both lists are told beside it.
    whole = history_of(*rows)
    assert (whole.changes[0].first, whole.changes[0].last, whole.changes[0].same) == (3, 42, (1, 3, 2))
    assert (whole.came, whole.gone) == (1, 0)


def test_of_a_home_of_several_profiles_those_for_the_group_are_told():
    rows = (
        row(JULY, 1, vacant=1, waiting=2),
        row(JULY, 1, vacant=30, waiting=40, need_groups=["disabled"]),
        row(JULY, 2, vacant=5, need_groups=["disabled"]),
    )
    assert numbers(history_of(*rows), "vacant_places") == [1]
    assert history_of(*rows).stocks[0].facilities == 1
    everybody = history_of(*rows, is_for_all=True)
    assert numbers(everybody, "vacant_places") == [36]
    # Only one of them states the queue of all of its profiles.
    assert (everybody.stocks[0].facilities, everybody.stocks[0].stating["waiting_persons"]) == (2, 1)


def test_registers_are_never_joined():
    other = row(JUNE, 9, vacant=70, waiting=70) | {"source_code": "other"}
    first, second = queue_histories(registry_of(*THREE_DAYS, other), OLDER, "12")
    assert (first.source_code, numbers(first, "vacant_places")) == ("other", [70])
    assert (second.source_code, numbers(second, "vacant_places")) == ("register", [5, 1, 6])


def test_a_day_without_a_home_here_is_a_day_of_the_register():
    rows = (row(MAY, 1, vacant=3), row(JULY, 1, vacant=4), row(JULY, 2, SECOND, vacant=2))
    history = history_of(*rows, prefix=SECOND)
    assert [(stock.day, stock.facilities) for stock in history.stocks] == [(MAY, 0), (JULY, 1)]
    assert numbers(history, "vacant_places") == [None, 2]
    assert not history.changes
    assert history.came == 1


def test_a_month_of_a_later_file_has_no_list_of_its_own():
    """A home that is on the list of July only is none that came since May: the file of July tells May."""
    may = row(MAY, 1, places=None, vacant=3, is_month=True)
    history = history_of(may, row(JULY, 1, vacant=4), row(JULY, 2, vacant=0))
    assert [(stock.day, stock.is_month) for stock in history.stocks] == [(MAY, True), (JULY, False)]
    assert (history.came, history.gone) == (0, 0)
    assert history.missing_months == (JUNE,)
    # Of a view of a day before that of the file no list is known.
    before = history_of(may, row(JUNE, 2, places=None, vacant=3, is_month=True))
    assert (before.listed, before.came, before.gone) == ((), 0, 0)
    # Between files that tell no months nobody says that a month is missing.
    assert history_of(row(MAY, 1, vacant=3), row(JULY, 1, vacant=4)).missing_months == ()


def test_a_register_without_queue_and_free_places_is_not_told():
    assert queue_histories(registry_of(row(JULY, 1)), OLDER, "12") == ()


def test_an_earlier_day_knows_no_later_one():
    then = replace(registry_of(*THREE_DAYS), held_from=JUNE)
    (history,) = queue_histories(then, OLDER, "12")
    assert [stock.day for stock in history.stocks] == [MAY, JUNE]


def test_a_month_after_the_last_edition_before_a_day_is_known_on_it():
    """Days between two editions have one registry; a month of a yearly file that lies between them is no edition."""
    then = replace(registry_of(*THREE_DAYS), held_from=MAY)
    (history,) = queue_histories(then, OLDER, "12", until=JUNE)
    assert [stock.day for stock in history.stocks] == [MAY, JUNE]
    stocks = stocks_of_view(then, View(scope="12", level="powiat").question, until=JUNE)
    assert set(stocks["day"]) == {MAY, JUNE}


def test_a_file_has_voivodeships_and_powiats_of_both_kinds_of_places():
    other = row(JULY, 3, THIRD, vacant=8, need_groups=["disabled"])
    registry = registry_of(*THREE_DAYS, other, row(JULY, 4, None, vacant=1))
    stocks = stocks_of_view(registry, View(scope="12", level="gmina").question)
    assert set(stocks["area_code"]) == {"12", "1200"}, "of a form that people come to from anywhere no gmina"
    july = stocks[stocks["day"] == JULY].set_index(["area_code", "is_for_all"])["vacant_places"]
    assert july.to_dict() == {("12", False): 7, ("12", True): 7, ("1200", False): 6, ("1200", True): 6}
    country = stocks_of_view(registry, View(scope="00", level="powiat").question)
    assert set(country["area_code"]) == {"12", "1200", "24", "2400"}
    assert set(country.loc[country["area_code"] == "24", "is_for_all"]) == {True}


@pytest.mark.mirror
def test_the_real_registers_over_their_days(real_registry):
    """Four files of Małopolskie; three of Podkarpackie, the last with 254 free places, 15 of them of short stay."""
    (malopolskie,) = queue_histories(real_registry, OLDER, "12", is_for_all=True)
    days = ["2025-05-31", "2025-10-31", "2026-05-31", "2026-06-30"]
    assert [stock.day.isoformat() for stock in malopolskie.stocks] == days
    assert numbers(malopolskie, "capacity_places") == [8060, 8022, 8021, 8126]
    assert numbers(malopolskie, "vacant_places") == [136, 110, 107, 175]
    assert numbers(malopolskie, "waiting_persons") == [161, 243, 181, 206]
    # One home opened with 61 free places: in the 88 others there are fewer than before.
    assert (malopolskie.came, malopolskie.changes[0].same) == (1, (88, 136, 114))
    (podkarpackie,) = queue_histories(real_registry, OLDER, "18", is_for_all=True)
    (short_stay,) = queue_histories(real_registry, Help("OPW-KRO", "older"), "18", is_for_all=True)
    free = [numbers(history, "vacant_places") for history in (podkarpackie, short_stay)]
    assert [sum(day) for day in zip(*free, strict=True)] == [327, 257, 254]
    assert numbers(podkarpackie, "waiting_persons") == [None, None, None]
    (kujawsko_pomorskie,) = queue_histories(real_registry, OLDER, "04", is_for_all=True)
    assert [stock.day.isoformat() for stock in kujawsko_pomorskie.listed] == ["2025-11-30", "2026-06-30"]
    assert (len(kujawsko_pomorskie.stocks), kujawsko_pomorskie.missing_months) == (17, (date(2025, 12, 31),))


@pytest.mark.mirror
@pytest.mark.parametrize("prefix", ["12", "1261", "1206", "04", "18"])
def test_the_last_day_is_what_the_gauge_of_today_tells(real_registry, prefix):
    services = World(real_registry).services(OLDER)
    today = queue_of(services[services["powiat_code"].fillna("").str.startswith(prefix)])
    (history,) = queue_histories(real_registry, OLDER, prefix)
    last = history.stocks[-1].numbers
    assert last["vacant_places"] == today.vacant_places
    assert last["waiting_persons"] == pytest.approx(today.waiting_persons, nan_ok=True)


def test_numbers_of_homes_for_others_too_are_at_most_for_the_group():
    both = ["older", "disabled"]
    rows = (
        row(MAY, 1, vacant=3, waiting=0),
        row(MAY, 2, vacant=2, waiting=0, need_groups=both),
        row(JUNE, 1, vacant=3),
        row(JUNE, 2, vacant=0, need_groups=both),
    )
    may, june = history_of(*rows).stocks
    # Nobody waits for a place of the second home, and in June none of its places is free: these are exact.
    assert may.at_most == {"vacant_places", "capacity_places"}
    assert june.at_most == {"capacity_places"}
    assert history_of(*rows).is_of_others
    # Of everybody's places none is for others.
    assert not history_of(*rows, is_for_all=True).is_of_others
    assert [stock_cell(may, name, texts_of("pl")) for name in ("vacant_places", "waiting_persons")] == [
        "najwyżej 5",
        "0",
    ]
    view = View(scope="12", level="powiat", form="CAL-DPS")
    told = stocks_of_view(registry_of(*rows), view.question)
    assert told.loc[~told["is_for_all"], "is_vacant_places_at_most"].tolist()[:2] == [True, False]
    assert not told.loc[told["is_for_all"], "is_capacity_places_at_most"].any()
