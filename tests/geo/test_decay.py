import math

import numpy as np
import pytest
from access import weights as pysal
from hypothesis import given
from hypothesis import strategies as st

from geo.decay import GaussianDecay, NoDecay, StepDecay
from geo.errors import OptionError

costs = st.lists(st.floats(0, 100_000), min_size=1, max_size=20).map(np.array)
limits = st.floats(0.1, 100_000)


def test_no_decay_counts_everything_fully():
    assert NoDecay().weights(np.array([0.0, 5.0, 1e6])).tolist() == [1, 1, 1]
    assert NoDecay().furthest is None


def test_thirds_of_a_limit():
    decay = StepDecay.by_thirds(30)
    # Zones 0-10, 10-20 and 20-30 minutes; a cost at the limit of a zone is in it.
    weights = decay.weights(np.array([0, 10, 10.01, 20, 20.01, 30, 30.01]))
    assert weights.tolist() == [1, 1, 0.68, 0.68, 0.22, 0.22, 0]
    assert decay.furthest == 30


def test_a_bell_that_ends_at_the_limit():
    decay = GaussianDecay.to_limit(20_000)
    weights = decay.weights(np.array([0.0, 10_000.0, 19_999.999, 20_000.0, 25_000.0]))
    # (exp(-1/8) - exp(-1/2)) / (1 - exp(-1/2)) half way.
    half = (math.exp(-0.125) - math.exp(-0.5)) / (1 - math.exp(-0.5))
    assert weights[0] == 1
    assert weights[1] == pytest.approx(half, abs=1e-12)
    assert half == pytest.approx(0.701, abs=0.0005)
    assert 0 < weights[2] < 1e-6
    assert weights[3:].tolist() == [0, 0]
    assert decay.furthest == 20_000


def test_a_plain_bell_is_cut_by_the_reach_alone():
    decay = GaussianDecay(sigma=10)
    assert decay.furthest is None
    assert decay.weights(np.array([0.0, 10.0])).tolist() == pytest.approx([1, math.exp(-0.5)], abs=1e-15)


@given(costs)
def test_steps_equal_those_of_pysal(cost):
    theirs = pysal.step_fn({20_000: 0.68, 10_000: 1, 60_000: 0.22})
    ours = StepDecay((10_000, 20_000, 60_000), (1, 0.68, 0.22)).weights(cost)
    assert ours.tolist() == [theirs(c) for c in cost]


@given(costs, st.floats(1, 100_000))
def test_the_bell_equals_that_of_pysal(cost, sigma):
    theirs = pysal.gaussian(sigma)
    np.testing.assert_allclose(
        GaussianDecay(sigma).weights(cost), [theirs(c) for c in cost], rtol=0, atol=1e-9
    )


@pytest.mark.parametrize("make", [StepDecay.by_thirds, GaussianDecay.to_limit, GaussianDecay])
@given(cost=costs, limit=limits)
def test_weights_fall_from_one_and_leave_costs_alone(make, cost, limit):
    before = cost.copy()
    weights = make(limit).weights(np.sort(cost))
    assert ((weights >= 0) & (weights <= 1)).all()
    assert (np.diff(weights) <= 1e-15).all()
    assert make(limit).weights(np.zeros(1)).tolist() == [1]
    assert (cost == before).all()


def test_equal_rules_are_one_key():
    assert len({StepDecay.by_thirds(30), StepDecay((10, 20, 30), (1, 0.68, 0.22)), NoDecay(), NoDecay()}) == 2


@pytest.mark.parametrize(
    ("zone_limits", "zone_weights"),
    [
        ((), ()),
        ((10, 10), (1, 0.5)),
        ((20, 10), (1, 0.5)),
        ((0, 10), (1, 0.5)),
        ((10, math.inf), (1, 0.5)),
        ((math.nan,), (1,)),
        ((10, 20), (1,)),
        ((10, 20), (0.5, 1)),
        ((10,), (1.5,)),
        ((10, 20), (1, -0.1)),
        ((10,), (math.nan,)),
    ],
)
def test_wrong_zones_are_named(zone_limits, zone_weights):
    with pytest.raises(OptionError, match=r"expected .* found"):
        StepDecay(zone_limits, zone_weights)


@pytest.mark.parametrize(
    ("sigma", "zero_at"), [(0, None), (-1, None), (math.nan, None), (10, 0), (10, math.inf)]
)
def test_wrong_bells_are_named(sigma, zero_at):
    with pytest.raises(OptionError, match="above 0"):
        GaussianDecay(sigma, zero_at)
