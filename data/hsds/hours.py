"""Opening hours and HSDS schedules: rows that machines read, with our own text beside them so that none is lost."""

from collections.abc import Sequence

from data.hsds.identifiers import Node
from data.hsds.standard import tables
from data.hsds.tables import HsdsRow
from data.opening_hours import check, from_schedules, to_schedules
from data.sources.cell_text import cell_text
from geo.errors import SupportMapError

_TIMES = {"freq", "interval", "byday", "opens_at", "closes_at", "valid_from", "valid_to"}
"""Fields of a schedule that hours say."""


def is_readable(opening_hours: str) -> bool:
    """Tell whether the text is plainly in the form of OSM's `opening_hours`."""
    try:
        return check(opening_hours) == opening_hours
    except SupportMapError:
        return False


def schedule_rows(opening_hours: str | None, opening_hours_text: str | None) -> list[Node]:
    """
    Return schedules: `description` of each holds the OSM text, `notes` of the first the words of the source.

    Hours that schedules cannot say, and mere words, make one row without times. Hours that are not in OSM's form
    go with the words.
    """
    if opening_hours and not is_readable(opening_hours):
        words = "\n".join(filter(None, (opening_hours_text, opening_hours)))
        opening_hours, opening_hours_text = None, words
    if opening_hours is None and opening_hours_text is None:
        return []
    rows: list[Node] = [{}]
    if opening_hours:
        known = tables()["schedule"].fields
        rows = [
            {name: value for name, value in row.items() if name in known and value is not None}
            | {"description": opening_hours}
            for row in to_schedules(opening_hours) or [{}]
        ]
    if opening_hours_text:
        rows[0]["notes"] = opening_hours_text
    return rows


def read_hours(rows: Sequence[HsdsRow]) -> tuple[str | None, str | None]:
    """
    Return the hours that schedules say, and the words that go with them.

    A description in OSM's form is the hours; others are worked out from the times, and their description is the
    words.
    """
    if not rows:
        return None, None
    descriptions = list(dict.fromkeys(text for row in rows if (text := row.text("description"))))
    if len(descriptions) == 1 and is_readable(descriptions[0]):
        _keep_times(rows)
        return descriptions[0], _notes(rows)
    words = "\n".join(descriptions) or _notes(rows)
    hours = None
    if any(row.fields.get("opens_at") for row in rows):
        hours = from_schedules([dict(row.fields) for row in rows])
    if hours:
        _keep_times(rows)
    return hours, cell_text(words) or None


def _keep_times(rows: Sequence[HsdsRow]) -> None:
    for row in rows:
        row.taken |= _TIMES


def _notes(rows: Sequence[HsdsRow]) -> str | None:
    return next((text for row in rows if (text := row.text("notes"))), None)
