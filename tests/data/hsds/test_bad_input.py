"""Files of others that are not what they should be: a message with file, place, value and advice."""

import json
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.hsds import read_hsds, write_hsds_json, write_hsds_package
from data.hsds.identifiers import FIELDS, term
from data.store.errors import RegisterError
from data.vocabulary import support_forms
from geo.errors import SupportMapError
from tests.data.hsds.small_extract import small_extract

LOCATION = {
    "id": "l1",
    "location_type": "physical",
    "name": "Dom",
    "addresses": [
        {
            "id": "a1",
            "address_1": "Rynek 1",
            "city": "Łódź",
            "state_province": "łódzkie",
            "postal_code": "90-001",
            "country": "PL",
            "address_type": "physical",
        }
    ],
}
SERVICE = {
    "id": "s1",
    "name": "Opieka",
    "status": "active",
    "service_at_locations": [{"id": "p1", "location": LOCATION}],
}


def _read_json(folder, document, **options):
    path = folder / "file.json"
    text = document if isinstance(document, str) else json.dumps(document)
    path.write_text(text, encoding="utf-8")
    return read_hsds(path, code="other", **({"form": "CAL-DPS"} | options))


def _package(folder, **tables):
    """Write CSV files of a package; rows are lists of dicts."""
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        lines = [",".join(columns), *(",".join(str(row.get(name, "")) for name in columns) for row in rows)]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


PACKAGE = {
    "organizations": [{"id": "o1", "name": "Gmina", "description": "Gmina"}],
    "services": [{"id": "s1", "organization_id": "o1", "name": "Opieka", "status": "active"}],
    "locations": [{"id": "l1", "location_type": "physical", "name": "Dom"}],
    "addresses": [{"id": "a1", "location_id": "l1", "city": "Łódź", "state_province": "PL-10"}],
    "service_at_location": [{"id": "p1", "service_id": "s1", "location_id": "l1"}],
}


def _read_package(folder, **changes):
    return read_hsds(_package(folder, **(PACKAGE | changes)), code="other", form="CAL-DPS")


def test_the_good_forms_of_both_are_read(tmp_path):
    for staged in (_read_json(tmp_path, SERVICE).staged, _read_package(tmp_path).staged):
        assert staged.records["facility_name"].tolist() == ["Dom"]
        assert staged.records["voivodeship_code"].tolist() == ["10"]
    for document in ([SERVICE], {"contents": [SERVICE], "total_items": 1}):
        assert len(_read_json(tmp_path, document).staged.records) == 1


def test_a_service_without_a_location_is_placed_by_its_areas(tmp_path):
    areas = [{"id": "t1", "extent": "1061"}, {"id": "t2", "extent": "100101"}]
    service = {"id": "s1", "name": "Pomoc domowa", "status": "active", "service_areas": areas}
    record = _read_json(tmp_path, service).staged.records.iloc[0]
    assert (record["facility_key"], record["facility_name"]) == ("s1", "Pomoc domowa")
    assert (record["voivodeship_code"], record["service_area_codes"]) == ("10", ["1061", "100101"])
    rejected = _read_json(tmp_path, service | {"service_areas": []}).staged.rejected
    assert rejected["reason"].tolist() == ["unknown_value"]
    assert rejected["detail"][0].startswith("voivodeship_code: found nothing in state_province")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "file: expected JSON in UTF-8"),
        ('{"contents": [', "file: expected JSON in UTF-8"),
        ('{"status": NaN}', "NaN is no number"),
        ("[" * 100_000, "file: expected"),
        ("7", r"\$: expected a service"),
        ("[7]", r"\$\[0\]: expected a service.*found 7"),
        ('{"contents": [], "locations": {}}', r"\$\.locations: expected a list, found {}"),
        ('{"contents": []}', "expected services, found none"),
        ('{"status": "active"}', r"\$: expected an `id`, found None"),
        ('{"id": 7, "status": "active"}', r"\$\.id: expected a text, found 7"),
        ('{"id": " ", "status": "active"}', r"\$: expected an `id`, found ' '"),
        ('{"id": "s", "status": "active", "minimum_age": "18"}', r"\$\.minimum_age: expected a number"),
        ('{"id": "s", "status": "active", "minimum_age": true}', r"\$\.minimum_age: expected a number"),
        ('{"id": "s", "status": "active", "phones": {}}', r"\$\.phones: expected a list"),
        ('{"id": "s", "status": "active", "phones": [8]}', r"\$\.phones\[0\]: expected an object of phone"),
        ('{"id": "s", "status": "active", "organization": []}', r"\$\.organization: expected an object"),
        ('{"id": "p", "location_id": "l", "service_id": "s9"}', "expected services, found none"),
    ],
)
def test_a_broken_document_is_refused_with_its_place(tmp_path, text, words):
    with pytest.raises(RegisterError, match=rf"^file\.json: .*{words}"):
        _read_json(tmp_path, text)


def test_words_that_are_no_utf8_are_refused(tmp_path):
    (tmp_path / "file.json").write_bytes('{"name": "Łódź"}'.encode("cp1250"))
    with pytest.raises(RegisterError, match=r"^file\.json: file: expected JSON in UTF-8"):
        read_hsds(tmp_path / "file.json", code="other")


def test_one_id_with_two_contents_is_refused(tmp_path):
    second = {"id": "p2", "location": LOCATION | {"name": "Inny dom"}}
    service = SERVICE | {"service_at_locations": [*SERVICE["service_at_locations"], second]}
    with pytest.raises(RegisterError, match=r"locations\[1\]\.location\.name: .*'Inny dom' beside 'Dom'"):
        _read_json(tmp_path, service)


def test_a_reference_to_nothing_is_refused(tmp_path):
    place = {"id": "p1", "location_id": "l9"}
    with pytest.raises(
        RegisterError, match=r"locations\[0\]: location_id: expected the id of a location.*'l9'"
    ):
        _read_json(tmp_path, SERVICE | {"service_at_locations": [place]})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"services": [{"organization_id": "o1", "name": "x", "status": "active"}]},
            "services.csv!1: .*`id`",
        ),
        ({"services": [*PACKAGE["services"], PACKAGE["services"][0]]}, "services.csv!3: .*once.*'s1'.*csv!2"),
        (
            {"service_at_location": [{"id": "p1", "service_id": "s9", "location_id": "l1"}]},
            "service_at_location.csv!2: service_id: expected the id of a service.*'s9'",
        ),
        (
            {"service_at_location": [{"id": "p1", "service_id": "s1", "location_id": "l9"}]},
            "service_at_location.csv!2: location_id: .*'l9'",
        ),
        (
            {"services": [PACKAGE["services"][0] | {"organization_id": "o9"}]},
            "services.csv!2: organization_id: .*'o9'",
        ),
        ({"locations": [PACKAGE["locations"][0] | {"latitude": "51,7"}]}, r"csv!2, column latitude.*''"),
        (
            {"locations": [PACKAGE["locations"][0] | {"latitude": "north"}]},
            "csv!2, column latitude: .*'north'",
        ),
        (
            {"locations": [PACKAGE["locations"][0] | {"latitude": "9e999"}]},
            "csv!2, column latitude: .*'9e999'",
        ),
        ({"locations": [{"id": "", "name": "Dom"}]}, "locations.csv!2: expected an `id`"),
    ],
)
def test_a_broken_package_is_refused_with_file_and_row(tmp_path, changes, words):
    if "51,7" in str(changes):
        words = r"locations.csv!2: expected 4 cells, found 5"
    with pytest.raises(RegisterError, match=words):
        _read_package(tmp_path, **changes)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"id;name\n1;2\n", "services.csv!1: expected a header with `id`"),
        (b"id,name,name\n1,2,3\n", "services.csv!1: expected a header"),
        (b'id,name\ns1,"open\n', "services.csv!2: expected CSV"),
        ("id,name\ns1,Łódź\n".encode("cp1250"), "services.csv, line 2: expected UTF-8, found byte 0xa3"),
    ],
)
def test_a_file_that_is_no_csv_is_refused(tmp_path, content, words):
    _package(tmp_path, **PACKAGE)
    (tmp_path / "services.csv").write_bytes(content)
    with pytest.raises(RegisterError, match=words):
        read_hsds(tmp_path, code="other")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "datapackage.json: expected JSON with `resources`"),
        ('{"resources": 7}', "expected JSON with `resources`"),
        ('{"resources": [{"name": "service"}]}', "KeyError: 'path'"),
        (
            '{"resources": [{"name": "service", "path": "../x.csv"}]}',
            "a path inside the package, found '../x.csv'",
        ),
        ('{"resources": [{"name": "service", "path": "/x.csv"}]}', "a path inside the package"),
        ('{"resources": [{"name": "service", "path": "x.csv"}]}', "expected the file x.csv, found none"),
    ],
)
def test_a_broken_description_of_a_package_is_refused(tmp_path, text, words):
    _package(tmp_path, **PACKAGE)
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(RegisterError, match=words):
        read_hsds(tmp_path, code="other")


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(RegisterError, match=r"expected organizations\.csv, .*found none of them"):
        read_hsds(tmp_path, code="other")


def test_an_archive_bomb_is_refused_before_it_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"id," * 20_000_000)
    with pytest.raises(RegisterError, match=r"^bomb\.zip: expected an archive that unpacks to at most"):
        read_hsds(tmp_path / "bomb.zip", code="other")


def test_a_broken_archive_is_refused(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04nothing")
    with pytest.raises(RegisterError, match=r"^a\.zip: expected a whole archive"):
        read_hsds(tmp_path / "a.zip", code="other")


def test_an_archive_may_hold_its_files_in_a_folder(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    _package(folder, **PACKAGE)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, f"export/{path.name}")
    assert len(read_hsds(tmp_path / "a.zip", code="other", form="CAL-DPS").staged.records) == 1


@pytest.mark.parametrize(
    ("change", "reason", "detail"),
    [
        ({"status": "open"}, "unknown_value", "status: 'open'"),
        ({"minimum_age": -5}, "absurd_number", "minimum_age: '-5'"),
        ({"minimum_age": 900}, "absurd_number", "minimum_age: '900'"),
        ({"assured_date": "1900-01-01"}, "absurd_date|unreadable_date", "verified_on: '1900-01-01'"),
        ({"assured_date": "soon"}, "unreadable_date", "verified_on: 'soon'"),
        (
            {
                "capacities": [
                    {
                        "id": "c1",
                        "available": -1,
                        "updated": "2026-01-01T00:00:00Z",
                        "unit": {"id": "u1", "name": "Beds"},
                    }
                ]
            },
            "absurd_number",
            "vacant_places: '-1'",
        ),
    ],
)
def test_a_value_out_of_range_rejects_its_record(tmp_path, change, reason, detail):
    staged = _read_json(tmp_path, SERVICE | change).staged
    assert staged.records.empty
    assert staged.rejected["row_reference"].tolist() == ["$.service_at_locations[0]"]
    assert staged.rejected["reason"][0] in reason.split("|")
    assert staged.rejected["detail"][0].startswith(detail)


def test_rejected_record_of_a_protected_place_keeps_no_word(tmp_path):
    document = SERVICE | {"assured_date": "ul. Tajemna 7"}
    assert "Tajemna" in _read_json(tmp_path, document).staged.rejected["detail"][0]
    detail = _read_json(tmp_path, document, form="KRY-DMK").staged.rejected["detail"][0]
    assert detail.startswith("the row is of a protected place")
    attributes = [{"id": "t1", "value": "poufne", "taxonomy_term": term(FIELDS, "visibility")}]
    place = SERVICE["service_at_locations"][0]
    place = place | {"location": place["location"] | {"attributes": attributes}}
    document |= {"assured_date": "2026-01-01", "service_at_locations": [place]}
    assert "visibility: 'poufne'" in _read_json(tmp_path, document).staged.rejected["detail"][0]


def test_rejected_record_keeps_no_name_of_a_person(tmp_path):
    document = SERVICE | {"assured_date": "pytać: Jadwiga Niewidoczna"}
    assert "Niewidoczna" not in _read_json(tmp_path, document).staged.rejected["detail"][0]


@pytest.mark.parametrize(("latitude", "longitude"), [(19.45, 51.77), (51.5, -0.1)])
def test_a_point_outside_poland_rejects_its_record(tmp_path, latitude, longitude):
    place = {"id": "p1", "location": LOCATION | {"latitude": latitude, "longitude": longitude}}
    rejected = _read_json(tmp_path, SERVICE | {"service_at_locations": [place]}).staged.rejected
    assert len(rejected) == 1
    assert "itude: " in rejected["detail"][0]


@pytest.mark.parametrize(
    ("field", "text", "detail"),
    [
        ("need_groups", '["wizards"]', "need_groups: 'wizards'"),
        ("status", "open", "status: 'open'"),
        ("vacancies_expire_on", "1991-01-01x", "expected vacancies_expire_on"),
        ("need_groups", "[1]", "expected a list of need_groups"),
        ("fees", '["five"]', "expected a list of fees"),
        ("capacity_places", "many", "expected capacity_places"),
        ("capacity_places", "99999", "capacity_places: '99999'"),
    ],
)
def test_an_attribute_of_ours_with_a_wrong_value_is_refused(tmp_path, field, text, detail):
    attributes = [{"id": "t1", "value": text, "taxonomy_term": term(FIELDS, field)}]
    place = SERVICE["service_at_locations"][0] | {"attributes": attributes}
    document = SERVICE | {"service_at_locations": [place]}
    if detail.startswith("expected"):
        with pytest.raises(
            RegisterError, match=r"\$\.service_at_locations\[0\]\.attributes\[0\]\.value: " + detail
        ):
            _read_json(tmp_path, document)
    else:
        assert _read_json(tmp_path, document).staged.rejected["detail"][0].startswith(detail)


def test_control_characters_inside_lists_are_taken_out(tmp_path):
    attributes = [{"id": "t1", "value": '["a\\u0000\\u202eb"]', "taxonomy_term": term(FIELDS, "funding")}]
    place = SERVICE["service_at_locations"][0] | {"attributes": attributes}
    records = _read_json(tmp_path, SERVICE | {"service_at_locations": [place]}).staged.records
    assert records["funding"].tolist() == [["ab"]]


def test_several_forms_are_as_bad_as_none(tmp_path):
    attributes = [
        {"id": f"t{code}", "taxonomy_term": {"id": code, "code": code, "name": code, "description": code}}
        for code in ("CAL-DPS", "DOM-UO")
    ]
    rejected = _read_json(tmp_path, SERVICE | {"attributes": attributes}).staged.rejected
    assert rejected["detail"][0].startswith("support_form: expected one form of support, found CAL-DPS")
    staged = _read_json(tmp_path, SERVICE | {"attributes": attributes[1:]}).staged
    assert staged.records["support_form"].tolist() == ["DOM-UO"]


def test_a_capacity_of_several_places_is_not_taken_for_each(tmp_path):
    capacity = {
        "id": "c1",
        "available": 4,
        "updated": "2026-01-01T00:00:00Z",
        "unit": {"id": "u1", "name": "Beds"},
    }
    alone = _read_json(tmp_path, SERVICE | {"capacities": [capacity]})
    assert alone.staged.records["vacant_places"].tolist() == [4]
    places = [{"id": f"p{number}", "location": LOCATION | {"id": f"l{number}"}} for number in (1, 2)]
    shared = _read_json(tmp_path, SERVICE | {"capacities": [capacity], "service_at_locations": places})
    assert shared.staged.records["vacant_places"].isna().all()
    assert shared.not_kept["service_capacity.available"] == 1


def test_an_option_that_is_no_word_of_ours_is_refused(tmp_path):
    with pytest.raises(RegisterError, match=r"expected forms of support.*found DPS"):
        _read_json(tmp_path, SERVICE, forms={"home": "DPS"})
    with pytest.raises(RegisterError, match="found 99"):
        _read_json(tmp_path, SERVICE, voivodeships={"x": "99"})


def test_e_mails_and_contacts_are_never_read(tmp_path):
    contact = {"id": "k1", "name": "Anna", "email": "a@b.example", "phones": [{"id": "f1", "number": "600"}]}
    service = SERVICE | {
        "email": "a@b.example",
        "contacts": [contact],
        "description": "pisz: imie.nazwisko1@poczta.example",
        "organization": {"id": "o1", "name": "x", "description": "y", "email": "a@b.example"},
    }
    reading = _read_json(tmp_path, service)
    read = repr(
        [*reading.staged.records.to_dict("records"), *reading.staged.organizations.to_dict("records")]
    )
    assert "@" not in read
    assert "Anna" not in read
    assert "600" not in read
    assert reading.not_kept["contact.name"] == 1
    assert reading.not_kept["phone.number"] == 1


REFUSAL = re.compile(r".*\bexpected .+\bfound .+\. \S.+", re.DOTALL)
"""What a refusal says behind the name of the file: place, what was expected and found, and then what to do."""


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """Give the small extract as JSON and as a folder of files."""
    folder = tmp_path_factory.mktemp("good")
    write_hsds_json(small_extract(), folder / "a.json")
    write_hsds_package(small_extract(), folder / "package")
    return folder


def _mutated(content, data):
    """Return the bytes with a stretch of them replaced."""
    start = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 40))
    return content[:start] + data.draw(st.binary(max_size=20)) + content[start + length :]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutated_document_is_read_or_refused_with_a_message(documents, tmp_path, data):
    path = tmp_path / "mutated.json"
    path.write_bytes(_mutated((documents / "a.json").read_bytes(), data))
    assert not _faults(path, _outcome(path))


ODD = st.sampled_from(
    [
        None,
        "",
        " ",
        0,
        -1,
        0.5,
        1e308,
        10**30,
        True,
        [],
        {},
        [[]],
        [{}],
        "x",
        "\ud800",
        "2026-13-45",
        "[1]",
        "null",
    ]
)


def _replaced(node, data):
    """Return a copy of the document with one value, picked on the way down, replaced by an odd one."""
    if not isinstance(node, list | dict) or not node or data.draw(st.integers(0, 6)) == 0:
        return data.draw(ODD)
    keys = range(len(node)) if isinstance(node, list) else list(node)
    key = data.draw(st.sampled_from(keys))
    copy = node.copy()
    copy[key] = _replaced(node[key], data)
    return copy


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_document_with_an_odd_value_is_read_or_refused_with_a_message(documents, tmp_path, data):
    path = tmp_path / "mutated.json"
    path.write_text(json.dumps(_replaced(json.loads((documents / "a.json").read_bytes()), data)))
    assert not _faults(path, _outcome(path))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mutated_package_is_read_or_refused_with_a_message(documents, tmp_path, data):
    folder = tmp_path / "mutated"
    folder.mkdir(exist_ok=True)
    for path in (documents / "package").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    broken = data.draw(st.sampled_from(sorted(folder.iterdir())))
    broken.write_bytes(_mutated(broken.read_bytes(), data))
    assert not _faults(folder, _outcome(folder))


def _outcome(path):
    """Return the register that a document gave, or why it was refused; any other error is one of the reader."""
    try:
        return read_hsds(path, code="mutated").staged
    except SupportMapError as error:
        return error


def _faults(path, outcome):
    """Return what is wrong with a refusal that does not help, or with rows that are lost or cannot be."""
    if isinstance(outcome, SupportMapError):
        said = str(outcome)
        is_clear = said.startswith(path.name) and REFUSAL.fullmatch(said[len(path.name) :])
        return [] if is_clear and str(path.parent) not in said else [f"not clear: {said}"]
    records, rejected = outcome.records, outcome.rejected
    is_true = {
        "rows add up": outcome.rows_read == len(records) + len(rejected) > 0,
        "each row is named": all([*records["row_reference"], *rejected["row_reference"]]),
        "each record has a name": all(name.strip() for name in records["facility_name"]),
        "each record has a form of ours": set(records["support_form"]) <= set(support_forms()),
        "each refused row says why": all([*rejected["reason"], *rejected["detail"]]),
    }
    return [what for what, is_so in is_true.items() if not is_so]


def test_a_refusal_that_does_not_help_and_lost_rows_are_seen(documents):
    """A check that passes whatever it is given would be none."""
    path = documents / "a.json"
    for said in (
        "cannot read",
        "a.json: broken",
        "a.json: $.name: expected a text, found 1",
        f"a.json: $.name: expected a text, found {path}. Correct it.",
    ):
        assert _faults(path, RegisterError(said)), said
    assert not _faults(path, RegisterError("a.json: $.name: expected a text, found 1. Correct it."))
    staged = _outcome(path)
    assert not _faults(path, staged)
    for column, wrong in (("row_reference", ""), ("facility_name", " "), ("support_form", "DPS")):
        records = staged.records.copy()
        records.loc[0, column] = wrong
        assert len(_faults(path, replace(staged, records=records))) == 1, column
    assert _faults(path, replace(staged, rows_read=0)) == ["rows add up"]
