"""Rows of a sheet that have no key: facilities that somebody added, now or before."""

from collections.abc import Collection, Sequence

from data.sheets.columns import KEY, columns_of
from data.sheets.reading import OwnRows, SheetError, key_of_added, lined
from data.sheets.sheet_rows import SheetRow
from data.store.own_sheets import SheetOf


def sorted_out(
    rows: Sequence[SheetRow], before: OwnRows, sheet: SheetOf, shown: Collection[str]
) -> tuple[tuple[SheetRow, ...], dict[str, tuple[SheetRow, ...]], int]:
    """
    Return the rows without a key that are new, those of facilities that are not shown, and how many say nothing new.

    Raises
    ------
    SheetError
        If a facility is there already.
    """
    added: list[SheetRow] = []
    again: dict[str, list[SheetRow]] = {}
    for row in rows:
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
