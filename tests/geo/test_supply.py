import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import FrameError
from geo.supply import honest_share, own_places, places_per_1000, supply_by_area

AREAS = pd.Index(["120101", "120102", "240101", "240102"])
KNOWN = {"120101", "120102"}
COUNTS = ["facilities_count", "capacity_places", "is_lower_bound", "capacity_unknown_count"]


def services(*rows):
    """Give services from (area code, facility, places)."""
    frame = pd.DataFrame(list(rows), columns=["area_code", "facility_id", "capacity_places"])
    return frame.astype({"area_code": "str", "capacity_places": "Int64"})


def test_the_four_kinds_of_area():
    supply = supply_by_area(services(("120101", 1, 60), ("240101", 2, 40)), KNOWN, AREAS)
    # Listed in a complete register; a real zero; listed where nobody claims to be complete; no data.
    assert supply["facilities_count"].tolist() == [1, 0, 1, pd.NA]
    assert supply["capacity_places"].tolist() == [60, 0, 40, pd.NA]
    assert supply["is_lower_bound"].tolist() == [False, False, True, False]
    assert supply["capacity_unknown_count"].tolist() == [0, 0, 0, 0]
    assert supply.index.tolist() == AREAS.tolist()
    assert supply.index.name == "area_code"
    types = supply.dtypes.astype(str)
    assert types[COUNTS].tolist() == ["Int64", "Int64", "bool", "Int64"]
    assert types.drop(COUNTS).to_dict() == {
        "known_places": "Int64",
        "own_places": "Int64",
        "is_upper_bound": "bool",
        "is_count_upper_bound": "bool",
        "may_be_gone": "bool",
        "places_may_be_gone": "bool",
        "places_are_old": "bool",
    }


def test_a_facility_with_several_services_counts_once_and_all_its_places():
    supply = supply_by_area(services(("120101", 1, 60), ("120101", 1, 40), ("120101", 2, 5)), KNOWN, AREAS)
    assert supply.loc["120101", "facilities_count"] == 2
    assert supply.loc["120101", "capacity_places"] == 105


def test_one_unknown_capacity_makes_the_sum_unknown():
    supply = supply_by_area(
        services(
            ("120101", 1, 60), ("120101", 1, None), ("120101", 2, 5), ("240101", 3, None), ("240101", 4, None)
        ),
        KNOWN,
        AREAS,
    )
    assert supply.loc["120101", COUNTS].tolist() == [2, pd.NA, False, 1]
    assert supply.loc["240101", COUNTS].tolist() == [2, pd.NA, True, 2]
    assert supply["own_places"].isna().tolist() == [True, False, True, True]
    assert not supply["is_upper_bound"].any()


def test_places_that_may_be_for_others_are_counted_and_are_at_most():
    rows = services(
        ("120101", 1, 60), ("120101", 2, 54), ("120102", 3, 20), ("120102", 4, 0), ("240101", 5, None)
    ).assign(is_for_others=[False, True, False, True, True])
    supply = supply_by_area(rows, KNOWN, AREAS)
    assert supply["capacity_places"].tolist() == [114, 20, pd.NA, pd.NA]
    assert supply["own_places"].tolist() == [60, 20, pd.NA, pd.NA]
    # No place is nobody else's, either; of an unknown number there is no bound above.
    assert supply["is_upper_bound"].tolist() == [True, False, False, False]
    assert own_places(rows).fillna(-1).tolist() == [60, 0, 20, 0, -1]
    assert not supply["is_count_upper_bound"].any()


def test_a_facility_that_may_be_for_others_alone_is_counted_at_most():
    rows = services(("120101", 1, 60), ("120101", 1, 40), ("120102", 2, 20), ("120102", 2, 5)).assign(
        is_for_others=[True, False, True, True], is_profile_unknown=[True, False, True, True]
    )
    supply = supply_by_area(rows, KNOWN, AREAS)
    assert supply["facilities_count"].tolist() == [1, 1, pd.NA, pd.NA]
    # One part of the first is surely for the group.
    assert supply["is_count_upper_bound"].tolist() == [False, True, False, False]


def test_known_areas_as_booleans_and_what_they_leave_out_is_not_known():
    known = pd.Series({"120101": True, "240101": False})
    supply = supply_by_area(services(), known, AREAS)
    assert supply["facilities_count"].tolist() == [0, pd.NA, pd.NA, pd.NA]
    with_missing = pd.Series([True, None], index=["120101", "120102"], dtype="boolean")
    assert supply_by_area(services(), with_missing, AREAS)["facilities_count"].isna().tolist() == [
        False,
        True,
        True,
        True,
    ]
    assert supply_by_area(services(), set(), AREAS)["facilities_count"].isna().all()


def test_no_services_at_all_in_a_frame_without_types():
    empty = pd.DataFrame({"area_code": [], "facility_id": [], "capacity_places": []})
    supply = supply_by_area(empty, KNOWN, AREAS)
    assert supply["capacity_places"].tolist() == [0, 0, pd.NA, pd.NA]
    assert not supply["is_lower_bound"].any()


def test_inputs_stay_as_they_were():
    frame, areas = services(("120101", 1, 60)), AREAS.copy()
    before = frame.copy()
    supply_by_area(frame, KNOWN, areas)
    assert frame.equals(before)
    assert areas.name is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(AREAS.tolist()), st.integers(1, 5), st.one_of(st.none(), st.integers(0, 90))
        )
    ),
    st.sets(st.sampled_from(AREAS.tolist())),
    st.randoms(use_true_random=False),
)
def test_supply_equals_the_slow_one_in_any_order(rows, known, chance):
    chance.shuffle(rows)
    supply = supply_by_area(services(*rows), known, AREAS)
    for code in AREAS:
        listed = [(facility, places) for area, facility, places in rows if area == code]
        is_no_data = not listed and code not in known
        has_unknown = any(places is None for _, places in listed)
        count = pd.NA if is_no_data else len({facility for facility, _ in listed})
        places = pd.NA if is_no_data or has_unknown else sum(places for _, places in listed)
        without = len({facility for facility, places in listed if places is None})
        expected = [count, places, bool(listed) and code not in known, without]
        assert supply.loc[code, COUNTS].tolist() == expected


def test_wrong_services_are_named():
    with pytest.raises(FrameError, match=r"outside the areas of the answer, found 1, first \['999999'\]"):
        supply_by_area(services(("999999", 1, 60)), KNOWN, AREAS)
    with pytest.raises(FrameError, match="outside the areas"):
        supply_by_area(services((None, 1, 60)), KNOWN, AREAS)
    with pytest.raises(FrameError, match=r"found -1 among 1 rows, first \['120101'\]"):
        supply_by_area(services(("120101", 1, -1)), KNOWN, AREAS)
    with pytest.raises(FrameError, match="not whole"):
        supply_by_area(services(("120101", 1, 1)).assign(capacity_places=1.5), KNOWN, AREAS)
    with pytest.raises(FrameError, match="without facility_id"):
        supply_by_area(services(("120101", None, 1)), KNOWN, AREAS)
    with pytest.raises(FrameError, match="repeat"):
        supply_by_area(services(), KNOWN, AREAS.append(AREAS))
    with pytest.raises(FrameError, match="capacity_places"):
        supply_by_area(services().drop(columns="capacity_places"), KNOWN, AREAS)


def test_places_per_1000():
    places = pd.Series([60, 0, None, 5, 5, 5], index=list("abcdef"), dtype="Int64")
    people = pd.Series([12_000, 500, 100, 0, None], index=list("abcde"), dtype="Float64")
    rate = places_per_1000(places, people)
    assert rate[["a", "b"]].tolist() == [5.0, 0.0]
    # Unknown places; nobody there; unknown people; an area that the table of people lacks.
    assert rate[["c", "d", "e", "f"]].isna().all()
    assert rate.index.tolist() == list("abcdef")
    assert rate.dtype == float


def test_places_per_1000_where_no_people_are_known():
    rate = places_per_1000(pd.Series([60], index=["12"], dtype="Int64"), pd.Series(dtype="Float64"))
    assert rate.isna().tolist() == [True]
    with pytest.raises(FrameError, match="found -1"):
        places_per_1000(pd.Series([60], index=["12"]), pd.Series([-1.0], index=["12"]))


def test_honest_share_follows_the_rule_of_supply():
    share = pd.Series([0.0, 0.4, 0.0, 0.4, None, 1.0], index=["1201", "1202", "2401", "2402", "2403", "2404"])
    honest = honest_share(share, {"1201", "1202"})
    assert honest["coverage_share"].fillna(-1).tolist() == [0.0, 0.4, -1, 0.4, -1, 1.0]
    # All people are covered in 2404: another facility cannot make it more.
    assert honest["is_lower_bound"].tolist() == [False, False, False, True, False, False]
    assert honest.dtypes.astype(str).tolist() == ["float64", "bool"]
    assert share["2401"] == 0.0


def test_honest_share_of_nothing_and_of_nullable_numbers():
    assert honest_share(pd.Series(dtype="Float64"), set()).empty
    honest = honest_share(
        pd.Series([0.5, None], index=["12", "24"], dtype="Float64"), pd.Series({"12": True})
    )
    assert honest.loc["12"].tolist() == [0.5, False]
    assert math.isnan(honest.loc["24", "coverage_share"])
    with pytest.raises(FrameError, match="repeat"):
        honest_share(pd.Series([0.1, 0.2], index=["12", "12"]), set())


def test_places_that_are_stated_are_told_beside_whole_sums() -> None:
    rows = services(("120101", 1, 60), ("120101", 2, None), ("240101", 3, None))
    supply = supply_by_area(rows, KNOWN, AREAS)
    assert supply.loc["120101", "known_places"] == 60
    assert pd.isna(supply.loc["120101", "capacity_places"])
    # "At least 0" is no data.
    assert pd.isna(supply.loc["240101", "known_places"])


def test_old_places_of_a_facility_that_is_there_are_told_apart() -> None:
    """Three areas with one facility each: of the first the places are old, the third states none."""
    rows = pd.DataFrame(
        {
            "area_code": ["1", "2", "3"],
            "facility_id": [1, 2, 3],
            "capacity_places": [35, 10, pd.NA],
            "is_places_old": [True, False, True],
        }
    ).astype({"capacity_places": "Int64"})
    supply = supply_by_area(rows, known_areas=set(), area_codes=pd.Index(["1", "2", "3"]))
    assert supply["places_are_old"].tolist() == [True, False, False]
    assert not supply[["may_be_gone", "places_may_be_gone"]].any(axis=None)


def test_a_facility_may_be_gone_where_all_its_rows_are_old() -> None:
    rows = services(("120101", 1, 60), ("120101", 1, 5), ("240101", 2, 40))
    rows = rows.assign(may_be_gone=[True, False, True])
    supply = supply_by_area(rows, KNOWN, AREAS)
    assert supply["may_be_gone"].tolist() == [False, False, True, False]
    assert supply["places_may_be_gone"].tolist() == [False, False, True, False]
    # One that states no places takes none away: Kraków's were "uncertain" beside an old row without any.
    silent = rows.assign(capacity_places=pd.array([60, 5, pd.NA], dtype="Int64"))
    supply = supply_by_area(silent, KNOWN, AREAS)
    assert supply["may_be_gone"].tolist() == [False, False, True, False]
    assert not supply["places_may_be_gone"].any()
