"""Offices of gminas and powiats: whom to ask where nothing else is known. None is a social assistance centre."""

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.sources.cell_text import one_line
from data.sources.readable import reader_of
from data.sources.registers.phone_text import part_phones
from data.sources.staged import Staged, rejected_rows, require_columns

_COLUMNS = ["teryt", "type", "office", "locality", "postcode", "street", "number", "phone", "www"]
_GMINA, _POWIAT = frozenset({"GW", "GM", "GMW", "MNP"}), "P"
_CODE = re.compile(r"(?P<powiat>\d{4})(?P<rest>\d{2})\d")
_SHIFTED = re.compile(r"000(?P<powiat>\d{4})")
"""A spreadsheet kept the powiats of one voivodeship as numbers: 0001201."""
_AREA_TWICE = re.compile(r"^(?:brak |(\d\d) (?=\1 ))")
"""Telephones that a form put together: "41 41 3882530"."""
_NO_STREET = frozenset({"", "-", "brak"})
"""What stands for a street in a village that has none: "brak" is no name of one."""
RECORD_COLUMNS = ["area_code", "name", "address", "phone", "website"]


@reader_of("a CSV file of offices")
def read_offices(path: Path, *, area_of_code: Mapping[str, str]) -> Staged:
    """
    Read the list of offices.

    Parameters
    ----------
    path
        CSV in UTF-8: `teryt` (7 digits), `type` (`P`, `GW`, `GM`, `GMW`, `MNP`; others are of voivodeships and
        districts), `office`, `locality`, `postcode`, `street`, `number`, `phone`, `www`. Other columns, e-mails
        among them, are not read.
    area_of_code
        Codes of gminas (6 digits, of any vintage) and powiats (4 digits) → areas of our boundaries.

    Returns
    -------
    staged
        One row per office: `RECORD_COLUMNS`; `phone` is the first number of the cell, None where it has none.
        Reasons of refusal: `other_unit`, `bad_code`, `unknown_area`, `missing_name`, `repeated_key`.
    """
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    require_columns(table, _COLUMNS, file_name=path.name)
    records: list[dict[str, str | None]] = []
    refused: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    for number, row in enumerate(table[_COLUMNS].to_dict("records"), start=2):
        words = {str(name): one_line(text) for name, text in row.items()}
        area_code, reason = _area(words, area_of_code)
        if not reason and not words["office"]:
            reason = "missing_name"
        if not reason and area_code in seen:
            reason = "repeated_key"
        if reason:
            refused.append((str(number), reason, f"{words['type']} {words['teryt']}: {words['office']}"))
            continue
        seen.add(str(area_code))
        phones = part_phones(_AREA_TWICE.sub("", words["phone"])).numbers
        records.append(
            {
                "area_code": area_code,
                "name": words["office"],
                "address": _address(words),
                "phone": phones[0] if phones else None,
                "website": words["www"].partition(" ")[0] or None,
            }
        )
    return Staged(
        pd.DataFrame(records, columns=RECORD_COLUMNS, dtype=object),
        rejected_rows(refused),
        rows_read=len(table),
    )


def _area(words: Mapping[str, str], area_of_code: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the area of an office, or the reason why it has none."""
    if words["type"] not in {*_GMINA, _POWIAT}:
        return None, "other_unit"
    code = words["teryt"].replace(" ", "")
    shifted = _SHIFTED.fullmatch(code) if words["type"] == _POWIAT else None
    match = _CODE.fullmatch(code)
    if match is None:
        return None, "bad_code"
    own = match["powiat"] if words["type"] == _POWIAT else match["powiat"] + match["rest"]
    area_code = area_of_code.get(shifted["powiat"] if shifted else own)
    return area_code, "" if area_code else "unknown_area"


def _address(words: Mapping[str, str]) -> str:
    """Return the address in one line; in a village without streets the number stands behind its name."""
    street = "" if words["street"].lower() in _NO_STREET else words["street"]
    door = " ".join(filter(None, (street or words["locality"], words["number"])))
    town = " ".join(filter(None, (words["postcode"], words["locality"])))
    return ", ".join(filter(None, (door, town)))
