"""How evenly the answer is spread over people."""

from functools import cached_property

import pandas as pd

from tests.truth.recompute.figures.answer import Answer
from tests.truth.recompute.inequality import gini, served_shares, theil


class Evenness(Answer):
    """Measures of inequality of a view, of the areas whose figure is exact."""

    @cached_property
    def _exact(self) -> pd.Series:
        value = self.value[self.known & self.value.notna()]
        if self.question.indicator in {"capacity_places", "places_per_1000"}:
            # Places that may be for others are no exact figure.
            value = value[(self.own_places == self.places).reindex(value.index)]
        if self.question.indicator == "access_per_1000":
            is_open = self._by_area(self.is_open & (self.home_persons > 0)) > 0
            value = value[~(is_open | self.hanging).reindex(value.index)]
        return value

    @property
    def exact_areas(self) -> float:
        """Areas whose figure is exact."""
        return len(self._exact)

    @property
    def left_out_areas(self) -> float:
        """The other areas."""
        return len(self.codes) - len(self._exact)

    @property
    def gini(self) -> float:
        """Gini coefficient."""
        return gini(self._exact, self.whole_persons[self._exact.index])

    @cached_property
    def _theil(self) -> tuple[float, float, float]:
        # All voivodeships are in one country.
        larger = {"gmina": 4, "powiat": 2, "voivodeship": 0}[self.question.level]
        groups = pd.Series(self._exact.index.str[:larger], index=self._exact.index)
        return theil(self._exact, self.whole_persons[self._exact.index], groups)

    @property
    def theil(self) -> float:
        """Theil index."""
        return self._theil[0]

    @property
    def theil_within(self) -> float:
        """Its part within powiats or voivodeships."""
        return self._theil[1]

    @property
    def theil_between(self) -> float:
        """Its part between them."""
        return self._theil[2]

    @property
    def best_share(self) -> float:
        """What the best-served tenth of people has of everything."""
        return served_shares(self._exact, self.whole_persons[self._exact.index])[0]

    @property
    def worst_share(self) -> float:
        """What the worst-served 40 % have."""
        return served_shares(self._exact, self.whole_persons[self._exact.index])[1]

    @property
    def palma(self) -> float:
        """The one over the other."""
        return self.best_share / self.worst_share
