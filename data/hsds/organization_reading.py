"""From organizations of HSDS to the frame of organizations of a staged register."""

from typing import Any

import pandas as pd

from data.hsds import mapping
from data.hsds.attributes import Attributes, attributes_of
from data.hsds.identifiers import NO_DESCRIPTION, UNKNOWN_ORGANIZATION
from data.hsds.tables import HsdsRow, Tables
from data.sources.cell_text import cell_text
from data.sources.registers.code_text import SCIENTIFIC_IN_TEXT, bare_code
from data.sources.registers.field_text import read_field
from data.sources.registers.record_fields import ORGANIZATION_FIELDS
from data.store.errors import UnreadableRowError

_KRS_DIGITS = 10
_DIGITS = {"regon": 9}
"""A REGON of a region before 10 has a zero before it, and no number of KRS has reached its first digit."""
_YEARS = range(1000, 2101)
_NUMBERS = {
    word.casefold(): field for field, words in mapping.IDENTIFIERS.items() for word in (field, *words)
}


def read_organizations(tables: Tables) -> pd.DataFrame:
    """Return every organization but the one that stands for an unknown one; e-mails and contacts stay out."""
    records = [_organization(tables, row) for row in tables.rows["organization"] if not is_unknown(row)]
    return pd.DataFrame(records, columns=list(ORGANIZATION_FIELDS), dtype=object)


def is_unknown(row: HsdsRow) -> bool:
    """Tell whether the organization is only there because the package demands one."""
    if row.id != UNKNOWN_ORGANIZATION["id"]:
        return False
    row.take_all()
    return True


def _organization(tables: Tables, row: HsdsRow) -> dict[str, Any]:
    own = attributes_of(tables, [row])
    description = row.text("description")
    record: dict[str, Any] = dict.fromkeys(mapping.IDENTIFIERS) | {
        "organization_key": row.id,
        "name": row.text("name"),
        "alternate_name": row.text("alternate_name"),
        "description": None if description == NO_DESCRIPTION else description,
        "website": _website(row, own),
        "legal_status": row.text("legal_status"),
        "year_incorporated": _year(row),
    }
    for number in tables.children("organization_identifier", "organization_id", row.id):
        words = (number.fields.get("identifier_scheme"), number.fields.get("identifier_type"))
        field = next(
            (_NUMBERS[word.casefold()] for word in words if word and word.casefold() in _NUMBERS), None
        )
        if field and record[field] is None:
            record[field] = _identifier(field, number)
    return record


def _identifier(field: str, number: HsdsRow) -> str | None:
    """Return a number of an organization; one of which a spreadsheet left a part only is not kept."""
    said = cell_text(number.fields.get("identifier"))
    digits = bare_code(said)
    if SCIENTIFIC_IN_TEXT.fullmatch(digits):
        return None
    number.take_all()
    is_short = digits.isdecimal() and len(digits) == _DIGITS.get(field, 0) - 1
    if field == "krs" and digits.isdecimal():
        return digits.zfill(_KRS_DIGITS)
    return (f"0{digits}" if is_short else digits if digits.isdecimal() else said) or None


def _year(row: HsdsRow) -> int | None:
    """Return the year; a number that is none is not kept."""
    year = row.fields.get("year_incorporated")
    if year is None or year not in _YEARS:
        return None
    return int(row.take("year_incorporated"))


def _website(row: HsdsRow, own: Attributes) -> str | None:
    if own.has("website"):
        return str(own.value("website"))
    try:
        read: str = read_field("website", str(row.fields.get("website") or ""))["website"]
    except UnreadableRowError:
        return None
    row.take("website")
    return read
