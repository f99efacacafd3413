"""A value as the field of a record: read by the rules by which a register's cell is, or refused with what to do."""

from typing import Any, Final

from data.corrections.errors import CorrectionError
from data.fields import FIELDS, VACANCIES
from data.personal_names import address_names_a_person, names_a_person
from data.reading.corrections import CORRECTABLE
from data.sources.cell_text import one_line
from data.sources.registers.field_text import read_field
from data.sources.registers.phone_text import part_phones
from data.store.errors import UnreadableRowError
from data.store.schema import SERVICE_STATUSES

LONGEST_VALUE: Final = 1000
_NEVER_EMPTY: Final = frozenset({"facility_name", "status"})
_TEXTS: Final = frozenset(
    {"opening_hours_text", "note", "intake_text", "eligibility_text", "fees_text", "facility_name"}
)
_OTHER_NAMES: Final = {
    "phone": "phones",
    "telephone": "phones",
    "hours": "opening_hours_text",
    "opening_hours": "opening_hours_text",
    "name": "facility_name",
    "address": "street_address",
    "url": "website",
    "places": "capacity_places",
}
"""What people call a field → its name."""
_ADVICE: Final = {
    **dict.fromkeys(
        VACANCIES, "it changes every month: load the newer list, or a sheet (`python -m data template`)"
    ),
    **dict.fromkeys(
        ("postal_code", "locality_name"),
        'say the whole address as street_address: "ul. Nowa 5, 33-170 Tuchów"',
    ),
    **dict.fromkeys(
        ("stated_gmina_code", "latitude", "longitude"),
        "fill the place in in a sheet (`python -m data template FORM --area CODE OUT.xlsx`) and load that",
    ),
    "visibility": "what is kept from sight is for `python -m data protect` alone",
}


def field_named(name: str) -> str:
    """
    Return the name of the field that a person means.

    Raises
    ------
    CorrectionError
        If there is none, or it is put right in another way.
    """
    field = _OTHER_NAMES.get(name, name)
    if field in CORRECTABLE:
        return field
    known = {one.name for one in FIELDS}
    advice = _ADVICE.get(field, "fill it in in a sheet (`python -m data template`)" if field in known else "")
    raise CorrectionError(
        f"expected a field that is corrected by itself ({', '.join(CORRECTABLE)}), found {name!r}"
        + (f"; {advice}. " if advice else "; correct the word. ")
        + "Nothing was changed.",
        field=name,
    )


def read_value(field: str, text: str) -> Any:
    """
    Return the value of a field as it is kept: text, number, or list; None or an empty list of an empty text.

    Raises
    ------
    CorrectionError
        With the field, the value and what to do: it cannot be read, is too long, or names a private person.
    """
    if len(text) > LONGEST_VALUE:
        raise _wrong(field, f"{text[:40]}…", f"at most {LONGEST_VALUE} characters", "shorten it")
    if not one_line(text):
        if field in _NEVER_EMPTY:
            raise _wrong(field, text, "a value, because no record is without one", "give it")
        return [] if field in {"phones", "languages"} else None
    if field == "phones":
        return _phones(text)
    if field == "status" and text not in SERVICE_STATUSES:
        raise _wrong(field, text, f"one of {', '.join(SERVICE_STATUSES)}", "correct the word")
    try:
        value = read_field(field, text)[field]
    except UnreadableRowError as error:
        advice = f" {error.advice}" if error.advice else ""
        raise CorrectionError(
            f"expected a value that {field} can have, found {error.found}.{advice} Nothing was changed.",
            field=field,
            found=text,
        ) from error
    if field in _TEXTS and names_a_person(str(value)):
        raise _wrong(field, text, "words that name no private person and no e-mail address", "leave them out")
    if field == "website" and address_names_a_person(str(value)):
        raise _wrong(
            field, text, "an address that names no private person", "give the page of the place itself"
        )
    return value


def _phones(text: str) -> list[dict[str, Any]]:
    found = part_phones(text)
    odd = [*found.left_out, *found.doubtful]
    if odd or not found.numbers:
        raise _wrong(
            "phones",
            ", ".join(odd) or text,
            "telephones of 9 digits, parted by commas",
            'write them as "12 345 67 89" or "12 345 67 89 wew. 1"',
        )
    phones: list[dict[str, Any]] = read_field("phones", text)["phones"]
    if any(names_a_person(phone.get("description")) for phone in phones):
        raise _wrong("phones", text, "no name beside a number", "leave the name out")
    return phones


def _wrong(field: str, found: str, expected: str, advice: str) -> CorrectionError:
    return CorrectionError(
        f"{field}: expected {expected}, found {found!r}; {advice}. Nothing was changed.",
        field=field,
        found=found,
    )
