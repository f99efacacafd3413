"""Numbers and codes of a filled sheet that can be read and can hardly be true: told in the plan, and taken."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, select

from data.sheets.changes import SheetChanges
from data.sheets.columns import COLUMNS
from data.sheets.sheet_rows import Texts
from data.store.own_sheets import SheetOf
from data.store.schema import Facility

_HEADS = {column.name: column.head for column in COLUMNS}
_SUMS = (
    ("capacity_places", "capacity_women", "capacity_men"),
    ("vacant_places", "vacant_women", "vacant_men"),
)
_AT_MOST = (
    ("vacant_places", "capacity_places"),
    ("vacant_women", "capacity_women"),
    ("vacant_men", "capacity_men"),
)
_BEGINNING = 2
"""Digits of a postal code that are looked at: the post of a voivodeship has a few dozen of the hundred."""
_FEWEST_CODES = 20
"""Of fewer known codes nothing is concluded."""


def postal_beginnings(connection: Connection, sheet: SheetOf) -> frozenset[str]:
    """Return with which two digits postal codes of the voivodeship of a sheet begin; empty where too few are known."""
    query = select(Facility.postal_code).where(
        Facility.voivodeship_code == sheet.area_code[:2],
        Facility.visibility == "public",
        Facility.ended_release_id.is_(None),
        Facility.postal_code.is_not(None),
        Facility.source_code != sheet.source_code,
    )
    codes = [str(code) for code in connection.execute(query.distinct()).scalars()]
    return frozenset(code[:_BEGINNING] for code in codes) if len(codes) >= _FEWEST_CODES else frozenset()


def doubts_of(changes: SheetChanges, beginnings: Collection[str]) -> Iterator[str]:
    """Say of each row that somebody changed or added what in it can hardly be."""
    for record in changes.changed:
        for place, texts in enumerate(record.rows):
            if record.touched[place]:
                where = record.reference if len(record.rows) == 1 else f"{record.reference}, row {place + 1}"
                yield from _of_row(f"{where}  {record.name}", texts, beginnings)
    added = [row for rows in ([*changes.added], *changes.replaced.values()) for row in rows]
    for row in added:
        yield from _of_row(f"{row.reference}  {row.texts['facility_name']}", row.texts, beginnings)


def _of_row(where: str, texts: Texts, beginnings: Collection[str]) -> Iterator[str]:
    for name, limit in _AT_MOST:
        found, most = _numbers(texts, (name, limit))
        if found is not None and most is not None and found > most:
            yield f"  look at  {where}: {_HEADS[name]} {found} is more than {_HEADS[limit]} {most}"
    for names in _SUMS:
        whole, women, men = _numbers(texts, names)
        if None not in {whole, women, men} and whole != (women or 0) + (men or 0):
            yield (
                f"  look at  {where}: {_HEADS[names[0]]} {whole} is not {_HEADS[names[1]]} {women} and "
                f"{_HEADS[names[2]]} {men}"
            )
    code = texts.get("postal_code", "").strip()
    if code and beginnings and code[:_BEGINNING] not in beginnings:
        yield (
            f"  look at  {where}: {_HEADS['postal_code']} {code}: no known code of this voivodeship begins with "
            f"{code[:_BEGINNING]}"
        )


def _numbers(texts: Texts, names: Sequence[str]) -> tuple[int | None, ...]:
    """Return the whole numbers of some columns, None where a row does not say."""
    found = (texts.get(name, "").replace(" ", "") for name in names)
    return tuple(int(text) if text.isdecimal() else None for text in found)
