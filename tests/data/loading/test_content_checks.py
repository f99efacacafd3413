"""Texts of a register's rows that name private persons."""

from data.loading.content_checks import organization_without_persons, without_persons
from data.sources.registers.record_fields import FIELDS, LISTS, ORGANIZATION_FIELDS

PERSON = "pytać: Jan Kowalski"


def row(**changes):
    empty = {name: [] if name in LISTS else None for name in FIELDS}
    return empty | {"row_reference": "7", "facility_name": "Dom Pod Lipą"} | changes


def fields_of(items):
    return [(item["kind"], item["facts"]["field"]) for item in items]


def test_every_text_that_is_shown_is_searched() -> None:
    texts = ("note", "service_name", "subtype", "intake_text", "service_opening_hours_text", "alternate_name")
    found = row(**dict.fromkeys(texts, PERSON), website="https://dom.example/kadra/jan-kowalski")
    items = list(without_persons([found]))
    assert {name for _, name in fields_of(items)} == {*texts, "website"}
    assert all(found[name] is None for name in (*texts, "website"))
    assert {item["subject"] for item in items} == {"row 7"}
    assert "Kowalski" not in str(items) + str(found)


def test_lists_lose_only_what_names_a_person() -> None:
    found = row(
        phones=[{"number": "600 100 200", "description": PERSON}, {"number": "12 1", "description": "biuro"}],
        required_documents=["dowód osobisty", PERSON],
        fees=[{"option": PERSON, "amount": 5}],
        stops=[{"name": PERSON, "locality_name": "Bochnia"}, {"name": "Rynek", "opening_hours_text": PERSON}],
    )
    items = list(without_persons([found]))
    assert fields_of(items) == [
        ("personal_name", "required_documents"),
        ("personal_name", "phones"),
        ("personal_name", "fees"),
        ("personal_name", "stops"),
    ]
    assert found["phones"] == [{"number": "600 100 200"}, {"number": "12 1", "description": "biuro"}]
    assert found["required_documents"] == ["dowód osobisty"]
    assert found["fees"] == [{"amount": 5}]
    assert found["stops"] == [{"name": "Bochnia", "locality_name": "Bochnia"}, {"name": "Rynek"}]


def test_facility_called_by_a_person_stays_and_waits_for_a_decision() -> None:
    found = row(facility_name="Rodzinny Dom Pomocy Jan Kowalski", organization_name="Anna Nowak")
    items = list(without_persons([found]))
    assert fields_of(items) == [("person_in_name", "facility_name"), ("person_in_name", "organization_name")]
    assert found["facility_name"] == "Rodzinny Dom Pomocy Jan Kowalski"
    assert "Kowalski" not in str(items)


def test_row_without_persons_is_left_alone() -> None:
    found = row(note="wejście od ul. Jana Pawła II", website="https://dom.example/dps-jana-pawla-ii")
    before = dict(found)
    assert list(without_persons([found])) == []
    assert found == before


def test_texts_of_an_organization_are_searched() -> None:
    found = dict.fromkeys(ORGANIZATION_FIELDS) | {
        "organization_key": "org-1",
        "name": "Fundacja Anny Dymnej",
        "description": PERSON,
        "website": "https://www.facebook.com/jan.kowalski",
    }
    items = list(organization_without_persons(found))
    assert fields_of(items) == [
        ("personal_name", "organization description"),
        ("personal_name", "organization website"),
    ]
    assert (found["description"], found["website"], found["name"]) == (None, None, "Fundacja Anny Dymnej")
