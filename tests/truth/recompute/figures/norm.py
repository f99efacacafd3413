"""The level that places are compared with: the planner's own, or the median of powiats."""

from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from tests.truth.recompute.figures.supply import HAIR, Supply


class Norm(Supply):
    """The norm of a view."""

    @cached_property
    def _norm_areas(self) -> Self:
        """The powiats of the scope today, without a scenario."""
        return self.at(level="powiat", year=0, scenario="")

    @cached_property
    def norm(self) -> float:
        """The planner's own, else the median of the powiats whose register is complete, today."""
        if self.question.norm:
            return self.question.norm
        return float(self._norm_rates.median())

    @property
    def same_norm(self) -> float:
        """The same where all people of the view are those of its median: no other is said without its year."""
        return np.nan if self.question.year and not self.question.norm else self.norm

    @property
    def norm_year(self) -> float:
        """The year at whose end the people of the median are told: on a card of today beside later years, too."""
        return self.raw.people.year_of_now

    @cached_property
    def _norm_rates(self) -> pd.Series:
        powiats = self._norm_areas
        rate = 1000 * powiats.places / powiats.rate_persons
        return rate[powiats.known & rate.notna()]

    @property
    def own_norm(self) -> float:
        """The same median without places that may be for others."""
        powiats = self._norm_areas
        rate = 1000 * powiats.own_places / powiats.rate_persons
        return float(rate[powiats.known & powiats.places.notna() & rate.notna()].median())

    @property
    def norm_areas_known(self) -> float:
        """Powiats that the median is taken of."""
        return len(self._norm_rates)

    @property
    def norm_areas(self) -> float:
        """All powiats of the scope."""
        return len(self._norm_areas.codes)

    @property
    def shortfall_of_parts(self) -> pd.Series:
        """How many places fewer than the norm gives stand in each part; missing where it is unknown."""
        parts = self.at(level=self.part_level)
        return (self.norm * parts.persons / 1000 - parts.places).clip(lower=0)

    @property
    def shortfall(self) -> float:
        """The same in the scope: whole places in each voivodeship."""
        fewer = self.shortfall_of_parts
        return float(np.ceil(fewer.groupby(fewer.index.str[:2]).sum(min_count=1) - HAIR).sum())
