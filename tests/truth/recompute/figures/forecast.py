"""Places to be added so that there are as many for each of the group as today."""

import numpy as np
import pandas as pd

from tests.truth.recompute.figures.supply import HAIR, Supply


class Forecast(Supply):
    """The forecast of a view."""

    def to_keep_of_parts(self, year: int) -> pd.Series:
        """Return how many places each part has to add so that its rate stays what it is; missing where unknown."""
        now = self.at(level=self.part_level, year=0, indicator="places_per_1000")
        then = now.at(year=year)
        return (now.places * then.persons / now.persons - now.places).clip(lower=0)

    def _to_keep(self, year: int) -> pd.Series:
        """Return the same added up in each voivodeship, in whole places; parts of which it is unknown are left out."""
        added = self.to_keep_of_parts(year)
        return np.ceil(added.groupby(added.index.str[:2]).sum(min_count=1) - HAIR)

    @property
    def keep_2030(self) -> float:
        """Places to be added until 2030 to keep today's rate."""
        return float(self._to_keep(2030).sum())

    @property
    def keep_2035(self) -> float:
        """Until 2035."""
        return float(self._to_keep(2035).sum())

    @property
    def keep_known(self) -> float:
        """Voivodeships of which that is known."""
        return int(self._to_keep(2035).notna().sum())

    @property
    def voivodeships(self) -> float:
        """Voivodeships of the scope."""
        return len(self._to_keep(2035))
