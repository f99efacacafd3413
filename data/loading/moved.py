"""Records that vanish while others of the same name appear: more likely a new address than two events."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from data.loading.plan import work_item
from data.loading.versions import Changes
from data.reading.protection import is_of_facility, protections, visibility_in
from data.store.names import fold
from data.store.plain_rows import Row
from data.store.schema import Facility


def perhaps_moved(connection: Connection, source_code: str, changes: Changes) -> Iterator[Row]:
    """
    Return a work item for each new record whose name and gmina are those of one that vanished.

    Without a number of its own a facility is known by name and address, so that a corrected address ends one history
    and begins another; a person should know that they belong together.
    """
    if not changes.vanished or not changes.added:
        return
    gone = set(changes.vanished)
    protected = protections()
    query = (
        select(
            Facility.record_key,
            Facility.name,
            Facility.gmina_code,
            visibility_in(protected).label("visibility"),
        )
        .outerjoin(protected, is_of_facility(protected))
        .where(Facility.source_code == source_code, Facility.ended_release_id.is_(None))
    )
    vanished = {
        (fold(row.name), row.gmina_code): row
        for row in connection.execute(query)
        if row.record_key in gone and row.visibility == "public"
    }
    for plan, _ in changes.added:
        before = vanished.get((fold(plan.row["name"]), plan.row["gmina_code"]))
        if before is not None and plan.row["visibility"] == "public":
            yield work_item("perhaps_moved", plan.row["record_key"], {"was": before.record_key})
