"""Merging the records of one facility, with the origin of every field."""

import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from data.reading.merging import NothingToMergeError, merge_facilities

REGISTER = {
    "source_code": "register",
    "record_key": "1",
    "is_official": True,
    "name": "Dom Pomocy Społecznej w Mieście",
    "street_address": None,
    "postal_code": None,
    "phones": ["(56) 675-71-11"],
    "website": None,
    "dated_on": date(2025, 3, 31),
    "dated_precision": "day",
    "place_grade": "locality",
    "point": Point(19, 51),
    "gmina_code": "100101",
    "visibility": "public",
}
LIST = {
    "source_code": "list",
    "record_key": "7",
    "is_official": False,
    "name": "Dom Pomocy Społecznej",
    "street_address": "ul. Parkowa 1",
    "postal_code": "00-001",
    "phones": ["56 675 71 11", "56 675 71 12"],
    "website": "https://dps.example",
    "dated_on": date(2026, 1, 1),
    "dated_precision": "year",
    "place_grade": "door",
    "point": Point(19.01, 51.01),
    "gmina_code": "100101",
    "visibility": "public",
}


def service(row, **values):
    return {
        "source_code": row["source_code"],
        "record_key": row["record_key"],
        "support_form": "CAL-DPS",
        "subtype": None,
        "capacity_places": None,
        "capacity_women": None,
    } | values


def test_register_is_trusted_first_and_gaps_are_filled():
    merged = merge_facilities([LIST, REGISTER])
    assert merged.records == ("register:1", "list:7")
    assert merged.fields["name"] == "Dom Pomocy Społecznej w Mieście"
    assert merged.origins["name"] == ("register:1",)
    assert (merged.fields["street_address"], merged.origins["street_address"]) == (
        "ul. Parkowa 1",
        ("list:7",),
    )
    assert merged.fields["website"] == "https://dps.example"
    assert merged.fields["dated_on"] == date(2025, 3, 31)


def test_point_grade_and_gmina_come_from_the_more_precise_record():
    merged = merge_facilities([REGISTER, LIST])
    assert (merged.fields["place_grade"], merged.fields["point"]) == ("door", Point(19.01, 51.01))
    assert merged.origins["point"] == merged.origins["gmina_code"] == ("list:7",)


def test_telephones_are_united_by_their_digits():
    merged = merge_facilities([REGISTER, LIST])
    assert merged.fields["phones"] == ["(56) 675-71-11", "56 675 71 12"]
    assert merged.origins["phones"] == ("register:1", "list:7")


def test_date_and_its_precision_come_from_one_record():
    undated = REGISTER | {"dated_on": None}
    merged = merge_facilities([undated, LIST])
    assert (merged.fields["dated_on"], merged.fields["dated_precision"]) == (date(2026, 1, 1), "year")
    assert merged.origins["dated_precision"] == ("list:7",)


def test_the_page_of_a_source_is_of_the_list_whose_day_is_told():
    """The home in Kraków, Helclów, had the day of its register and a link to polling stations."""
    page = "https://github.com/hrpunio/PLWybory"
    merged = merge_facilities([REGISTER, LIST | {"source_url": page}])
    assert merged.fields["dated_on"] == REGISTER["dated_on"]
    assert merged.fields["source_url"] is None
    assert "source_url" not in merged.origins
    undated = merge_facilities(
        [REGISTER | {"dated_on": None, "dated_precision": None}, LIST | {"source_url": page}]
    )
    assert (undated.fields["dated_on"], undated.fields["source_url"]) == (LIST["dated_on"], page)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"dated_on": date(2026, 2, 1)}, {"dated_on": date(2026, 1, 1), "place_grade": "door"}),
        ({"dated_on": date(2020, 1, 1)}, {"dated_on": None}),
        ({"place_grade": "street"}, {"place_grade": "locality"}),
        ({"place_grade": "locality"}, {"place_grade": "none"}),
        ({"source_code": "a"}, {"source_code": "b"}),
    ],
)
def test_order_of_trust_without_a_register(left, right):
    base = {"source_code": "x", "record_key": "1", "is_official": False, "dated_on": None}
    rows = [base | {"name": "trusted"} | left, base | {"name": "other", "record_key": "2"} | right]
    assert merge_facilities(rows).fields["name"] == "trusted"
    assert merge_facilities(rows[::-1]).fields["name"] == "trusted"


@pytest.mark.parametrize(
    ("strict", "open_word"), [("hidden", "staff"), ("staff", "gmina_centroid"), ("gmina_centroid", None)]
)
def test_strictest_visibility_wins(strict, open_word):
    merged = merge_facilities([REGISTER | {"visibility": open_word}, LIST | {"visibility": strict}])
    assert (merged.fields["visibility"], merged.origins["visibility"]) == (strict, ("list:7",))


def test_capacity_is_never_added_and_its_parts_come_from_one_record():
    merged = merge_facilities(
        [REGISTER, LIST],
        [
            service(REGISTER, subtype="dla osób w podeszłym wieku", capacity_places=40),
            service(LIST, capacity_places=50, capacity_women=20),
        ],
    )
    (one,) = merged.services
    assert (one.fields["capacity_places"], one.fields["capacity_women"]) == (40, None)
    assert one.records == ("register:1", "list:7")
    assert one.origins["capacity_places"] == ("register:1",)


def test_missing_capacity_is_filled():
    merged = merge_facilities([REGISTER, LIST], [service(REGISTER), service(LIST, capacity_places=50)])
    (one,) = merged.services
    assert (one.fields["capacity_places"], one.origins["capacity_places"]) == (50, ("list:7",))


def test_profiles_meet_by_their_words():
    merged = merge_facilities(
        [REGISTER, LIST],
        [
            service(REGISTER, subtype="dla osób w podeszłym wieku", capacity_places=40),
            service(REGISTER, subtype="dla przewlekle somatycznie chorych", capacity_places=30),
            service(LIST, subtype="Dla osób w podeszłym wieku", capacity_places=41),
            service(LIST, subtype="dla osób niepełnosprawnych fizycznie", capacity_places=5),
        ],
    )
    assert [one.fields["capacity_places"] for one in merged.services] == [40, 30, 5]
    assert [len(one.records) for one in merged.services] == [2, 1, 1]


def test_whole_home_of_one_list_does_not_stand_beside_the_profiles_of_another():
    profiles = [
        service(REGISTER, subtype="dla osób w podeszłym wieku", capacity_places=40),
        service(REGISTER, subtype="dla przewlekle somatycznie chorych", capacity_places=30),
    ]
    whole = service(LIST, capacity_places=70)
    merged = merge_facilities([REGISTER, LIST], [*profiles, whole])
    assert [one.fields["capacity_places"] for one in merged.services] == [40, 30]
    assert merged.services[0].absorbed == (whole,)
    trusted_list = LIST | {"is_official": True, "source_code": "aaa"}
    whole = service(trusted_list, capacity_places=70)
    merged = merge_facilities([REGISTER, trusted_list], [*profiles, whole])
    assert [one.fields["capacity_places"] for one in merged.services] == [70]
    assert merged.services[0].absorbed == tuple(profiles)


@pytest.mark.parametrize("missing", [None, "", math.nan, pd.NA, pd.NaT])
def test_every_kind_of_missing_is_filled(missing):
    rows = [REGISTER | {"website": missing, "dated_on": missing}, LIST]
    merged = merge_facilities(rows)
    assert merged.fields["website"] == "https://dps.example"
    assert merged.fields["dated_on"] == date(2026, 1, 1)


def test_other_services_are_kept():
    merged = merge_facilities(
        [REGISTER, LIST],
        [service(REGISTER, capacity_places=40), service(LIST, support_form="DZI-SDS", capacity_places=20)],
    )
    assert [(one.fields["support_form"], one.records) for one in merged.services] == [
        ("CAL-DPS", ("register:1",)),
        ("DZI-SDS", ("list:7",)),
    ]


def test_nothing_and_foreign_services_are_refused():
    with pytest.raises(NothingToMergeError, match="found none"):
        merge_facilities([])
    with pytest.raises(NothingToMergeError, match="found one of list:7"):
        merge_facilities([REGISTER], [service(LIST)])


TEXTS = st.one_of(st.none(), st.sampled_from(["a", "b", "c"]))
FACILITIES = st.lists(
    st.fixed_dictionaries(
        {
            "source_code": st.sampled_from(["x", "y"]),
            "record_key": st.sampled_from(["1", "2", "3"]),
            "is_official": st.booleans(),
            "dated_on": st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2026, 1, 1))),
            "place_grade": st.sampled_from(["door", "locality", "none"]),
            "name": TEXTS,
            "website": TEXTS,
            "phones": st.lists(st.sampled_from(["111111111", "222222222"]), unique=True),
        }
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda row: (row["source_code"], row["record_key"]),
)


@given(FACILITIES)
def test_every_value_is_that_of_the_record_it_names(rows):
    merged = merge_facilities(rows)
    by_name = {f"{row['source_code']}:{row['record_key']}": row for row in rows}
    assert set(merged.records) == set(by_name)
    for name, origins in merged.origins.items():
        if name == "phones":
            pairs = zip(merged.fields[name], origins, strict=True)
            assert all(phone in by_name[origin]["phones"] for phone, origin in pairs)
        else:
            assert by_name[origins[0]][name] == merged.fields[name]
    for name in ("name", "website"):
        assert (merged.fields[name] is None) == all(row[name] is None for row in rows)
    assert merge_facilities(rows[::-1]) == merged
