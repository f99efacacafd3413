"""The answer of a view of gaps: what is missing in its whole scope, as far as it is known, at least and at most."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geo.printed_numbers import UNSURE, Bound, bound_of
from layers.answers.measures.inputs import Norm
from layers.answers.measures.nobody import HAIR_PERSONS

FEW_KNOWN_SHARE: Final = 0.5
"""Where as many and more are in no known gap, an estimate of the others is not told beside the name of the whole."""
NO_LIST: Final = "no_list"
"""The reason in place of an incomplete list where there is no list of the scope (`MeasureInputs.has_no_list`)."""


@dataclass(frozen=True)
class Amount:
    """
    A whole number as far as it is known, and what it is at least and at most.

    `most` is missing (NaN) where nobody can tell; all are where nothing is known.
    """

    least: float
    estimate: float
    most: float

    @property
    def bound(self) -> Bound:
        """How far the estimate is to be believed."""
        return bound_of(is_more=not self.most <= self.estimate, is_less=self.least < self.estimate)

    @property
    def is_estimate_apart(self) -> bool:
        """
        Whether the least and the most are told, and the estimate only beside what it counts.

        It is no middle of them: it leaves people out, takes facilities to stand at their marks, or counts on places
        that may be for others. So it stands for the whole neither where it may be fewer and may be more, however few
        people it leaves out, nor where it may be nothing.
        """
        return self.bound == UNSURE or (bool(self.bound) and not self.least)

    @property
    def without_estimate(self) -> "Amount":
        """The least and the most alone."""
        return replace(self, estimate=self.least)

    @property
    def told(self) -> "Amount":
        """What is told in few words: where the estimate stands apart, the least and the most."""
        return self.without_estimate if self.is_estimate_apart else self

    def minus(self, after: "Amount") -> "Amount":
        """Return by how much this is more than it is afterwards, in the best, the likely and the worst of worlds."""
        differences = (self.least - after.least, self.estimate - after.estimate, self.most - after.most)
        most = np.nan if np.isnan(differences[2]) else max(differences)
        return Amount(float(np.nanmin(differences)), differences[1], float(most))


def is_part_of_one(whole: float, exact: float) -> bool:
    """Tell whether a whole place is told where less is missing: 0.07 of a place is no place that is missing."""
    return whole == 1 and exact < 1 - HAIR_PERSONS


@dataclass(frozen=True)
class GapAnswer:
    """
    What is missing in the scope of a question to what is named, and how many people have nothing in reach.

    Attributes
    ----------
    norm
        What places are measured against: the median of powiats, or the target of the planner.
    missing_places
        In the unit of the form's capacity.
    out_of_reach_persons
        People who live where no facility is in reach.
    no_data_persons
        People of whom it is not known which gap they are in, or whether in any.
    people_persons
        People of the group whose number is known.
    reasons
        Why least, estimate and most differ, or `most` is not known: codes of `geo.gaps.REASONS`, `NO_LIST` in place of
        one of them, and `PEOPLE_UNKNOWN`.
    unknown_gminas
        How many gminas of the scope have an unknown number of people; they are in none of the numbers.
    gminas
        How many gminas the scope has.
    is_below_one
        Whether less than a place is missing for somebody where whole numbers tell none.
    is_least_a_part, is_estimate_a_part
        Whether the least, or the estimate, is a part of one place, which whole numbers count as a whole one.
    """

    norm: Norm
    missing_places: Amount
    out_of_reach_persons: Amount
    no_data_persons: float
    people_persons: float
    reasons: tuple[str, ...]
    unknown_gminas: int
    gminas: int
    is_below_one: bool = False
    is_least_a_part: bool = False
    is_estimate_a_part: bool = False

    @property
    def is_known(self) -> bool:
        """Tell whether anything is known: a norm, and people of any gmina."""
        return not np.isnan(self.missing_places.estimate)

    @property
    def has_no_list(self) -> bool:
        """Whether nobody has anything listed in reach: the most is what all would need, if nothing stands there."""
        return self.reasons == (NO_LIST,) and self.no_data_persons == self.people_persons

    @property
    def is_estimate_told(self) -> bool:
        """Whether the estimate may stand beside the least and the most: not where most people are unknown."""
        return self.no_data_persons < FEW_KNOWN_SHARE * self.people_persons

    @property
    def told_places(self) -> Amount:
        """What is told of `missing_places` in few words."""
        return self.missing_places.told
