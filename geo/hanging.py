"""Facilities of which only the town, village or street is known, and the people who may have them in reach or not."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geo.reach import Reach, joined_reach


@dataclass(frozen=True, eq=False)
class Hanging:
    """
    Pairs of a demand point and a facility of which nobody can tell whether they are within the limit.

    Attributes
    ----------
    demand, facility
        Rows of each pair, none twice. Of a pair that is not among them the reach tells for certain whether it is one.
    area
        Of every demand point, the row of the area (gmina) that it lies in.
    """

    demand: NDArray[np.int64]
    facility: NDArray[np.int64]
    area: NDArray[np.int64]

    def points(self) -> NDArray[np.bool_]:
        """Tell which demand points are in such a pair."""
        found = np.zeros(len(self.area), dtype=bool)
        found[self.demand] = True
        return found

    def fewest(self, reach: Reach) -> Reach:
        """Return a reach if nobody had any of them."""
        count = np.int64(reach.facility_count)
        own = self.demand * count + self.facility
        return reach.where(~np.isin(reach.demand * count + reach.facility, own))

    def most(self, reach: Reach) -> Reach:
        """Return a reach if everybody had all of them, each as far as the limit."""
        order = np.lexsort((self.demand, self.facility))
        counts = np.bincount(self.facility, minlength=reach.facility_count)
        added = replace(
            reach,
            first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            demand=self.demand[order].astype(np.int32),
            cost=np.full(len(order), reach.limit),
        )
        rows = np.arange(reach.facility_count)
        return joined_reach([reach, added], [rows, rows], facility_count=reach.facility_count)

    def left_at_least(
        self,
        persons: NDArray[np.float64],
        room: NDArray[np.float64],
        reach: Reach,
        is_told: NDArray[np.bool_],
    ) -> NDArray[np.float64]:
        """
        Return how many people of such points are left over at least, wherever the facilities stand.

        Parameters
        ----------
        persons
            Of every demand point; missing counts as nobody.
        room
            Of every facility, persons; missing is enough for everybody.
        reach
            Who has what in reach by the points as they are.
        is_told
            Demand points whose people count; the others take no room.

        Returns
        -------
        left_persons
            Of every demand point, 0 beyond such points. Those of an area share alike all that may be in reach of any of
            them, as if nobody came from elsewhere: so a sum over areas is never more than what is left over.
        """
        is_asked = self.points() & is_told
        people = np.where(is_asked, np.nan_to_num(persons), 0.0)
        areas = int(self.area.max(initial=-1)) + 1
        demand = np.concatenate([reach.demand, self.demand]).astype(np.int64)
        facility = np.concatenate([reach.facility, self.facility]).astype(np.int64)
        near = is_asked[demand]
        once = np.unique(self.area[demand[near]] * np.int64(len(room) + 1) + facility[near])
        rooms = np.where(np.isnan(room), np.inf, room)[once % (len(room) + 1)]
        there = np.bincount(once // (len(room) + 1), rooms, minlength=areas)
        wanted = np.bincount(self.area, people, minlength=areas)
        # No more than is wanted: room for many, divided by a hair of a person, is no number.
        share = np.divide(np.minimum(there, wanted), wanted, out=np.ones(areas), where=wanted > 0)
        left: NDArray[np.float64] = people * (1.0 - share)[self.area]
        return left
