"""Cells of a sheet that are not taken: they say what they said before anybody changed them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from data.sheets.sheet_rows import SheetRow


def held_back(
    rows: Mapping[str, Sequence[SheetRow]],
    baseline: Mapping[str, Sequence[SheetRow]],
    withheld: Collection[tuple[str, str]],
) -> dict[str, list[SheetRow]]:
    """Return the rows with the words of before in the cells that are not taken, and none in rows that are new."""
    kept: dict[str, list[SheetRow]] = {}
    for key, of_record in rows.items():
        known = baseline.get(key, ()) if key else ()
        kept[key] = [
            replace(row, texts=row.texts | _words_before(row, known[place : place + 1], withheld))
            for place, row in enumerate(of_record)
        ]
    return kept


def _words_before(
    row: SheetRow, known: Sequence[SheetRow], withheld: Collection[tuple[str, str]]
) -> dict[str, str]:
    names = [name for name in row.texts if (row.reference, name) in withheld]
    return {name: known[0].texts.get(name, "") if known else "" for name in names}
