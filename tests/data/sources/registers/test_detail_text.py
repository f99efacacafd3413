"""Fields that hold lists or words of a fixed set."""

import pytest

from data.sources.registers.detail_text import phone_records
from data.sources.registers.field_text import read_field
from data.store.errors import UnreadableRowError


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("phones", "12 345 67 89 wew. 225", [{"number": "12 345 67 89", "extension": 225}]),
        ("languages", "polski, ukraiński i angielski", ["pl", "uk", "en"]),
        ("languages", "PJM", ["pso"]),
        ("wheelchair", "częściowo", "limited"),
        ("barrier_free", "podjazd; winda;podjazd", ["podjazd", "winda"]),
        ("required_documents", "dowód osobisty\nskierowanie", ["dowód osobisty", "skierowanie"]),
        ("minimum_age", "60", 60),
        ("opening_hours", "Mo-Fr 08:00-16:00", "Mo-Fr 08:00-16:00"),
        ("service_area_codes", "120601 1206072; 14", ["120601", "120607", "14"]),
        ("service_area_codes", "00", ["00"]),
        (
            "stops",
            "Rynek | pn.-pt. 17.00-18.00 | 50,0619 19,9373; Dworzec",
            [
                {
                    "name": "Rynek",
                    "opening_hours_text": "pn.-pt. 17.00-18.00",
                    "opening_hours": "Mo-Fr 17:00-18:00",
                    "latitude": 50.0619,
                    "longitude": 19.9373,
                },
                {"name": "Dworzec"},
            ],
        ),
    ],
)
def test_text_becomes_what_the_field_is(field, text, value) -> None:
    assert read_field(field, text) == {field: value}


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("languages", "klingoński", "expected a language of ISO 639"),
        ("wheelchair", "może", "expected one of yes, limited, no"),
        ("visibility", "secret", "expected one of public, gmina_centroid, staff, hidden"),
        ("minimum_age", "200", "expected an age of 0 to 120 years"),
        ("opening_hours", "codziennie", "codziennie"),
        ("service_area_codes", "Kraków", "expected TERYT codes"),
        ("stops", "| 17-18", "expected a stop that begins with its name"),
    ],
)
def test_text_that_is_something_else_is_refused(field, text, said) -> None:
    with pytest.raises(UnreadableRowError) as caught:
        read_field(field, text)
    assert said in str(caught.value.detail)


def test_number_without_an_extension_stays_whole() -> None:
    assert phone_records(["112", "12 000 00 00"]) == [{"number": "112"}, {"number": "12 000 00 00"}]
