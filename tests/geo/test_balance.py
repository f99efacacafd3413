import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.balance import COUNTED_UNITS, balance_change, support_balance
from geo.errors import FrameError, OptionError

KINDS = ("day", "housing", "round_the_clock")
AREAS = pd.Index(["120101", "120102", "240101"])
PEOPLE = pd.Series([10_000, 5_000], index=["120101", "120102"])
KNOWN = {name: {"120101", "120102"} for name in KINDS}
NO_DATA = pd.NA

service_rows = st.lists(
    st.tuples(
        st.sampled_from(AREAS.tolist()),
        st.integers(1, 4),
        st.sampled_from(KINDS),
        st.sampled_from(["places", "people", "jobs", ""]),
        st.one_of(st.none(), st.integers(0, 90)),
    ),
    max_size=15,
)
known_areas = st.fixed_dictionaries({name: st.sets(st.sampled_from(AREAS.tolist())) for name in KINDS})


def services(*rows):
    """Give services from (area code, facility, kind, unit, places)."""
    columns = ["area_code", "facility_id", "support_kind", "capacity_unit", "capacity_places"]
    frame = pd.DataFrame(list(rows), columns=columns)
    texts = dict.fromkeys(["area_code", "support_kind", "capacity_unit"], "str")
    return frame.astype(texts | {"capacity_places": "Int64"})


def balance_of(*rows, known=KNOWN):
    return support_balance(services(*rows), PEOPLE, kinds=KINDS, known=known, area_codes=AREAS)


def test_places_of_each_kind():
    balance = balance_of(
        ("120101", 1, "day", "places", 30),
        ("120101", 2, "day", "people", 20),
        ("120101", 3, "round_the_clock", "places", 150),
        ("120102", 5, "round_the_clock", "places", 60),
    )
    assert balance.loc["120101", "capacity_places"].tolist() == [50, 0, 150]
    assert balance.loc["120102", "capacity_places"].tolist() == [0, 0, 60]
    assert balance.loc["240101", "capacity_places"].isna().all()
    assert balance.loc["120101", "places_per_1000"].tolist() == [5, 0, 15]
    assert balance.loc["120102", "places_per_1000"].tolist() == [0, 0, 12]
    assert not balance["is_lower_bound"].any()
    assert balance.index.names == ["area_code", "support_kind"]
    assert balance.index.get_level_values("area_code").unique().tolist() == AREAS.tolist()


def test_hours_meals_and_jobs_are_no_places():
    balance = balance_of(
        ("120101", 1, "day", "hours_per_month", 4_000),
        ("120101", 1, "day", "meals_per_day", 90),
        ("120101", 2, "day", "jobs", 40),
        ("120101", 3, "day", "", None),
        ("120101", 4, "day", "places", 10),
        ("240101", 5, "day", "meals_per_day", 90),
    )
    here = balance.loc[("120101", "day")]
    assert (here["capacity_places"], here["facilities_count"], here["left_out_count"]) == (10, 1, 4)
    elsewhere = balance.loc[("240101", "day")]
    assert pd.isna(elsewhere["capacity_places"])
    assert elsewhere["left_out_count"] == 1


def test_places_that_may_be_for_others_make_the_sum_an_upper_bound():
    rows = services(
        ("120101", 1, "day", "places", 30),
        ("120101", 2, "round_the_clock", "places", 150),
        ("120101", 3, "round_the_clock", "places", None),
        ("120102", 4, "day", "meals_per_day", 90),
    ).assign(is_for_others=[False, True, False, True])
    balance = support_balance(rows, PEOPLE, kinds=KINDS, known=KNOWN, area_codes=AREAS)
    assert balance.loc[("120101", "round_the_clock"), "capacity_places"] == 150
    # Of an unknown number more, of those for others fewer.
    assert balance.loc[("120101", "round_the_clock"), ["is_lower_bound", "is_upper_bound"]].all()
    assert balance.index[balance["is_upper_bound"]].tolist() == [("120101", "round_the_clock")]


def test_an_unknown_capacity_makes_the_sum_a_lower_bound():
    balance = balance_of(
        ("120101", 1, "day", "places", 30),
        ("120101", 2, "day", "places", None),
        ("120101", 3, "round_the_clock", "places", None),
        ("240101", 4, "round_the_clock", "places", 20),
    )
    here = balance.loc[("120101", "day")]
    assert (here["capacity_places"], here["is_lower_bound"], here["capacity_unknown_count"]) == (30, True, 1)
    # "At least 0" says nothing.
    empty = balance.loc[("120101", "round_the_clock")]
    assert pd.isna(empty["capacity_places"])
    assert (empty["facilities_count"], empty["is_lower_bound"], empty["capacity_unknown_count"]) == (
        1,
        False,
        1,
    )
    # Listed where nobody claims to be complete.
    assert balance.loc[("240101", "round_the_clock"), ["capacity_places", "is_lower_bound"]].tolist() == [
        20,
        True,
    ]
    assert balance["is_known"].tolist() == [True] * 6 + [False] * 3


def test_a_kind_is_known_on_its_own():
    balance = balance_of(known={"round_the_clock": {"120101"}})
    assert balance["capacity_places"].fillna(-1).tolist() == [-1, -1, 0, -1, -1, -1, -1, -1, -1]


def test_change_between_two_dates():
    index = balance_of().index
    earlier = balance_of(
        ("120101", 1, "day", "places", 30),
        ("120101", 2, "round_the_clock", "places", 150),
        ("120102", 3, "day", "places", None),
        ("120102", 4, "round_the_clock", "places", 10),
        ("240101", 5, "day", "places", 10),
    )
    later = balance_of(
        ("120101", 1, "day", "places", 50),
        ("120101", 2, "round_the_clock", "places", 120),
        ("120102", 3, "day", "places", 20),
        ("120102", 4, "round_the_clock", "places", 15),
        ("240101", 5, "day", "places", 30),
    )
    lists = pd.Series("dps;sds", index=index)
    other = lists.copy()
    other["120102", "round_the_clock"] = "dps"
    other["120102", "housing"] = None
    change = balance_change(earlier, later, earlier_lists=lists, later_lists=other)
    assert change["places_change"].tolist() == [20, 0, -30, *[NO_DATA] * 6]
    assert change["per_1000_change"].fillna(-99).tolist() == [2, 0, -3, *[-99] * 6]
    # Unknown capacity; no list at the second date; another one; never complete; no data twice.
    reasons = [
        None,
        None,
        None,
        "no_data",
        "other_lists",
        "other_lists",
        "not_complete",
        "no_data",
        "no_data",
    ]
    assert change["reason_code"].astype(object).where(change["reason_code"].notna(), None).tolist() == reasons


def test_change_needs_the_same_areas():
    balance = balance_of()
    lists = pd.Series("dps", index=balance.index)
    with pytest.raises(FrameError, match="bring both to the same boundary_vintage"):
        balance_change(balance.iloc[:3], balance, earlier_lists=lists, later_lists=lists)
    with pytest.raises(FrameError, match="is_known"):
        balance_change(balance.drop(columns="is_known"), balance, earlier_lists=lists, later_lists=lists)
    turned = balance_change(balance.iloc[::-1], balance, earlier_lists=lists.iloc[::-1], later_lists=lists)
    assert turned["places_change"].fillna(-1).tolist() == [0] * 6 + [-1] * 3


@settings(max_examples=25)  # a balance is nine groups of a frame
@given(service_rows, known_areas, st.randoms(use_true_random=False))
def test_balance_equals_the_slow_one_in_any_order(rows, known, chance):
    chance.shuffle(rows)
    balance = balance_of(*rows, known=known)
    for (area, support_kind), found in balance.iterrows():
        of_kind = [row for row in rows if (row[0], row[2]) == (area, support_kind)]
        counted = [row for row in of_kind if row[3] in COUNTED_UNITS]
        total = sum(row[4] for row in counted if row[4] is not None)
        is_known = area in known[support_kind]
        is_bound = any(row[4] is None for row in counted) or (bool(counted) and not is_known)
        is_no_data = (not counted and not is_known) or (is_bound and total == 0)
        assert found["left_out_count"] == len(of_kind) - len(counted)
        assert found["is_known"] == is_known
        assert found["is_lower_bound"] == (is_bound and not is_no_data)
        if is_no_data:
            assert pd.isna(found["capacity_places"])
        else:
            assert found["capacity_places"] == total


@settings(max_examples=25)  # a balance is nine groups of a frame
@given(service_rows, service_rows, known_areas)
def test_change_back_is_the_change_with_the_other_sign(one, other, known):
    first, second = balance_of(*one, known=known), balance_of(*other, known=known)
    lists = pd.Series("a", index=first.index)
    there = balance_change(first, second, earlier_lists=lists, later_lists=lists)
    back = balance_change(second, first, earlier_lists=lists, later_lists=lists)
    assert there["places_change"].equals(-back["places_change"])
    is_told = there["reason_code"].isna()
    assert there["places_change"].notna().equals(is_told)
    assert not is_told[~first["is_known"]].any()


def test_no_areas_and_no_services():
    assert support_balance(services(), PEOPLE, kinds=KINDS, known={}, area_codes=AREAS[:0]).empty
    assert balance_of(known={})["capacity_places"].isna().all()


def test_wrong_inputs_are_named():
    good = services(("120101", 1, "day", "places", 30))
    with pytest.raises(FrameError, match=r"kinds other than .* found 1, first \['closed'\]"):
        support_balance(
            good.assign(support_kind="closed"), PEOPLE, kinds=KINDS, known=KNOWN, area_codes=AREAS
        )
    with pytest.raises(FrameError, match=r"outside the areas of the answer, found 1, first \['999999'\]"):
        # Also a service that would not be counted.
        balance_of(("999999", 1, "day", "meals_per_day", 30))
    with pytest.raises(OptionError, match=r"found \['offices'\]"):
        balance_of(known={"offices": {"120101"}})
    with pytest.raises(FrameError, match="capacity_unit"):
        support_balance(
            good.drop(columns="capacity_unit"), PEOPLE, kinds=KINDS, known=KNOWN, area_codes=AREAS
        )
    with pytest.raises(FrameError, match="found -1"):
        balance_of(("120101", 1, "day", "places", -1))
    with pytest.raises(FrameError, match="repeat"):
        support_balance(good, PEOPLE, kinds=KINDS, known=KNOWN, area_codes=AREAS.append(AREAS))
