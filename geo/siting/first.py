"""A first plan, made at once: what is told when the search finds none in its time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geo.siting.limits import SitingLimits
from geo.siting.need import OpenNeed


def first_places(
    opened: OpenNeed,
    limits: SitingLimits,
    *,
    persons_per_place: float,
    one_of: Sequence[NDArray[np.int64]] = (),
) -> NDArray[np.int64]:
    """
    Return places of sites that keep the limits, taken one site after another by most people left over in reach.

    Parameters
    ----------
    one_of
        Sets of positions in the sites, of each of which one is opened first, as small as may be.
    """
    places = np.zeros(len(opened.site_rows), dtype=np.int64)
    unmet = opened.unmet_persons[opened.points].copy()
    everywhere = np.arange(len(places))
    for group in one_of:
        places[_best(opened, unmet, group)] = limits.least_places
    for site in np.flatnonzero(places).tolist():
        places[site] = most_allowed(limits, places, site)
        serve_alike(opened, unmet, site, places[site] * persons_per_place)
    while unmet.sum() > 0:
        closed = everywhere[places == 0]
        if not len(closed):
            break
        site = _best(opened, unmet, closed)
        count = most_allowed(limits, places, site)
        if count == 0 or not serve_alike(opened, unmet, site, count * persons_per_place) > 0:
            break
        places[site] = count
    return places


def _best(opened: OpenNeed, unmet: NDArray[np.float64], sites: NDArray[np.int64]) -> int:
    return int(sites[np.argmax((opened.sites @ unmet)[sites])])


def most_allowed(limits: SitingLimits, places: NDArray[np.int64], site: int) -> int:
    """Return the most places that a site may have beside the others; 0 where it may not be opened."""
    rows, upper = limits.rows(len(places))
    for count in range(limits.most_places, limits.least_places - 1, -1):
        tried = places.copy()
        tried[site] = count
        if (rows @ np.r_[tried, tried > 0] <= upper * (1 + 1e-9) + 1e-9).all():
            return int(count)
    return 0


def serve_alike(opened: OpenNeed, unmet: NDArray[np.float64], site: int, room_persons: float) -> float:
    """Take the people whom a site serves from those left over, of all points alike; return how many they are."""
    near = opened.sites.indices[opened.sites.indptr[site] : opened.sites.indptr[site + 1]]
    in_reach = float(unmet[near].sum())
    served = min(in_reach, room_persons)
    if in_reach > 0:
        unmet[near] *= 1 - served / in_reach
    return served
