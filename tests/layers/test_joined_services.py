"""Profiles of one home, joined into one entry."""

from datetime import date

import pandas as pd

from layers.joined_services import join_services
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, _ = GMINAS


def join(*rows):
    return join_services(tiny_registry(list(rows)).services)


def parts(**of_parts):
    """Return two profiles of one home that differ in some columns."""
    return [
        service(number, FIRST, facility_id=1, **{name: pair[number - 1] for name, pair in of_parts.items()})
        for number in (1, 2)
    ]


def test_one_entry_per_facility_and_form_in_the_order_of_the_first_part():
    joined = join(
        service(1, FIRST),
        service(2, SECOND),
        service(3, FIRST, facility_id=1),
        service(4, FIRST, facility_id=1, support_form="DZI-KLS"),
    )
    assert list(zip(joined["facility_id"], joined["support_form"], strict=True)) == [
        (1, "CAL-DPS"),
        (2, "CAL-DPS"),
        (1, "DZI-KLS"),
    ]
    assert joined.crs == 4326
    assert joined["capacity_places"].dtype == "Int64"


def test_what_is_said_of_the_parts_is_said_of_the_whole():
    home = join(
        *parts(
            intake_text=("na skierowanie", "decyzja starosty"),
            required_documents=(["dowód osobisty"], ["dowód osobisty", "zaświadczenie"]),
            service_languages=(["uk"], ["en", "uk"]),
            fees=([{"option": "pobyt", "amount": 70}], [{"option": "pobyt", "amount": 70}]),
            vacancies_on=(date(2026, 6, 30), date(2026, 5, 31)),
            minimum_age=(60, 18),
            maximum_age=(pd.NA, 99),
        )
    ).iloc[0]
    assert home["intake_text"] == "na skierowanie; decyzja starosty"
    assert home["required_documents"] == ["dowód osobisty", "zaświadczenie"]
    assert home["service_languages"] == ["uk", "en"]
    assert home["fees"] == [{"option": "pobyt", "amount": 70}]
    assert home["vacancies_on"] == date(2026, 5, 31)  # the whole is as old as its oldest part
    assert home["minimum_age"] == 18
    assert pd.isna(home["maximum_age"])


def test_parts_with_different_hours_are_not_asked_whether_they_are_open():
    home = join(*parts(service_opening_hours=("24/7", None), service_opening_hours_text=(None, "rano"))).iloc[
        0
    ]
    assert home["service_opening_hours"] is None
    assert home["service_opening_hours_text"] == "całodobowo, codziennie; rano"


def test_parts_with_the_same_hours_keep_them():
    home = join(*parts(service_opening_hours=("24/7", "24/7"))).iloc[0]
    assert home["service_opening_hours"] == "24/7"


def test_nothing_is_joined_with_nothing():
    joined = join()
    assert len(joined) == 0
    assert "subtypes" in joined
