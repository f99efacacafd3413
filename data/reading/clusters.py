"""Which records are one facility: pairs that rules and people found to be the same, joined into groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import pandas as pd
from sqlalchemy import Connection, select

from data.store.query_frames import read_frame
from data.store.schema import DuplicatePair

_ENDS = ["left_source", "left_key", "right_source", "right_key"]
Record = tuple[str, str]


@dataclass(frozen=True)
class Clusters:
    """
    Groups of records that are one facility.

    Attributes
    ----------
    members
        `cluster` (0, 1, …), `source_code`, `record_key`; every record once, groups have two or more.
    parted
        Pairs judged `same` that were not followed, as `find_duplicates` returns them: following them would have brought
        together two records that a list or a person holds apart. They are for a person.
    """

    members: pd.DataFrame
    parted: pd.DataFrame


def clusters(pairs: pd.DataFrame) -> Clusters:
    """
    Join `same` pairs into groups, the surest pairs first.

    A is B and B is C puts A and C together, unless that would join two records of one source whose own pair is not
    `same` (a list that gives two homes apart is believed), or two that a person parted. Doubtful pairs join nothing.

    Parameters
    ----------
    pairs
        As `find_duplicates` returns them, with the decisions of people in place: their verdict may also be
        `different`, and their score 1, which puts what they joined first.
    """
    same = pairs[pairs["verdict"] == "same"].sort_values(["score", *_ENDS], ascending=[False, *[True] * 4])
    allowed, forbidden = _ends(same), _ends(pairs[pairs["verdict"] == "different"])
    group_of: dict[Record, list[Record]] = {}
    is_followed = []
    for left_source, left_key, right_source, right_key in same[_ENDS].itertuples(index=False, name=None):
        left, right = (left_source, left_key), (right_source, right_key)
        one, other = group_of.setdefault(left, [left]), group_of.setdefault(right, [right])
        is_followed.append(one is other or _may_join(one, other, allowed, forbidden))
        if one is not other and is_followed[-1]:
            one.extend(other)
            group_of.update((member, one) for member in other)
    groups = {id(group): sorted(group) for group in group_of.values() if len(group) > 1}
    members = [
        (number, source, key) for number, group in enumerate(sorted(groups.values())) for source, key in group
    ]
    return Clusters(
        members=pd.DataFrame(members, columns=["cluster", "source_code", "record_key"]),
        # As a column of truths: of an empty list pandas would take no column at all.
        parted=same[~pd.Series(is_followed, index=same.index, dtype=bool)].reset_index(drop=True),
    )


def _ends(pairs: pd.DataFrame) -> frozenset[frozenset[Record]]:
    return frozenset(
        frozenset({(left_source, left_key), (right_source, right_key)})
        for left_source, left_key, right_source, right_key in pairs[_ENDS].itertuples(index=False, name=None)
    )


def _may_join(
    one: Iterable[Record],
    other: Iterable[Record],
    allowed: frozenset[frozenset[Record]],
    forbidden: frozenset[frozenset[Record]],
) -> bool:
    return all(
        ends not in forbidden and (left[0] != right[0] or ends in allowed)
        for left, right in product(one, other)
        if (ends := frozenset({left, right}))
    )


PAIR_ENDS = ("left_source", "left_key", "right_source", "right_key")
"""Columns that name the two records of a pair."""


def duplicate_pairs(connection: Connection) -> pd.DataFrame:
    """Return every pair: ends, `score`, `verdict`, `decided_by`, `reason`, `decided_at`, `evidence`; surest first."""
    query = select(
        *(getattr(DuplicatePair, end) for end in PAIR_ENDS),
        DuplicatePair.score,
        DuplicatePair.verdict,
        DuplicatePair.decided_by,
        DuplicatePair.reason,
        DuplicatePair.decided_at,
        DuplicatePair.evidence,
    )
    pairs = read_frame(connection, query)
    order = ["score", *PAIR_ENDS]
    return pairs.sort_values(order, ascending=[False, True, True, True, True]).reset_index(drop=True)


def merged_records(connection: Connection) -> pd.DataFrame:
    """Return the records that are one facility with another: `cluster`, `source_code`, `record_key`."""
    return records_of(duplicate_pairs(connection))


def records_of(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the same of pairs that are read already."""
    is_decided = pairs["decided_by"] == "person"
    return clusters(pairs.assign(score=pairs["score"].mask(is_decided, 1.0))).members
