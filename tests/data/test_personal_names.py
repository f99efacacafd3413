"""Names of private persons in free texts."""

import pytest

from data.personal_names import names_a_person


@pytest.mark.parametrize(
    "text",
    [
        "kontakt: Jan Kowalski",
        "Anna Nowak-Wiśniewska, pokój 3",
        "dyrektor Małgorzata Żak",
        "Żaneta Ś. i Ewa Lis",
    ],
)
def test_contact_person_is_found(text) -> None:
    assert names_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "dom im. Jana Kowalskiego",
        "ul. Jan Matejko 3",
        "parafia św. Anna Samotrzecia",
        "Caritas Archidiecezji Krakowskiej",
        "„Jan Paweł” – schronisko",
        "marzec, maj; Maria",
    ],
)
def test_patrons_and_streets_are_not(text) -> None:
    assert not names_a_person(text)
