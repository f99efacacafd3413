"""The rows of the next own file of a sheet: those of the last one with what the sheet changes put in."""

from collections.abc import Sequence
from datetime import datetime

from data.sheets.changes import SheetChanges
from data.sheets.columns import CLOSED, KEY, VACANCY_NAMES
from data.sheets.reading import OwnRows, key_of_added, lined
from data.sheets.sheet_rows import Texts
from data.store.own_sheets import WHOLE, first_record, replaced_record, said_of, said_text


def own_rows(
    changes: SheetChanges, previous: OwnRows, *, source_code: str, saved_at: datetime
) -> dict[str, Sequence[Texts]]:
    """
    Return the rows of the next own file: those of the last one with the changes put in.

    Each says in `said_fields` which of its columns somebody changed, and when; the others follow the lists. What a
    sheet does not change is not in its file. Free places and queues are in it only where somebody changed them.
    """
    moment, stored = saved_at.isoformat(), dict(previous)
    for record in changes.changed:
        key = _own_key(record.key, source_code)
        before = previous.get(key, ())
        said = _said(before, record.touched, moment)
        stored[key] = [
            _own_row(texts, said[place], record.touched[place], before[place] if place < len(before) else {})
            for place, texts in enumerate(record.rows)
        ]
    for gone in changes.deleted:
        key = _own_key(gone.key, source_code)
        if replaced_record(key) is None:
            stored.pop(key, None)
        else:
            said = _said(previous.get(key, ()), (frozenset({"status"}),) * len(gone.rows), moment)
            stored[key] = [
                {**texts, "status": CLOSED, "said_fields": said_text(said[place])}
                for place, texts in enumerate(gone.rows)
            ]
    new = {WHOLE: moment}
    for key, rows in changes.replaced.items():
        stored[key] = [lined(row.texts) | {"said_fields": said_text(new)} for row in rows]
    for row in changes.added:
        key = key_of_added(row)
        stored[key] = [*stored.get(key, ()), lined(row.texts) | {"said_fields": said_text(new)}]
    return {key: [{**texts, KEY.name: key} for texts in rows] for key, rows in stored.items()}


def _own_key(handle: str, source_code: str) -> str:
    return first_record(handle).removeprefix(f"{source_code}:")


def _said(
    before: Sequence[Texts], touched: Sequence[frozenset[str]], moment: str
) -> tuple[dict[str, str], ...]:
    """Return what each row says by now, and when; of a row that was in no sheet what was changed."""
    known = [said_of(texts.get("said_fields")) for texts in before] if len(before) == len(touched) else []
    if not known:
        known = [{} for _ in touched] if not before else [{WHOLE: moment} for _ in touched]
    return tuple(
        said | dict.fromkeys(sorted(names), moment) for said, names in zip(known, touched, strict=True)
    )


def _own_row(texts: Texts, said: dict[str, str], touched: frozenset[str], before: Texts) -> Texts:
    """Return a row of the own file; free places that are not said, or all emptied, are those of lists again."""
    if not VACANCY_NAMES & said.keys() and touched != {WHOLE}:
        texts = {**texts, **{name: before.get(name, "") for name in VACANCY_NAMES}}
    if not any(texts.get(name) for name in VACANCY_NAMES):
        said = {name: moment for name, moment in said.items() if name not in VACANCY_NAMES}
    return {**texts, "said_fields": said_text(said)}
