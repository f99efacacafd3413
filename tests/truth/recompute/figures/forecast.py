"""Places to be added so that there are as many for each of the group as today."""

import numpy as np
import pandas as pd

from tests.truth.recompute.figures.supply import Supply

_HAIR = 1e-6
"""Sums of fractions differ in their last digits."""


class Forecast(Supply):
    """The forecast of a view."""

    _keep_level = "voivodeship"
    """Areas whose places are rounded up; empty for those of the view."""

    def _to_keep(self, year: int) -> pd.Series:
        """Return the places that each voivodeship has to add so that its rate stays what it is."""
        now = self.at(level=self._keep_level or self.question.level, year=0, indicator="places_per_1000")
        then = now.at(year=year)
        added = (now.places * then.persons / now.persons - now.places).clip(lower=0)
        return np.ceil(added - _HAIR)

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
