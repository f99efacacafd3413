"""How unevenly what a map shows is spread over people, and how far local governments are."""

import pandas as pd

from data.organisation import progress
from data.registry import Registry
from geo.inequality import Inequality, inequality_between_areas
from layers.area_table import AreaTable
from layers.measures.measured import LEAST, MOST

RATES = frozenset({"places_per_1000", "access_per_1000"})
"""Indicators that say how much there is for each person: only of these can it be asked how evenly it is shared."""
_GROUPS = {"gmina": "powiat_name", "powiat": "voivodeship_name"}


def inequality_of(table: AreaTable) -> Inequality | None:
    """
    Return the inequality between the areas of a view, None when its indicator is no rate.

    Areas whose figure is only a bound are left out and counted. Theil's parts are within and between powiats of
    gminas and voivodeships of powiats; of voivodeships there are none.
    """
    if table.view.indicator not in RATES:
        return None
    rows = table.rows
    values = rows["value"].mask(table.bounds["value"].isin([LEAST, MOST]))
    parent = _GROUPS.get(table.view.level)
    # Namesakes: the powiat's code and not its name tells two powiats apart.
    digits = {"powiat_name": 4, "voivodeship_name": 2}
    groups = pd.Series(rows.index.str[: digits[parent]], index=rows.index) if parent else None
    return inequality_between_areas(values, rows["demand_persons"], groups=groups)


def progress_of(registry: Registry, table: AreaTable) -> pd.Series | None:
    """Return the row of `data.organisation.progress` that a view of organisation or plans is about; else None."""
    measures = {"organisation": "cus", "local_plan": f"plan_{table.view.level}"}
    if table.view.indicator not in measures:
        return None
    rows = progress(registry, table.view.scope).set_index("measure")
    return rows.loc[measures[table.view.indicator]]
