"""What of a home is from the operator's own sheet, in words: which facts, and of which day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from data.store.own_sheets import WHOLE
from layers.text import Texts

_TOPICS: Final = {
    WHOLE: "whole",
    **dict.fromkeys(("street_address", "postal_code", "locality_name", "stated_gmina_code"), "address"),
    **dict.fromkeys(("capacity_places", "capacity_women", "capacity_men"), "capacity"),
    **dict.fromkeys(("vacant_places", "vacant_women", "vacant_men", "vacancies_on"), "vacancies"),
    **dict.fromkeys(("waiting_persons", "waiting_days"), "waiting"),
}
"""Columns of which several are one fact; every other one is its own."""


def own_sheet_words(said_on: object, texts: Texts) -> str:
    """
    Return which facts of a record are from an own sheet, each with its day; empty where none is.

    Parameters
    ----------
    said_on
        Column → day, as `data.reading.merged_services.read_services` gives; anything else is none.
    """
    if not isinstance(said_on, Mapping) or not said_on:
        return ""
    of_day: dict[date, list[str]] = {}
    for topic, day in _latest(said_on).items():
        of_day.setdefault(day, []).append(texts.t(f"own_sheet.{topic}"))
    said = "; ".join(
        texts.t("own_sheet.of_day", facts=", ".join(facts), date=texts.date(day))
        for day, facts in sorted(of_day.items(), reverse=True)
    )
    return texts.t("own_sheet.said", facts=said)


def _latest(said_on: Mapping[str, Any]) -> dict[str, date]:
    found: dict[str, date] = {}
    for column, day in said_on.items():
        topic = _TOPICS.get(column, column)
        found[topic] = max(day, found.get(topic, day))
    return found
