"""
Addresses of polling stations that are perhaps of a place that is told already: set aside until a person decides.

A doubtful pair (`data.duplicates`) joins nothing: of two facilities a wrong merge takes one off the map. An address of
a polling station is counted nowhere, and told beside the numbers as one where a further facility is said to be. Of
"Żwirki 5" beside the register's "Żwirki 5/7", or beside "Żwirki 5/7" of another election, that would be false.
"""

import geopandas as gpd
import pandas as pd

from data.reading.record_handles import Record

_ONE_PLACE = frozenset({"one_is_branch"})
"""An objection that lets two be one place: names of two elections, one with its branch. Others say: they are two."""


def doubted_with(services: gpd.GeoDataFrame, members: pd.DataFrame, pairs: pd.DataFrame) -> "pd.Series[str]":
    """
    Return which evidence is perhaps of another place, and of which source that is.

    Parameters
    ----------
    services
        Merged services with `source_code`, `record_key`, `support_form`, `is_counted`, `is_unconfirmed`, `dated_on`.
    members
        The records of each group, as `data.reading.clusters.merged_records` returns them.
    pairs
        As `data.reading.clusters.duplicate_pairs` returns them; only doubtful ones are followed.

    Returns
    -------
    doubted_with
        `source_code` of the other place by label of `services`. Of two that are both evidence the later election stays.
    """
    if services.empty:
        return pd.Series(dtype=object)
    group_of = {
        (source, key): f"group {number}"
        for number, source, key in members[["cluster", "source_code", "record_key"]].itertuples(index=False)
    }
    beside: dict[Record | str, set[Record | str]] = {}
    for one, other in _doubtful(pairs):
        left, right = group_of.get(one, one), group_of.get(other, other)
        beside.setdefault(left, set()).add(right)
        beside.setdefault(right, set()).add(left)
    places = [
        group_of.get(record, record)
        for record in zip(services["source_code"], services["record_key"], strict=True)
    ]
    told = services.assign(place=places)[services["is_counted"] | services["is_unconfirmed"]]
    told = told[told["place"].map(beside.__contains__).astype(bool)]
    # Counted ones first, then the newest evidence: what stays has nothing doubtful before it.
    days = pd.to_datetime(told["dated_on"])
    told = told.assign(day=days).sort_values(["is_counted", "day"], ascending=False, kind="stable")
    staying: dict[tuple[Record | str, str], str] = {}
    aside = {}
    for label, row in zip(told.index, told.to_dict("records"), strict=True):
        others = [
            source
            for other in sorted(beside[row["place"]], key=str)
            if (source := staying.get((other, row["support_form"])))
        ]
        if others and not row["is_counted"]:
            aside[label] = others[0]
        else:
            staying[row["place"], row["support_form"]] = row["source_code"]
    return pd.Series(aside, dtype=object)


def _doubtful(pairs: pd.DataFrame) -> list[tuple[Record, Record]]:
    """Return the ends of pairs that wait for a person and may be one place."""
    waiting = pairs[pairs["verdict"] == "doubtful"]
    return [
        ((row["left_source"], row["left_key"]), (row["right_source"], row["right_key"]))
        for row in waiting.to_dict("records")
        if set((row["evidence"] or {}).get("objections", ())) <= _ONE_PLACE
    ]
