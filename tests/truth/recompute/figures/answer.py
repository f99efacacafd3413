"""The indicator of the view, and in how many areas it is what."""

import math
from functools import cached_property

import pandas as pd

from tests.truth.recompute.figures.gaps import Gaps
from tests.truth.recompute.figures.supply import HAIR


class Answer(Gaps):
    """What a view answers."""

    @cached_property
    def value(self) -> pd.Series:
        """The indicator of the view."""
        return {
            "places_per_1000": lambda: self.rate,
            "facilities_count": lambda: self.facilities,
            "coverage_share": lambda: self.coverage,
            "reached_residents": lambda: self.coverage,
            "access_per_1000": lambda: self.access,
            "gap_share": lambda: self.gap_share,
        }.get(self.question.indicator, lambda: self.kind_rate(self.question.indicator))()

    @property
    def zero_areas(self) -> float:
        """Areas where there is surely nothing."""
        return int((self.value == 0).sum())

    @property
    def told_areas(self) -> float:
        """Areas of a complete register of which the answer is known."""
        return int((self.value.notna() & self.known).sum())

    @property
    def some_areas(self) -> float:
        """Areas with an answer above nothing."""
        return int((self.value > 0).sum())

    @property
    def full_areas(self) -> float:
        """Areas where everybody has one in reach; of which it is told only where it is so of all that are known."""
        known = self.value.dropna()
        return len(known) if (known > 1 - HAIR**2).all() else math.nan
