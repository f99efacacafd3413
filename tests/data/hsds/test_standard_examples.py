"""The standard's own examples import, say what is not kept, and go out and in again as the same records."""

import pytest

from data.hsds import read_hsds, write_hsds_json, write_hsds_package
from data.store.errors import RegisterError
from tests.data.hsds.small_extract import extract_again, read_records

pytestmark = pytest.mark.mirror

# The examples are of no country, their one term is "code", and in the CSV files it is tied to nothing.
WORDS = {"forms": {"code": "CAL-DPS"}, "voivodeships": {"MyState": "12"}}
EXAMPLES = {
    "service_full.json": WORDS,
    "organization_full.json": WORDS,
    "service_at_location_full.json": {"form": "CAL-DPS", "voivodeships": {"MyState": "12"}},
    "csv": {"form": "CAL-DPS", "voivodeships": {"MyState": "12"}},
}


def _read(mirror, name):
    return read_hsds(mirror / "hsds/3.1/examples" / name, code="example", **EXAMPLES[name])


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_one_record(mirror, name):
    staged = _read(mirror, name).staged
    assert (len(staged.records), len(staged.rejected), staged.rows_read) == (1, 0, 1)
    record = staged.records.iloc[0]
    assert record["facility_name"] == "MyCity Civic Center"
    assert record["organization_name"] == "Example Organization Inc."
    assert record["street_address"] == "1-30 Main Street, MyVillage"
    assert record["service_name"] == "Community Counselling"
    assert record["support_form"] == "CAL-DPS"
    assert record["status"] == "active"
    assert (record["minimum_age"], record["maximum_age"]) == (12, 100)
    assert record["languages"] == record["service_languages"] == ["ur"]
    assert record["opening_hours_text"].startswith("The service is available from 10 am")
    assert str(record["verified_on"]) == "2005-01-01"
    assert record["fees"] == [
        {
            "option": "Under 18s and Over 60s",
            "amount": 35,
            "currency": "gbp",
            "description": "per 1 hour session",
            "valid_from": "2020-01-01",
            "valid_to": "2022-12-31",
        }
    ]
    assert staged.organizations["year_incorporated"].tolist() == [2011]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("service_full.json", 155),
        ("organization_full.json", 155),
        ("service_at_location_full.json", 164),
        ("csv", 99),
    ],
)
def test_what_is_not_kept_is_counted(mirror, name, count):
    not_kept = _read(mirror, name).not_kept
    assert sum(not_kept.values()) == count
    # 100° north is nowhere, a kilogram is no place, ABC 1234 no Polish postal code, a contact a person.
    assert not_kept["location.latitude"] == 1
    assert not_kept["service_capacity.available"] == 1
    assert not_kept["address.postal_code"] == 1
    assert not_kept["contact.email"] == (1 if name == "csv" else 4)
    assert not_kept["metadata.field_name"] == 1


def test_telephones_of_contacts_stay_out(mirror):
    number = '"+44 1234 234567"'
    phones = _read(mirror, "service_full.json").staged.records["phones"][0]
    assert [phone["number"] for phone in phones] == [number]
    # In CSV one row says that the same telephone is also a contact's, who may be a person.
    assert _read(mirror, "csv").staged.records["phones"][0] == []


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize(("target", "write"), [("a.json", write_hsds_json), ("a.zip", write_hsds_package)])
def test_read_written_and_read_again_it_is_the_same(mirror, tmp_path, name, target, write):
    first = _read(mirror, name).staged
    write(extract_again(first), tmp_path / target)
    second = read_hsds(tmp_path / target, code="copy").staged
    assert second.rejected.empty
    records, again = read_records(first), read_records(second)
    assert records.keys() == again.keys()
    for key, record in records.items():
        # What the registry adds when it loads, or what only names the place in the file.
        added = {"row_reference", "file_place_grade", "visibility", "need_groups"}
        assert {name: again[key][name] for name in record.keys() - added} == {
            name: record[name] for name in record.keys() - added
        }
    assert second.organizations.to_dict("records") == first.organizations.to_dict("records")


@pytest.mark.parametrize("name", ["service_full.json", "organization_full.json"])
def test_terms_that_we_do_not_know_are_named(mirror, name):
    path = mirror / "hsds/3.1/examples" / name
    staged = read_hsds(path, code="example", voivodeships={"MyState": "12"}).staged
    assert staged.records.empty
    assert staged.rejected["reason"].tolist() == ["unknown_value"]
    assert "code 'name'" in staged.rejected["detail"][0]


def test_a_state_that_is_no_voivodeship_is_named(mirror):
    path = mirror / "hsds/3.1/examples/service_full.json"
    staged = read_hsds(path, code="example", forms={"name": "CAL-DPS"}).staged
    assert staged.rejected["reason"].tolist() == ["unknown_value"]
    assert "'MyState', 'MyRegion'" in staged.rejected["detail"][0]


@pytest.mark.parametrize("name", ["base.json", "location.json", "taxonomy.json", "taxonomy_term.json"])
def test_examples_without_services_are_refused(mirror, name):
    with pytest.raises(RegisterError, match=rf"^{name}: .*expected .*service.*found"):
        read_hsds(mirror / "hsds/3.1/examples" / name, code="example")
