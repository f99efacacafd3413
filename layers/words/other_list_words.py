"""Places that another list tells than the one that has the facility, in words: whose they are and of which day."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.store.own_sheets import is_own_sheet
from data.store.plain_text import plain_text
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.field_records import PLACES, other_records_of
from layers.answers.measures.stated_days import DayRange, StatedDay, days_of_rows
from layers.text import Texts
from layers.words.day_words import day_range_words
from layers.words.source_words import unnamed_source


def other_list_notes(table: AreaTable, texts: Texts) -> list[str]:
    """Return of how many facilities another list tells the places, which lists these are and of which days."""
    services = table.services
    records = other_records_of(services, PLACES)
    # What operators and corrections say is told at each facility.
    records = records[~records["source_code"].map(is_own_sheet).astype(bool)]
    if records.empty:
        return []
    names = {note.code: note.name for note in table.sources}
    days = {note.code: DayRange.of([StatedDay(note.as_of)]) for note in table.sources if note.as_of}
    lists = [
        texts.t(
            "other_list.named",
            name=plain_text(names.get(str(code)) or unnamed_source(str(code), texts)),
            days=day_range_words(days.get(str(code)) or DayRange.of(days_of_rows(own)), texts),
        )
        for code, own in records.groupby("source_code", sort=True)
    ]
    count = int(services.loc[records.index, "facility_id"].nunique())
    capacity = texts.t(f"export_capacity_{unit_of(table.view.form)}")
    return [texts.t("other_list.places", count=count, capacity=capacity, lists="; ".join(lists))]


def other_list_day(day: StatedDay | None, texts: Texts) -> str:
    """Return of which day a number of another list is; that nobody states it where nobody does."""
    return texts.t("other_list.undated") if day is None else texts.date(day.day, precision=day.precision)


def places_of_other_list(service: Mapping[str, Any]) -> tuple[StatedDay | None, ...]:
    """
    Return the day of the places of one service where another list than its own tells them; empty where none does.

    Parameters
    ----------
    service
        Columns of `Registry.services`; without `field_days` it is of one record.
    """
    sources, days = service.get("field_sources") or {}, service.get("field_days") or {}
    (of, *_) = sources.get(PLACES) or [service["source_code"]]
    if of == service["source_code"] or is_own_sheet(of):
        return ()
    day, precision = days.get(PLACES, (None, None))
    return (None if pd.isna(day) else StatedDay(day, precision or "day"),)
