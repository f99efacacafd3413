"""How unevenly what a map shows is spread over people, and how far local governments are."""

import pandas as pd

from data.registry.local_government import progress
from data.registry.registry import Registry
from geo.inequality import Inequality, inequality_between_areas
from geo.printed_numbers import LEAST, MOST, UNSURE
from geo.teryt import COUNTRY
from layers.answers.area_table import AreaTable

_DIGITS_OF_GROUPS = {"gmina": 4, "powiat": 2}
"""Powiats and voivodeships by their code: two powiats may have the same name."""


def inequality_of(table: AreaTable) -> Inequality | None:
    """
    Return the inequality between the areas of a question; None when its indicator is not so much for each person.

    Nor is there any between gminas for a form that people come to from anywhere: a gmina without one is not worse off.

    Areas whose figure is only a bound are left out and counted. Theil's parts are within and between powiats of
    gminas and voivodeships of powiats; of voivodeships there are none, and none of the powiats of one voivodeship.
    """
    if not table.question.what.tells_inequality or table.question.is_what_stands:
        return None
    rows = table.rows
    values = rows["value"].mask(table.bounds["value"].isin([LEAST, MOST, UNSURE]))
    digits = _DIGITS_OF_GROUPS.get(table.question.level)
    if table.question.level == "powiat" and table.question.scope != COUNTRY:
        digits = None
    groups = pd.Series(rows.index.str[:digits], index=rows.index) if digits else None
    return inequality_between_areas(values, rows["demand_persons"], groups=groups)


def progress_of(registry: Registry, table: AreaTable) -> pd.Series | None:
    """Return the row of `organisation.progress` that a view of organisation or plans is about; else None."""
    measures = {"organisation": "cus", "local_plan": f"plan_{table.question.level}"}
    if table.question.indicator not in measures:
        return None
    rows = progress(registry, table.question.scope).set_index("measure")
    return rows.loc[[measures[table.question.indicator]]].iloc[0]
