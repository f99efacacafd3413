"""Which class of the map each number is in; a number is classed as it is printed."""

from typing import Final

import pandas as pd

from geo.breaks import Classes, classes_about, classify
from geo.printed_numbers import printed_numbers
from layers.indicators.indicator import DISTANCE
from layers.view.class_limits import ClassLimits
from layers.view.question import Question
from layers.view.view import View

SHARE_LOWERS: Final = (0.0, 25.0, 50.0, 75.0, 100.0)
"""Where the classes of shares begin, in per cent: the same on every map, and all has its own as none has."""


def printed_values(question: Question, values: pd.Series, bounds: pd.Series | None = None) -> pd.Series:
    """Return the numbers of an indicator as they are printed, with the bound of each: shares in per cent."""
    values = values.astype(float)
    if question.what.kind == "share":
        return printed_numbers(100 * values, whole=100.0, bounds=bounds)
    return printed_numbers(values, bounds=bounds)


def classes_of(view: View, rows: pd.DataFrame) -> Classes:
    """
    Return the classes of a view's indicator, in the units that it is printed in.

    Counts have none: a larger area has more of everything, so its colour would tell its size. Those of words and of
    shares are fixed. Those of rates within a distance hang on the mean of the scope alone, so that a colour means
    the same at every distance. A planner's own go before all but words and counts.

    Parameters
    ----------
    rows
        `value`; of a rate within a distance also `capacity_places` and `demand_persons`.
    """
    what, printed = view.what, printed_values(view.question, rows["value"])
    has_zero = bool((printed == 0).any())
    if what.class_codes:
        return Classes(lowers=tuple(map(float, range(1, len(what.class_codes) + 1))), has_zero=False)
    if what.kind not in {"rate", "share"}:
        return Classes(lowers=(), has_zero=has_zero)
    chosen = ClassLimits.from_address(view.classes)
    if chosen is not None and chosen.kind == what.kind:
        return Classes(lowers=(0.0, *chosen.limits), has_zero=has_zero)
    if what.kind == "share":
        return Classes(lowers=SHARE_LOWERS, has_zero=has_zero)
    if DISTANCE in what.choices:
        return classes_about(_places_per_1000(rows), has_zero=has_zero)
    return classify(rows["value"].astype(float))


def _places_per_1000(rows: pd.DataFrame) -> float:
    """Return places per 1,000 people of all areas that both are known of; 0 when there is none."""
    known = rows[["capacity_places", "demand_persons"]].astype("Float64").astype(float).dropna()
    persons = float(known["demand_persons"].sum())
    return 1000 * float(known["capacity_places"].sum()) / persons if persons else 0.0
