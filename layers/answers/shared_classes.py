"""Two tables together: side by side, a colour must mean the same on both maps, and so must the level."""

from dataclasses import replace

from geo.breaks import Classes
from geo.errors import OptionError
from layers.answers.area_table import AreaTable
from layers.answers.value_classes import printed_values


def to_level_of_first(right: AreaTable, left: AreaTable) -> AreaTable:
    """Return the second table, whose level nobody set where it is the median of the first."""
    if right.norm is None or right.norm.kind != "target" or left.norm is None or left.norm.kind != "median":
        return right
    norm = replace(right.norm, is_of_first_map=True)
    return replace(
        right, norm=norm, answer=None if right.answer is None else replace(right.answer, norm=norm)
    )


def shared_classes(left: AreaTable, right: AreaTable) -> Classes:
    """
    Return the classes of both maps: those of the left one, which are also those of its own page and its print.

    Raises
    ------
    OptionError
        If the tables are of different indicators: one colour would stand for two units.
    """
    if left.view.indicator != right.view.indicator:
        raise OptionError(
            f"expected one indicator on both maps, found {left.view.indicator!r} and {right.view.indicator!r}; "
            "choose the same for both",
            indicators=(left.view.indicator, right.view.indicator),
        )
    return replace(left.classes, has_zero=left.classes.has_zero or right.classes.has_zero)


def with_shared_classes(left: AreaTable, right: AreaTable) -> tuple[AreaTable, AreaTable]:
    """
    Return both tables with the classes of `shared_classes`; the values stay the same.

    Raises
    ------
    OptionError
        If the tables are of different indicators.
    """
    classes = shared_classes(left, right)
    first, second = (
        replace(
            table,
            classes=classes,
            class_of=classes.assign(
                printed_values(table.question, table.rows["value"], table.bounds["value"])
            ),
        )
        for table in (left, right)
    )
    return first, second
