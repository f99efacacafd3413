"""Of which days registers and their rows are, in words; and that nothing is of a day where there is no list."""

from layers.answers.area_table import AreaTable
from layers.answers.measures.field_records import PLACES, records_of
from layers.answers.measures.sources import SourceNote
from layers.answers.measures.stated_days import DayRange, StatedDay, days_of_rows
from layers.text import Texts


def day_range_words(days: DayRange, texts: Texts) -> str:
    """Return the one day that all state, or the oldest and the newest, and whether any states none."""
    newest, oldest, t = days.newest, days.oldest, texts.t
    if newest is None:
        return t("export_undated")
    if oldest in {None, newest}:
        said = texts.date(newest.day, precision=newest.precision)
    else:
        said = t("export_dates", oldest=_of(oldest or newest, texts), newest=_of(newest, texts))
    return said + t("export_some_undated") if days.undated else said


def list_years(days: DayRange, texts: Texts) -> str:
    """Return of which years lists are, as it follows "lists"; that they state no day where none does."""
    if days.newest is None:
        return texts.t("export_lists_undated")
    first, last = (str((day or days.newest).day.year) for day in (days.oldest, days.newest))
    key = "export_lists_year" if first == last else "export_lists_years"
    said = texts.t(key, first=first, last=last, year=last)
    return f"{said} {texts.t('export_lists_some_undated')}" if days.undated else said


def days_of_places(table: AreaTable) -> DayRange:
    """Return the days of the services that state places: a list that states none gives their number no day."""
    stating = records_of(table.services, PLACES)
    of_sources = {note.code: note.as_of for note in table.sources if note.as_of}
    own = zip(stating["source_code"], days_of_rows(stating), strict=True)
    return DayRange.of([StatedDay(of_sources[code]) if code in of_sources else day for code, day in own])


def source_day(note: SourceNote, texts: Texts) -> str:
    """Return the day that a source states, or those of its rows in the view; empty where neither states any."""
    if note.as_of:
        return texts.date(note.as_of)
    return day_range_words(note.days, texts) if note.days.newest else ""


def iso_day(day: StatedDay | None) -> str:
    """Return a day as figures in the order of ISO 8601, as far as it is known: 2024-01 of a month; empty for None."""
    letters = {"day": 10, "month": 7, "year": 4}
    return day.day.isoformat()[: letters[day.precision]] if day else ""


def _of(day: StatedDay, texts: Texts) -> str:
    return texts.date(day.day, precision=day.precision, is_after_from=True)
