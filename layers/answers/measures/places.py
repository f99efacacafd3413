"""Facilities, places, places per 1,000 people, and how many fewer they are than a rate gives."""

from typing import Final

import pandas as pd

from geo.printed_numbers import UNSURE
from geo.supply import places_per_1000
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured
from layers.answers.measures.queue import queue_by_area
from layers.answers.measures.reached import bounds_of
from layers.answers.measures.shortfall import measure_shortfall

_MOST_UNKNOWN_SHARE: Final = 0.5
"""Of the facilities of an area: where more of them state no places, those of the others make no rate."""


def measure_places(inputs: MeasureInputs) -> Measured:
    """
    Return what there is in each area, whoever may reach it.

    Columns: `facilities_count`; `capacity_places`, those that facilities state, and `places_per_1000`, *at least* where
    one of them states nothing (`capacity_unknown_count`) or the list is not complete; unsure where a row is so old that
    it may have closed since (`may_be_gone`), and places where they are of another list's row as old (`is_places_old`).
    Where more than half of the facilities state nothing there is no rate: it would tell areas apart by what their lists
    leave out. How many fewer that is than a norm or today's rate gives (`layers.answers.measures.shortfall`), and what
    registers state themselves (`layers.answers.measures.queue`).
    """
    supply = inputs.supply
    capacity, is_least = supply["known_places"], supply["is_lower_bound"]
    is_gone, is_partial = supply["may_be_gone"], (supply["capacity_unknown_count"] > 0).astype(bool)
    is_mostly_unknown = supply["capacity_unknown_count"] > _MOST_UNKNOWN_SHARE * supply["facilities_count"]
    rate = places_per_1000(capacity, inputs.rate_persons).mask(is_mostly_unknown.fillna(value=False))
    columns = supply[["facilities_count", "capacity_unknown_count", "may_be_gone", "places_are_old"]].assign(
        capacity_places=capacity, places_per_1000=rate
    )
    # Whoever a facility of several profiles takes in besides, for the group it is one; of none, it may be none.
    bounds = {"facilities_count": bounds_of(is_least, supply["is_count_upper_bound"] | is_gone)}
    stated = bounds_of(is_least | is_partial, supply["is_upper_bound"] | supply["places_may_be_gone"])
    stated = stated.mask(supply["places_are_old"], UNSURE)
    bounds |= {
        name: stated.where(columns[name].notna(), "") for name in ("capacity_places", "places_per_1000")
    }
    shortfall, queue = measure_shortfall(inputs), queue_by_area(inputs)
    return Measured(
        pd.DataFrame(columns).join([shortfall.columns, queue.columns]),
        bounds | shortfall.bounds | queue.bounds,
    )
