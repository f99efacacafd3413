"""Whom a chosen set of sites serves, and the places that it needs for them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from geo.siting.limits import SitingLimits
from geo.siting.need import OpenNeed, full, pair_rows

_CHEAPEST_S = 5.0  # seconds to look for lower costs once the people gained are settled


@dataclass(frozen=True, eq=False)
class Service:
    """
    What comes of opening sites.

    Attributes
    ----------
    sites, places
        Positions of the open sites, rising, and their places.
    gained_persons
        Persons that each of them serves; their sum is what the plan gains.
    unmet_persons
        Persons of each point of the open need that are left over.
    """

    sites: NDArray[np.int64]
    places: NDArray[np.int64]
    gained_persons: NDArray[np.float64]
    unmet_persons: NDArray[np.float64]


def service_of(
    need: OpenNeed,
    places: NDArray[np.int64],
    *,
    limits: SitingLimits,
    persons_per_place: float,
    time_limit_s: float,
    one_of: Sequence[NDArray[np.int64]] = (),
) -> Service:
    """
    Let existing facilities and sites serve the most people, then leave out the places that this does not need.

    Parameters
    ----------
    places
        Places of each site of the need, 0 where it is not opened.
    one_of
        Sets of positions in the sites, of each of which one stays open.

    Returns
    -------
    service
        The existing facilities serve as many as before, some of them other people. With equal people gained it has
        the lowest cost that these sites allow, as far as the time goes; without costs, the fewest places.
    """
    sites = np.flatnonzero(places)
    most = places[sites]
    of_sites = need.sites[sites]
    split = need.existing.nnz
    flows = _most_served(need, of_sites, most, persons_per_place)
    gained = float(flows[split:].sum())
    if gained <= persons_per_place * (most.sum() - 1):
        cheaper = _cheapest(
            need,
            of_sites,
            most,
            gained=gained,
            limits=limits,
            persons_per_place=persons_per_place,
            time_limit_s=time_limit_s,
            one_of=[np.flatnonzero(np.isin(sites, group)) for group in one_of],
        )
        flows, most = cheaper or (flows, most)
    to_sites, sites_of = pair_rows(of_sites)
    _, existing_of = pair_rows(need.existing)
    flows = np.maximum(flows, 0.0)
    served = existing_of @ flows[:split] + sites_of @ flows[split:]
    unmet = np.maximum(need.persons - served, 0.0)
    unmet[unmet <= 1e-6 * np.maximum(need.persons, 1)] = 0.0
    is_open = most > 0
    return Service(sites[is_open], most[is_open], (to_sites @ flows[split:])[is_open], unmet)


def _most_served(
    need: OpenNeed, of_sites: sp.csr_array, places: NDArray[np.int64], persons_per_place: float
) -> NDArray[np.float64]:
    """Return the persons of each pair, existing facilities first, that serve the most."""
    if not need.existing.nnz + of_sites.nnz:
        # Sites that are there for their area alone, and nobody near them lacks a place.
        return np.empty(0)
    matrix, bottom, top = _flow_rows(need, of_sites)
    top[-len(places) :] = persons_per_place * places
    has_bottom = np.isfinite(bottom)
    answer = linprog(
        -np.r_[np.zeros(need.existing.nnz), np.ones(of_sites.nnz)],
        A_ub=sp.vstack([matrix, -matrix[has_bottom]], format="csr"),
        b_ub=np.concatenate([top, -bottom[has_bottom]]),
        method="highs-ipm",
    )
    if answer.x is None:
        raise RuntimeError(f"the solver gave up on an allocation that always exists: {answer.message}")
    return np.asarray(answer.x, dtype=np.float64)


def _cheapest(
    need: OpenNeed,
    of_sites: sp.csr_array,
    most: NDArray[np.int64],
    *,
    gained: float,
    limits: SitingLimits,
    persons_per_place: float,
    time_limit_s: float,
    one_of: Sequence[NDArray[np.int64]],
) -> tuple[NDArray[np.float64], NDArray[np.int64]] | None:
    """Return flows and places, not above `most`, that gain as many for the lowest cost; None when not found in time."""
    matrix, bottom, top = _flow_rows(need, of_sites)
    count, flows = len(most), matrix.shape[1]
    each = sp.eye_array(count)
    room = sp.vstack([sp.csr_array((matrix.shape[0] - count, count)), -persons_per_place * each])
    of_all_sites = sp.csr_array(np.r_[np.zeros(need.existing.nnz), np.ones(of_sites.nnz)][None])
    blocks = [
        [matrix, room, None],
        [None, each, -sp.diags_array(most.astype(float))],
        [None, -each, limits.least_places * each],
        [of_all_sites, None, None],
    ]
    if one_of:
        of_sets = [np.isin(np.arange(count), group) for group in one_of]
        blocks.append([None, None, sp.csr_array(np.array(of_sets, dtype=float))])
    rows = sp.block_array(blocks, format="csr")
    # A little less than was found, so that rounding does not forbid the plan itself.
    floor = max(gained * (1 - 1e-9) - 1e-7, 0.0)
    per_site, per_place = limits.build_per_site, limits.cost_per_place
    if limits.least_cost == 0:
        per_site, per_place = 0.0, 1.0
    costs = np.r_[np.zeros(flows), np.full(count, per_place), np.full(count, per_site)]
    answer = milp(
        costs / costs.max(),
        integrality=np.r_[np.zeros(flows), np.ones(2 * count)],
        bounds=Bounds(0, np.r_[np.full(flows, np.inf), most, np.ones(count)]),
        constraints=LinearConstraint(
            rows,
            np.concatenate([bottom, np.full(2 * count, -np.inf), [floor], np.ones(len(one_of))]),
            np.concatenate([top, np.zeros(2 * count), np.full(1 + len(one_of), np.inf)]),
        ),
        options={"time_limit": min(max(time_limit_s, 1.0), _CHEAPEST_S)},
    )
    if answer.x is None:
        return None
    return np.asarray(answer.x[:flows]), np.rint(answer.x[flows : flows + count]).astype(np.int64)


def _flow_rows(
    need: OpenNeed, of_sites: sp.csr_array
) -> tuple[sp.csr_array, NDArray[np.float64], NDArray[np.float64]]:
    """Return rows over the pairs: nobody served twice, existing facilities full, and last each site's people."""
    to_existing, existing_of = pair_rows(need.existing)
    to_sites, sites_of = pair_rows(of_sites)
    matrix = sp.block_array([[existing_of, sites_of], [to_existing, None], [None, to_sites]], format="csr")
    top = np.concatenate([need.persons, need.room_persons, np.zeros(of_sites.shape[0])])
    bottom = np.full(len(top), -np.inf)
    first = len(need.persons)
    bottom[first : first + len(need.room_persons)] = full(need.room_persons)
    return matrix, bottom, top
