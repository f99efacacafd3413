import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.balance import BALANCE_CLASSES, COUNTED_UNITS, balance_change, community_share, di_balance
from geo.errors import FrameError, OptionError

AREAS = pd.Index(["120101", "120102", "240101"])
PEOPLE = pd.Series([10_000, 5_000], index=["120101", "120102"])
KNOWN = {name: {"120101", "120102"} for name in BALANCE_CLASSES}
NO_DATA = pd.NA

service_rows = st.lists(
    st.tuples(
        st.sampled_from(AREAS.tolist()),
        st.integers(1, 4),
        st.sampled_from([*BALANCE_CLASSES, "enabling"]),
        st.sampled_from(["places", "people", "jobs", ""]),
        st.one_of(st.none(), st.integers(0, 90)),
    ),
    max_size=15,
)
known_areas = st.fixed_dictionaries(
    {name: st.sets(st.sampled_from(AREAS.tolist())) for name in BALANCE_CLASSES}
)


def services(*rows):
    """Give services from (area code, facility, class, unit, places)."""
    columns = ["area_code", "facility_id", "di_class", "capacity_unit", "capacity_places"]
    frame = pd.DataFrame(list(rows), columns=columns)
    texts = dict.fromkeys(["area_code", "di_class", "capacity_unit"], "str")
    return frame.astype(texts | {"capacity_places": "Int64"})


def balance_of(*rows, known=KNOWN):
    return di_balance(services(*rows), PEOPLE, known=known, area_codes=AREAS)


def share_of(**places):
    """Give the share of one area, whose classes have places, `None` (no data) or (places,) for at least."""
    index = pd.MultiIndex.from_product([["120101"], BALANCE_CLASSES], names=["area_code", "di_class"])
    found = [places[name] for name in BALANCE_CLASSES]
    is_bound = [isinstance(value, tuple) for value in found]
    numbers = [value[0] if isinstance(value, tuple) else value for value in found]
    balance = pd.DataFrame(
        {"capacity_places": pd.array(numbers, dtype="Int64"), "is_lower_bound": is_bound}, index
    )
    row = community_share(balance).loc["120101"]
    return None if pd.isna(row["community_share"]) else row["community_share"], row["is_uncertain"]


def test_places_of_each_class():
    balance = balance_of(
        ("120101", 1, "community", "places", 30),
        ("120101", 2, "community", "people", 20),
        ("120101", 3, "institutional", "places", 150),
        ("120101", 4, "enabling", "", None),
        ("120102", 5, "institutional", "places", 60),
    )
    assert balance.loc["120101", "capacity_places"].tolist() == [50, 0, 150]
    assert balance.loc["120102", "capacity_places"].tolist() == [0, 0, 60]
    assert balance.loc["240101", "capacity_places"].isna().all()
    assert balance.loc["120101", "places_per_1000"].tolist() == [5, 0, 15]
    assert balance.loc["120102", "places_per_1000"].tolist() == [0, 0, 12]
    assert not balance["is_lower_bound"].any()
    assert balance.index.names == ["area_code", "di_class"]
    assert balance.index.get_level_values("area_code").unique().tolist() == AREAS.tolist()
    share = community_share(balance)
    # 50 of 200; 0 of 60 is a real zero; no data.
    assert share["community_share"].fillna(-1).to_dict() == {"120101": 0.25, "120102": 0, "240101": -1}
    assert not share["is_uncertain"].any()


def test_hours_meals_and_jobs_are_no_places():
    balance = balance_of(
        ("120101", 1, "community", "hours_per_month", 4_000),
        ("120101", 1, "community", "meals_per_day", 90),
        ("120101", 2, "community", "jobs", 40),
        ("120101", 3, "community", "", None),
        ("120101", 4, "community", "places", 10),
        ("240101", 5, "community", "meals_per_day", 90),
    )
    here = balance.loc[("120101", "community")]
    assert (here["capacity_places"], here["facilities_count"], here["left_out_count"]) == (10, 1, 4)
    elsewhere = balance.loc[("240101", "community")]
    assert pd.isna(elsewhere["capacity_places"])
    assert elsewhere["left_out_count"] == 1


def test_an_unknown_capacity_makes_the_sum_a_lower_bound():
    balance = balance_of(
        ("120101", 1, "community", "places", 30),
        ("120101", 2, "community", "places", None),
        ("120101", 3, "institutional", "places", None),
        ("240101", 4, "institutional", "places", 20),
    )
    here = balance.loc[("120101", "community")]
    assert (here["capacity_places"], here["is_lower_bound"], here["capacity_unknown_count"]) == (30, True, 1)
    # "At least 0" says nothing.
    empty = balance.loc[("120101", "institutional")]
    assert pd.isna(empty["capacity_places"])
    assert (empty["facilities_count"], empty["is_lower_bound"], empty["capacity_unknown_count"]) == (
        1,
        False,
        1,
    )
    # Listed where nobody claims to be complete.
    assert balance.loc[("240101", "institutional"), ["capacity_places", "is_lower_bound"]].tolist() == [
        20,
        True,
    ]
    assert balance["is_known"].tolist() == [True] * 6 + [False] * 3


def test_a_class_is_known_on_its_own():
    balance = balance_of(known={"institutional": {"120101"}})
    assert balance["capacity_places"].fillna(-1).tolist() == [-1, -1, 0, -1, -1, -1, -1, -1, -1]


def test_the_share_of_community_places():
    assert share_of(community=50, conditional=0, institutional=150) == (0.25, False)
    assert share_of(community=(50,), conditional=0, institutional=150) == (0.25, True)
    # Without data on a class the share is of what is known, and says so.
    assert share_of(community=50, conditional=None, institutional=150) == (0.25, True)
    assert share_of(community=None, conditional=5, institutional=150) == (None, False)
    # All is community only as long as nobody looks further.
    assert share_of(community=50, conditional=None, institutional=None) == (None, False)
    assert share_of(community=50, conditional=0, institutional=None) == (None, False)
    assert share_of(community=50, conditional=0, institutional=0) == (1.0, False)
    assert share_of(community=0, conditional=0, institutional=0) == (None, False)
    assert share_of(community=None, conditional=None, institutional=None) == (None, False)


def test_change_between_two_dates():
    index = balance_of().index
    earlier = balance_of(
        ("120101", 1, "community", "places", 30),
        ("120101", 2, "institutional", "places", 150),
        ("120102", 3, "community", "places", None),
        ("120102", 4, "institutional", "places", 10),
        ("240101", 5, "community", "places", 10),
    )
    later = balance_of(
        ("120101", 1, "community", "places", 50),
        ("120101", 2, "institutional", "places", 120),
        ("120102", 3, "community", "places", 20),
        ("120102", 4, "institutional", "places", 15),
        ("240101", 5, "community", "places", 30),
    )
    lists = pd.Series("dps;sds", index=index)
    other = lists.copy()
    other["120102", "institutional"] = "dps"
    other["120102", "conditional"] = None
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
    for (area, di_class), found in balance.iterrows():
        of_class = [row for row in rows if (row[0], row[2]) == (area, di_class)]
        counted = [row for row in of_class if row[3] in COUNTED_UNITS]
        total = sum(row[4] for row in counted if row[4] is not None)
        is_known = area in known[di_class]
        is_bound = any(row[4] is None for row in counted) or (bool(counted) and not is_known)
        is_no_data = (not counted and not is_known) or (is_bound and total == 0)
        assert found["left_out_count"] == len(of_class) - len(counted)
        assert found["is_known"] == is_known
        assert found["is_lower_bound"] == (is_bound and not is_no_data)
        if is_no_data:
            assert pd.isna(found["capacity_places"])
        else:
            assert found["capacity_places"] == total
    share = community_share(balance)["community_share"].dropna()
    assert share.between(0, 1).all()


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
    assert community_share(di_balance(services(), PEOPLE, known={}, area_codes=AREAS[:0])).empty
    assert balance_of(known={})["capacity_places"].isna().all()


def test_wrong_inputs_are_named():
    good = services(("120101", 1, "community", "places", 30))
    with pytest.raises(FrameError, match=r"classes other than .* found 1, first \['closed'\]"):
        di_balance(good.assign(di_class="closed"), PEOPLE, known=KNOWN, area_codes=AREAS)
    with pytest.raises(FrameError, match=r"outside the areas of the answer, found 1, first \['999999'\]"):
        # Also a service that would not be counted.
        balance_of(("999999", 1, "community", "meals_per_day", 30))
    with pytest.raises(OptionError, match=r"found \['enabling'\]"):
        balance_of(known={"enabling": {"120101"}})
    with pytest.raises(FrameError, match="capacity_unit"):
        di_balance(good.drop(columns="capacity_unit"), PEOPLE, known=KNOWN, area_codes=AREAS)
    with pytest.raises(FrameError, match="found -1"):
        balance_of(("120101", 1, "community", "places", -1))
    with pytest.raises(FrameError, match="repeat"):
        di_balance(good, PEOPLE, known=KNOWN, area_codes=AREAS.append(AREAS))
    with pytest.raises(FrameError, match=r"found no \['conditional', 'institutional'\]"):
        community_share(balance_of().iloc[[0]])
