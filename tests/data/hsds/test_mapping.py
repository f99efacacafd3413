"""The table of fields: complete on both sides, true to the standard, and the same in the docs."""

import json
import re
from pathlib import Path

import pytest

from data.hsds import mapping
from data.hsds.identifiers import FIELDS, FORMS, GROUPS, term
from data.hsds.mapping import attribute_text, attribute_value
from data.hsds.standard import ENTITIES, tables
from data.sources.registers.record_fields import FIELDS as RECORD_FIELDS
from data.sources.registers.record_fields import ORGANIZATION_FIELDS
from data.store.schema import (
    SERVICE_STATUSES,
    Facility,
    MobileStop,
    Organization,
    Service,
    ServiceArea,
)
from data.vocabulary import need_groups, support_forms
from tests.data.hsds import small_extract as small

DOCS = Path(__file__).parents[3] / "docs" / "data-model.md"
SERVICE_AREA = (
    mapping.Pair("area_code", "column", "service_area.extent", "service_area_codes"),
    mapping.Pair("area_name", "column", "service_area.name", None, why="the code says it"),
    mapping.Pair("level", "column", "service_area.description", None, why="the code says it"),
)

STOP = (
    mapping.Pair("position", "attribute", mapping._AT, "stops", "integer"),
    mapping.Pair("name", "column", "location.name", "stops[].name"),
    mapping.Pair("locality_name", "rows", "address.city", "stops[].locality_name"),
    mapping.Pair("gmina_code", "attribute", mapping._LOCATION, None, why=mapping._COMPUTED),
    mapping.Pair("opening_hours", "rows", "schedule.description", "stops[].opening_hours"),
    mapping.Pair("opening_hours_text", "rows", "schedule.notes", "stops[].opening_hours_text"),
    mapping.Pair(
        "geometry", "rows", "location.latitude, location.longitude", "stops[].latitude, stops[].longitude"
    ),
)
"""A stop is a location of its own, tied to the service by a service at location marked `stop_of`."""

RECORD_ONLY = {
    "row_reference": "the place in the file that is read",
    "organization_name": "organization.name, through the key",
    "said_fields": "of own sheets alone: an extract names the sheet as the source of these fields",
    "post_town": "registers alone tell the town of the post; it is used to place a facility, then dropped",
}
"""Fields of a staged record that no column of an extract has."""

TABLES = {
    "organizations": (mapping.ORGANIZATION,),
    "facilities": (mapping.FACILITY,),
    "services": (mapping.SERVICE, mapping.SERVICE_AT_FACILITY),
    "service_areas": (SERVICE_AREA,),
    "stops": (STOP,),
}
PAIRS = [pair for tables_ in TABLES.values() for pairs in tables_ for pair in pairs]


@pytest.mark.parametrize("frame", TABLES)
def test_every_column_of_an_extract_has_a_place_in_hsds(frame):
    columns = set(getattr(small.extract_of(), frame).columns)
    if frame in {"service_areas", "stops"}:
        columns.discard("service_at_facility_id")  # the parent, which nesting tells
    mapped = [pair.ours for pairs in TABLES[frame] for pair in pairs]
    assert sorted(mapped) == sorted(columns)


def test_every_field_of_a_record_is_read_or_said_to_be_not():
    read = {name for pair in PAIRS if pair.record for name in pair.record.split(", ")}
    services = {name for name in read if "[]" not in name}
    organizations = {pair.record for pair in mapping.ORGANIZATION if pair.record}
    assert organizations == set(ORGANIZATION_FIELDS)
    of_records = services - {pair.record for pair in mapping.ORGANIZATION} | {
        "organization_key",
        "alternate_name",
        "website",
    }
    assert of_records | set(RECORD_ONLY) == set(RECORD_FIELDS)


def test_a_field_that_is_not_read_says_why():
    assert [pair.ours for pair in PAIRS if (pair.record is None) != bool(pair.why)] == []


def test_every_field_of_hsds_in_the_table_exists():
    for pair in PAIRS:
        for name in pair.hsds.split(", "):
            table, _, field = name.partition(".")
            assert field == "*" or field in tables()[table].fields, pair


@pytest.mark.mirror
def test_the_tables_are_those_of_the_standard(mirror):
    for name, table in tables().items():
        schema = json.loads((mirror / f"hsds/3.1/schema/{name}.json").read_text(encoding="utf-8"))
        nested = {"organization": {"services"}, "service_at_location": {"service"}}.get(name, set())
        assert table.fields.keys() - nested == schema["properties"].keys()
        assert {field.name for field in table.fields.values() if field.is_required} == set(schema["required"])
        assert table.file == schema["path"]


def test_statuses_cover_ours_and_those_of_hsds():
    assert tuple(mapping.STATUSES) == SERVICE_STATUSES
    allowed = set(tables()["service"].fields["status"].allowed)
    assert set(mapping.STATUSES.values()) <= allowed
    assert set(mapping.STATUSES_READ) == allowed
    assert set(mapping.STATUSES_READ.values()) <= set(SERVICE_STATUSES)


def test_no_two_terms_share_a_code():
    # HSDS wants codes of terms unique in a package, whatever their taxonomy.
    fields = {pair.ours for pair in PAIRS}
    codes = [*support_forms(), *need_groups(), *fields]
    assert len(codes) == len(set(codes))
    assert term(FORMS, "CAL-DPS")["name"] == support_forms()["CAL-DPS"].name["pl"]
    assert term(GROUPS, "older")["description"] == "older people"
    assert term(FIELDS, "older")["id"] != term(GROUPS, "older")["id"]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [("a\n„b”", "text", "a\n„b”"), (7, "integer", "7"), (False, "flag", "false"), (["ż"], "json", '["ż"]')],
)
def test_values_of_attributes_come_back(value, kind, text):
    assert attribute_text(value) == text
    assert attribute_value(text, kind) == value


@pytest.mark.parametrize(
    ("text", "kind"), [("7.5", "integer"), ("soon", "date"), ("{}", "json"), ("x", "flag")]
)
def test_a_value_of_another_kind_is_refused(text, kind):
    with pytest.raises(ValueError, match=r"expected|Expecting|isoformat"):
        attribute_value(text, kind)


def test_the_docs_have_every_table_and_field_of_both_models():
    words = set(re.findall(r"`([^`]+)`", DOCS.read_text(encoding="utf-8")))
    theirs = {f"{name}.{field}" for name, table in tables().items() for field in table.fields}
    assert theirs - words == set()
    for frame, pairs in TABLES.items():
        assert {f"{frame}.{pair.ours}" for table in pairs for pair in table} - words == set()
    assert set(ENTITIES) <= tables().keys()


def test_the_docs_say_of_every_column_of_the_database_where_it_goes():
    words = set(re.findall(r"`([^`]+)`", DOCS.read_text(encoding="utf-8")))
    frames = {
        Organization: "organizations",
        Facility: "facilities",
        Service: "services",
        ServiceArea: "service_areas",
        MobileStop: "stops",
    }
    for table, frame in frames.items():
        for column in table.__table__.columns:
            assert {f"{frame}.{column.name}", f"{table.__tablename__}.{column.name}"} & words, column


def test_the_docs_say_what_the_table_of_fields_says():
    rows = re.findall(
        r"^\| `(\w+)\.(\w+)` \| (.+) \| (.+) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE
    )
    said = {(frame, column): (theirs, record) for frame, column, theirs, record in rows}
    for frame, pairs in TABLES.items():
        for pair in (pair for table in pairs for pair in table):
            theirs, record = said[frame, pair.ours]
            assert all(f"`{name}`" in theirs for name in pair.hsds.split(", ")), pair
            wanted = [f"`{name}`" for name in pair.record.split(", ")] if pair.record else [pair.why]
            assert all(name in record for name in wanted), pair
