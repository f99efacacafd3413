"""What is written: valid against the standard's schemas, the same bytes every time, nothing personal."""

import dataclasses
import datetime as dt
import json
import re
import uuid
from functools import cache

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from data.hsds import write_hsds_json
from data.hsds.identifiers import NO_DESCRIPTION
from tests.data.hsds.small_extract import EMPTY_FACILITY, EMPTY_SERVICE, extract_of, key, small_extract

FORMATS = FormatChecker(formats=[])


@FORMATS.checks("uuid", raises=ValueError)
def _is_uuid(text):
    return str(uuid.UUID(text)) == text


@FORMATS.checks("uri")
def _is_uri(text):
    return re.fullmatch(r"[a-z][a-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+", text) is not None


@FORMATS.checks("date-time", raises=ValueError)
def _is_instant(text):
    return dt.datetime.fromisoformat(text).tzinfo is not None


@FORMATS.checks("email")
def _is_email(text):
    return "@" in text


@cache
def validator(path):
    def retrieve(name):
        contents = json.loads((path.parent / name).read_text(encoding="utf-8"))
        return Resource.from_contents(contents, default_specification=DRAFT202012)

    schema = json.loads(path.read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FORMATS, registry=Registry(retrieve=retrieve))


def problems(mirror, schema, node):
    found = validator(mirror / "hsds/3.1/schema" / f"{schema}.json").iter_errors(node)
    return [f"{error.json_path}: {error.message}" for error in found]


def _document(tmp_path, extract=None):
    path = tmp_path / "extract.json"
    write_hsds_json(extract or small_extract(), path)
    return json.loads(path.read_text(encoding="utf-8"))


def _service(document, word):
    return next(node for node in document["contents"] if node["id"] == key(word))


@pytest.mark.mirror
def test_the_checker_of_formats_is_at_work(mirror):
    assert problems(mirror, "compiled_service", {"id": "7", "name": "a", "status": "open"}) == [
        "$.id: '7' is not a 'uuid'",
        "$.status: 'open' is not one of ['active', 'inactive', 'defunct', 'temporarily closed']",
    ]


@pytest.mark.mirror
def test_every_service_and_organization_is_valid(tmp_path, mirror):
    document = _document(tmp_path)
    assert len(document["contents"]) == 5
    for node in document["contents"]:
        assert problems(mirror, "compiled_service", node) == []
        for place in node["service_at_locations"]:
            assert problems(mirror, "compiled_service_at_location", place) == []
            assert problems(mirror, "location", place["location"]) == []
    assert len(document["organizations"]) == 2
    for node in document["organizations"]:
        assert problems(mirror, "compiled_organization", node) == []


def _flat(node):
    return {name: value for name, value in node.items() if not isinstance(value, list | dict)}


def test_a_page_says_what_it_holds_and_where_it_is_from(tmp_path):
    document = _document(tmp_path)
    lists = ("organizations", "locations", "contents")
    assert {name: value for name, value in document.items() if name not in lists} == {
        "title": "Mapa Wsparcia Społecznego: rejestr usług społecznych",
        "version": "3.1",
        "as_of": "2026-06-30",
        "snapshot_id": "0123456789ab",
        "is_invented": True,
        "notes": ["Liczby „na próbę”."],
        "sources": [
            {
                "source_code": "test-register",
                "name": "Rejestr próbny",
                "publisher": "Urząd Próbny",
                "url": "https://urzad.example",
                "licence": "CC BY 4.0",
                "attribution": "Urząd Próbny",
                "as_of": "2026-06-30",
                "is_official": True,
            }
        ],
        "total_items": 5,
        "total_pages": 1,
        "page_number": 1,
        "size": 5,
        "first_page": True,
        "last_page": True,
        "empty": False,
    }


def test_the_words_of_hsds_hold_what_they_promise(tmp_path):
    service = _service(_document(tmp_path), "dom całodobowy")
    assert service["name"] == "Dom całodobowy"
    assert service["status"] == "active"
    assert service["application_process"] == "decyzja OPS"
    assert (service["minimum_age"], service["maximum_age"]) == (60, 110)
    assert service["assured_date"] == "2026-06-01"  # the older of two places
    assert service["last_modified"] == "2026-05-31T00:00:00Z"
    assert service["organization"]["name"] == 'Fundacja „Żółw" sp. z o.o.'
    assert [row["source"] for row in service["funding"]] == ["wojewoda", "gmina"]
    assert service["cost_options"][0]["amount"] == 5200.5
    locations = {place["location"]["id"]: place["location"] for place in service["service_at_locations"]}
    home = locations[key("dom")]
    assert home["location_type"] == "physical"
    assert (home["latitude"], home["longitude"]) == (50.061389, 19.938333)
    assert _flat(home["addresses"][0]) | {"id": ""} == {
        "id": "",
        "address_1": "ul. Łąkowa 5/7",
        "city": "Kraków",
        "region": "Kraków",
        "state_province": "małopolskie",
        "postal_code": "30-001",
        "country": "PL",
        "address_type": "physical",
    }
    hours = home["schedules"]
    assert {row["description"] for row in hours} == {"Mo-Fr 08:00-16:00"}
    assert hours[0]["opens_at"].startswith("08:00")
    assert hours[0]["closes_at"].startswith("16:00")


def test_a_capacity_is_written_only_when_vacancies_and_their_day_are_known(tmp_path):
    document = _document(tmp_path)
    capacities = _service(document, "dom całodobowy")["capacities"]
    assert sorted(
        (row["unit"]["identifier"], row["available"], row.get("maximum")) for row in capacities
    ) == [
        ("men", 3, 20),
        ("places", 1, 10),
        ("places", 3, 60),
        ("women", 0, 40),
    ]
    assert {row["updated"] for row in capacities} == {"2026-06-30T00:00:00Z"}
    assert [row["available"] for row in _service(document, "dzienny")["capacities"]] == [2]
    # Capacity without vacancies, vacancies without a day: attributes, for HSDS would want figures nobody gave.
    for word, field, value in (("mieszkanie", "capacity_places", "7"), ("zupa", "vacant_places", "5")):
        service = _service(document, word)
        assert "capacities" not in service
        attributes = [row for place in service["service_at_locations"] for row in place["attributes"]]
        assert value in [row.get("value") for row in attributes if row["link_type"] == field]


def test_a_protected_place_has_no_address_and_only_the_point_it_was_given(tmp_path):
    place = _service(_document(tmp_path), "mieszkanie")["service_at_locations"][0]["location"]
    assert "addresses" not in place
    assert (place["latitude"], place["longitude"]) == (50.1, 19.6)
    said = {row["link_type"]: row["value"] for row in place["attributes"]}
    assert (said["visibility"], said["place_grade"]) == ("gmina_centroid", "gmina")


def test_an_organization_that_nobody_describes_says_so(tmp_path):
    organizations = {node["id"]: node for node in _document(tmp_path)["organizations"]}
    assert organizations[key("gmina")]["description"] == NO_DESCRIPTION
    numbers = organizations[key("fundacja")]["organization_identifiers"]
    assert [(row["identifier_scheme"], row["identifier"]) for row in numbers] == [
        ("PL-NIP", "1234563218"),
        ("PL-REGON", "123456785"),
        ("PL-KRS", "0000123456"),
    ]


def test_stops_are_locations_and_areas_are_teryt_codes(tmp_path):
    soup = _service(_document(tmp_path), "zupa")
    bus, *stops = soup["service_at_locations"]
    assert sorted(row["extent"] for row in bus["service_areas"]) == ["120602", "1261"]
    assert [row["location"]["name"] for row in stops] == ["Dworzec", "Rynek"]
    assert [row["location"].get("latitude") for row in stops] == [None, 50.13]
    hotline = _service(_document(tmp_path), "rozmowa")["service_at_locations"][0]
    assert [row["extent"] for row in hotline["service_areas"]] == ["00"]
    assert hotline["location"]["location_type"] == "virtual"


def test_a_facility_without_services_stands_apart(tmp_path):
    idle = EMPTY_FACILITY | {"facility_id": key("pusty"), "name": "Pusty dom"}
    document = _document(tmp_path, extract_of(facilities=[idle]))
    assert document["contents"] == []
    assert document["empty"] is True
    assert [node["name"] for node in document["locations"]] == ["Pusty dom"]


def test_the_same_extract_gives_the_same_bytes(tmp_path):
    for name in ("one.json", "two.json"):
        write_hsds_json(small_extract(), tmp_path / name)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.json", "two.json"]


def test_the_order_of_rows_does_not_matter(tmp_path):
    extract = small_extract()
    names = ("organizations", "facilities", "services", "service_areas", "stops", "provenance")
    turned = {name: getattr(extract, name).iloc[::-1] for name in names}
    write_hsds_json(extract, tmp_path / "one.json")
    write_hsds_json(dataclasses.replace(extract, **turned), tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_no_e_mail_and_no_control_character_is_written(tmp_path):
    facility = EMPTY_FACILITY | {
        "facility_id": key("dom"),
        "name": "Dom imie.nazwisko3@poczta.example",
        "note": "pisz: a.b@c.example\x00\u202e koniec",
        "barrier_free": ["x@y.example", "winda"],
    }
    service = EMPTY_SERVICE | {
        "service_at_facility_id": key("at"),
        "service_id": key("service"),
        "facility_id": key("dom"),
        "name": "Usługa",
        "support_form": "CAL-DPS",
        "fees": [{"description": "płatne u x@y.example"}],
    }
    write_hsds_json(extract_of(facilities=[facility], services=[service]), tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "@" not in text
    assert "\u202e" not in text
    assert "\\u0000" not in text
    assert '"value": "pisz: koniec"' in text
