"""Numbers of an area in words, the same on its card and in the ranking."""

from typing import Any

import pandas as pd

from data.quality.areas import KNOWLEDGE
from data.quality.records import PARTS
from layers.area_table import AreaTable
from layers.text import Texts

OF_KNOWLEDGE = (
    "knowledge",
    "records_count",
    "overdue_count",
    *PARTS,
    "known_forms_count",
)
COUNTS = ("facilities_count", "capacity_places", "places_per_1000")


def figures_of(table: AreaTable) -> tuple[str, ...]:
    """
    Return the columns of an area table to show, the chosen indicator first.

    Where the people of the group are unknown, only what is known: facilities and places.
    """
    if table.view.is_of_knowledge:
        return OF_KNOWLEDGE
    if table.is_people_unknown:
        return ("facilities_count", "capacity_places")
    rest = ("demand_persons", *COUNTS)
    return (table.view.indicator, *(column for column in rest if column != table.view.indicator))


def lower_bounds(table: AreaTable) -> pd.DataFrame:
    """Return whether each number of each area is only "at least", by column; people are counted in full."""
    rows = table.rows
    return pd.DataFrame(
        {
            **dict.fromkeys(COUNTS, rows["is_counts_lower_bound"]),
            "coverage_share": rows["is_lower_bound"],
            **dict.fromkeys(("demand_persons", *OF_KNOWLEDGE), False),
        },
        index=rows.index,
    )


def write_figure(value: Any, column: str, texts: Texts, *, is_lower_bound: bool) -> str:
    """Return one figure in words: missing is said, an incomplete count is "at least"."""
    if pd.isna(value):
        return texts.t("no_data")
    if column == "knowledge":
        return texts.t(f"export_knowledge_{KNOWLEDGE[int(value)]}")
    if column == "coverage_share" or column in PARTS:
        written = texts.percent(float(value))
    else:
        written = texts.number(float(value), decimals=1 if column == "places_per_1000" and value else 0)
    return texts.t("at_least", value=written) if is_lower_bound else written
