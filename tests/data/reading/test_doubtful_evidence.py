"""Which addresses of polling stations are perhaps of a place that is told already."""

from datetime import date

import geopandas as gpd
import pandas as pd
import pytest

from data.reading.clusters import records_of
from data.reading.doubtful_evidence import doubted_with

ENDS = ["left_source", "left_key", "right_source", "right_key"]


def service(key, source="election", *, form="CAL-DPS", counted=False, day=date(2019, 5, 26)):
    return {
        "source_code": source,
        "record_key": key,
        "support_form": form,
        "is_counted": counted,
        "is_unconfirmed": not counted,
        "dated_on": day,
    }


HOME = service("home", "register", counted=True, day=None)
STATION = service("station")
LATER = service("later", "later election", day=date(2023, 10, 15))


def pair(one, other, verdict="doubtful", objections=()):
    return {
        **dict(
            zip(
                ENDS,
                [one["source_code"], one["record_key"], other["source_code"], other["record_key"]],
                strict=True,
            )
        ),
        "score": 0.75,
        "verdict": verdict,
        "decided_by": "rule",
        "evidence": {"objections": list(objections)},
    }


def doubted(services, *pairs):
    """Return {key of the record that is not told: source of the place that it may be of}."""
    rows, found = (
        gpd.GeoDataFrame(services),
        pd.DataFrame(pairs, columns=[*ENDS, "score", "verdict", "decided_by", "evidence"]),
    )
    aside = doubted_with(rows, records_of(found), found)
    return {rows.loc[label, "record_key"]: source for label, source in aside.items()}


def test_an_address_that_may_be_of_a_home_of_the_register_is_no_further_one():
    assert doubted([STATION, HOME], pair(HOME, STATION)) == {"station": "register"}


def test_of_two_addresses_that_may_be_one_the_later_election_is_told():
    assert doubted([STATION, LATER], pair(STATION, LATER)) == {"station": "later election"}


def test_an_address_between_two_others_leaves_the_newest_alone():
    between = service("between", "third election", day=date(2018, 10, 21))
    pairs = [pair(between, STATION), pair(between, LATER)]
    assert doubted([between, STATION, LATER], *pairs) == {"between": "election"}, "both others stay"


@pytest.mark.parametrize("decided", ["different", "same"])
def test_what_is_decided_is_in_doubt_no_more(decided):
    assert doubted([STATION, HOME], pair(HOME, STATION, decided)) == {}


@pytest.mark.parametrize("objection", ["listed_apart", "other_ordinal", "other_gmina", "two_of_one_list"])
def test_what_speaks_for_two_places_leaves_two(objection):
    assert doubted([STATION, HOME], pair(HOME, STATION, objections=[objection])) == {}


def test_a_home_and_its_branch_at_one_address_are_one():
    assert doubted([STATION, LATER], pair(STATION, LATER, objections=["one_is_branch"])) == {
        "station": "later election"
    }


def test_another_form_of_help_at_the_address_is_another_place():
    club = service("home", "register", form="DZI-KLS", counted=True)
    assert doubted([STATION, club], pair(club, STATION)) == {}


def test_a_facility_that_counts_is_never_set_aside():
    other = service("other", "list", counted=True)
    assert doubted([other, HOME], pair(HOME, other)) == {}


def test_records_that_are_one_facility_stand_for_each_other():
    """The station of 2019 is the register's home; that of 2023 is perhaps of the station of 2019."""
    pairs = [pair(HOME, STATION, "same"), pair(STATION, LATER)]
    assert doubted([HOME, LATER], *pairs) == {"later": "register"}
