"""Sources that are an operator's own sheets: how they are called, and what of a record a sheet says."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

PREFIX: Final = "own-"
"""No source of a catalogue may be called so."""
CORRECTIONS: Final = "own-corrections"
"""What was put right field by field; a source without releases, whose words count as those of a sheet do."""
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


WHOLE: Final = "*"
"""Stands for all columns where a sheet speaks of the whole record: a facility of its own, or other rows than before."""
_PLACE: Final = (
    *("point", "geometry", "place_grade", "place_radius_m"),
    *("gmina_code", "gmina_name", "powiat_code", "voivodeship_code"),
)
_ADDRESS: Final = ("street_address", "postal_code", "locality_name")
_CAPACITY: Final = ("capacity_places", "capacity_women", "capacity_men")
_VACANCY: Final = (
    *("vacant_places", "vacant_women", "vacant_men", "waiting_persons", "waiting_days", "vacancies_on"),
    "vacancies_expire_on",
)
_SAID_WITH: Final = {
    "organization_name": ("organization_name", "organization_key"),
    "phones": ("phone_records",),
    "opening_hours_text": ("opening_hours", "opening_hours_text"),
    # Areas and stops are found by their service.
    "service_area_codes": ("service_id",),
    "stops": ("service_id",),
    **dict.fromkeys((*_ADDRESS, "stated_gmina_code"), (*_ADDRESS, *_PLACE)),
    **dict.fromkeys(_CAPACITY, _CAPACITY),
    **dict.fromkeys(_VACANCY[:-1], _VACANCY),
}
"""Columns of a sheet of which more than one field is said, or another one; what is true only together is said whole."""


def said_of(text: str | None) -> dict[str, str]:
    """
    Return the columns that a row of a sheet says and the moment (ISO, UTC) of each: "phones 2026-07-01T10:00:00.5".

    A row without a word of it speaks of the whole record, since nobody knows when.
    """
    pairs = (pair.split(" ", 1) for pair in (text or WHOLE + " ").split(", "))
    return {pair[0]: pair[1].strip() if len(pair) > 1 else "" for pair in pairs}


def said_text(said: Mapping[str, str]) -> str:
    """Return what `said_of` reads."""
    return ", ".join(f"{column} {moment}" for column, moment in said.items())


def fields_said(said: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of a merged record that columns of a sheet say, each with the latest moment."""
    found: dict[str, str] = {}
    for column, moment in said.items():
        for name in _SAID_WITH.get(column, (column,)):
            found[name] = max(moment, found.get(name, ""))
    return found


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
Fields that a sheet which speaks of the whole record says: an emptied cell is empty, whatever other lists say.

Free places and queues are not among them: lists tell newer ones every month.
"""
