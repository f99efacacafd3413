"""Cells that a spreadsheet changed before anybody saw it: "8-16" and "5/7" that became days."""

import re
from dataclasses import dataclass
from typing import Any

from data.sources.cell_text import is_date_text
from data.sources.registers.code_text import SCIENTIFIC_IN_TEXT

_NEVER_A_DATE = frozenset(
    {
        "facility_name",
        "alternate_name",
        "organization_name",
        "street_address",
        "locality_name",
        "post_town",
        "stated_gmina_name",
        "stated_powiat_name",
        "phones",
        "opening_hours",
        "opening_hours_text",
        "service_opening_hours",
        "service_opening_hours_text",
    }
)
_MAY_BE_A_NUMBER = frozenset({"facility_name", "alternate_name", "organization_name"})
_ISO_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b(?:[T ]00:00(?::00)?)?")
_DIGIT = re.compile(r"\d")
_DAY_NUMBERS = range(36_526, 54_789)
"""What days of 2000 to 2049 are where a spreadsheet shows them as numbers: 46250 is 16 August 2026."""
_SAYS_WHEN = re.compile(r"\d|\b(?:od|do|dnia|dniu|po|przed|zamk|nieczyn|otwar)", re.IGNORECASE)


@dataclass(frozen=True)
class Doubt:
    """
    Something that a person should look at though the row, or the file, was read.

    `kind` is that of a work item; `row_reference` is empty and `facility_key` too when it is of the whole file.
    """

    kind: str
    facts: dict[str, Any]
    row_reference: str = ""
    facility_key: str = ""


def is_made_a_date(field: str, text: str) -> bool:
    """
    Whether the text of a field is a day where no day can be, or has one in its middle.

    Hours may speak of days ("od 2026-11-01 do 2027-03-31"); a day alone behind names of weekdays is what became of
    hours such as 8-16.
    """
    if field not in _NEVER_A_DATE or _DIGIT.search(text) is None:
        return False
    if is_date_text(text):
        return True
    if field not in _MAY_BE_A_NUMBER and text.strip().isdecimal() and int(text) in _DAY_NUMBERS:
        return True
    if field == "street_address":
        return _ISO_DAY.search(text) is not None
    if field.endswith("hours_text"):
        rest, days = _ISO_DAY.subn("", text)
        return days > 0 and _SAYS_WHEN.search(rest) is None
    return False


def is_shortened_number(field: str, text: str) -> bool:
    """Tell whether a name or an address is a number in scientific form."""
    return field in _NEVER_A_DATE - {"phones"} and SCIENTIFIC_IN_TEXT.fullmatch(text.strip()) is not None
