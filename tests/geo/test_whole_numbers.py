import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import FrameError
from geo.whole_numbers import apportion, least_enough, nearest_whole, whole_beside, whole_by_gmina

# Two powiats of voivodeship 12 and one of 24.
CODES = ["120101", "120102", "120103", "120201", "120202", "240101"]
numbers = st.lists(st.none() | st.floats(0, 50), min_size=6, max_size=6)


def of_gminas(values):
    return pd.Series(values, index=CODES, dtype=float)


def sums(whole, digits):
    return whole.groupby(whole.index.str[:digits]).sum().tolist()


def test_largest_remainders_by_hand():
    # 0.4 + 0.4 + 0.4 + 0.9 = 2.1: the 0.9 has the first, then the first of the equal ones.
    assert apportion(np.array([0.4, 0.4, 0.4, 0.9]), 2).tolist() == [1, 0, 0, 1]
    assert apportion(np.array([2.5, 1.2, 0.3]), 4).tolist() == [3, 1, 0]


def test_nobody_is_below_or_above_a_bound():
    values = np.array([1.6, 1.6, 0.8])
    assert apportion(values, 4).tolist() == [2, 1, 1]
    assert apportion(values, 4, at_most=np.array([1.0, 2.0, 1.0])).tolist() == [1, 2, 1]
    assert apportion(values, 4, at_least=np.array([0.0, 2.0, 1.0])).tolist() == [1, 2, 1]
    with pytest.raises(FrameError, match="between the sums of the bounds, found 4"):
        apportion(values, 4, at_most=np.ones(3))


def test_a_hair_is_rounding_and_not_one_more():
    assert least_enough(np.array([3.0000000001, 3.01, 0.0])).tolist() == [3, 4, 0]
    assert nearest_whole(np.array([2.4999999999, 2.4, 2.5])).tolist() == [3, 2, 3]


def test_182_gminas_that_lack_a_part_of_a_place_lack_what_they_lack_together():
    codes = [f"12{number // 10:02d}{number % 10:02d}" for number in range(182)]
    places = pd.Series(0.4, index=codes)
    whole = whole_by_gmina(places, is_enough=True)
    # 72.8: rounded each by itself it would be 0, or 182.
    assert whole.sum() == 73
    # A powiat of ten gminas has 4, and the last one of two gminas a part of the rest.
    assert set(sums(whole, 4)) <= {4, 5, 1, 0}


def test_levels_by_hand():
    whole = whole_by_gmina(of_gminas([0.4, 0.4, 0.4, 0.6, 0.7, 0.3]), is_enough=True)
    # 2.5 places in voivodeship 12 are 3: powiats have 1.2 and 1.3, so the second has the third place.
    assert sums(whole, 2) == [3, 1]
    assert sums(whole, 4) == [1, 2, 1]
    assert whole.tolist() == [1, 0, 0, 1, 1, 1]


def test_people_of_a_powiat_that_were_counted_stay():
    # 100 people of a powiat spread over gminas by share: not one more or fewer.
    whole = whole_by_gmina(of_gminas([33.4, 33.3, 33.3, 10, 20, 5]))
    assert sums(whole, 4) == [100, 30, 5]


def test_unknown_stays_unknown_and_order_is_kept():
    values = of_gminas([1.5, None, 2.5, 0, 1, 1]).iloc[::-1]
    whole = whole_by_gmina(values)
    assert whole.index.tolist() == values.index.tolist()
    assert whole.isna().tolist() == values.isna().tolist()
    assert whole_by_gmina(pd.Series(dtype=float, index=pd.Index([], dtype="str"))).empty


@settings(max_examples=40, deadline=None)
@given(numbers, st.booleans())
def test_no_area_is_off_by_more_than_one_at_any_level(values, is_enough):
    exact = of_gminas(values)
    whole = whole_by_gmina(exact, is_enough=is_enough)
    for digits in (2, 4, 6):
        off = np.array(sums(whole.dropna(), digits)) - np.array(sums(exact.dropna(), digits))
        assert (np.abs(off) < 1 + 1e-5).all()


@settings(max_examples=40, deadline=None)
@given(numbers, st.lists(st.floats(0, 1), min_size=6, max_size=6), st.booleans())
def test_a_voivodeship_never_falls_when_nothing_does_and_bounds_hold(values, shares, is_enough):
    most = of_gminas(values)
    least = most * shares
    high = whole_by_gmina(most, is_enough=is_enough)
    low = whole_by_gmina(least, is_enough=is_enough, at_most=high)
    assert (low <= high)[high.notna()].all()
    alone = whole_by_gmina(least, is_enough=is_enough)
    for digits in (0, 2):
        assert (np.array(sums(alone, digits)) <= np.array(sums(high, digits))).all()
    above = whole_by_gmina(most, is_enough=is_enough, at_least=alone.clip(upper=high))
    assert (above >= alone.clip(upper=high))[high.notna()].all()


def beside(values, base):
    return whole_beside(values, base=base, whole_base=whole_by_gmina(base, is_enough=True), is_enough=True)


def test_rounding_makes_no_difference_where_there_is_none():
    # 1.2 and 1.3 places are 3 in all: the second powiat has the third, until it lacks a little less than the first.
    base, less = of_gminas([0.4, 0.4, 0.4, 0.6, 0.7, 0.0]), of_gminas([0.4, 0.4, 0.4, 0.6, 0.55, 0.0])
    assert whole_by_gmina(base, is_enough=True).tolist() == [1, 0, 0, 1, 1, 0]
    assert whole_by_gmina(less, is_enough=True).tolist() == [1, 1, 0, 1, 0, 0]
    assert beside(less, base).tolist() == [1, 0, 0, 1, 1, 0]


def test_what_is_wholly_gone_is_told_as_gone():
    base, less = of_gminas([0.5, 0.5, 0, 0, 0, 0]), of_gminas([0.0, 0.5, 0, 0, 0, 0])
    assert whole_by_gmina(base, is_enough=True).tolist() == [1, 0, 0, 0, 0, 0]
    # The second gmina had no place of the two halves, and has not got one by the first having got what it lacked.
    assert beside(less, base).tolist() == [0, 0, 0, 0, 0, 0]


def test_no_gmina_pays_for_what_its_neighbours_were_rounded_up():
    """As Pleśna did: told 6 of 7.04 places, because its neighbours are held above their fractions by what is least."""
    codes = ["120101", "120102", "120103", "120201", "120202", "120203"]
    least = pd.Series([0.6, 0.5, 1.5, 2.5, 2.1, 2.7], index=codes)
    whole = whole_by_gmina(least, is_enough=True)
    assert whole.tolist() == [1, 1, 1, 2, 2, 3]
    values = pd.Series([0.6, 0.5, 2.1, 2.5, 2.5, 3.4], index=codes)
    told = whole_beside(values, base=least, whole_base=whole, is_enough=True, at_least=whole)
    # 3.2 and 8.4 places are 12 in all. The first powiat has four of them, and 2.1 is not told as 1.
    assert told.tolist() == [1, 1, 2, 2, 3, 3]


def test_a_powiat_is_rounded_as_a_gmina_is():
    powiats = pd.Series([0.4, 0.4, 0.9], index=["1201", "1202", "2401"])
    assert whole_by_gmina(powiats, is_enough=True).tolist() == [1, 0, 1]


@given(numbers, st.lists(st.floats(0, 3), min_size=6, max_size=6), st.integers(0, 63))
def test_what_is_not_more_is_not_told_as_more(values, changes, which):
    base = of_gminas(values)
    moved = pd.Series(changes, index=CODES).where([bool(which >> place & 1) for place in range(6)], 0.0)
    whole_base = whole_by_gmina(base, is_enough=True)
    less = (base - moved).clip(lower=0)
    assert not (beside(less, base) > whole_base).any()
    more = beside(base + moved, base)
    is_more = moved > 1e-5
    assert not (more[is_more] < whole_base[is_more]).any()
    same = beside(base, base)
    assert same.equals(whole_base)
