"""In which order areas stand in tables: the worst first where every number is known, by name where one is not."""

import pandas as pd

from data.store.names import polish_order
from layers.answers.area_table import AreaTable
from layers.indicators.indicator import FORM


def is_listed_whole(table: AreaTable) -> bool:
    """
    Tell whether areas can be put in an order of their numbers.

    Not where the list is incomplete in any of them, nor where any of the ranked numbers is unknown or only known within
    a bound: whoever stands last would be whoever was listed least, or would not stand last if all were known.
    """
    if table.view.what.kind == "words":
        return True
    is_complete = FORM not in table.view.what.choices or bool(table.rows["is_complete"].all())
    is_known = not table.rows["value"].isna().any()
    return is_complete and is_known and not (table.value_bounds != "").any()


def by_name(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with a `name` in the order of the Polish alphabet, of equal names in that of their codes."""
    names = dict(zip(rows.index, rows["name"].astype(str), strict=True))
    return rows.loc[sorted(names, key=lambda code: (polish_order(names[code]), str(code)))]
