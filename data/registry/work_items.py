"""What a person should look at: what loads found, and what follows from the whole registry."""

import pandas as pd
from sqlalchemy import Connection, func, select

from data.reading.clusters import duplicate_pairs
from data.reading.merged_services import read_services
from data.reading.record_handles import protected_handles
from data.reading.service_queries import register_coverage
from data.registry.protection_items import protection_items
from data.store.query_frames import read_frame
from data.store.schema import DuplicatePair, RejectedRow, Release, WorkItem

_WORK_ITEM_COLUMNS = ["kind", "source_code", "subject", "facts"]
_TELLABLE = {
    "row",
    "field",
    "was",
    "vacant_places",
    "vacant_women",
    "vacant_men",
    "capacity_places",
}
"""Facts about a protected place that say nothing of where it is."""

_FOUND_BY_LOADS = (
    select(WorkItem.kind, Release.source_code, WorkItem.subject, WorkItem.facts)
    .join(Release, WorkItem.release_id == Release.id)
    .where(Release.state == "current")
    .order_by(WorkItem.kind, WorkItem.id)
)


def work_item_counts(connection: Connection) -> pd.DataFrame:
    """Return how many open work items there are of each kind: `kind`, `items`."""
    counts = work_items(connection)["kind"].value_counts().sort_index()
    return counts.rename_axis("kind").reset_index(name="items")


def items_fingerprint(connection: Connection) -> str:
    """Return a text that changes with work items, rejected rows and pairs to decide on, beside the registry itself."""
    found = [
        connection.execute(select(func.count(), func.max(table.id)).select_from(table)).one()
        for table in (WorkItem, RejectedRow, DuplicatePair)
    ]
    verdicts = select(DuplicatePair.verdict, func.count()).group_by(DuplicatePair.verdict)
    told = sorted(f"{verdict} {pairs}" for verdict, pairs in connection.execute(verdicts))
    return "|".join([*(f"{count} {last}" for count, last in found), *told])


def work_items(connection: Connection, kind: str | None = None) -> pd.DataFrame:
    """
    Return open work items, of one kind or all: `kind`, `source_code`, `subject`, `facts` (dict).

    Those that a load found, and those that follow from the whole registry: `possible_duplicate` for each doubtful
    pair, `set_aside_unmatched` for a record that a complete register sets aside without having it, and those of
    `data.registry.protection_items`. Of a record that is, or ever was, protected they tell a handle and no words.
    """
    items = [
        _without_secrets(connection, read_frame(connection, _FOUND_BY_LOADS)),
        protection_items(connection),
        _possible_duplicates(connection),
        _set_aside_unmatched(connection),
    ]
    found = pd.concat([frame for frame in items if len(frame)] or items[:1], ignore_index=True)
    return found if kind is None else found[found["kind"] == kind].reset_index(drop=True)


def items_of_source(connection: Connection, source_code: str) -> pd.DataFrame:
    """Return the open work items that the load of one source found, as `work_items` tells them."""
    query = _FOUND_BY_LOADS.where(Release.source_code == source_code)
    return _without_secrets(connection, read_frame(connection, query))


def _without_secrets(connection: Connection, items: pd.DataFrame) -> pd.DataFrame:
    """Return the items of loads as they may be told now: a record that was public then may be protected since."""
    handles = protected_handles(connection)
    subjects, facts = [], []
    for source, subject, told in items[["source_code", "subject", "facts"]].itertuples(index=False):
        handle = handles.get((source, subject))
        subjects.append(handle or subject)
        facts.append(
            {
                name: handles.get((source, value), value) if isinstance(value, str) else value
                for name, value in told.items()
                if handle is None or name in _TELLABLE
            }
            | ({"is_protected": True} if handle else {})
        )
    return items.assign(
        subject=pd.Series(subjects, index=items.index, dtype=object),
        facts=pd.Series(facts, index=items.index, dtype=object),
    )


def _possible_duplicates(connection: Connection) -> pd.DataFrame:
    pairs = duplicate_pairs(connection)
    handles = protected_handles(connection)
    rows = []
    for pair in pairs[pairs["verdict"] == "doubtful"].to_dict("records"):
        left, right = (
            (
                pair[f"{side}_source"],
                handles.get((pair[f"{side}_source"], pair[f"{side}_key"]), pair[f"{side}_key"]),
            )
            for side in ("left", "right")
        )
        rows.append(("possible_duplicate", *left, {"other": ":".join(right), "score": pair["score"]}))
    return pd.DataFrame(rows, columns=_WORK_ITEM_COLUMNS)


def _set_aside_unmatched(connection: Connection) -> pd.DataFrame:
    """Return services that are not counted though the complete register has no record of their facility."""
    services = read_services(connection)
    # Evidence that is perhaps of a place that is told waits as a pair of records (`_possible_duplicates`), not here.
    complete = register_coverage(connection)["source_code"]
    aside = services[services["set_aside_by"].isin(complete) & (services["status"] == "active")]
    handles = protected_handles(connection)
    rows = [
        (
            "set_aside_unmatched",
            row["source_code"],
            handles.get((row["source_code"], row["record_key"]), row["record_key"]),
            {
                "support_form": row["support_form"],
                "complete_register": row["set_aside_by"],
            },
        )
        for row in aside.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=_WORK_ITEM_COLUMNS)
