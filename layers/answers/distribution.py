"""How the areas of a view spread over the values of its indicator: how many of them have how much."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from geo.printed_numbers import DECIMALS
from layers.answers.area_table import AreaTable
from layers.answers.value_classes import printed_values

MOST_BINS = 12

WHOLE = 100.0
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bin:
    """
    One bar above zero: areas whose printed value (of a share, in per cent) is at least `low` and below `high`.

    As in the classes of the map (`geo.breaks.Classes`): what a number is in here, it is in there. A bar that begins at
    0 holds what is above it; that of the whole (100%) has no upper limit.

    Attributes
    ----------
    counts
        Number of areas in it by class, from class 1 up; all but one are 0, since no bar lies across a limit.
    """

    low: float
    high: float
    counts: tuple[int, ...]

    @property
    def count(self) -> int:
        """Number of areas in it."""
        return sum(self.counts)


@dataclass(frozen=True)
class Distribution:
    """
    How many areas have how much.

    Attributes
    ----------
    bins
        Ascending without gaps. Of one width, but for one that is cut where a class begins (`is_uneven`) and the whole
        of a share, which has a bar of its own as it has a class; of an indicator in words, one for each of its classes.
        Without classes each has one count.
    zero_count, no_data_count
        Areas with a true zero, and areas of which nothing is known; neither is in a bin.
    median
        Of the areas that are known, zeros among them, each counted once; missing (None) when none is known and for
        an indicator in words.
    lowest, highest
        Of the areas that are known; None when none is.
    """

    bins: tuple[Bin, ...]
    zero_count: int
    no_data_count: int
    median: float | None
    lowest: float | None
    highest: float | None

    @property
    def known_count(self) -> int:
        """Number of areas whose value is known."""
        return self.zero_count + sum(one.count for one in self.bins)

    @property
    def areas_count(self) -> int:
        """Number of all areas."""
        return self.known_count + self.no_data_count

    @property
    def is_uneven(self) -> bool:
        """Tell whether a bar spans fewer values than another one."""
        widths = [one.high - one.low for one in self.bins if one.high < math.inf]
        return any(not math.isclose(width, widths[0]) for width in widths)

    def bin_of(self, value: float) -> int | None:
        """Return the position of the bin that holds a value; None for zero, missing and values outside."""
        if pd.isna(value) or value == 0:
            return None
        return next((i for i, one in enumerate(self.bins) if one.low <= value < one.high), None)


def distribution_of(table: AreaTable) -> Distribution:
    """
    Count the areas of a table by the value of its indicator.

    Bins have one round width (1, 2 or 5 times a power of ten), so that their bars can be compared, and each is of one
    class of the map: where no such width divides as the classes do, a bin is cut where a class begins.
    """
    table = table.by_part
    values, class_of = table.rows["value"].astype(float), table.class_of
    known = values.dropna()
    is_of_words = bool(table.view.what.class_codes)
    printed = known if is_of_words else printed_values(table.question, known, table.bounds["value"])
    whole = WHOLE if table.view.what.kind == "share" else math.inf
    edges = (
        _class_edges(table)
        if is_of_words
        else bin_edges(printed, least_width=least_step(table), whole=whole, limits=table.classes.lowers[1:])
    )
    above = printed[printed != 0]
    position = pd.cut(above, edges, labels=False, right=False) if len(edges) > 1 else pd.Series(dtype=float)
    counts = pd.crosstab(position, class_of[above.index]) if len(above) else pd.DataFrame()
    class_numbers = range(1, max(len(table.classes), 1) + 1)
    counts = counts.reindex(index=range(len(edges) - 1), columns=class_numbers, fill_value=0)
    return Distribution(
        bins=tuple(
            Bin(low, high, tuple(by_class))
            for (low, high), by_class in zip(pairwise(edges), counts.to_numpy(int).tolist(), strict=True)
        ),
        zero_count=int((known == 0).sum()),
        no_data_count=int(values.isna().sum()),
        median=None if is_of_words or known.empty else float(known.median()),
        lowest=None if known.empty else float(known.min()),
        highest=None if known.empty else float(known.max()),
    )


def bin_edges(
    values: pd.Series,
    *,
    least_width: float,
    whole: float = math.inf,
    most_bins: int = MOST_BINS,
    limits: Sequence[float] = (),
) -> list[float]:
    """
    Return the edges of bins of a round width over the values above zero; none when there is no such value.

    Parameters
    ----------
    values
        0 or more, none missing.
    least_width
        What printed values differ by at least: bins are no narrower.
    whole
        What is all of it: 100 of a share in per cent. A value of it is in a bin of its own, that has no upper limit.
    limits
        Where classes begin; each that lies among the values is an edge.

    Returns
    -------
    edges
        Ascending, each the first value of its bin; the narrowest round width that needs at most `most_bins` bins, or
        twice as many where that one divides at all limits; else a bin with a limit in it is cut there. They begin at
        zero where zero occurs (bins of the least width after it), so that there is no gap between it and the bars, else
        at or just below the lowest value. The last one is above the highest value.
    """
    above = values[values > 0]
    if above.empty:
        return []
    inside = [limit for limit in limits if above.min() < limit <= above.max() and limit != whole]
    edges = _even_edges(values, least_width=least_width, whole=whole, most_bins=most_bins)
    if _has_all(edges, inside):
        return edges
    finer = _even_edges(values, least_width=least_width, whole=whole, most_bins=2 * most_bins)
    if _has_all(finer, inside):
        return finer
    kept = [edge for edge in edges if not any(math.isclose(edge, limit) for limit in inside)]
    return sorted([*kept, *inside])


def _has_all(edges: Sequence[float], limits: Sequence[float]) -> bool:
    return all(any(math.isclose(edge, limit) for edge in edges) for limit in limits)


def _even_edges(values: pd.Series, *, least_width: float, whole: float, most_bins: int) -> list[float]:
    """Return the edges of bins of the narrowest round width that needs few enough of them."""
    above = values[values > 0]
    lowest, highest, has_zero = float(above.min()), float(above.max()), bool((values == 0).any())
    has_whole = highest == whole
    exponent = math.floor(math.log10(highest / most_bins)) - 1
    while True:
        for step in _STEPS:
            # A negative power as a division: 5 / 100 is the nearest number to 0.05, 5 * 0.01 need not be.
            power = 10.0 ** abs(exponent)
            width = step * power if exponent >= 0 else step / power
            # A first bin of what is above zero and below the least step would have no number to begin or end with.
            is_least = math.isclose(width, least_width)
            if width < least_width or (is_least and lowest < least_width):
                continue
            first = int(is_least) if has_zero else math.floor(lowest / width + 1e-9)
            # The whole begins a bin, which is no part of the last one before it.
            last = math.ceil(whole / width - 1e-9) if has_whole else math.floor(highest / width + 1e-9) + 1
            if last - first + has_whole <= most_bins:
                edges = [
                    number * step * power if exponent >= 0 else number * step / power
                    for number in range(first, last + 1)
                ]
                # An edge a hair above a value that it should hold is that value.
                edges[0] = min(edges[0], lowest)
                return [*edges[:-1], whole, math.inf] if has_whole else edges
        exponent += 1


def _class_edges(table: AreaTable) -> list[float]:
    return [float(number) for number in range(1, len(table.classes) + 2)]


def least_step(table: AreaTable) -> float:
    """Return what printed values differ by at least."""
    return 1.0 if table.view.what.kind == "count" else 10.0**-DECIMALS
