"""What depends on the day and the hour, at instants whose answers one can tell from a calendar."""

import datetime as dt

import pandas as pd
import pytest

from data.opening_hours import POLISH_TIME
from data.quality.records import record_quality
from layers.answers.facility_entries import join_services
from layers.answers.service_rows import ServiceRows
from layers.answers.service_today import vacancies_hold_until, with_today
from tests.support.listed import frame
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST = next(iter(GMINAS))
SUNDAY_NIGHT = dt.datetime(2026, 11, 22, 2, 30, tzinfo=POLISH_TIME)


def today(*, now=SUNDAY_NIGHT, **changes):
    registry = tiny_registry([service(1, FIRST, **changes)])
    (found,) = with_today(join_services(ServiceRows(registry.services)), {"register"}, now)
    return found


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"opening_hours": "Mo-Su 18:00-08:00"}, True),
        ({"opening_hours": "Mo-Fr 08:00-16:00"}, False),
        ({"opening_hours": "24/7"}, True),
        ({"opening_hours_text": "pn-pt 8-16"}, None),
        ({}, None),
        ({"opening_hours": "Mo-Fr 08:00-16:00", "service_opening_hours": "Mo-Su 18:00-08:00"}, True),
        ({"opening_hours": "24/7", "service_opening_hours_text": "wieczorem"}, None),
        ({"opening_hours": "od rana"}, None),
    ],
    ids=[
        "overnight, after midnight",
        "a weekend",
        "always",
        "only words",
        "nothing known",
        "the service's own hours first",
        "own hours in words hide the facility's",
        "hours that cannot be read",
    ],
)
def test_open_is_said_only_when_hours_tell(changes, expected):
    assert today(**changes)["is_open"] is expected


def test_overnight_hours_end_in_the_morning():
    at = [dt.datetime(2026, 11, 22, hour, minute, tzinfo=POLISH_TIME) for hour, minute in [(7, 59), (8, 0)]]
    assert [today(now=now, opening_hours="Mo-Su 18:00-08:00")["is_open"] for now in at] == [True, False]


CHRISTMAS = dt.datetime(2026, 12, 25, 10, 30, tzinfo=POLISH_TIME)  # a Friday


@pytest.mark.parametrize(
    ("changes", "is_open", "is_untold"),
    [
        ({"opening_hours": "Mo-Fr 08:00-16:00"}, None, True),
        ({"opening_hours": "Mo-Fr 08:00-16:00; PH off"}, False, False),
        ({"opening_hours": "24/7"}, True, False),
        ({"opening_hours_text": "pn-pt 8-16"}, None, True),
        ({"opening_hours": "07:30-15:30 unknown"}, None, True),
        ({}, None, False),
        ({"opening_hours": "od rana"}, None, True),
        ({"opening_hours": "Mo-Fr 08:00-16:00", "support_form": "CAL-DPS"}, True, False),
    ],
    ids=[
        "weekdays",
        "closed by its hours",
        "always",
        "only words",
        "days nobody stated",
        "no hours to hang on",
        "hours that cannot be read",
        "a home never closes",
    ],
)
def test_a_public_holiday_is_open_closed_or_to_be_asked_about(changes, is_open, is_untold):
    found = today(now=CHRISTMAS, **{"support_form": "DZI-KLS", **changes})
    assert (found["is_open"], found["is_holiday_untold"]) == (is_open, is_untold)


@pytest.mark.parametrize(("day", "expected"), [(2, True), (4, False)], ids=["its night", "a working day"])
def test_a_night_that_began_on_the_holiday_is_to_be_asked_about(day, expected):
    # 1 January 2027 is a Friday, 3 January a Sunday.
    now = dt.datetime(2027, 1, day, 3, tzinfo=POLISH_TIME)
    found = today(now=now, support_form="BEZ-NOC", opening_hours="Mo-Fr,Su 20:00-08:00")
    assert found["is_holiday_untold"] == expected
    assert found["is_open"] is (None if expected else True)


@pytest.mark.mirror
def test_of_the_real_places_only_those_that_never_close_or_have_no_weekdays_are_open_on_christmas(
    real_registry,
):
    services = real_registry.services
    told = services[services["opening_hours"].notna() | services["service_opening_hours"].notna()]
    assert told["facility_id"].nunique() == len(told) == 178
    found = frame(with_today(ServiceRows(told), set(), CHRISTMAS))
    hours = found["service_opening_hours"].fillna(found["opening_hours"])
    states = found["is_open"].map({True: "open", False: "closed", None: "call"}).fillna("call")
    assert states.value_counts().to_dict() == {"call": 118, "open": 31, "closed": 29}
    assert (hours == "24/7").sum() == 30
    assert set(states[hours == "24/7"]) == {"open"}
    # A warming place of the winter by day.
    assert hours[(states == "open") & (hours != "24/7")].tolist() == ["Dec 01-Mar 15 08:00-16:00"]
    assert not (states[hours.str.contains(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su)\b")] == "open").any()
    assert found.loc[states == "call", "is_holiday_untold"].all()
    night = frame(with_today(ServiceRows(told), set(), CHRISTMAS.replace(hour=20)))
    assert (night["is_open"] == True).sum() == 35  # noqa: E712 - of three states


@pytest.mark.parametrize(
    ("changes", "until"),
    [
        ({"vacancies_on": dt.date(2026, 10, 8)}, dt.date(2026, 11, 22)),
        (
            {"vacancies_on": dt.date(2026, 10, 8), "vacancies_expire_on": dt.date(2026, 10, 9)},
            dt.date(2026, 10, 9),
        ),
        ({"vacancies_on": None}, None),
        ({"vacancies_on": dt.date(2026, 11, 20), "support_form": "DOM-UO"}, None),
    ],
    ids=["45 days of a care home", "the source's own day", "of no known day", "a form without places"],
)
def test_vacancies_hold_as_long_as_the_source_or_the_form_says(changes, until):
    assert vacancies_hold_until(service(1, FIRST, **changes)) == until


@pytest.mark.parametrize(("day", "is_old"), [(8, False), (7, True)], ids=["the last day", "a day too late"])
def test_vacancies_expire_the_day_after_their_last(day, is_old):
    assert today(vacant_places=3, vacancies_on=dt.date(2026, 10, day))["is_vacancy_old"] == is_old


def test_freshness_is_that_of_the_quality_of_records():
    days = [dt.date(2025, 11, 22), dt.date(2025, 11, 21), None]
    forms = ["CAL-DPS", "MIE-WSP"]  # checked once a year, twice a year
    rows = [(day, form) for day in days for form in forms]
    registry = tiny_registry(
        [
            service(number, FIRST, dated_on=day, support_form=form)
            for number, (day, form) in enumerate(rows, start=1)
        ]
    )
    services = registry.services
    told = frame(with_today(ServiceRows(services), {"register"}, SUNDAY_NIGHT))
    assert told["checked"].tolist() == [
        "checked", "long_ago", "long_ago", "long_ago", "never", "never",
    ]  # fmt: skip
    quality = record_quality(services, registry.sources, registry.register_coverage, on=SUNDAY_NIGHT.date())
    pd.testing.assert_series_equal(told["checked"] != "checked", quality["is_overdue"], check_names=False)
