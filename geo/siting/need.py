"""Who is left over by the facilities that stand, and where a new place could help them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import linprog

from geo.errors import FrameError, OptionError
from geo.frames import as_floats, require_columns, require_not_negative
from geo.reach import Reach

_TOLERANCE = 1e-6  # persons, and the same share of larger numbers: what the solver may be off by


@dataclass(frozen=True, eq=False, kw_only=True)
class SitingNeed:
    """
    People, the facilities that they have, and the candidates for new ones.

    Attributes
    ----------
    demand
        One row per demand point: `gmina_code`, `demand_persons` (missing means unknown).
    existing
        Pairs of the demand points and the existing facilities. They stay as they are.
    existing_places
        Places of the existing facilities in the order of `existing`. Missing means unknown: such a facility counts as
        having no room, so what is gained near it is "at most".
    candidates
        Pairs of the same demand points and the candidates for a site.
    places_per_1000
        The norm: places that 1,000 people of the group need, above 0. One place serves 1000 / norm persons.

    Raises
    ------
    FrameError
        If the parts do not fit each other or a number is negative.
    OptionError
        If the norm is not above 0.
    """

    demand: pd.DataFrame
    existing: Reach
    existing_places: pd.Series
    candidates: Reach
    places_per_1000: float

    def __post_init__(self) -> None:
        require_columns(self.demand, "gmina_code", "demand_persons", what="demand")
        require_not_negative(
            self.demand["demand_persons"].set_axis(self.demand["gmina_code"]), what="demand_persons"
        )
        require_not_negative(self.existing_places, what="existing_places")
        counts = {
            "demand points of `existing`": (self.existing.demand_count, len(self.demand)),
            "demand points of `candidates`": (self.candidates.demand_count, len(self.demand)),
            "existing facilities with places": (len(self.existing_places), self.existing.facility_count),
        }
        for what, (found, expected) in counts.items():
            if found != expected:
                raise FrameError(
                    f"expected {expected} {what}, found {found}; make both from the same rows",
                    what=what,
                    expected=expected,
                    found=found,
                )
        if not (np.isfinite(self.places_per_1000) and self.places_per_1000 > 0):
            raise OptionError(
                f"expected a norm above 0 places per 1,000, found {self.places_per_1000}",
                places_per_1000=self.places_per_1000,
            )

    @property
    def persons(self) -> NDArray[np.float64]:
        """Persons of each demand point, NaN where unknown."""
        return as_floats(self.demand["demand_persons"], what="demand_persons")

    @property
    def persons_per_place(self) -> float:
        """Persons whom one place serves at the norm."""
        return 1000 / self.places_per_1000


@dataclass(frozen=True, eq=False)
class OpenNeed:
    """
    The part of the need where a new place can change something.

    Attributes
    ----------
    unmet_persons
        Persons of each demand point of the whole need whom the existing facilities leave over; NaN where unknown.
    points, persons
        Rows of the demand points that matter, and their persons.
    existing, room_persons
        Who of them reaches which existing facility that matters (csr, facilities × points), and its room.
    sites, site_rows
        Who of them reaches which candidate (csr, sites × points), and the rows of the candidates.
    is_preselected
        True when some candidates that reach them were left out.
    """

    unmet_persons: NDArray[np.float64]
    points: NDArray[np.int64]
    persons: NDArray[np.float64]
    existing: sp.csr_array
    room_persons: NDArray[np.float64]
    sites: sp.csr_array
    site_rows: NDArray[np.int64]
    is_preselected: bool


def open_need(
    need: SitingNeed,
    *,
    candidates_count: int | None = None,
    kept_candidates: NDArray[np.int64] | Sequence[int] = (),
) -> OpenNeed:
    """
    Let the existing facilities serve as many people as they can, and keep what new places can still change.

    Parameters
    ----------
    candidates_count
        Keep only this many candidates, those with the most unmet people in reach; None keeps all that have any.
    kept_candidates
        Rows of candidates that are kept in any case.

    Notes
    -----
    People at a point matter when some of them are left over, or when a facility that serves them could serve
    somebody who matters in their stead. Facilities matter when they reach such a point. A new site gains along chains
    "takes over these people, whose facility then takes those", and such a chain never leaves this part (augmenting
    paths of a maximum flow), so the best plan of the part is the best plan of the whole. All facilities of the part
    are full.
    """
    persons = need.persons
    known = np.nan_to_num(persons)
    places = as_floats(need.existing_places, what="existing_places")
    room = np.nan_to_num(places) * need.persons_per_place
    existing = pattern(need.existing)
    flow = _most_served(existing, known, room)
    unmet = np.maximum(known - flow.sum(axis=0), 0.0)
    unmet[unmet <= _TOLERANCE * np.maximum(known, 1)] = 0.0

    serves = (flow > _TOLERANCE).astype(float)
    is_open, facility_matters = unmet > 0, np.zeros(len(room), dtype=bool)
    while True:
        facility_matters = ((existing @ is_open.astype(float)) > 0) & (room > 0)
        wider = is_open | ((serves.T @ facility_matters.astype(float)) > 0)
        if (wider == is_open).all():
            break
        is_open = wider

    points = np.flatnonzero(is_open)
    sites = pattern(need.candidates)[:, points]
    unmet_in_reach = sites @ unmet[points]
    rows = np.flatnonzero(np.diff(sites.indptr) > 0)
    is_preselected = candidates_count is not None and candidates_count < len(rows)
    if is_preselected:
        rows = rows[np.argsort(-unmet_in_reach[rows], kind="stable")[:candidates_count]]
    rows = np.union1d(rows, np.asarray(kept_candidates, dtype=rows.dtype))
    return OpenNeed(
        unmet_persons=np.where(np.isnan(persons), np.nan, unmet),
        points=points,
        persons=known[points],
        existing=existing[facility_matters][:, points].tocsr(),
        room_persons=room[facility_matters],
        sites=sites[rows].tocsr(),
        site_rows=rows,
        is_preselected=is_preselected,
    )


def pattern(reach: Reach) -> sp.csr_array:
    """Return a reach as a matrix of facilities × demand points, 1 where there is a pair."""
    shape = (reach.facility_count, reach.demand_count)
    return sp.csr_array((np.ones(len(reach.demand)), reach.demand, reach.first), shape=shape)


def pair_rows(who: sp.csr_array) -> tuple[sp.csr_array, sp.csr_array]:
    """Return matrices that add up a number of pairs for each facility and for each demand point."""
    pairs = np.arange(who.nnz)
    ones = np.ones(who.nnz)
    by_facility = sp.csr_array((ones, pairs, who.indptr), shape=(who.shape[0], who.nnz))
    by_point = sp.csr_array((ones, (who.indices, pairs)), shape=(who.shape[1], who.nnz))
    return by_facility, by_point


def full(room_persons: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the room less what a solver may be off by."""
    return np.maximum(room_persons * (1 - 1e-7) - 1e-6, 0.0)


def _most_served(who: sp.csr_array, persons: NDArray[np.float64], room: NDArray[np.float64]) -> sp.csr_array:
    """Return whom each facility serves when the most people are served: persons, facilities × points."""
    if not who.nnz:
        return sp.csr_array(who.shape)
    by_facility, by_point = pair_rows(who)
    answer = linprog(
        -np.ones(who.nnz),
        A_ub=sp.vstack([by_point, by_facility], format="csr"),
        b_ub=np.concatenate([persons, room]),
        method="highs-ipm",
    )
    if answer.x is None:
        raise RuntimeError(f"the solver gave up on an allocation that always exists: {answer.message}")
    return sp.csr_array((np.maximum(answer.x, 0.0), who.indices, who.indptr), shape=who.shape)
