"""Queries give current releases only, and a protected place never leaves the database with its door."""

import json
from datetime import date

import pandas as pd
import pytest

from data.reading import service_queries
from data.reading.registry_state import registry_state
from tests.support.small_registry import LABEL_POINT, TRUE_ADDRESS, TRUE_POINT, WEST, fill


@pytest.fixture
def connection(engine):
    fill(engine)
    with engine.connect() as connection:
        yield connection


@pytest.fixture
def services(connection):
    services = service_queries.public_services(connection)
    return services.set_index(services["facility_name"].str.removeprefix("Placówka "))


def test_only_current_and_showable_services_come(services):
    assert set(services.index) == {"public", "gmina_centroid", "street-work", "closed", "aside"}


def test_public_place_comes_whole(services):
    row = services.loc["public"]
    assert row["street_address"] == TRUE_ADDRESS
    assert row["geometry"].equals(TRUE_POINT)
    assert row["place_grade"] == "door"
    assert row["gmina_name"] == "Zachód"
    assert row["phones"] == ["12 000 00 00 wew. 7"]
    assert row["phone_records"] == [{"number": "12 000 00 00", "extension": 7}]
    assert row["need_groups"] == ["homeless"]


def test_place_shown_by_gmina_stands_on_the_label_point(services):
    row = services.loc["gmina_centroid"]
    assert row["geometry"].equals(LABEL_POINT)
    assert row["place_grade"] == "gmina"
    assert (
        row[["street_address", "postal_code", "locality_name", "note", "opening_hours_text", "intake_text"]]
        .isna()
        .all()
    )


def test_street_work_has_no_point_and_no_address(services):
    row = services.loc["street-work"]
    assert row["geometry"] is None
    assert pd.isna(row["street_address"])


def test_protected_doors_are_nowhere_in_the_answer(services):
    protected = services.drop(index=["public", "closed", "aside"])
    text = json.dumps(protected.drop(columns="geometry").astype(str).to_dict("records"), ensure_ascii=False)
    for secret in (TRUE_ADDRESS, "Tajemna", "Sekretowo", "32-777"):
        assert secret not in text
    assert not any(point is not None and point.equals(TRUE_POINT) for point in protected.geometry)


def test_closed_and_set_aside_services_are_not_counted(services):
    assert services["is_counted"].to_dict() == {
        "public": True,
        "gmina_centroid": True,
        "street-work": True,
        "closed": False,
        "aside": False,
    }


def test_registry_of_an_earlier_day_is_that_of_its_releases(connection):
    before = service_queries.public_services(connection, date(2026, 6, 29))
    assert before["facility_name"].tolist() == ["Placówka old"]
    assert before["is_counted"].tolist() == [True]
    on_the_day = service_queries.public_services(connection, date(2026, 6, 30))
    assert (
        on_the_day["facility_name"].tolist()
        == service_queries.public_services(connection)["facility_name"].tolist()
    )
    assert service_queries.public_services(connection, date(2025, 6, 29)).empty
    # The claim of completeness is younger, too.
    assert service_queries.register_coverage(connection, date(2026, 6, 29)).empty
    assert service_queries.service_areas(connection, date(2026, 6, 29)).empty
    assert registry_state(connection, day=date(2026, 6, 29)).facilities == 1


def test_service_areas_and_state(connection):
    assert service_queries.service_areas(connection)["area_code"].tolist() == [WEST]
    state = registry_state(connection)
    # The same three that public_services counts: numbers of two screens may not differ.
    assert (state.facilities, state.voivodeships, state.as_of) == (3, 1, date(2026, 6, 30))
    assert state.is_invented


def test_empty_database_answers_with_empty_frames(engine):
    with engine.connect() as connection:
        assert service_queries.public_services(connection).empty
        state = registry_state(connection)
    assert (state.facilities, state.as_of, state.is_invented) == (0, None, False)
