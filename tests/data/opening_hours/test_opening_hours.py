"""Hours are understood whole or not at all, checked, asked, said in three languages, and taken to HSDS and back."""

import csv
import datetime as dt
import json
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.opening_hours import (
    OpeningHoursError,
    check,
    from_polish,
    from_schedules,
    is_holiday_untold,
    is_open,
    is_public_holiday,
    say,
    to_schedules,
)
from data.opening_hours.parse import parse_rules
from data.opening_hours.rules import DAYS, Dates, DayOfYear, rules_of_week, span_between, write_rules
from data.vocabulary.languages import LANGUAGES
from tests.support.folders import REPOSITORY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pn.-pt. 8.00-16.00", "Mo-Fr 08:00-16:00"),
        ("poniedziałek - piątek 7:30–15:30", "Mo-Fr 07:30-15:30"),
        ("PON 8-18\nWT-CZW 8-16\nPT 8-14", "Mo 08:00-18:00; Tu-Th 08:00-16:00; Fr 08:00-14:00"),
        ("codziennie 18-8", "Mo-Su 18:00-08:00"),
        ("codziennie 18-8 od 1 listopada do 31 marca", "Nov 01-Mar 31 18:00-08:00"),
        ("całodobowo", "24/7"),
        ("24h", "24/7"),
        ("całodobowo, 7 dni w tygodniu", "24/7"),
        ("pon., śr. 8-18, wt., czw., pt. 8-16", "Mo,We 08:00-18:00; Tu,Th,Fr 08:00-16:00"),
        ("wtorek 7-15; poniedziałek 7-17; środa 7-15", "Mo 07:00-17:00; Tu,We 07:00-15:00"),
        (
            "od poniedziałku do piątku w godz. od 8.00 do 16.00, w soboty 9-13",
            "Mo-Fr 08:00-16:00; Sa 09:00-13:00",
        ),
        (
            "poniedziałek oraz od środy do piątku 7:30-15:30\nwtorek 7:30-18",
            "Mo,We-Fr 07:30-15:30; Tu 07:30-18:00",
        ),
        ("7.30-16.30 poniedziałek\n7.30-15.30 wtorek - piątek", "Mo 07:30-16:30; Tu-Fr 07:30-15:30"),
        (
            "GODZINY URZĘDOWANIA:\n- poniedziałek od 7:00 do 16:00\n- wtorek 7-15",
            "Mo 07:00-16:00; Tu 07:00-15:00",
        ),
        ("pn 7³⁰-15³⁰", "Mo 07:30-15:30"),
        ("pn 7,30-15;00, wt 9 00 - 17 00, śr 8-9", "Mo 07:30-15:00; Tu 09:00-17:00; We 08:00-09:00"),
        ("pn-pt 8-12 i 13-15", "Mo-Fr 08:00-12:00,13:00-15:00"),
        ("pn-pt 8-16, sobota - niedziela nieczynne", "Mo-Fr 08:00-16:00; Sa,Su off"),
        ("święta 10-12, pn-pt 8-16", "Mo-Fr 08:00-16:00; PH 10:00-12:00"),
        ("codziennie poza niedzielami i świętami; 14-15", "Mo-Sa 14:00-15:00; PH off"),
        ("poniedziałki, środy, piątki od 13:00", "Mo,We,Fr 13:00+"),
        ("piątek-poniedziałek 8-16", "Mo,Fr-Su 08:00-16:00"),
        ("pn-pt całodobowo", "Mo-Fr 00:00-24:00"),
        ("20:00–8:00 (16.10–30.04)", "Oct 16-Apr 30 20:00-08:00"),
        ("1.11-15.03 20-8", "Nov 01-Mar 15 20:00-08:00"),
        ("X–III 18:00–8:00; IV–IX 19:00–7:00", "Oct-Mar 18:00-08:00, Apr-Sep 19:00-07:00"),
        ("1 XI - 31 III 10-12", "Nov 01-Mar 31 10:00-12:00"),
        ("od 1.11.2025 r. do 31.03.2026 r. 18-8", "2025 Nov 01-2026 Mar 31 18:00-08:00"),
    ],
)
def test_polish_hours(text, expected):
    assert from_polish(text) == expected
    assert check(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "00:00-23:59",
        "0:00-24:00",
        "0.00-23.59",
        "0-24",
        "od 0 do 24",
        "00:00-00:00",
        "codziennie 00:00–23:59",
        "pn-nd 0-24",
        "całą dobę",
        "cała doba",
        "24 h",
        "24h/dobę",
        "24h na dobę",
        "24h/7",
        "24 godziny/dobę",
    ],
)
def test_every_way_to_write_the_whole_day_is_the_whole_day(text):
    assert from_polish(text) == "24/7"


def test_midnight_twice_beside_other_hours_may_be_a_row_left_empty():
    assert from_polish("pn-pt 0:00-0:00") == "Mo-Fr 00:00-24:00"
    assert from_polish("pn-pt 8-16, sob 0:00-0:00") is None


@pytest.mark.parametrize("hours", ["Mo-Su 00:00-23:59", "00:00-23:59", "0:00-23:59", "00:00-00:00"])
def test_the_last_minute_of_the_day_is_open(hours):
    assert is_open(hours, dt.datetime.fromisoformat("2026-03-04T23:59:30")) is True
    assert say(hours, "pl") == "całodobowo, codziennie"
    (schedule,) = to_schedules(hours)
    assert (schedule["opens_at"], schedule["closes_at"]) == ("00:00", "00:00")
    assert is_open("Mo-Fr 08:00-23:59", dt.datetime.fromisoformat("2026-03-04T23:59:30")) is False


def test_schedule_to_the_last_minute_is_the_whole_day():
    times = {"opens_at": "00:00", "closes_at": "23:59"}
    assert from_schedules([{"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", **times}]) == "24/7"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7.30-15.30", "07:30-15:30 unknown"),
        ("pn–sob", "Mo-Sa unknown"),
        ("od 1 listopada do 31 marca", "Nov 01-Mar 31 unknown"),
        ("11.2025–31.03.2026", "2025 Nov 01-2026 Mar 31 unknown"),
    ],
)
def test_what_the_words_leave_unsaid_stays_unknown(text, expected):
    assert from_polish(text) == expected
    assert check(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "zimą, trasa z przystankami",
        "codziennie od 17:00 do rana",
        "18:00–8:30, sezonowa",
        "od 1 listopada",
        "całorocznie",
        "czwartek 16:00",
        "mężczyźni: pn 9–15; kobiety: wt 9–11",
        "całodobowo (przyjmowanie darów)",
        "świetlica 8:00–18:00, ogrzewalnia 18:00–8:00",
        "poniedziałek 7:30-1`5:30",
        "wtorek-piątek 7:30 do 15:30, piątek 7:30 do 14:30",
        "poniedziałek-piątek*: 7-15\n* dzień wewnętrzny",
        "1.10-15.10",
        "1.10-15.10 18-8",
        "30 lutego - 3 marca 8-16",
        "8-8",
        "8-25",
        "pn 8:75-16",
        "pn-pt 8-16, sobota",
        "pn-pt 8-16, od 1 maja do 30 czerwca 9-12",
        "pn-pt 8-16, sob 9-12 od 1 maja do 30 czerwca",
        "1.10-31.12: 16-8; 1.12-30.04: 18-8",
        "codziennie 18-8 oprócz świąt",
        "pn 8-12, 11-14",
        "poniedziałek\n- piątek 8-16",
        "pn 8-16 " * 100,
    ],
)
def test_what_is_not_understood_whole_is_not_understood(text):
    assert from_polish(text) is None


@given(
    st.text(st.sampled_from("pnwtśrczdo od-–.,;:/()0123456789 \n⁰IVX"), max_size=40) | st.text(max_size=40)
)
@settings(max_examples=500, deadline=None)
def test_any_text_gives_nothing_or_right_hours(text):
    hours = from_polish(text)
    assert hours is None or check(hours) == hours
    assert hours is None or parse_rules(hours) is not None


@pytest.mark.mirror
def test_how_many_of_the_real_texts_are_understood(mirror: Path):
    texts: Counter[str] = Counter()
    files = [(path, "opening_hours_raw") for path in sorted((mirror / "registers/compiled").glob("*.csv"))]
    for path, name in [*files, (mirror / "registers/malopolskie/ops_2026.csv", "godziny_pracy")]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            words = [(row.get(name) or "").strip() for row in csv.DictReader(file)]
        # Family support centres of the OPS list have lists of their tasks in the column of hours.
        texts.update(text for text in words if text and not text.startswith("'"))
    understood = {text: hours for text in texts if (hours := from_polish(text))}
    partly = {text for text, hours in understood.items() if "unknown" in hours}
    assert (len(texts), len(understood) - len(partly), len(partly)) == (167, 100, 28)
    assert texts.total() == 227
    assert sum(texts[text] for text in understood) == 188
    assert all(check(hours) == hours for hours in understood.values())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mo-Fr 8-16", "character 7"),
        ("pn-pt 08:00-16:00", "character 1"),
        ("Mo-Fr 08:00-16:00;", "character 19"),
        (" ", "it is empty"),
        ("Mo " * 500, "longer than 1000"),
    ],
)
def test_wrong_hours_are_refused_by_value_and_place(text, place):
    with pytest.raises(OpeningHoursError, match=place) as caught:
        check(text)
    assert text.split()[:1] == [] or text.split()[0] in str(caught.value)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("hours", "instant", "expected"),
    [
        ("Mo-Fr 08:00-16:00", "2026-11-23T08:00", True),  # a Monday
        ("Mo-Fr 08:00-16:00", "2026-11-23T16:00", False),
        ("Mo-Su 18:00-08:00", "2026-11-23T03:00", True),
        ("Fr 18:00-08:00", "2026-11-21T07:59", True),
        ("Mo-Fr 20:00-08:00, Sa,Su 18:00-10:00", "2026-11-21T03:00", True),
        ("Mo-Fr 08:00-16:00; PH off", "2026-11-11T10:00", False),  # Independence Day
        ("Mo-Fr 08:00-16:00", "2026-11-11T10:00", None),
        (
            "PH off; Mo-Fr 08:00-16:00",
            "2026-11-11T10:00",
            None,
        ),  # the order lets Wednesday win; nobody meant that
        ("Mo-Fr 08:00-16:00; PH off", "2026-06-04T10:00", False),  # Corpus Christi
        ("Mo-Fr 08:00-16:00; PH off", "2025-12-24T10:00", False),  # a holiday since 2025
        ("Mo-Fr 08:00-16:00; PH off", "2024-12-24T10:00", True),
        ("Nov 01-Mar 31 unknown", "2026-12-01T10:00", None),
        ("Nov 01-Mar 31 unknown", "2026-06-01T10:00", False),
        ("07:30-15:30 unknown", "2026-11-23T10:00", None),
        ("07:30-15:30 unknown", "2026-11-23T20:00", False),
        ("Mo 13:00+", "2026-11-23T14:00", None),
        ("Mo 13:00+", "2026-11-23T12:00", False),
        ('Mo-Fr 08:00-16:00 "po umówieniu"', "2026-11-23T10:00", None),
        ("Mo-Fr 08:00-16:00; SH off", "2026-11-23T10:00", None),
        ("sunrise-sunset", "2026-11-23T10:00", None),
        ("24/7", "2026-11-23T10:00", True),
        ("off", "2026-11-23T10:00", False),
        # 6:30 UTC is 8:30 in a Polish summer and 7:30 in winter.
        ("08:00-16:00", "2026-07-01T06:30+00:00", True),
        ("08:00-16:00", "2026-12-01T06:30+00:00", False),
    ],
)
def test_is_open(hours, instant, expected):
    assert is_open(hours, at(instant)) is expected


@pytest.mark.parametrize(
    ("hours", "instant", "expected"),
    [
        # Christmas of 2025 is a Thursday; 24 December has been a holiday since that year.
        ("Mo-Fr 08:00-16:00", "2025-12-25T10:30", None),
        ("Mo-Fr 08:00-16:00", "2025-12-25T07:00", None),  # "closed" would promise eight o'clock
        ("Mo-Fr 08:00-16:00", "2025-12-24T10:30", None),
        ("Mo-Fr 08:00-16:00", "2024-12-24T10:30", True),
        ("Mo-Fr 08:00-16:00", "2026-12-31T10:30", True),
        ("Mo-Fr 08:00-16:00", "2026-04-06T10:30", None),  # Easter Monday
        ("Mo-Fr 08:00-16:00", "2026-06-04T10:30", None),  # Corpus Christi
        ("Mo-Fr 08:00-16:00", "2026-05-03T10:30", False),  # a Sunday anyway
        ("Mo-Fr 08:00-16:00; Th 10:00-18:00", "2025-12-25T10:30", None),
        ("Mo-Su 08:00-20:00", "2025-12-25T10:30", None),
        ("Mo-Fr 08:00-16:00; Sa,Su off", "2026-12-26T10:30", False),  # a Saturday: said by the hours
        ("Mo-Sa unknown", "2025-12-25T10:30", None),
        # Hours that name holidays say what they say.
        ("Mo-Fr 08:00-16:00; PH off", "2025-12-25T10:30", False),
        ("Mo-Fr 08:00-16:00; PH 10:00-12:00", "2025-12-25T10:30", True),
        ("Mo-Fr,PH 08:00-16:00", "2025-12-25T10:30", True),
        ("Mo-Fr 08:00-16:00; Dec 25 off", "2025-12-25T10:30", False),
        # Every day there is, without weekdays.
        ("24/7", "2025-12-25T10:30", True),
        ("Mo-Su 00:00-24:00", "2025-12-25T10:30", True),
        ("10:00-18:00", "2025-12-25T10:30", True),
        ("Dec 01-Mar 15 08:00-16:00", "2025-12-25T10:30", True),
        ("Oct-Mar 18:00-08:00, Apr-Sep 19:00-07:00", "2025-12-25T20:00", True),
        ("Oct-Mar 18:00-08:00, Apr-Sep 19:00-07:00", "2025-12-25T10:30", False),
        ("Mo-Su 18:00-08:00", "2025-12-25T20:00", True),  # "codziennie 18-8": every night
        ("Oct-Mar 18:00-08:00; Apr-Sep Mo-Fr 08:00-16:00", "2025-12-25T20:00", True),
        # A night belongs to the day on which it begins; 1 January 2027 is a Friday.
        ("Mo-Fr 18:00-08:00", "2027-01-01T03:00", True),
        ("Mo-Fr 18:00-08:00", "2027-01-01T20:00", None),
        ("Mo-Fr 18:00-08:00", "2027-01-02T03:00", None),
        ("Mo-Fr 18:00-08:00", "2027-01-02T09:00", False),
        ("Mo-Th 00:00-24:00; Fr 00:00-24:00", "2027-01-01T03:00", None),
        ("10:00-12:00, Fr 14:00-16:00", "2027-01-01T11:00", True),
        ("10:00-12:00, Fr 14:00-16:00", "2027-01-01T15:00", None),
        # Beyond everyday rules.
        ("week 1-53 Mo-Fr 08:00-16:00", "2025-12-25T10:30", None),
        ("week 1-53 Mo-Fr 08:00-16:00; PH off", "2025-12-25T10:30", False),
        ("week 1-53 Mo-Fr 18:00-08:00", "2027-01-02T03:00", None),
        ("week 1-53 Mo-Sa 08:00-16:00", "2027-01-02T10:30", True),
        ("week 1-53 08:00-16:00", "2025-12-25T10:30", True),
    ],
)
def test_a_weekday_is_no_promise_of_a_public_holiday(hours, instant, expected):
    assert is_open(hours, at(instant)) is expected


@pytest.mark.parametrize(
    ("hours", "instant", "expected"),
    [
        ("Mo-Fr 08:00-16:00", "2025-12-25T10:30", True),
        ("Mo-Fr 08:00-16:00", "2025-12-25T22:30+00:00", True),  # 23:30 in Poland
        (
            "Mo-Fr 08:00-16:00",
            "2025-12-25T23:30+00:00",
            True,
        ),  # half an hour into the second day of Christmas
        ("Mo-Fr 08:00-16:00", "2025-12-29T10:30", False),
        ("Mo-Fr 08:00-16:00; PH off", "2025-12-25T10:30", False),
        ("07:30-15:30 unknown", "2025-12-25T10:30", False),  # the days are not known on any day
    ],
)
def test_what_leaves_a_holiday_untold(hours, instant, expected):
    assert is_holiday_untold(hours, at(instant)) is expected


def test_a_place_that_never_closes_keeps_its_hours_on_holidays():
    assert is_open("Mo-Fr 08:00-16:00", at("2025-12-25T10:30"), is_round_the_clock=True) is True


def test_public_holidays_are_those_of_the_law_of_the_year():
    of_2026 = {dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(365)}
    assert sorted(f"{day:%m-%d}" for day in of_2026 if is_public_holiday(day)) == [
        "01-01", "01-06", "04-05", "04-06", "05-01", "05-03", "05-24", "06-04", "08-15", "11-01", "11-11",
        "12-24", "12-25", "12-26",
    ]  # fmt: skip
    assert not is_public_holiday(dt.date(2024, 12, 24))


@given(
    days=st.lists(st.sampled_from(DAYS), min_size=1, unique=True),
    opens=st.integers(0, 23),
    length=st.integers(1, 23),
    minute=st.integers(0, 24 * 60 - 1),
    holiday=st.sampled_from(["2025-12-25", "2026-01-01", "2026-04-06", "2026-06-04", "2026-11-11"]),
)
@settings(max_examples=300, deadline=None)
def test_named_weekdays_open_nothing_that_begins_on_a_holiday(days, opens, length, minute, holiday):
    hours = f"{','.join(days)} {opens:02}:00-{(opens + length) % 24:02}:00"
    instant = at(holiday) + dt.timedelta(minutes=minute)
    began_on_the_eve = opens + length > 24 and minute < (opens + length - 24) * 60
    is_of_every_night = len(days) == len(DAYS) and opens + length > 24
    assert is_open(hours, instant) is not True or began_on_the_eve or is_of_every_night


def test_hours_have_words_of_every_language():
    words = REPOSITORY / "data" / "opening_hours" / "words.csv"
    with words.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert set(lines[0]) == {"code", *LANGUAGES}, "expected a column for each language in words.csv"
    assert [line["code"] for line in lines if not all(cell.strip() for cell in line.values())] == []


def test_wrong_hours_are_not_asked():
    with pytest.raises(OpeningHoursError):
        is_open("pn-pt 8-16", at("2026-11-23T10:00"))


@pytest.mark.parametrize(
    ("hours", "pl", "uk", "en"),
    [
        ("24/7", "całodobowo, codziennie", "цілодобово, щодня", "24 hours a day, every day"),
        (
            "Mo-Fr 08:00-16:00; PH off",
            "poniedziałek–piątek 8:00–16:00; święta nieczynne",
            "понеділок–п'ятниця 8:00–16:00; свята зачинено",
            "Monday–Friday 8:00–16:00; public holidays closed",
        ),
        (
            "Nov 01-Mar 31 18:00-08:00",
            "1 listopada – 31 marca: 18:00–8:00",
            "1 листопада – 31 березня: 18:00–8:00",
            "1 November – 31 March: 18:00–8:00",
        ),
        (
            "Mo,We,Fr 13:00+",
            "poniedziałek, środa, piątek od 13:00",
            "понеділок, середа, п'ятниця з 13:00",
            "Monday, Wednesday, Friday from 13:00",
        ),
        (
            "07:30-15:30 unknown",
            "7:30–15:30 (dni nie podano)",
            "7:30–15:30 (дні не вказано)",
            "7:30–15:30 (days not stated)",
        ),
        (
            "Oct-Mar Mo-Su unknown",
            "październik–marzec (godzin nie podano)",
            "жовтень–березень (години не вказано)",
            "October–March (hours not stated)",
        ),
        (
            "Mo-Fr 08:00-16:00; Fr 08:00-14:00",
            "poniedziałek–czwartek 8:00–16:00; piątek 8:00–14:00",
            "понеділок–четвер 8:00–16:00; п'ятниця 8:00–14:00",
            "Monday–Thursday 8:00–16:00; Friday 8:00–14:00",
        ),
        ("week 1-20 Mo 08:00-10:00",) * 4,
    ],
)
def test_hours_in_words(hours, pl, uk, en):
    assert (say(hours, "pl"), say(hours, "uk"), say(hours, "en")) == (pl, uk, en)


WEEKDAYS = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "08:00", "closes_at": "16:00"}


@pytest.mark.parametrize(
    ("hours", "schedules"),
    [
        ("Mo-Fr 08:00-16:00", [WEEKDAYS]),
        (
            "Mo-Fr 08:00-12:00,13:00-16:00",
            [WEEKDAYS | {"closes_at": "12:00"}, WEEKDAYS | {"opens_at": "13:00"}],
        ),
        ("Fr 18:00-08:00", [{"freq": "WEEKLY", "byday": "FR", "opens_at": "18:00", "closes_at": "08:00"}]),
        ("24/7", [WEEKDAYS | {"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "00:00"}]),
        (
            "2025 Nov 01-2026 Mar 31 Mo-Fr 08:00-16:00",
            [WEEKDAYS | {"valid_from": "2025-11-01", "valid_to": "2026-03-31"}],
        ),
        ("2025 Nov 01+ Mo-Fr 08:00-16:00", [WEEKDAYS | {"valid_from": "2025-11-01"}]),
    ],
)
def test_schedules_of_hsds(hours, schedules):
    assert to_schedules(hours) == schedules
    assert from_schedules(schedules) == hours


@pytest.mark.parametrize(
    "hours",
    [
        "Mo-Fr 08:00-16:00; PH off",
        "Nov 01-Mar 31 18:00-08:00",
        "Mo 13:00+",
        "07:30-15:30 unknown",
        "Fr 18:00-08:00; Sa off",
        "2025 Nov 01-2026 Mar 31 Mo 08:00-16:00; Mo 10:00-12:00",
        "off",
        "sunrise-sunset",
    ],
)
def test_what_hsds_cannot_say_is_not_said(hours):
    assert check(hours) == hours
    assert to_schedules(hours) is None


@pytest.mark.parametrize(
    "change",
    [
        {"freq": "MONTHLY"},
        {"interval": 2},
        {"count": 3},
        {"until": "2026-01-01"},
        {"timezone": 3},
        {"byday": "2MO"},
        {"byday": ""},
        {"opens_at": "08:00+01:00"},
        {"opens_at": None},
        {"closes_at": "25:00"},
        {"valid_to": "2026-01-01"},
        {"valid_from": "2026-02-01", "valid_to": "2026-01-01"},
        {"valid_from": "soon"},
    ],
)
def test_schedules_that_are_not_plainly_weekly_are_not_read(change):
    assert from_schedules([WEEKDAYS]) == "Mo-Fr 08:00-16:00"
    assert from_schedules([WEEKDAYS | change]) is None


def test_schedules_add_up():
    saturday = WEEKDAYS | {"byday": "SA", "opens_at": "22:00:00", "closes_at": "02:00:00"}
    assert from_schedules([WEEKDAYS, saturday]) == "Mo-Fr 08:00-16:00, Sa 22:00-02:00"
    winter = WEEKDAYS | {"opens_at": "17:00", "closes_at": "18:00", "valid_from": "2025-11-01"}
    assert from_schedules([WEEKDAYS, winter]) == "Mo-Fr 08:00-16:00, 2025 Nov 01+ Mo-Fr 17:00-18:00"
    assert from_schedules([]) is None


@pytest.mark.mirror
def test_the_example_of_the_standard_is_left_to_its_description(mirror: Path):
    service = json.loads((mirror / "hsds/3.1/examples/service_full.json").read_text(encoding="utf-8"))
    assert from_schedules(service["schedules"]) is None  # weeks 41 and 42 only, three times, UTC+3


minutes = st.integers(0, 24 * 60 - 1)
# A day to 23:59 is read as a whole one, so it does not come back as it went.
spans = st.tuples(minutes, minutes).map(lambda times: span_between(*times))
weeks = st.dictionaries(
    st.sampled_from(DAYS),
    st.lists(spans, min_size=1, max_size=3, unique=True).map(lambda found: ("open", tuple(sorted(found)))),
    min_size=1,
)
a_day = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
periods = st.none() | st.tuples(a_day, a_day).map(
    lambda days: Dates(*(year_day(day) for day in sorted(days)))
)


def year_day(day: dt.date) -> DayOfYear:
    return DayOfYear(day.month, day.day, day.year)


@given(week=weeks, period=periods)
@settings(max_examples=300, deadline=None)
def test_weekly_hours_come_back_from_hsds_as_they_went(week, period):
    hours = write_rules(rules_of_week(week, dates=(period,) if period else ()))
    assert check(hours) == hours
    schedules = to_schedules(hours)
    assert schedules is not None
    assert from_schedules(reversed(schedules)) == from_schedules(schedules)
    assert sorted(map(str, to_schedules(from_schedules(schedules)))) == sorted(map(str, schedules))
    assert write_rules(parse_rules(hours)) == hours


day_rules = st.lists(
    st.tuples(
        st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True),
        st.lists(st.tuples(st.integers(0, 23), st.integers(0, 24)), min_size=1, max_size=2, unique=True),
    ),
    min_size=1,
    max_size=4,
)


def test_a_night_that_ends_on_a_day_of_another_rule_is_not_turned_into_schedules():
    """On Monday at 0:30 the first rule is closed, and the schedule of Sunday would be open."""
    assert to_schedules("Mo 01:00-00:00; Su 01:00-01:00") is None
    assert to_schedules("Mo 01:00-00:00, Su 01:00-01:00") is not None
    assert to_schedules("Mo-Fr 08:00-16:00; Sa 20:00-02:00") is not None


@given(rules=day_rules, separator=st.sampled_from(["; ", ", "]), hour=st.integers(0, 7 * 24 - 1))
@example(rules=[(["Mo"], [(1, 0)]), (["Su"], [(1, 1)])], separator="; ", hour=0)
@settings(max_examples=500, deadline=None)
def test_hours_mean_the_same_after_hsds(rules, separator, hour):
    hours = separator.join(
        f"{','.join(days)} {','.join(f'{opens:02}:00-{closes:02}:00' for opens, closes in times)}"
        for days, times in rules
    )
    there = to_schedules(hours)
    back = from_schedules(there or [])
    instant = at("2026-11-23T00:30") + dt.timedelta(hours=hour)
    assert back is None or is_open(back, instant) is is_open(hours, instant)


@given(rules=day_rules, hour=st.integers(0, 7 * 24 - 1))
@settings(max_examples=200, deadline=None)
def test_hours_in_words_are_those_of_the_rules(rules, hour):
    hours = "; ".join(
        f"{','.join(days)} {times[0][0]:02}:00-{times[0][0] + 1:02}:00" for days, times in rules
    )
    assert say(hours, "pl") != hours
    opens = hour % 24
    is_said = f"{opens}:00–{opens + 1}:00" in say(hours, "pl")
    instant = at("2026-11-23T00:30") + dt.timedelta(hours=hour)
    assert is_said or not is_open(hours, instant)


def test_a_hundred_thousand_rows_with_few_texts_are_fast():
    texts = [f"pn-pt {hour}-{hour + 8}" for hour in range(16)]
    start = time.perf_counter()
    for row in range(100_000):
        check(from_polish(texts[row % 16]) or "")
    assert time.perf_counter() - start < 5
    assert from_polish.cache_info().hits >= 99_000
