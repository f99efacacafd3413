"""Places that are missing to the norm: as listed, at least and at most."""

import math
from functools import cached_property

import numpy as np
import pandas as pd

from tests.truth.recompute.figures.catchments import Catchments
from tests.truth.recompute.figures.norm import Norm
from tests.truth.recompute.reach import fair_shares, most_served

_HAIR = 1e-6
"""Sums of fractions differ in their last digits."""


class Gaps(Norm, Catchments):
    """What is missing in a view."""

    @cached_property
    def served_most_here(self) -> float:
        """How many people of the scope can be given a place at the norm at most, if nobody else comes."""
        rows, pairs = self._pairs
        is_here = self.home_area.isin(self.codes).to_numpy()
        room = rows["places"].fillna(0).to_numpy(float) * 1000 / self.norm
        return most_served(np.where(is_here, np.nan_to_num(self.home_persons), 0.0), room, pairs)

    @cached_property
    def _gaps(self) -> pd.DataFrame:
        """
        Return the people of each home in three worlds: as listed, as good and as bad as what is unknown can be.

        `gap`: over capacity or out of reach for certain; `least`: where those of whom nothing is certain take no listed
        place; `most`: where there is nothing but what is listed. `out`, `most_out`: nothing in reach, likewise.
        """
        rows, pairs = self._pairs
        persons = np.nan_to_num(self.home_persons)
        room = rows["places"].fillna(0).to_numpy(float) * 1000 / self.norm
        is_small = rows["places"].notna().to_numpy()
        has_known, has_unknown = np.zeros(len(persons), dtype=bool), np.zeros(len(persons), dtype=bool)
        has_known[pairs[is_small[pairs[:, 1]], 0]] = True
        has_unknown[pairs[~is_small[pairs[:, 1]], 0]] = True
        is_unsure = self.is_open | has_unknown
        rest = persons * (1 - fair_shares(persons, room, pairs))
        alone = np.where(is_unsure, 0.0, persons)
        rest_alone = alone * (1 - fair_shares(alone, room, pairs))
        gap = np.where(is_unsure, 0.0, rest)
        return pd.DataFrame(
            {
                "served": persons - rest,
                "over": np.where(has_known, gap, 0.0),
                "out": np.where(has_known, 0.0, gap),
                "no_data": np.where(is_unsure, rest, 0.0),
                "gap": gap,
                "least": np.minimum(np.where(is_unsure, 0.0, rest_alone), gap),
                "most": np.maximum(rest, gap),
                "most_out": np.where(has_known | has_unknown, 0.0, rest),
            }
        )

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """The same people by area, unrounded."""
        sums = self._gaps.groupby(self.home_area.to_numpy()).sum().reindex(self.codes)
        return sums.where(self.persons.notna(), axis="index")

    def _lacking(self, world: str) -> float:
        """Return the places that the people of a world would have at the norm: whole ones for each voivodeship."""
        of_voivodeship = self.gaps[world].groupby(self.gaps.index.str[:2]).sum()
        return float(np.ceil(of_voivodeship * self.norm / 1000 - _HAIR).sum())

    @property
    def missing_places(self) -> float:
        """Places missing to the norm in the scope, as far as the lists tell."""
        return self._lacking("gap")

    @property
    def certain_missing_places(self) -> float:
        """The same where nothing is unsure: a number without a range must be this."""
        return self._if(self.least_missing_places == self.most_missing_places)

    @property
    def floor_missing_places(self) -> float:
        """The same where there may be more but not fewer: "at least"."""
        return self._if(self.least_missing_places == self.missing_places < self.most_missing_places)

    @property
    def ceiling_missing_places(self) -> float:
        """The same where there may be fewer but not more: "at most"."""
        return self._if(self.least_missing_places < self.missing_places == self.most_missing_places)

    def _if(self, is_so: bool) -> float:
        return self.missing_places if is_so else math.nan

    @property
    def least_missing_places(self) -> float:
        """Where all that is unknown is as good as it can be."""
        return min(self._lacking("least"), self.missing_places)

    @property
    def most_missing_places(self) -> float:
        """Where there is nothing but what is listed."""
        return max(self._lacking("most"), self.missing_places)

    @property
    def out_persons(self) -> float:
        """People of the scope who have nothing in reach for certain."""
        return float(self.gaps["out"].sum())

    @cached_property
    def gap_share(self) -> pd.Series:
        """The part that is missing of what the norm gives; missing where "at least nothing" would be told."""
        is_told = (self.gaps["gap"] > _HAIR) | (self.gaps["most"] - self.gaps["gap"] <= _HAIR)
        return (self.gaps["gap"] / self.persons).where(is_told)
