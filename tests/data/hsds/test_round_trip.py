"""What goes out comes in again: every mapped field, by both forms of HSDS, for hand-made and generated extracts."""

import pytest
from hypothesis import HealthCheck, given, settings

from data.hsds import read_hsds, write_hsds_json, write_hsds_package
from tests.data.hsds.small_extract import (
    EMPTY_FACILITY,
    EMPTY_SERVICE,
    assert_same,
    extract_of,
    extracts,
    key,
    small_extract,
)

WAYS = {"json": ("extract.json", write_hsds_json), "folder": ("package", write_hsds_package)}
WAYS["zip"] = ("package.zip", write_hsds_package)


@pytest.mark.parametrize("way", WAYS)
def test_every_mapped_field_of_the_small_extract_comes_back(tmp_path, way):
    name, write = WAYS[way]
    write(small_extract(), tmp_path / name)
    reading = read_hsds(tmp_path / name, code="copy")
    assert len(reading.staged.records) == 6
    assert reading.staged.rows_read == 6
    assert_same(small_extract(), reading.staged)


@pytest.mark.parametrize("way", WAYS)
def test_only_what_the_registry_works_out_itself_is_not_kept(tmp_path, way):
    name, write = WAYS[way]
    write(small_extract(), tmp_path / name)
    reading = read_hsds(tmp_path / name, code="copy")
    terms = {
        "changed_on": 1,
        "gmina_code": 1,  # of a stop
        "is_counted": 6,
        "set_aside_by": 2,
        "source_code": 13,  # 2 organizations, 5 facilities, 6 services
        "source_of_field": 2,
    }
    expected = {f"attribute.value ({term})": count for term, count in terms.items()}
    expected |= {"attribute.label (source_of_field)": 2, "service.last_modified": 2}
    assert reading.not_kept == expected


@pytest.mark.parametrize("way", WAYS)
def test_the_day_and_the_snapshot_come_back(tmp_path, way):
    name, write = WAYS[way]
    write(small_extract(), tmp_path / name)
    reading = read_hsds(tmp_path / name, code="copy")
    assert str(reading.staged.as_of) == "2026-06-30"
    assert reading.about["snapshot_id"] == "0123456789ab"
    assert reading.about["notes"] == ["Liczby „na próbę”."]
    assert reading.about["sources"][0]["licence"] == "CC BY 4.0"


@pytest.mark.parametrize("way", WAYS)
def test_hours_that_are_not_in_the_form_of_osm_come_back_as_words(tmp_path, way):
    facility = EMPTY_FACILITY | {"facility_id": key("dom"), "name": "Dom", "opening_hours": "co drugi dzień"}
    service = EMPTY_SERVICE | {
        "service_at_facility_id": key("at"),
        "service_id": key("service"),
        "facility_id": key("dom"),
        "name": "Usługa",
        "support_form": "CAL-DPS",
        "opening_hours": "zwykle",
        "opening_hours_text": "proszę dzwonić",
    }
    name, write = WAYS[way]
    write(extract_of(facilities=[facility], services=[service]), tmp_path / name)
    record = read_hsds(tmp_path / name, code="copy").staged.records.iloc[0]
    assert (record["opening_hours"], record["opening_hours_text"]) == (None, "co drugi dzień")
    assert (record["service_opening_hours"], record["service_opening_hours_text"]) == (
        None,
        "proszę dzwonić\nzwykle",
    )


@pytest.mark.parametrize("way", ["json", "folder"])
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(extract=extracts())
def test_any_extract_comes_back(tmp_path_factory, way, extract):
    name, write = WAYS[way]
    path = tmp_path_factory.mktemp("any") / name
    write(extract, path)
    assert_same(extract, read_hsds(path, code="copy").staged)
