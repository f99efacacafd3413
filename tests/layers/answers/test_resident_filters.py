"""Filters of the resident's list: offered when somebody knows, and honest about what nobody knows."""

import datetime as dt

import pytest

from data.opening_hours import POLISH_TIME
from layers.answers.facility_entries import join_services
from layers.answers.resident_filters import Offered, answer, narrow, offered_filters
from layers.answers.service_rows import ServiceRows
from layers.answers.service_today import with_today
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST = next(iter(GMINAS))
MONDAY_NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=POLISH_TIME)
FRESH, EXPIRED = dt.date(2026, 11, 1), dt.date(2026, 6, 30)


def listed(*rows, now=MONDAY_NOON):
    services = [service(number, FIRST, **changes) for number, changes in enumerate(rows, start=1)]
    return with_today(join_services(ServiceRows(tiny_registry(services).services)), {"register"}, now)


def _ids(rows):
    return [row["facility_id"] for row in rows]


def test_only_filters_with_an_answer_are_offered():
    nothing = offered_filters(
        listed({}, {"opening_hours_text": "rano"}, {"languages": ["pl"]}), group="older"
    )
    assert nothing == Offered((), ("open", "vacant", "free", "wheelchair", "language"))
    services = listed(
        {"opening_hours": "Mo-Fr 08:00-16:00"},
        {"wheelchair": "no"},
        {"languages": ["uk"], "service_languages": ["pl", "en"]},
        {"vacant_places": 0, "vacancies_on": FRESH},
    )
    offered = offered_filters(services, group="older")
    assert offered == Offered(("open", "vacant", "wheelchair", "language:en", "language:uk"), ("free",))


def test_beds_are_asked_whom_they_take_in_and_what_no_list_says_is_named():
    offered = offered_filters(
        listed({"capacity_women": 4}, {"vacant_men": 2}, {"capacity_women": 0}), group="homeless"
    )
    assert offered.known == ("women", "men", "couples")
    assert offered.unknown[-4:] == ("families", "sober", "no_referral", "language")


def test_places_for_women_or_men_are_known_by_their_number_and_by_a_free_one():
    services = listed({"capacity_women": 4, "capacity_men": 0}, {"vacant_women": 1}, {"vacant_women": 0}, {})
    rows = services
    assert [answer(row, "women") for row in rows] == [True, True, None, None]
    assert [answer(row, "men") for row in rows] == [False, None, None, None]


@pytest.mark.parametrize(
    ("name", "women", "men"),
    [
        ("Noclegownia dla Bezdomnych Mężczyzn", False, True),
        ("Schronisko dla Bezdomnych Kobiet", True, False),
        ("Schronisko dla Kobiet i Mężczyzn", True, True),
        ("Dom dla Matek z Dziećmi", True, False),
        ("Schronisko", None, None),
    ],
)
def test_a_name_says_for_whom_a_place_is_where_no_number_does(name, women, men):
    unsaid, said = listed({"facility_name": name}, {"facility_name": name, "capacity_women": 3})
    assert (answer(unsaid, "women"), answer(unsaid, "men")) == (women, men)
    assert answer(said, "women")


def test_free_of_charge_is_what_lists_no_fee_above_nothing():
    fees = [
        [{"amount": 0}],
        [{"amount": 0}, {"amount": 12.5}],
        [{"amount": 0}, {"option": "obiad"}],
        [],
        None,
    ]
    rows = listed(*({"fees": fee} for fee in fees), {"fees_text": "bezpłatnie"})
    assert [answer(row, "free") for row in rows] == [True, False, None, None, None, None]


def test_help_that_comes_home_is_offered_beside_help_that_does_not():
    both = listed({"support_form": "ZYW-DOW"}, {"support_form": "ZYW-JAD"})
    assert "home" in offered_filters(both, group="older").known
    assert [row["support_form"] for row in narrow(both, ["home"]).matching] == ["ZYW-DOW"]
    of_one_kind = offered_filters(both[1:], group="older")
    assert "home" not in (*of_one_kind.known, *of_one_kind.unknown)


def test_what_is_known_to_be_otherwise_is_left_out_and_what_is_unknown_is_counted():
    services = listed(
        {"opening_hours": "Mo-Fr 08:00-16:00"},
        {"opening_hours": "Mo-Fr 18:00-20:00"},
        {"opening_hours_text": "rano"},
        {},
    )
    narrowed = narrow(services, ["open"])
    assert _ids(narrowed.matching) == [1]
    assert _ids(narrowed.unknown) == [3, 4]


def test_on_a_public_holiday_weekdays_are_counted_among_what_is_not_known():
    services = listed(
        {"opening_hours": "24/7"},
        {"opening_hours": "Mo-Fr 08:00-16:00", "support_form": "DZI-KLS"},
        {"opening_hours": "Mo-Fr 08:00-16:00; PH off", "support_form": "DZI-KLS"},
        now=dt.datetime(2026, 12, 25, 10, 30, tzinfo=POLISH_TIME),
    )
    narrowed = narrow(services, ["open"])
    assert _ids(narrowed.matching) == [1]
    assert _ids(narrowed.unknown) == [2]


def test_with_two_filters_one_known_no_is_enough_to_leave_out():
    services = listed(
        {"opening_hours": "24/7", "wheelchair": "limited"},
        {"opening_hours": "24/7"},
        {"wheelchair": "no"},
    )
    narrowed = narrow(services, ["open", "wheelchair"])
    assert _ids(narrowed.matching) == [1]
    assert _ids(narrowed.unknown) == [2]


def test_expired_vacancies_are_never_taken_for_free_places():
    services = listed(
        {"vacant_places": 3, "vacancies_on": EXPIRED},
        {"vacant_places": 3, "vacancies_on": FRESH},
        {"vacant_places": 0, "vacancies_on": FRESH},
        {"vacancies_on": FRESH},
        {"vacant_places": 3},
    )
    assert [answer(row, "vacant") for row in services] == [None, True, False, None, None]
    assert offered_filters(services[:1], group="older").known == ()


def test_a_list_of_languages_without_the_one_is_a_no_and_no_list_is_unknown():
    services = listed({"languages": ["en"]}, {"languages": []}, {"service_languages": ["uk"]})
    assert [answer(row, "language:uk") for row in services] == [False, None, True]


def test_an_empty_list_has_no_filters_and_stays_empty():
    services = listed()
    assert offered_filters(services, group="older").known == ()
    narrowed = narrow(services, ["open"])
    assert narrowed.matching == narrowed.unknown == []
