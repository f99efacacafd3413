"""People counted in one night, in words: beside known places each count with its own day, elsewhere the newer ones."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, Final

import pandas as pd

from data.store.names import polish_order
from data.store.plain_text import plain_text
from data.vocabulary import people_indicators
from layers.answers.area_table import AreaTable
from layers.text import Texts
from layers.words.figures import write_figure

_MOST_NAMED: Final = 20


def counted_words(row: Mapping[Hashable, Any], texts: Texts) -> str:
    """Return how many people were counted in an area of a table, and when; empty where the table tells none."""
    if "counted_people" not in row:
        return ""
    if pd.isna(row["counted_people"]):
        return texts.t("counted.nobody_knows")
    people = texts.t("count.persons", count=int(row["counted_people"]))
    return texts.t(
        "counted.in_area", people=people, date=write_figure(row["counted_on"], "counted_on", texts)
    )


def counted_notes(table: AreaTable, texts: Texts) -> list[str]:
    """Return the counts of all areas of a table by their day, the newest first, and that they make no sum."""
    rows, t = table.rows, texts.t
    if "counted_people" not in rows:
        return []
    counted = rows[rows["counted_people"].notna()]
    lacking = _names(rows[rows["counted_people"].isna()])
    nights = [
        t(
            "counted.night",
            date=date.fromordinal(int(day)),
            areas=", ".join(
                f"{name} {write_figure(counted['counted_people'][code], 'counted_people', texts)}"
                for code, name in _names(counted[counted["counted_on"] == day]).items()
            ),
        )
        for day in sorted(counted["counted_on"].unique(), reverse=True)
    ]
    notes = []
    if nights:
        notes.append(t("counted.nights", nights="; ".join(nights)))
    if lacking:
        notes.append(t("counted.lacking", areas=", ".join(lacking.values())))
    notes.append(t("counted.no_rate"))
    whole = table.counted_in_country
    if whole is not None:
        names = {known.indicator: known.name[texts.lang] for known in people_indicators()}
        indicator = plain_text(names.get(whole.indicator, whole.indicator))
        people = t("count.persons", count=int(whole.persons))
        notes.append(t("counted.country", indicator=indicator, people=people, date=whole.counted_on))
    return notes


def newer_notes(table: AreaTable, texts: Texts) -> list[str]:
    """Return which areas were counted again after the one day of a table, and that no number here is of that count."""
    # A table of one area, as its numbers are explained by, knows of the counts of all.
    names = _names(table.rows[table.rows.index.isin(list(table.newer_counts))])
    if not names:
        return []
    told = [
        texts.t(
            "counted.newer_area",
            name=names[code],
            people=texts.t("count.persons", count=int(table.newer_counts[code].persons)),
            date=table.newer_counts[code].counted_on,
        )
        for code in list(names)[:_MOST_NAMED]
    ]
    if rest := len(names) - len(told):
        told.append(texts.t("counted.newer_rest", count=rest))
    return [texts.t("counted.newer", areas="; ".join(told))]


def newer_line(table: AreaTable, code: str, texts: Texts) -> str:
    """Return that the people of one area were counted again after the day of a table; empty where they were not."""
    newer = table.newer_counts.get(code)
    if newer is None:
        return ""
    return texts.t(
        "counted.newer_here",
        people=texts.t("count.persons", count=int(newer.persons)),
        date=newer.counted_on,
        used=table.people.counted_on,
    )


def _names(rows: pd.DataFrame) -> dict[str, str]:
    """Return the names of areas by their code, in Polish order."""
    names = {str(code): plain_text(name) for code, name in rows["name"].items()}
    return dict(sorted(names.items(), key=lambda pair: polish_order(pair[1])))
