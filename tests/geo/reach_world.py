"""Homes and doors at whole kilometres, and what every reach of them promises."""

import numpy as np
from hypothesis import strategies as st

places_km = st.tuples(st.integers(0, 20), st.integers(0, 20))
some_places = st.lists(places_km, max_size=12)


def triples(reach):
    """Give pairs as (facility, demand, cost)."""
    return list(zip(reach.facility.tolist(), reach.demand.tolist(), reach.cost.tolist(), strict=True))


def assert_is_sound(reach):
    """Check what the docstring of `Reach` promises."""
    assert reach.first[0] == 0
    assert reach.first[-1] == len(reach.demand) == len(reach.cost)
    assert reach.first.dtype == np.int64
    assert reach.demand.dtype == np.int32
    assert reach.cost.dtype == np.float64
    assert ((reach.cost >= 0) & (reach.cost <= reach.limit)).all()
    for begin, end in zip(reach.first[:-1], reach.first[1:], strict=True):
        assert (np.diff(reach.demand[begin:end]) > 0).all()
    assert not reach.is_demand_off[reach.demand].any()
    assert not reach.is_facility_off[reach.facility].any()
