"""Classes of two tables together: side by side, a colour must mean the same on both maps."""

from dataclasses import replace

import pandas as pd

from geo.breaks import Classes, classify
from geo.errors import OptionError
from layers.area_table import AreaTable


def shared_classes(left: AreaTable, right: AreaTable) -> Classes:
    """
    Return classes over the values of both tables together, so that a colour means the same on both maps.

    Classes in words (how much is known) do not come from the values: they are the same everywhere and stay.

    Raises
    ------
    OptionError
        If the tables are of different indicators: one colour would stand for two units.
    FrameError
        If a value is negative or infinite.
    """
    if left.view.indicator != right.view.indicator:
        raise OptionError(
            f"expected one indicator on both maps, found {left.view.indicator!r} and {right.view.indicator!r}; "
            "choose the same for both",
            indicators=(left.view.indicator, right.view.indicator),
        )
    if left.view.what.class_codes:
        return left.classes
    return classify(pd.concat([left.rows["value"], right.rows["value"]]))


def with_shared_classes(left: AreaTable, right: AreaTable) -> tuple[AreaTable, AreaTable]:
    """
    Return both tables with classes of both together, see `shared_classes`; the values stay the same.

    Raises
    ------
    OptionError
        If the tables are of different indicators.
    """
    classes = shared_classes(left, right)
    first, second = (
        replace(table, classes=classes, class_of=classes.assign(table.rows["value"]))
        for table in (left, right)
    )
    return first, second
