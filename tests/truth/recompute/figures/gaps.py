"""Places that are missing to the norm: as listed, at least and at most."""

import math
from functools import cached_property

import numpy as np
import pandas as pd

from tests.truth.recompute.figures.catchments import Catchments
from tests.truth.recompute.figures.norm import Norm
from tests.truth.recompute.figures.supply import HAIR
from tests.truth.recompute.reach import fair_shares, most_served


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
        # At worst all that may be for others is, and all that may be gone.
        own_room = self._own_places * 1000 / self.norm
        has_known, has_unknown = np.zeros(len(persons), dtype=bool), np.zeros(len(persons), dtype=bool)
        has_known[pairs[is_small[pairs[:, 1]], 0]] = True
        has_unknown[pairs[~is_small[pairs[:, 1]], 0]] = True
        is_unsure = self.is_open | has_unknown
        rest = persons * (1 - fair_shares(persons, room, pairs))
        alone = np.where(is_unsure, 0.0, persons)
        rest_alone = alone * (1 - fair_shares(alone, room, pairs))
        gap = np.where(is_unsure, 0.0, rest)
        most, has_some = rest, np.zeros(len(persons), dtype=bool)
        has_some[pairs[~self._is_reached_gone[pairs[:, 1]], 0]] = True
        if (own_room < room).any():
            most = persons * (1 - fair_shares(persons, own_room, pairs))
        is_hanging, may = self._hanging
        if is_hanging.any():
            # At best all who may have a place of a town in reach have it; those of a gmina share all that they may.
            is_theirs = is_hanging & ~is_unsure
            alone = np.where(is_hanging, 0.0, alone)
            rest_alone = alone * (1 - fair_shares(alone, room, pairs)) + self._left_of_gminas(
                np.where(is_theirs, persons, 0.0),
                np.where(is_small, room, np.inf),
                np.concatenate([pairs, may]),
            )
            # At worst nobody has, or all who may have it come to those who surely do.
            known, perhaps = (found[:, 0] * len(room) + found[:, 1] for found in (pairs, may))
            fewest, all_of_them = pairs[~np.isin(known, perhaps)], np.concatenate([pairs, may])
            most = np.maximum(
                *(persons * (1 - fair_shares(persons, own_room, found)) for found in (fewest, all_of_them))
            )
            has_some = np.zeros(len(persons), dtype=bool)
            has_some[fewest[~self._is_reached_gone[fewest[:, 1]], 0]] = True
        return pd.DataFrame(
            {
                "served": persons - rest,
                "over": np.where(has_known, gap, 0.0),
                "out": np.where(has_known, 0.0, gap),
                "no_data": np.where(is_unsure, rest, 0.0),
                "gap": gap,
                "least": np.minimum(np.where(is_unsure, 0.0, rest_alone), gap),
                "most": np.maximum(most, gap),
                "least_out": np.where(has_known | is_hanging, 0.0, gap),
                "most_out": np.where(has_some, 0.0, most),
            }
        )

    def _left_of_gminas(self, persons: np.ndarray, room: np.ndarray, pairs: np.ndarray) -> np.ndarray:
        """Return who of each gmina is left over when its people alone have all the room that any of them reaches."""
        gminas = self.raw.homes["gmina_code"].to_numpy()
        near = pairs[persons[pairs[:, 0]] > 0]
        reached = pd.DataFrame({"gmina": gminas[near[:, 0]], "room": near[:, 1]}).drop_duplicates()
        there = pd.Series(room[reached["room"]]).groupby(reached["gmina"].to_numpy()).sum()
        wanted = pd.Series(persons).groupby(gminas).sum()
        share = (
            (there.reindex(wanted.index, fill_value=0.0) / wanted.where(wanted > 0)).clip(upper=1).fillna(1)
        )
        return persons * (1 - pd.Series(gminas).map(share).to_numpy())

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """The same people by area, unrounded."""
        sums = self._gaps.groupby(self.home_area.to_numpy()).sum().reindex(self.codes)
        return sums.where(self.persons.notna(), axis="index")

    @property
    def hanging_areas(self) -> float:
        """Areas that hang on where in its town a facility stands; of gaps, where least and most are not the same."""
        if self.question.indicator == "gap_share":
            return int((self.hanging & (self.gaps["most"] - self.gaps["least"] > HAIR)).sum())
        return super().hanging_areas

    @property
    def nobody(self) -> pd.Series:
        """Persons that make nothing unsure: fewer than half a one, and than what a printed share shows."""
        return (self.persons * 0.0005).clip(HAIR, 0.5)

    @property
    def all_gminas(self) -> float:
        """Gminas of the scope."""
        return len(self.raw.country.codes("gmina", self.question.scope))

    @property
    def known_gminas(self) -> float:
        """Those whose number of people is known."""
        return int(
            self.gmina_persons.reindex(self.raw.country.codes("gmina", self.question.scope)).notna().sum()
        )

    def _lacking(self, world: str) -> float:
        """Return the places that the people of a world would have at the norm: whole ones for each voivodeship."""
        of_voivodeship = self.gaps[world].groupby(self.gaps.index.str[:2]).sum()
        return float(np.ceil(of_voivodeship * self.norm / 1000 - HAIR).sum())

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
        """The least, where there may be more: "at least", whatever an estimate says; of a part of a place no number."""
        is_open = self.missing_places < self.most_missing_places and not self.is_least_a_part
        return self.least_missing_places if is_open else math.nan

    @property
    def is_least_a_part(self) -> bool:
        """Whether less than one place is missing at least, and not none: no whole place is missing for certain."""
        least = float(self.gaps["least"].sum()) * self.norm / 1000
        return HAIR < least < 1 - HAIR

    @property
    def of_known_missing_places(self) -> float:
        """The number beside the least and the most, where it is neither, unless of most people nothing is known."""
        is_of_most = bool(self.gaps["no_data"].sum() < 0.5 * self.persons.sum())
        is_between = self.least_missing_places < self.missing_places < self.most_missing_places
        return self._if(is_between and is_of_most)

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
    def no_data_persons(self) -> float:
        """People of the scope of whom nobody knows whether they have a place in reach."""
        return float(self.gaps["no_data"].sum())

    @property
    def out_persons(self) -> float:
        """People of the scope who have nothing in reach for certain."""
        return float(self.gaps["least_out"].sum())

    @property
    def over_persons(self) -> float:
        """People of the scope who have a facility in reach and no place in it, as listed."""
        return float(self.gaps["over"].sum())

    @cached_property
    def gap_share(self) -> pd.Series:
        """The part that is missing of what the norm gives; missing where "at least nothing" would be told."""
        gap, least, most = (self.gaps[name] for name in ("gap", "least", "most"))
        told = (gap / self.persons).where((gap > HAIR) | (most - gap < self.nobody))
        # "At most all" would tell nothing either.
        return told.mask((self.persons - gap < HAIR) & (gap - least >= self.nobody))
