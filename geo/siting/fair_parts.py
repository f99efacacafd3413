"""The program of the worst-off areas in numbers: its rows, limits and costs."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from geo.siting.cuts import Network
from geo.siting.goal import FAIR_LEVELS, LEVEL_FACTOR
from geo.siting.limits import SitingLimits
from geo.siting.need import OpenNeed, SitingNeed, full, pair_rows

WIDTHS: Final = np.diff([0.0, *FAIR_LEVELS])
"""How much of a share each level holds."""
WEIGHTS: Final = LEVEL_FACTOR ** np.arange(len(FAIR_LEVELS) - 1, -1, -1)
"""How much a share that lacks at each level counts."""
_NEAR = 1e-6


@dataclass(frozen=True, eq=False)
class FairParts:
    """
    The program in numbers; variables are flows of pairs, places, is-open, and lacks by level and area.

    Attributes
    ----------
    matrix, bottom, upper
        `bottom <= matrix @ variables <= upper`.
    most, costs
        The most that each variable may be, and what it counts.
    served, of_sites, of_areas
        What takes flows to persons of open points, of sites, and to shares of areas.
    fixed_share
        The share of each area that is served whatever is opened.
    area_codes, in_areas, persons
        The areas in which a site can change something; a one for each open point in the column of its area; all
        people of each area.
    """

    matrix: sp.csr_array
    bottom: NDArray[np.float64]
    upper: NDArray[np.float64]
    most: NDArray[np.float64]
    costs: NDArray[np.float64]
    served: sp.csr_array
    of_sites: sp.csr_array
    of_areas: sp.csr_array
    fixed_share: NDArray[np.float64]
    area_codes: NDArray[np.object_]
    in_areas: sp.csr_array
    persons: NDArray[np.float64]
    flow_count: int
    site_count: int


def parts_of(need: SitingNeed, opened: OpenNeed, limits: SitingLimits, digits: int) -> FairParts:
    """Return the program of a need, its areas being known by the first digits of their codes."""
    codes = need.demand["gmina_code"].str[:digits].to_numpy(dtype=object)
    area_codes, area = np.unique(codes[opened.points].astype(str), return_inverse=True)
    all_persons = pd.Series(np.nan_to_num(need.persons)).groupby(codes).sum()
    persons = np.asarray(all_persons.reindex(area_codes), dtype=np.float64)
    in_open = np.bincount(area, weights=opened.persons, minlength=len(area_codes))
    in_areas = sp.csr_array(
        (np.ones(len(area)), (np.arange(len(area)), area)), shape=(len(area), len(persons))
    )
    per_person = sp.diags_array(1 / persons) @ in_areas.T
    to_existing, existing_of = pair_rows(opened.existing)
    to_sites, sites_of = pair_rows(opened.sites)
    served = sp.hstack([existing_of, sites_of], format="csr")
    count, flows = len(opened.site_rows), served.shape[1]
    each = sp.eye_array(count)
    # With all existing facilities full, a site serves no more than it gains alone (without the other sites' people).
    most_persons = Network.of(opened, limits.most_places * need.persons_per_place).gained_alone()
    rows, limit = limits.rows(count)
    of_areas = (per_person @ served).tocsr()
    fixed_share = 1 - in_open / persons
    lacks = sp.hstack([sp.eye_array(len(area_codes))] * len(WIDTHS))
    none = sp.csr_array((count, opened.existing.nnz))
    of_sites = sp.hstack([none, to_sites], format="csr")
    matrix = sp.block_array(
        [
            [served, None, None, None],
            [
                sp.hstack([to_existing, sp.csr_array((to_existing.shape[0], opened.sites.nnz))]),
                None,
                None,
                None,
            ],
            [of_sites, -need.persons_per_place * each, None, None],
            [of_sites, None, -sp.diags_array(most_persons * (1 + _NEAR)), None],
            [None, rows[:, :count], rows[:, count:], None],
            [of_areas, None, None, lacks],
        ],
        format="csr",
    )
    upper = np.concatenate(
        [opened.persons, opened.room_persons, np.zeros(2 * count), limit, np.full(len(area_codes), np.inf)]
    )
    bottom = np.full(len(upper), -np.inf)
    first = len(opened.persons)
    bottom[first : first + len(opened.room_persons)] = full(opened.room_persons)
    bottom[len(bottom) - len(area_codes) :] = 1 - fixed_share
    return FairParts(
        matrix=matrix,
        bottom=bottom,
        upper=upper,
        most=np.r_[np.full(flows + count, np.inf), np.ones(count), np.repeat(WIDTHS, len(area_codes))],
        costs=np.r_[np.zeros(flows + 2 * count), np.repeat(WEIGHTS, len(area_codes))],
        served=served,
        of_sites=of_sites,
        of_areas=of_areas,
        fixed_share=fixed_share,
        area_codes=area_codes,
        in_areas=in_areas,
        persons=persons,
        flow_count=flows,
        site_count=count,
    )
