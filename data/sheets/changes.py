"""What a filled sheet changes: against what it held when it was made, and on top of what is known by now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.sheets.columns import CLOSED, KEY, VACANCY_NAMES, SheetColumn, columns_of
from data.sheets.known import KnownRows
from data.sheets.reading import FilledSheet, SheetError, SheetRow
from data.sources.cell_text import one_line
from data.sources.registers.register_row import made_key
from data.store.own_sheets import first_record, replaced_record

Texts = Mapping[str, str]
OwnRows = Mapping[str, Sequence[Texts]]
"""Rows of an own file by the key of their record there; each has the words of its columns by name."""
_TELLING = ("facility_name", "street_address", "locality_name", "stated_gmina_code")


@dataclass(frozen=True)
class CellChange:
    """A cell that somebody changed; `meanwhile` is what lists say there by now, when that is something else again."""

    head: str
    before: str
    now: str
    meanwhile: str | None = None


@dataclass(frozen=True)
class ChangedRecord:
    """A record with other rows than it had: `rows` are what it is by now with the changed cells put in."""

    key: str
    reference: str
    name: str
    rows: tuple[Texts, ...]
    cells: tuple[CellChange, ...]
    changes_vacancies: bool


@dataclass(frozen=True)
class DeletedRecord:
    """A record whose rows somebody took out."""

    key: str
    name: str
    rows: tuple[Texts, ...]


@dataclass(frozen=True)
class SheetChanges:
    """What a sheet changes; `unchanged` counts records."""

    added: tuple[SheetRow, ...]
    changed: tuple[ChangedRecord, ...]
    deleted: tuple[DeletedRecord, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Tell whether the sheet says what is known anyway."""
        return not (self.added or self.changed or self.deleted)

    def lines(self) -> Iterator[str]:
        """Say every change, for a person who decides."""
        yield (
            f"{len(self.changed)} changed, {len(self.added)} added, {len(self.deleted)} deleted, "
            f"{self.unchanged} unchanged"
        )
        for record in self.changed:
            yield f"  changed  {record.reference}  {record.name}"
            for cell in record.cells:
                newer = "" if cell.meanwhile is None else f" (lists say {cell.meanwhile!r} by now)"
                yield f"      {cell.head}: {cell.before!r} → {cell.now!r}{newer}"
        yield from (f"  added    {row.reference}  {row.texts['facility_name']}" for row in self.added)
        yield from (f"  deleted  {record.name}: told as closed from now on" for record in self.deleted)


def changes_of(filled: FilledSheet, now: KnownRows) -> SheetChanges:
    """
    Compare a sheet with its baseline and with what is known now.

    Raises
    ------
    SheetError
        If a key is not of this sheet, stands beside two facilities, or is of a place that is not shown any more and
        whose row was changed.
    """
    columns = columns_of(filled.sheet.support_form)
    rows, baseline = _by_key(filled.rows), _by_key(filled.baseline)
    current: dict[str, list[Texts]] = {}
    for texts in now.rows:
        current.setdefault(first_record(one_line(texts[KEY.name])), []).append(_lined(texts))
    added = tuple(rows.pop("", ()))
    changed: list[ChangedRecord] = []
    for key, of_record in rows.items():
        _require_one_record(key, of_record, baseline)
        before = [_lined(row.texts) for row in baseline[key]]
        if [_lined(row.texts) for row in of_record] == before:
            continue
        if key not in current:
            raise SheetError(
                f"{of_record[0].reference}: expected a place that is shown, found one that is not any more (a list "
                "took it out, or its address is protected), with changed cells. Nothing was changed. Delete the row, "
                "or make a new sheet.",
                row=of_record[0].reference,
            )
        record = _changed(key, of_record, before, current[key], columns)
        if record is not None:
            changed.append(record)
    deleted = tuple(
        DeletedRecord(key, current[key][0]["facility_name"], tuple(current[key]))
        for key in baseline
        if key and key not in rows and key in current
    )
    return SheetChanges(added, tuple(changed), deleted, len(rows) - len(changed))


def _by_key(rows: Iterable[SheetRow]) -> dict[str, list[SheetRow]]:
    found: dict[str, list[SheetRow]] = {}
    for row in rows:
        found.setdefault(first_record(one_line(row.key)), []).append(row)
    return found


def _lined(texts: Texts) -> dict[str, str]:
    """Return the words as one line each: a spreadsheet may break lines that we did not."""
    return {name: one_line(text.replace("\n", "; ")) for name, text in texts.items()}


def _require_one_record(key: str, rows: Sequence[SheetRow], baseline: Mapping[str, list[SheetRow]]) -> None:
    if key not in baseline:
        raise SheetError(
            f"{rows[0].reference}: expected a key of this sheet, found {key!r}. Nothing was changed. Put back the key "
            f"of the row in column {KEY.head!r}, or empty it if the row is new.",
            row=rows[0].reference,
        )
    doors = {tuple(row.texts[name] for name in _TELLING) for row in rows}
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
    words = [_lined(row.texts) for row in rows]
    name, reference = words[0]["facility_name"], rows[0].reference
    if not len(words) == len(before) == len(current):
        cells = (CellChange("wiersze", str(len(before)), str(len(words))),)
        return ChangedRecord(key, reference, name, tuple(words), cells, changes_vacancies=True)
    cells_changed, merged = [], []
    for now, was, known in zip(words, before, current, strict=True):
        put = dict(known)
        for column in columns:
            if now[column.name] == was[column.name] or now[column.name] == known[column.name]:
                continue
            newer = known[column.name] if known[column.name] != was[column.name] else None
            cells_changed.append(
                (column.name, CellChange(column.head, was[column.name], now[column.name], newer))
            )
            put[column.name] = now[column.name]
        merged.append(put)
    if not cells_changed:
        return None
    touched = {column for column, _ in cells_changed}
    return ChangedRecord(
        key,
        reference,
        name,
        tuple(merged),
        tuple(cell for _, cell in cells_changed),
        changes_vacancies=bool(touched & VACANCY_NAMES),
    )


def own_rows(changes: SheetChanges, previous: OwnRows, *, source_code: str) -> dict[str, Sequence[Texts]]:
    """
    Return the rows of the next own file: those of the last one with the changes put in.

    What a sheet does not change is not in its file, so that it follows the lists. Free places and queues are in it only
    where somebody changed them: lists tell newer ones every month.

    Raises
    ------
    SheetError
        If an added facility is there already.
    """
    stored = dict(previous)
    for record in changes.changed:
        key = _own_key(record.key, source_code)
        stored[key] = [
            texts if record.changes_vacancies else texts | _vacancies(previous.get(key, ()), place)
            for place, texts in enumerate(map(dict, record.rows))
        ]
    for gone in changes.deleted:
        key = _own_key(gone.key, source_code)
        if replaced_record(key) is None:
            stored.pop(key, None)
        else:
            stored[key] = [texts | {"status": CLOSED} for texts in map(dict, gone.rows)]
    for row in changes.added:
        texts = _lined(row.texts)
        key = made_key(texts, _TELLING).replace(":", " ")
        if key in previous:
            raise SheetError(
                f"{row.reference}: expected a new facility, found {texts['facility_name']!r}, which is there already. "
                "Nothing was changed. Make a new sheet and correct its row there.",
                row=row.reference,
            )
        stored[key] = [*stored.get(key, ()), texts]
    return {key: [{**texts, KEY.name: key} for texts in rows] for key, rows in stored.items()}


def _own_key(handle: str, source_code: str) -> str:
    return first_record(handle).removeprefix(f"{source_code}:")


def _vacancies(rows: Sequence[Texts], place: int) -> dict[str, str]:
    before = rows[place] if place < len(rows) else {}
    return {name: before.get(name, "") for name in VACANCY_NAMES}
