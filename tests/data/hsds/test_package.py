"""The tabular data package: by the standard's tables, by its own description, and safe in a spreadsheet."""

import csv
import datetime as dt
import json
import uuid
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.hsds import write_hsds_package
from data.hsds.identifiers import UNKNOWN_ORGANIZATION
from data.hsds.standard import tables
from data.hsds.tabular import guarded, unguarded
from tests.data.hsds.small_extract import extract_of, key, small_extract
from tests.data.hsds.test_writing import problems

READERS = {
    "string": str,
    "number": float,
    "date": dt.date.fromisoformat,
    "datetime": lambda text: dt.datetime.fromisoformat(text).astimezone(dt.UTC),
    "time": dt.time.fromisoformat,
}


@pytest.fixture
def folder(tmp_path):
    write_hsds_package(small_extract(), tmp_path / "package")
    return tmp_path / "package"


def _rows(folder, name):
    with (folder / tables()[name].file).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _description(folder):
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_only_tables_with_rows_are_written(folder):
    written = {path.name for path in folder.iterdir()}
    described = {resource["path"] for resource in _description(folder)["resources"]}
    assert written == described | {"datapackage.json"}
    assert {table.file for table in tables().values()} - written == {
        "contacts.csv",
        "programs.csv",
        "metadata.csv",
        "meta_table_descriptions.csv",
        "url.csv",
    }
    counts = {
        resource["name"]: len(_rows(folder, resource["name"]))
        for resource in _description(folder)["resources"]
    }
    # Two organizations and the unknown one; five facilities and two stops.
    assert counts["organization"] == 3
    assert counts["location"] == 7
    assert counts["service"] == 5
    assert counts["service_at_location"] == 8
    assert counts["service_capacity"] == 5
    assert counts["unit"] == 3
    assert counts["taxonomy"] == 3


def test_an_older_package_in_the_folder_leaves_nothing_behind(folder):
    write_hsds_package(extract_of(), folder)
    assert sorted(path.name for path in folder.iterdir()) == ["datapackage.json", "taxonomies.csv"]


def test_every_row_keeps_what_the_description_promises(folder):
    resources = {resource["name"]: resource for resource in _description(folder)["resources"]}
    ids = {name: {row["id"] for row in _rows(folder, name)} for name in resources}
    for name, resource in resources.items():
        rows = _rows(folder, name)
        fields = resource["schema"]["fields"]
        assert list(rows[0]) == [field["name"] for field in fields]
        for field in fields:
            values = [row[field["name"]] for row in rows]
            present = [READERS[field["type"]](value) for value in values if value]
            constraints = field.get("constraints", {})
            if constraints.get("required"):
                assert len(present) == len(values), (name, field["name"])
            if constraints.get("unique"):
                assert len(set(present)) == len(present), (name, field["name"])
            assert set(present) <= set(constraints.get("enum", present)), (name, field["name"])
            if field.get("format") == "uuid":
                assert all(uuid.UUID(value) for value in present)
        for link in resource["schema"].get("foreignKeys", ()):
            named = {row[link["fields"]] for row in rows} - {""}
            assert named <= ids[link["reference"]["resource"]], (name, link)


@pytest.mark.mirror
def test_every_row_is_valid_by_the_schema_of_its_table(folder, mirror):
    for resource in _description(folder)["resources"]:
        known = tables()[resource["name"]].fields
        for row in _rows(folder, resource["name"]):
            node = {
                name: float(text) if known[name].type == "number" else text
                for name, text in row.items()
                if text
            }
            if resource["name"] == "service_capacity":
                node["unit"] = {"id": node["unit_id"], "name": "a row of its own in the package"}
            assert problems(mirror, resource["name"], node) == []


@pytest.mark.mirror
def test_all_tables_together_are_valid_by_the_compiled_schema(folder, mirror):
    # The schema knows tables of 3.0 only; the three of 3.1 are checked with their own above.
    document = {
        resource["name"]: [
            {
                name: float(text) if tables()[resource["name"]].fields[name].type == "number" else text
                for name, text in row.items()
                if text
            }
            for row in _rows(folder, resource["name"])
        ]
        for resource in _description(folder)["resources"]
    }
    assert problems(mirror, "compiled_tabular", document) == []
    document["service"][0].pop("name")
    assert problems(mirror, "compiled_tabular", document) == ["$.service[0]: 'name' is a required property"]


@pytest.mark.mirror
def test_the_description_agrees_with_the_standards_own(folder, mirror):
    standard = json.loads((mirror / "hsds/3.1/datapackage.json").read_text(encoding="utf-8"))
    theirs = {resource["name"]: resource for resource in standard["resources"]}
    for resource in _description(folder)["resources"]:
        assert resource["path"] == theirs[resource["name"]]["path"]
        wanted = {field["name"]: field for field in theirs[resource["name"]]["schema"]["fields"]}
        ours = {field["name"]: field for field in resource["schema"]["fields"]}
        # The standard's file forgets the plain fields of service_capacity and all of unit.
        assert wanted.keys() <= ours.keys()
        for name, field in wanted.items():
            assert ours[name]["type"] == field["type"]
            required = ours[name].get("constraints", {}).get("required", False)
            assert required == field["constraints"]["required"]


def test_sources_licences_and_the_snapshot_are_in_the_description(folder):
    package = _description(folder)
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]
    assert package["sources"][0]["title"] == "Rejestr próbny"
    assert package["sources"][0]["path"] == "https://urzad.example"
    assert (package["snapshot_id"], package["as_of"]) == ("0123456789ab", "2026-06-30")


def test_a_service_that_nobody_runs_names_the_unknown_organization(folder):
    runs = {row["id"]: row["organization_id"] for row in _rows(folder, "service")}
    assert runs[key("zupa")] == UNKNOWN_ORGANIZATION["id"]
    assert runs[key("dzienny")] == key("fundacja")


@pytest.mark.parametrize("name", ["package", "package.zip"])
def test_the_same_extract_gives_the_same_bytes(tmp_path, name):
    contents = []
    for run in ("one", "two"):
        (tmp_path / run).mkdir()
        write_hsds_package(small_extract(), tmp_path / run / name)
        files = [path for path in sorted((tmp_path / run).rglob("*")) if path.is_file()]
        contents.append([(path.name, path.read_bytes()) for path in files])
    assert contents[0] == contents[1]
    assert len(contents[0]) == (1 if name.endswith("zip") else 20)


def test_the_archive_holds_the_files_of_the_folder(folder, tmp_path):
    write_hsds_package(small_extract(), tmp_path / "package.zip")
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }


def test_no_cell_begins_a_formula(folder):
    names = {row["id"]: row["name"] for row in _rows(folder, "location")}
    assert names[key("dom")] == "'=Dom „Złota Jesień”; filia"
    assert {row["number"] for row in _rows(folder, "phone")} == {"'+48 12 345 67 89", "800 120 002"}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if cell[:1] in set("=+-@\t\r")]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("+48 12", "'+48 12"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("dom = miejsce", "dom = miejsce"),
        ("'cichy'", "'cichy'"),
        ("", ""),
    ],
)
def test_a_formula_gets_an_apostrophe_and_loses_it_again(text, cell):
    assert guarded(text) == cell
    assert unguarded(cell) == text


@given(st.text(alphabet="'=+-@\t\r ＝a1") | st.text())
def test_any_text_survives_guarding(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
