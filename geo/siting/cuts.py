"""What sites can gain together at most: maximum flows, and the sums that their minimum cuts forbid."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from geo.siting.need import OpenNeed

_UNITS = 2**30  # all persons together; csgraph counts in int32

Cut = tuple[NDArray[np.float64], float]
"""Ones for some sites, and the persons that these gain together at most."""


@dataclass(frozen=True, eq=False)
class Network:
    """
    Facilities and sites, the people in their reach, and how many people flow at most.

    Notes
    -----
    Take any set T of demand points. Sites that reach no one outside T serve only people of T, so together they gain
    at most

        persons of T + room of the existing facilities that reach somebody outside T - room of all existing ones

    (all of them are full before, see `geo.siting.need.open_need`). By max-flow min-cut (Ford, Fulkerson 1956) gains
    that keep all these sums can be had at once, whatever is open. So a program over the sites alone, given only the
    sums that it broke so far, bounds every plan (Benders 1962), and a maximum flow finds the next sum.

    The flow counts in whole units, about a billion for everybody, which is only used to find T: the sum itself is
    taken of the persons as given.
    """

    need: OpenNeed
    most_persons: float
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    units_per_person: float

    @classmethod
    def of(cls, need: OpenNeed, most_persons: float) -> "Network":
        """Lay out the network; `most_persons` is what a site of most places serves."""
        existing_count, site_count, point_count = (
            len(need.room_persons),
            len(need.site_rows),
            len(need.persons),
        )
        first_point = 1 + existing_count + site_count
        of_existing = np.repeat(np.arange(existing_count), np.diff(need.existing.indptr))
        of_site = np.repeat(np.arange(site_count), np.diff(need.sites.indptr))
        all_points = first_point + np.arange(point_count)
        starts = [
            np.zeros(existing_count + site_count),
            1 + of_existing,
            1 + existing_count + of_site,
            all_points,
        ]
        ends = [
            1 + np.arange(existing_count + site_count),
            first_point + need.existing.indices,
            first_point + need.sites.indices,
            np.full(point_count, first_point + point_count),
        ]
        most = np.minimum(need.sites @ need.persons, most_persons).sum()
        total = need.persons.sum() + need.room_persons.sum() + most
        return cls(
            need=need,
            most_persons=most_persons,
            starts=np.concatenate(starts).astype(np.int32),
            ends=np.concatenate(ends).astype(np.int32),
            units_per_person=_UNITS / total,
        )

    def cut(self, is_in: NDArray[np.bool_]) -> Cut:
        """Return the sum that a set of demand points forbids."""
        need = self.need
        inside = is_in.astype(float)
        sites = (need.sites @ inside) >= np.diff(need.sites.indptr) - 0.5
        reaches_out = (need.existing @ inside) < np.diff(need.existing.indptr) - 0.5
        persons = need.persons[is_in].sum() + need.room_persons[reaches_out].sum() - need.room_persons.sum()
        return sites.astype(float), max(float(persons), 0.0)

    def gained(self, asked_persons: NDArray[np.float64]) -> tuple[float, list[Cut]]:
        """Return how many people sites gain that have room for so many, and the tightest sums that hold them down."""
        value, residual = self._flow(asked_persons)
        cuts = []
        if value < asked_persons.sum():
            first, last = len(self._facilities()) + 1, self._sink()
            from_source = np.zeros(last + 1, dtype=bool)
            from_source[breadth_first_order(residual, 0, return_predecessors=False)] = True
            to_sink = np.zeros(last + 1, dtype=bool)
            to_sink[breadth_first_order(residual.T.tocsr(), last, return_predecessors=False)] = True
            cuts = [self.cut(from_source[first:last]), self.cut(~to_sink[first:last])]
        return value, cuts

    def gained_alone(self) -> NDArray[np.float64]:
        """Return how many people each site gains when it alone is opened with the most places."""
        count = len(self.need.site_rows)
        gains = [
            self._flow(np.where(np.arange(count) == site, self._most()[site], 0.0))[0]
            for site in range(count)
        ]
        # Rounding to whole units moves each point and facility by half a unit at most.
        off = (len(self.need.persons) + len(self._facilities())) / self.units_per_person
        return np.minimum(np.array(gains) + off, self._most())

    def _most(self) -> NDArray[np.float64]:
        in_reach: NDArray[np.float64] = self.need.sites @ self.need.persons
        return np.minimum(in_reach, self.most_persons)

    def _facilities(self) -> NDArray[np.float64]:
        return np.concatenate([self.need.room_persons, np.zeros(len(self.need.site_rows))])

    def _sink(self) -> int:
        return 1 + len(self._facilities()) + len(self.need.persons)

    def _flow(self, asked_persons: NDArray[np.float64]) -> tuple[float, sp.csr_array]:
        """Return the persons gained and what more could flow along each arc."""
        need = self.need
        asked = np.minimum(asked_persons, self._most())
        persons = np.maximum(np.rint(need.persons * self.units_per_person), 1)
        capacity = np.concatenate(
            [
                np.rint(need.room_persons * self.units_per_person),
                np.rint(asked * self.units_per_person),
                persons[need.existing.indices],
                persons[need.sites.indices],
                persons,
            ]
        ).astype(np.int32)
        size = self._sink() + 1
        graph = sp.csr_array((capacity, (self.starts, self.ends)), shape=(size, size))
        answer = maximum_flow(graph, 0, size - 1)
        residual = graph - answer.flow
        residual.data[residual.data < 0] = 0
        residual.eliminate_zeros()
        value = answer.flow_value / self.units_per_person - need.room_persons.sum()
        return max(float(value), 0.0), residual
