"""Profiles of one home, joined into one entry."""

from datetime import date

import pandas as pd
import pytest

from layers.answers.facility_entries import join_services
from layers.answers.service_rows import ServiceRows
from tests.support.listed import frame
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, _ = GMINAS


def join(*rows):
    return frame(join_services(ServiceRows(tiny_registry(list(rows)).services)))


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


def test_the_queue_and_the_wait_of_a_profile_stay_with_it():
    # The two profiles of ul. Kluzeka 6 in Kraków, as the register of 30 June 2026 has them.
    home = join(
        *parts(
            subtype=("dla osób przewlekle somatycznie chorych", "dla osób w podeszłym wieku"),
            capacity_places=(50, 40),
            vacant_places=(0, 0),
            waiting_persons=(3, 11),
            waiting_days=(45, 1650),
        )
    ).iloc[0]
    assert [
        (part["label"], part["capacity_places"], part["waiting_persons"], part["waiting_days"])
        for part in home["profiles"]
    ] == [
        ("dla osób przewlekle somatycznie chorych", 50, 3, 45),
        ("dla osób w podeszłym wieku", 40, 11, 1650),
    ]
    # A home has no queue of its own: nobody said how many wait for all of it.
    assert pd.isna(home["waiting_days"])
    assert pd.isna(home["waiting_persons"])
    assert (home["capacity_places"], home["vacant_places"]) == (90, 0)


def test_a_profile_without_a_queue_does_not_get_that_of_another():
    home = join(*parts(subtype=("a", "b"), waiting_persons=(3, pd.NA), waiting_days=(pd.NA, 30))).iloc[0]
    queues = [(part["waiting_persons"], part["waiting_days"]) for part in home["profiles"]]
    assert queues[0][0] == 3
    assert pd.isna(queues[0][1])
    assert pd.isna(queues[1][0])
    assert queues[1][1] == 30


def test_parts_with_the_same_profile_are_told_apart_by_what_differs():
    intake = ("schronisko dla kobiet", "schronisko dla mężczyzn")
    home = join(*parts(subtype=("całoroczne", "całoroczne"), intake_text=intake)).iloc[0]
    assert [part["label"] for part in home["profiles"]] == [
        "całoroczne; schronisko dla kobiet",
        "całoroczne; schronisko dla mężczyzn",
    ]
    assert [part["label"] for part in join(*parts()).iloc[0]["profiles"]] == ["", ""]


def test_a_home_with_one_service_keeps_its_queue():
    home = join(service(1, FIRST, waiting_persons=4, waiting_days=30)).iloc[0]
    assert (home["waiting_persons"], home["waiting_days"], home["profiles"]) == (4, 30, [])


@pytest.mark.mirror
def test_the_real_profiles_have_the_queues_of_their_rows(real_registry):
    services = real_registry.services
    home = frame(join_services(ServiceRows(services[services["street_address"] == "ul. P. Kluzeka 6"]))).iloc[
        0
    ]
    queues = {part["label"]: (part["waiting_persons"], part["waiting_days"]) for part in home["profiles"]}
    assert queues == {
        "dla osób przewlekle somatycznie chorych": (3, 45),
        "dla osób w podeszłym wieku": (11, 1650),
    }
    joined = frame(join_services(ServiceRows(services)))
    of_many = joined[joined["profiles"].map(len) > 1]
    assert of_many["source_code"].value_counts().to_dict() == {
        "podkarpackie-dps": 28,
        "malopolskie-dps": 21,
        "kujawsko-pomorskie-dps": 2,
        "lodzkie-dps": 1,
    }
    assert of_many["waiting_days"].isna().all()
    known = services.dropna(subset=["waiting_days"]).groupby("facility_id")["waiting_days"].agg(sorted)
    for home in of_many.to_dict("records"):
        waits = sorted(part["waiting_days"] for part in home["profiles"] if not pd.isna(part["waiting_days"]))
        assert waits == known.get(home["facility_id"], [])


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
    assert join_services([]) == []
