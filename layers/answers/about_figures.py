"""The figures of the page about the data, read from the database in one go: the page itself reads nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pandas as pd
from sqlalchemy import Engine

from data.reading import release_queries
from data.reading.clusters import duplicate_pairs, merged_records
from data.registry import work_items
from data.registry.counts import FormCount, form_counts, official_comparison


@dataclass(frozen=True, eq=False)
class AboutFigures:
    """
    What the page about the data tells beside the registry itself.

    Attributes
    ----------
    newest
        Source code → its release in force, with `records_added` and the like.
    comparison, form_counts
        As `data.registry.counts.official_comparison` and `form_counts` return.
    register_totals
        As `data.reading.release_queries.register_totals` returns.
    merged_count, merged_facilities, doubtful_pairs
        Records that are one facility with another, facilities made of several, and pairs that a person must decide on.
    work_items, rejected
        How many there are, by kind and by reason.
    """

    newest: Mapping[str, Any]
    comparison: pd.DataFrame
    form_counts: list[FormCount]
    register_totals: pd.DataFrame
    merged_count: int
    merged_facilities: int
    doubtful_pairs: int
    work_items: pd.Series
    rejected: pd.Series


def read_about_figures(engine: Engine) -> AboutFigures:
    """Read the figures of the page about the data; on real data that takes one to two seconds."""
    with engine.connect() as connection:
        codes = release_queries.releases(connection)["source_code"]
        newest = {code: release_queries.newest_release(connection, code) for code in codes}
        merged = merged_records(connection)
        items = work_items.work_item_counts(connection)
        rejected = release_queries.rejected_counts(connection)
        return AboutFigures(
            newest={code: SimpleNamespace(**release._asdict()) for code, release in newest.items()},
            comparison=official_comparison(connection),
            form_counts=form_counts(connection),
            register_totals=release_queries.register_totals(connection),
            merged_count=len(merged),
            merged_facilities=int(merged["cluster"].nunique()),
            doubtful_pairs=int((duplicate_pairs(connection)["verdict"] == "doubtful").sum()),
            work_items=items.set_index("kind")["items"],
            rejected=rejected.groupby("reason")["rows"].sum(),
        )
