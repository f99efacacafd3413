"""What single sites do for the worst-off areas, counted without a solver."""

import numpy as np
from numpy.typing import NDArray

from geo.siting.fair_parts import WEIGHTS, WIDTHS
from geo.siting.goal import FAIR_LEVELS


def lack_gains(
    near_persons: NDArray[np.float64],
    shares: NDArray[np.float64],
    persons: NDArray[np.float64],
    *,
    room_persons: float,
) -> NDArray[np.float64]:
    """
    Return by how much less the areas lack with each site alone, as `geo.siting.fair.lack_of` sums it.

    Parameters
    ----------
    near_persons
        People left over in reach, one row per site and one column per area.
    shares, persons
        The served share and all people of each area.
    room_persons
        How many people one site serves.
    """
    starts = np.r_[0.0, FAIR_LEVELS[:-1]]
    free = np.clip(np.asarray(FAIR_LEVELS) - np.maximum(shares[:, None], starts), 0.0, WIDTHS)
    tops = np.cumsum(free * persons[:, None], axis=1)
    # The people of an area fill its lowest level first; between areas a place goes where it lessens the lack the most.
    filled = np.minimum(tops[None], near_persons[:, :, None])
    of_level = np.diff(filled, axis=2, prepend=0.0).reshape(len(near_persons), -1)
    worth = (WEIGHTS[None] / persons[:, None]).ravel()
    order = np.argsort(-worth, kind="stable")
    served = np.diff(np.minimum(np.cumsum(of_level[:, order], axis=1), room_persons), axis=1, prepend=0.0)
    gains: NDArray[np.float64] = served @ worth[order]
    return gains
