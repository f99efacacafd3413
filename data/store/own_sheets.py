"""Sources that are an operator's own sheets: how they are called, and what of a record a sheet says."""

import re
from typing import Final, NamedTuple

PREFIX: Final = "own-"
"""No source of a catalogue may be called so."""
_CODE = re.compile(r"own-(?P<form>[a-z0-9-]+)-(?P<area>\d{2}|\d{4}|\d{6})")
_HANDLE = re.compile(r"(?P<source>[a-z0-9-]+):(?P<key>.+)", re.DOTALL)


class SheetOf(NamedTuple):
    """A form of support in an area (TERYT, 2, 4 or 6 digits)."""

    support_form: str
    area_code: str

    @property
    def source_code(self) -> str:
        """The code of its source: `own-cal-dps-0264`."""
        return f"{PREFIX}{self.support_form.lower()}-{self.area_code}"


def is_own_sheet(source_code: str) -> bool:
    """Tell whether a source is an operator's own sheet."""
    return source_code.startswith(PREFIX)


def sheet_of_code(source_code: str) -> SheetOf | None:
    """Return the form and area of an own sheet; None of any other source."""
    match = _CODE.fullmatch(source_code)
    return SheetOf(match["form"].upper(), match["area"]) if match else None


def replaced_record(record_key: str) -> tuple[str, str] | None:
    """
    Return the record (source code, key) that a record of an own sheet speaks instead of.

    None for a facility that only the sheet has: it is known by its name and address, which no code stands before.
    """
    match = _HANDLE.fullmatch(record_key)
    return (match["source"], match["key"]) if match else None


def first_record(handle: str) -> str:
    """
    Return the handle (source code:key) of the record that sheets speak instead of, however many of them do.

    `own-cal-dps-12:malopolskie-dps:7` is `malopolskie-dps:7`; a facility that only a sheet has stays its own.
    """
    match = _HANDLE.fullmatch(handle)
    if match is None or not is_own_sheet(match["source"]) or replaced_record(match["key"]) is None:
        return handle
    return first_record(match["key"])


SAID_BY_SHEET: Final = frozenset(
    {
        "facility_name",
        "organization_name",
        "organization_key",
        "street_address",
        "postal_code",
        "locality_name",
        "phone_records",
        "website",
        "opening_hours",
        "opening_hours_text",
        "wheelchair",
        "note",
        "subtype",
        "status",
        "capacity_places",
        "capacity_women",
        "capacity_men",
        "eligibility_text",
        "intake_text",
        "fees_text",
    }
)
"""
Fields of a merged facility or service that a sheet says whole: an emptied cell is empty, whatever other lists say.

Free places and queues are not among them: lists tell newer ones every month.
"""
