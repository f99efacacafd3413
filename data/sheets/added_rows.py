"""Rows of a sheet that have no key: facilities that somebody added, now or before, and where they may be."""

import re
from collections.abc import Collection, Sequence

from data.sheets.columns import COLUMNS, KEY, columns_of
from data.sheets.reading import OwnRows, SheetError, SheetRow, Texts, key_of_added, lined
from data.store.own_sheets import SheetOf
from data.vocabulary import has_door

_CODE = re.compile(r"(?:^|\()(\d{6})\d?\)?\s*$")
_CODES = re.compile(r"\b\d{2}(?:\d{2}(?:\d{2}\d?)?)?\b")
_GMINA = next(column.head for column in COLUMNS if column.name == "stated_gmina_code")


def sorted_out(
    rows: Sequence[SheetRow], before: OwnRows, sheet: SheetOf, shown: Collection[str]
) -> tuple[tuple[SheetRow, ...], dict[str, tuple[SheetRow, ...]], int]:
    """
    Return the rows without a key that are new, those of facilities that are not shown, and how many say nothing new.

    Raises
    ------
    SheetError
        If a facility is there already, or its gmina is outside of the area of the sheet.
    """
    added: list[SheetRow] = []
    again: dict[str, list[SheetRow]] = {}
    for row in rows:
        require_in_area([row], sheet)
        key = key_of_added(row)
        (again.setdefault(key, []) if key in before else added).append(row)
    replaced: dict[str, tuple[SheetRow, ...]] = {}
    for key, of_record in again.items():
        names = [column.name for column in columns_of(sheet.support_form) if column is not KEY]
        said = [[lined(row.texts)[name] for name in names] for row in of_record]
        if said == [[lined(texts).get(name, "") for name in names] for texts in before[key]]:
            continue
        if f"{sheet.source_code}:{key}" in shown:
            raise SheetError(
                f"{of_record[0].reference}: expected a new facility, found {of_record[0].texts['facility_name']!r}, "
                "which is there already. Nothing was changed. Make a new sheet and correct its row there.",
                row=of_record[0].reference,
            )
        replaced[key] = tuple(of_record)
    return tuple(added), replaced, len(again) - len(replaced)


def require_in_area(rows: Sequence[SheetRow], sheet: SheetOf, before: Sequence[Texts] = ()) -> None:
    """
    Refuse a gmina outside of the area of the sheet that somebody wrote.

    A service without a door may stand elsewhere, if it serves a part of the area.
    """
    known = {texts["stated_gmina_code"] for texts in before}
    for row in rows:
        gmina = row.texts["stated_gmina_code"]
        served = row.texts.get("service_area_codes", "") if not has_door(sheet.support_form) else ""
        code = _CODE.search(gmina)
        codes = [code[1]] if code else []
        codes += _CODES.findall(served)
        if gmina in known or not codes or any(found.startswith(sheet.area_code) for found in codes):
            continue
        raise SheetError(
            f"{row.reference}: {_GMINA}: expected a gmina in the area of this sheet ({sheet.area_code}), found "
            f"{gmina!r}. {advice_of_area(sheet, codes[0])}",
            row=row.reference,
            found=gmina,
        )


def advice_of_area(sheet: SheetOf, gmina_code: str) -> str:
    """Return what to do with a facility of another area."""
    return (
        "Nothing was changed. Correct it, or put the facility into a sheet of its own area: python -m data template "
        f"{sheet.support_form} --area {gmina_code[:4]} OUT.xlsx"
    )
