"""Elements of OpenStreetMap become rows; what cannot become a record is refused with its reason, never lost."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.sources.registers.osm_file import OWN_COLUMNS, is_osm, read_osm_file
from data.sources.registers.profile import load_profile
from data.sources.registers.registers import read_register
from data.sources.registers.staged_register import StagedRegister
from data.sources.tables.cells import TableFile
from data.store.errors import RegisterError
from tests.support.folders import EXAMPLES, REGISTERS

OVERPASS = EXAMPLES / "osm_overpass.json"
PROFILE = REGISTERS / "osm-social-facility.toml"


def column(table: TableFile, label: str) -> list[object]:
    at = table.rows[0].index(label)
    return [row[at] for row in table.rows[1:]]


def written(folder: Path, document: object) -> Path:
    path = folder / "elements.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def node(number: int = 1, **tags: str) -> dict[str, object]:
    return {
        "type": "node",
        "id": number,
        "lat": 52.0,
        "lon": 20.0,
        "tags": {"amenity": "social_facility", **tags},
    }


def test_every_element_of_overpass_is_a_row():
    table = read_osm_file(OVERPASS)
    assert tuple(table.rows[0][: len(OWN_COLUMNS)]) == OWN_COLUMNS
    assert column(table, "@id") == [
        "node/900000001",
        "way/900000002",
        "relation/900000003",
        "node/900000004",
        "node/900000005",
        "node/900000006",
        "way/900000007",
        "node/900000008",
        "node/900000009",
    ]
    assert {len(row) for row in table.rows} == {len(table.rows[0])}
    assert table.numbers == list(range(10))


def test_points_are_those_of_nodes_centres_and_boxes():
    table = read_osm_file(OVERPASS)
    points = list(zip(column(table, "latitude"), column(table, "longitude"), strict=True))
    assert points[:3] == [(52.1000001, 20.5000001), (52.2, 20.6), (52.3001, 20.7002)]
    assert points[6] == (None, None)


def test_forms_and_problems_are_told_from_tags_and_names():
    table = read_osm_file(OVERPASS)
    assert list(zip(column(table, "support_form"), column(table, "@problem"), strict=True)) == [
        ("BEZ-NOC", ""),
        ("CAL-DPS", ""),
        ("ZYW-JAD", ""),
        (None, "no_form"),
        (None, "not_social_facility"),
        (None, "no_tags"),
        ("BEZ-ODZ", "no_coordinates"),
        ("INS-OPS", ""),
        ("ZYW-PUN", ""),
    ]


def test_hours_that_are_no_opening_hours_are_kept_as_words():
    table = read_osm_file(OVERPASS)
    assert column(table, "opening_hours")[:3] == ["Mo-Su 18:00-08:00", None, None]
    assert column(table, "@opening_hours_other")[2] == "pn-pt 12-14"


@pytest.mark.parametrize(
    ("file", "ids", "forms"),
    [
        ("osm_flat.geojson", ["node/900000001", "way/900000002"], ["REI-WTZ", "CAL-RDP"]),
        ("osm_nested.geojson", ["node/900000001", "way/900000002"], ["ZYW-JAD", "ZYW-BAN"]),
    ],
)
def test_geojson_of_the_usual_tools(file, ids, forms):
    table = read_osm_file(EXAMPLES / file)
    assert column(table, "@id") == ids
    assert column(table, "support_form") == forms
    assert column(table, "latitude")[0] == 52.1
    assert 52.2 <= column(table, "latitude")[1] <= 52.202
    assert "tags" not in table.rows[0]


def test_a_tag_with_the_name_of_a_column_of_ours_is_called_otherwise(tmp_path):
    table = read_osm_file(written(tmp_path, {"elements": [node(name="a", Name="b", latitude="1")]}))
    assert column(table, "latitude") == [52.0]
    assert column(table, "tag:latitude") == ["1"]
    assert (column(table, "name"), column(table, "tag:Name")) == (["a"], ["b"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{not json", "expected JSON of Overpass"),
        ("[" * 100_000, "expected JSON of Overpass"),
        ("[]", "found neither"),
        ('{"elements": 5}', "found neither"),
        ('{"elements": []}', "found none"),
        (
            '{"elements": [], "remark": "runtime error: Query timed out in \\"query\\" at line 3"}',
            "timed out",
        ),
        ('{"elements": [{"type": "way", "id": 1, "tags": {"amenity": "social_facility"}}]}', "out center"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(tmp_path, content, words):
    path = tmp_path / "osm.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RegisterError, match=words) as caught:
        read_osm_file(path)
    assert str(caught.value).startswith("osm.json: expected")


def test_an_unreadable_path_is_refused(tmp_path):
    with pytest.raises(RegisterError, match="expected JSON"):
        read_osm_file(tmp_path / "missing.json")


def test_osm_is_told_from_other_json():
    assert is_osm(OVERPASS.read_bytes())
    assert is_osm(json.loads((EXAMPLES / "osm_flat.geojson").read_text(encoding="utf-8")))
    assert is_osm((EXAMPLES / "osm_nested.geojson").read_text(encoding="utf-8"))
    point = {"type": "Point", "coordinates": [20, 52]}
    plain = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "id": 7, "properties": {}, "geometry": point}],
    }
    assert not is_osm(plain)
    assert not is_osm({"organizations": []})
    assert not is_osm("{")
    assert not is_osm(b"\xff")


def test_rare_tags_give_way_to_frequent_ones(tmp_path):
    elements = [node(number, **{f"rare_{number}": "x"}, name="a") for number in range(1, 1300)]
    table = read_osm_file(written(tmp_path, {"elements": elements}))
    assert len(table.rows[0]) == 1000
    assert {"amenity", "name"} <= set(table.rows[0])
    assert len(table.rows) == 1300


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> StagedRegister:
    """Give the example read through its profile as an extract of one voivodeship."""
    monkeypatch.setattr(
        "data.sources.registers.registers.read_table_file", lambda path, _rules: read_osm_file(path)
    )
    profile = load_profile(PROFILE)
    one_voivodeship = profile.register_.model_copy(update={"voivodeship": "14"})
    return read_register(profile.model_copy(update={"register_": one_voivodeship}), OVERPASS)


def test_rows_in_are_rows_accepted_and_rejected(register):
    assert list(register.records["facility_key"]) == [
        "node/900000001",
        "way/900000002",
        "relation/900000003",
        "node/900000008",
    ]
    assert list(register.rejected["reason"]) == [
        "form_not_told",
        "not_social_facility",
        "not_social_facility",
        "missing_name_or_point",
        "missing_name",
    ]
    assert register.rows_read == 9


def test_the_profile_makes_a_whole_record(register):
    record = register.records.iloc[0]
    expected = {
        "facility_key": "node/900000001",
        "source_url": "https://www.openstreetmap.org/node/900000001",
        "facility_name": "Noclegownia Zmyślona",
        "organization_name": "Stowarzyszenie Zmyślone",
        "support_form": "BEZ-NOC",
        "street_address": "ul. Nieistniejąca 7A",
        "locality_name": "Zmyślin",
        "postal_code": "00-999",
        "website": "https://noclegownia.example",
        "opening_hours": "Mo-Su 18:00-08:00",
        "opening_hours_text": None,
        "wheelchair": "limited",
        "capacity_places": 30,
        "latitude": 52.1000001,
        "file_place_grade": "door",
    }
    assert {field: record[field] for field in expected} == expected
    assert [phone["number"] for phone in record["phones"]] == ["+48 12 345 67 89"]
    assert str(record["verified_on"]) == "2026-09-15"


@pytest.mark.parametrize(
    ("place", "street", "locality", "wheelchair"),
    [
        (1, "Bajkowo 12", "Zmyślin", "yes"),
        (2, "plac Zmyślony 1", "Zmyślin", None),
        (3, "Bajkowo 3", "Bajkowo", None),
    ],
)
def test_addresses_without_streets_and_words_that_say_nothing(register, place, street, locality, wheelchair):
    record = register.records.iloc[place]
    found = (record["street_address"], record["locality_name"], record["wheelchair"])
    assert found == (street, locality, wheelchair)


def test_second_telephone_and_official_name(register):
    record = register.records.iloc[1]
    assert [phone["number"] for phone in record["phones"]] == ["+48 12 345 67 80", "+48 12 345 67 81"]
    assert record["alternate_name"] == "Dom Pomocy Społecznej „Pod Bajką” w Zmyślinie"
    assert record["website"] == "http://dps.example"


def test_every_problem_of_the_reader_has_a_rule_in_the_profile():
    rules = load_profile(PROFILE).rows.reject
    for problem in ("no_id", "no_tags", "not_social_facility", "no_form", "no_coordinates"):
        assert [rule for rule in rules if rule.pattern.search(problem)], problem


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
odd_elements = st.dictionaries(
    st.sampled_from(["type", "id", "lat", "lon", "center", "bounds", "tags", "properties", "geometry"]),
    values,
)


@given(items=st.lists(odd_elements | values, max_size=4), key=st.sampled_from(["elements", "features"]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_odd_elements_never_crash_and_are_never_lost(tmp_path, items, key):
    items = [
        *items,
        {
            "type": "node",
            "id": 1,
            "lat": 52,
            "lon": 20,
            "geometry": {"type": "Point", "coordinates": [20, 52]},
        },
    ]
    table = read_osm_file(written(tmp_path, {key: items}))
    assert len(table.rows) == len(items) + 1


def rows_or_message(path: Path) -> str:
    try:
        return f"{len(read_osm_file(path).rows) - 1} rows"
    except RegisterError as error:
        return str(error)


@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_read_or_refused_with_a_message(tmp_path, at, byte):
    content = bytearray(OVERPASS.read_bytes())
    content[at % len(content)] = byte
    path = tmp_path / "damaged.json"
    path.write_bytes(bytes(content))
    assert rows_or_message(path).startswith(("damaged.json: expected", "9 rows"))
