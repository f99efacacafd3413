import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FrameError, OptionError
from geo.norms import default_norm, places_to_norm

some_places = st.lists(st.one_of(st.none(), st.integers(0, 300)), min_size=1, max_size=8)


def series(values, codes="abcdefgh"):
    return pd.Series(values, index=list(codes[: len(values)]), dtype="Float64")


def test_the_default_is_the_unweighted_median_of_what_is_known():
    norm = default_norm(series([2.0, 9.0, 3.0, None]))
    assert (norm.places_per_1000, norm.areas_known, norm.areas_count, norm.reason_code) == (3.0, 3, 4, None)
    assert default_norm(series([2.0, 3.0])).places_per_1000 == 2.5


def test_half_of_the_powiats_are_enough_and_fewer_are_not():
    assert default_norm(series([2.0, 4.0, None, None])).places_per_1000 == 3.0
    norm = default_norm(series([2.0, 4.0, None, None, None]))
    assert math.isnan(norm.places_per_1000)
    assert (norm.areas_known, norm.areas_count, norm.reason_code) == (2, 5, "too_few_known")


def test_figures_that_are_only_at_least_are_not_known():
    is_bound = pd.Series([False, True, None], index=list("abc"), dtype="boolean")
    norm = default_norm(series([2.0, 9.0, 9.0, 9.0]), is_lower_bound=is_bound)
    # b is at least, of c and d nobody says.
    assert (norm.areas_known, norm.reason_code) == (1, "too_few_known")
    assert default_norm(series([2.0, 9.0]), is_lower_bound=is_bound).places_per_1000 == 2.0


def test_no_default_of_nothing():
    norm = default_norm(series([0.0, 0.0, 5.0]))
    assert math.isnan(norm.places_per_1000)
    assert norm.reason_code == "median_is_zero"
    assert default_norm(series([])).reason_code == "no_areas"
    assert default_norm(series([None])).reason_code == "too_few_known"


def test_places_to_a_norm():
    places = series([50, 20, 0, None, 5, 5, 5])
    people = series([10_000, 10_000, 10_000, 10_000, None, 0])
    to_norm = places_to_norm(places, people, norm_per_1000=3.2)
    # 32 places are needed: 18 above, 12 lacking, 32 lacking; nobody there; unknown places or people.
    assert to_norm.loc[list("abcf"), "needed_places"].tolist() == [32, 32, 32, 0]
    assert to_norm.loc[list("abcf"), "norm_missing_places"].tolist() == [0, 12, 32, 0]
    assert to_norm.loc[list("abcf"), "surplus_places"].tolist() == [18, 0, 0, 5]
    assert (
        to_norm.loc[list("deg"), ["needed_places", "norm_missing_places", "surplus_places"]]
        .isna()
        .all(axis=None)
    )
    assert not to_norm["is_upper_bound"].any()


def test_missing_places_are_at_most_where_places_are_at_least():
    is_bound = pd.Series([True, True, False], index=list("abc"))
    to_norm = places_to_norm(
        series([50, 20, 20, 20, None]), series([10_000] * 5), norm_per_1000=3, is_lower_bound=is_bound
    )
    # a has enough already; of d nobody says that its list is complete; e is unknown and not at most.
    assert to_norm["is_upper_bound"].tolist() == [False, True, False, True, False]


def test_missing_places_are_at_least_where_places_may_be_for_others():
    to_norm = places_to_norm(
        series([50, 40, 20, 20]),
        series([10_000] * 4),
        norm_per_1000=3,
        own_places=series([30, 20, 20, 5]),
    )
    # 30 are needed: a has so many of its own, b has enough only with those of others; c and d lack 10.
    assert to_norm["norm_missing_places"].tolist() == [0, 0, 10, 10]
    assert to_norm["is_lower_bound"].tolist() == [False, True, False, True]


def test_each_area_may_have_its_own_norm():
    norm = pd.Series([2.0, None], index=["a", "b"], dtype="Float64")
    to_norm = places_to_norm(series([5, 5, 5]), series([5_000] * 3), norm_per_1000=norm)
    assert to_norm["norm_missing_places"].fillna(-1).tolist() == [5, -1, -1]
    without = places_to_norm(series([5]), series([5_000]), norm_per_1000=float("nan"))
    assert without["norm_missing_places"].isna().all()


@given(some_places, some_places, st.floats(0, 50))
def test_needed_is_places_and_missing_less_surplus(places, people, norm):
    capacity, persons = series(places), series(people)
    to_norm = places_to_norm(capacity, persons, norm_per_1000=norm)
    assert to_norm.index.equals(capacity.index)
    for code, row in to_norm.iterrows():
        if pd.isna(capacity[code]) or pd.isna(persons.get(code)):
            assert pd.isna(row["norm_missing_places"])
            continue
        assert row["norm_missing_places"] >= 0
        assert row["surplus_places"] >= 0
        assert min(row["norm_missing_places"], row["surplus_places"]) == 0
        balance = capacity[code] + row["norm_missing_places"] - row["surplus_places"]
        assert balance == pytest.approx(norm * persons[code] / 1000)


@given(some_places, st.floats(0, 50), st.floats(0, 50))
def test_a_higher_norm_never_asks_for_less(places, one, other):
    persons = series([1_000] * len(places))
    low, high = (
        places_to_norm(series(places), persons, norm_per_1000=norm)["norm_missing_places"].fillna(0)
        for norm in sorted([one, other])
    )
    assert (low <= high).all()


@given(some_places, st.randoms(use_true_random=False))
def test_the_median_meets_half(rates, chance):
    norm = default_norm(series(rates))
    known = [rate for rate in rates if rate is not None]
    if norm.reason_code is None:
        assert 2 * sum(rate >= norm.places_per_1000 for rate in known) >= len(known) >= len(rates) / 2
        again = default_norm(series(chance.sample(rates, len(rates))))
        assert again == norm
    else:
        assert 2 * len(known) < len(rates) or 2 * known.count(0) >= len(known)


def test_wrong_inputs_are_named():
    with pytest.raises(FrameError, match="found -2"):
        default_norm(series([-2.0]))
    with pytest.raises(FrameError, match="repeat"):
        default_norm(series([1.0, 2.0], codes="aa"))
    for norm in (-1, float("inf")):
        with pytest.raises(OptionError, match="norm of 0 or more"):
            places_to_norm(series([1]), series([1]), norm_per_1000=norm)
    with pytest.raises(FrameError, match="norm_per_1000 of 0 or more, found -1"):
        places_to_norm(series([1]), series([1]), norm_per_1000=series([-1.0]))
    with pytest.raises(FrameError, match="capacity_places of 0 or more"):
        places_to_norm(series([-1]), series([1]), norm_per_1000=1)
    with pytest.raises(FrameError, match="repeat"):
        places_to_norm(series([1]), series([1, 1], codes="aa"), norm_per_1000=1)
