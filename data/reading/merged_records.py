"""Which records are one facility, as rules and people have decided it."""

import pandas as pd
from sqlalchemy import Connection, select

from data.reading.clusters import clusters
from data.store.query_frames import read_frame
from data.store.schema import DuplicatePair

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
    pairs = duplicate_pairs(connection)
    pairs.loc[pairs["decided_by"] == "person", "score"] = 1.0
    return clusters(pairs).members
