"""Whether the rows of a sheet lie in its area, as far as their gmina says."""

import re
from collections.abc import Iterator, Sequence

from data.sheets.columns import COLUMNS
from data.sheets.sheet_rows import SheetRow
from data.sources.cell_text import one_line
from data.store.own_sheets import SheetOf, first_record
from data.vocabulary import has_door

_CODE = re.compile(r"(?:^|\()(\d{6})\d?\)?\s*$")
_CODES = re.compile(r"\b\d{2}(?:\d{2}(?:\d{2}\d?)?)?\b")
_GMINA = next(column.head for column in COLUMNS if column.name == "stated_gmina_code")


def outside_of_area(rows: Sequence[SheetRow], baseline: Sequence[SheetRow], sheet: SheetOf) -> Iterator[str]:
    """
    Say of each row in which somebody wrote a gmina outside of the area of the sheet where it stands and what to do.

    A service without a door may stand elsewhere, if it serves a part of the area.
    """
    known = {(_record(row), row.texts["stated_gmina_code"]) for row in baseline}
    for row in rows:
        gmina = row.texts["stated_gmina_code"]
        served = row.texts.get("service_area_codes", "") if not has_door(sheet.support_form) else ""
        code = _CODE.search(gmina)
        codes = [code[1]] if code else []
        codes += _CODES.findall(served)
        if (_record(row), gmina) in known or not codes or any(_is_in(found, sheet) for found in codes):
            continue
        yield (
            f"{row.reference}: outside_of_area: column {_GMINA!r}: {gmina!r}, expected a gmina in the area of this "
            f"sheet ({sheet.area_code}). {advice_of_area(sheet, codes[0])}"
        )


def _record(row: SheetRow) -> str:
    return first_record(one_line(row.key))


def _is_in(code: str, sheet: SheetOf) -> bool:
    return code.startswith(sheet.area_code)


def advice_of_area(sheet: SheetOf, gmina_code: str) -> str:
    """Return what to do with a facility of another area."""
    return (
        "Correct it, or put the facility into a sheet of its own area: python -m data template "
        f"{sheet.support_form} --area {gmina_code[:4]} OUT.xlsx"
    )
