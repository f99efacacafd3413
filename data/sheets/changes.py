"""What a filled sheet changes: against what it held when it was made, and on top of what is known by now."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from data.sheets.added_rows import sorted_out
from data.sheets.columns import FACILITY_NAMES, KEY, SheetColumn, columns_of
from data.sheets.held_back import held_back
from data.sheets.known import KnownRows
from data.sheets.reading import TELLING, FilledSheet, OwnRows, SheetError, lined
from data.sheets.sheet_rows import SheetRow, Texts
from data.sources.cell_text import one_line
from data.store.own_sheets import WHOLE, first_record


@dataclass(frozen=True)
class CellChange:
    """
    A cell that somebody changed, and where it stands.

    `meanwhile` is what is known there by now, when that is something else again: from a list, or another sheet.
    """

    reference: str
    head: str
    before: str
    now: str
    meanwhile: str | None = None

    def words(self, other_sheets: Sequence[str] = ()) -> str:
        """Say it; `other_sheets` may be where the words of meanwhile are from."""
        speaking = " or ".join(["lists", *other_sheets])
        newer = "" if self.meanwhile is None else f" ({speaking} say {self.meanwhile!r} by now)"
        return f"{self.head}: {self.before!r} → {self.now!r}{newer}"


@dataclass(frozen=True)
class ChangedRecord:
    """
    A record with other rows than it had: `rows` are what it is by now with the changed cells put in.

    `touched` are the columns that somebody changed in each of them; all (`WHOLE`) where there are other rows, or
    another profile, than before. `also_said_by` are other sheets that speak of the record.
    """

    key: str
    reference: str
    name: str
    rows: tuple[Texts, ...]
    cells: tuple[CellChange, ...]
    touched: tuple[frozenset[str], ...]
    also_said_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeletedRecord:
    """A record whose rows somebody took out."""

    key: str
    name: str
    rows: tuple[Texts, ...]


@dataclass(frozen=True)
class SheetChanges:
    """
    What a sheet changes; `unchanged` counts records.

    `replaced` are rows, by the key of their record in the own file, of facilities that the sheet added before and that
    are not shown any more, such as protected ones: they are not in a new sheet, and are corrected by adding them again.
    """

    added: tuple[SheetRow, ...]
    changed: tuple[ChangedRecord, ...]
    deleted: tuple[DeletedRecord, ...]
    unchanged: int
    replaced: Mapping[str, tuple[SheetRow, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether the sheet says what is known anyway."""
        return not (self.added or self.changed or self.deleted or self.replaced)

    def lines(self) -> Iterator[str]:
        """Say every change, for a person who decides."""
        yield (
            f"{len(self.changed)} changed, {len(self.added)} added, {len(self.deleted)} deleted, "
            f"{self.unchanged} unchanged"
        )
        for record in self.changed:
            yield f"  changed  {record.reference}  {record.name}"
            yield from (
                f"      {_row_words(record, cell)}{cell.words(record.also_said_by)}" for cell in record.cells
            )
            if record.also_said_by:
                yield (
                    f"      {', '.join(record.also_said_by)} speaks of it, too: in each of these columns what was "
                    "loaded last holds, which is this sheet"
                )
        yield from (f"  added    {row.reference}  {row.texts['facility_name']}" for row in self.added)
        for rows in self.replaced.values():
            yield (
                f"  replaced {rows[0].reference}  {rows[0].texts['facility_name']}: this sheet added it before, and "
                "it is not shown; it says these words now, and is shown no more than before"
            )
        yield from (f"  deleted  {record.name}: told as closed from now on" for record in self.deleted)


def _row_words(record: ChangedRecord, cell: CellChange) -> str:
    """Return the row of a cell where that is not the one that stands in the line above."""
    return "" if cell.reference == record.reference else f"{cell.reference}: "


def changes_of(
    filled: FilledSheet,
    now: KnownRows,
    *,
    other_sheets: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    before: OwnRows = MappingProxyType({}),
    withheld: Collection[tuple[str, str]] = (),
) -> SheetChanges:
    """
    Compare a sheet with its baseline and with what is known now.

    Parameters
    ----------
    other_sheets
        The codes of other own sheets that speak of a record, by its handle.
    before
        The rows of the own file in force.
    withheld
        Cells (row, column) that are taken as if nobody had changed them.

    Raises
    ------
    SheetError
        If a key is not of this sheet, stands beside two facilities, or is of a place that is not shown any more and
        whose row was changed; if an added facility is there already.
    """
    columns = columns_of(filled.sheet.support_form)
    baseline = _by_key(filled.baseline)
    rows = held_back(_by_key(filled.rows), baseline, withheld)
    current: dict[str, list[Texts]] = {}
    for texts in now.rows:
        current.setdefault(first_record(one_line(texts[KEY.name])), []).append(lined(texts))
    added, replaced, repeated = sorted_out(rows.pop("", ()), before, filled.sheet, current)
    changed: list[ChangedRecord] = []
    for key, of_record in rows.items():
        _require_one_record(key, of_record, baseline)
        was = [lined(row.texts) for row in baseline[key]]
        if [lined(row.texts) for row in of_record] == was:
            continue
        if key not in current:
            raise SheetError(
                f"{of_record[0].reference}: expected a place that is shown, found one that is not any more (a list "
                "took it out, its address is protected, or the mark of the sheet says another form or area than it was "
                "made for), with changed cells. Nothing was changed. Delete the row, "
                f"or make a new sheet; of a facility that this sheet added, empty column {KEY.head!r}.",
                row=of_record[0].reference,
            )
        record = _changed(key, of_record, was, current[key], columns)
        if record is not None:
            changed.append(replace(record, also_said_by=other_sheets.get(key, ())))
    deleted = tuple(
        DeletedRecord(key, current[key][0]["facility_name"], tuple(current[key]))
        for key in baseline
        if key and key not in rows and key in current
    )
    return SheetChanges(added, tuple(changed), deleted, len(rows) - len(changed) + repeated, replaced)


def _by_key(rows: Iterable[SheetRow]) -> dict[str, list[SheetRow]]:
    found: dict[str, list[SheetRow]] = {}
    for row in rows:
        found.setdefault(first_record(one_line(row.key)), []).append(row)
    return found


def _require_one_record(key: str, rows: Sequence[SheetRow], baseline: Mapping[str, list[SheetRow]]) -> None:
    if key not in baseline:
        raise SheetError(
            f"{rows[0].reference}: expected a key of this sheet, found {key!r}. Nothing was changed. Put back the key "
            f"of the row in column {KEY.head!r}, or empty it if the row is new.",
            row=rows[0].reference,
        )
    doors = {tuple(row.texts[name] for name in TELLING) for row in rows}
    if len(doors) > 1 and len(rows) > len(baseline[key]):
        raise SheetError(
            f"{rows[0].reference} and {rows[-1].reference}: expected one facility beside one key, found two. "
            f"Nothing was changed. Empty column {KEY.head!r} in the row that is new.",
            rows=[row.reference for row in rows],
        )


def _changed(
    key: str,
    rows: Sequence[SheetRow],
    before: Sequence[Texts],
    current: Sequence[Texts],
    columns: Sequence[SheetColumn],
) -> ChangedRecord | None:
    """Return the record with the changed cells put into what it is now; None when it is so by now anyway."""
    words = [lined(row.texts) for row in rows]
    name, reference = words[0]["facility_name"], rows[0].reference
    if not len(words) == len(before) == len(current):
        cells = (CellChange(reference, "wiersze", str(len(before)), str(len(words))),)
        return ChangedRecord(key, reference, name, tuple(words), cells, (frozenset({WHOLE}),) * len(words))
    cells_changed: list[CellChange] = []
    put = [dict(known) for known in current]
    touched: list[set[str]] = [set() for _ in rows]
    for column in columns:
        changed = [
            place
            for place, (now, was, known) in enumerate(zip(words, before, current, strict=True))
            if now[column.name] not in {was[column.name], known[column.name]}
        ]
        _require_one_word(column, [rows[place] for place in changed])
        for place in changed:
            known, was = current[place][column.name], before[place][column.name]
            newer = known if known != was else None
            cells_changed.append(
                CellChange(rows[place].reference, column.head, was, words[place][column.name], newer)
            )
        of_all = range(len(rows)) if column.name in FACILITY_NAMES and changed else changed
        for place in of_all:
            put[place][column.name] = words[place if place in changed else changed[0]][column.name]
            touched[place].add(column.name)
    if not cells_changed:
        return None
    if any("subtype" in names for names in touched):
        touched = [{WHOLE, *names} for names in touched]
    return ChangedRecord(
        key,
        reference,
        name,
        tuple(put),
        tuple(sorted(cells_changed, key=lambda cell: [row.reference for row in rows].index(cell.reference))),
        tuple(map(frozenset, touched)),
    )


def _require_one_word(column: SheetColumn, rows: Sequence[SheetRow]) -> None:
    """Refuse two new words for what is one of the whole facility."""
    said = {one_line(row.texts[column.name].replace("\n", "; ")): row.reference for row in rows}
    if column.name in FACILITY_NAMES and len(said) > 1:
        raise SheetError(
            f"{' and '.join(said.values())}: expected one {column.head!r} of a facility, found "
            f"{' and '.join(map(repr, said))}. Nothing was changed. Write the same in all rows of the facility, or "
            "change one of them.",
            rows=list(said.values()),
        )
