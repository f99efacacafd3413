"""What new sites are for: the most people, at least one in each area, or the worst-off areas first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from geo.errors import OptionError

FAIR_LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 1.0)
"""Served shares up to which an area counts as so badly off; see `WorstFirst`."""
LEVEL_FACTOR: Final = 10.0
"""How many times more a share below a level counts than one above it."""


@dataclass(frozen=True)
class MostPeople:
    """Serve the most people."""


@dataclass(frozen=True)
class OneInEach:
    """
    Open at least one site in each of some areas, and beyond that serve the most people.

    Attributes
    ----------
    area_codes
        The areas that need a site; those with a facility are none of them. May be empty.
    candidate_areas
        The area of each candidate, in the order of the candidates.
    """

    area_codes: tuple[str, ...]
    candidate_areas: tuple[str, ...]

    def rows_in(self, area_code: str) -> NDArray[np.int64]:
        """Return the rows of the candidates in an area."""
        return np.flatnonzero(np.array(self.candidate_areas, dtype=object) == area_code)

    def without_candidate(self) -> tuple[str, ...]:
        """Return the areas in which nothing could be opened."""
        return tuple(code for code in self.area_codes if code not in self.candidate_areas)


@dataclass(frozen=True)
class WorstFirst:
    """
    Raise the served shares of areas, the lowest first.

    Attributes
    ----------
    digits
        Digits of the codes of the areas: 6 for gminas, 4 for powiats.

    Notes
    -----
    The lexicographic minimax of location (Ogryczak 1997) raises the least served share before all others. It would
    spend any number of places on a thousandth of one area, so its order is kept between the levels of `FAIR_LEVELS`
    only, by a sum in which what is lacking counts the more the less an area has: it treats areas alike and prefers a
    place for the worse-off of two, which Kostreva and Ogryczak (1999) call equitable. The levels and the factor are our
    own: what an area lacks below 5 % counts ten times what it lacks between 5 and 25 %, and so on. Each area counts the
    same, however many people live there.

    Ogryczak, W. (1997). On the lexicographic minimax approach to location problems. European Journal of Operational
    Research 100(3), 566-585. Kostreva, M. M., Ogryczak, W. (1999). Linear optimization with multiple equitable
    criteria. RAIRO Operations Research 33, 275-297.
    """

    digits: int = 6

    def __post_init__(self) -> None:
        if self.digits not in (4, 6):
            raise OptionError(f"expected codes of 4 or 6 digits, found {self.digits}", digits=self.digits)

    @property
    def is_of_powiats(self) -> bool:
        """Tell whether the areas are powiats; they are gminas else."""
        return self.digits == 4


Goal: TypeAlias = MostPeople | OneInEach | WorstFirst


def sites_in_areas(goal: Goal, site_rows: NDArray[np.int64]) -> Sequence[NDArray[np.int64]]:
    """Return for each area that needs a site the positions of its candidates among the sites."""
    if not isinstance(goal, OneInEach):
        return ()
    return [np.flatnonzero(np.isin(site_rows, goal.rows_in(code))) for code in goal.area_codes]
