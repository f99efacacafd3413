"""Writing a release: what a source says now comes into force, and what it no longer says ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from data.loading.bulk_insert import bulk_insert
from data.loading.ended_releases import drop_old_rows
from data.loading.known_releases import known_records
from data.loading.plan import FacilityPlan, Plan
from data.loading.versions import Changes, Hashes, Known, compare_records, hash_of_row, hashes_of
from data.store.query_frames import Row, plain_rows
from data.store.schema import (
    Base,
    Facility,
    Load,
    MobileStop,
    Organization,
    RejectedRow,
    Release,
    Service,
    ServiceArea,
    WorkItem,
)


def begin_load(connection: Connection, accepted_difference: str | None) -> int:
    """Record a load and return its number."""
    return _insert_one(
        connection,
        Load,
        {
            "applied_at": _now(),
            "undone_at": None,
            "accepted_difference": accepted_difference,
            "differences": [],
        },
    )


def note_differences(connection: Connection, load_id: int, differences: Sequence[str]) -> None:
    """Keep with a load the figures that its reason explains."""
    connection.execute(update(Load).where(Load.id == load_id).values(differences=list(differences)))


def write_release(
    connection: Connection,
    plan: Plan,
    changes: Changes,
    *,
    load_id: int,
    fingerprint: str,
    boundary_vintage: str,
    is_invented: bool,
    earlier: Mapping[str, Known] | None = None,
) -> int:
    """
    Write a plan as the current release of its source and return the release's number.

    Parameters
    ----------
    earlier
        For an older file that becomes history: the records of the release before it by its day. They tell since when a
        record is as it is, in place of those in force, which are later.
    """
    code = plan.source.code
    is_first = (earlier is not None and not earlier) or not connection.execute(
        select(Release.id).where(Release.source_code == code, Release.state != "withdrawn").limit(1)
    ).first()
    drop_old_rows(connection, code)
    connection.execute(
        update(Release)
        .where(Release.source_code == code, Release.state == "current")
        .values(state="previous")
    )
    told = changes if earlier is None else compare_records(plan.facilities, earlier)
    now = _now()
    effective_on = plan.as_of or now.date()
    # What a file says beside the numbers of an earlier month it says of its own day.
    first_day = None if is_first else plan.file_on or effective_on
    if earlier is not None:
        changes = _with_redated(changes, plan, known_records(connection, code), earlier, first_day)
    release_id = _insert_one(
        connection,
        Release,
        {
            "load_id": load_id,
            "source_code": code,
            "state": "current",
            "is_invented": is_invented,
            "boundary_vintage": boundary_vintage,
            "as_of": plan.as_of,
            "stated_on": plan.stated_on,
            "effective_on": effective_on,
            "file_on": plan.file_on,
            "file_name": plan.file.name,
            "file_sha256": plan.file.sha256,
            "fingerprint": fingerprint,
            "loaded_at": now,
            "rows_read": plan.rows_read,
            "rows_accepted": plan.rows_accepted,
            "rows_rejected": len(plan.rejected),
            "records_added": len(told.added),
            "records_changed": len(told.changed),
            "records_unchanged": told.unchanged,
            "records_vanished": len(told.vanished),
        },
    )
    for table, rows in plan.rows.items():
        _insert(connection, table, rows, release_id)
    _write_organizations(connection, plan, release_id)
    _write_facilities(connection, plan, changes, release_id, changed_on=first_day, earlier=earlier)
    _write_prints(connection, changes, code)
    _insert(connection, RejectedRow, plain_rows(plan.rejected), release_id)
    _insert(connection, WorkItem, plan.work_items, release_id)
    return release_id


def _write_organizations(connection: Connection, plan: Plan, release_id: int) -> None:
    code = plan.source.code
    query = select(Organization.organization_key, Organization.content_hash).where(
        Organization.source_code == code, Organization.ended_release_id.is_(None)
    )
    known = {row.organization_key: row.content_hash for row in connection.execute(query)}
    new = {row["organization_key"]: row | {"content_hash": hash_of_row(row)} for row in plan.organizations}
    changed = {key: row for key, row in new.items() if known.get(key) != row["content_hash"]}
    staying = plan.taken_over.organizations
    ending = [key for key in known if key in changed or (key not in new and key not in staying)]
    _end(connection, Organization.organization_key, code, ending, release_id)
    _insert(connection, Organization, [row | {"source_code": code} for row in changed.values()], release_id)


def _write_facilities(
    connection: Connection,
    plan: Plan,
    changes: Changes,
    release_id: int,
    *,
    changed_on: date | None,
    earlier: Mapping[str, Known] | None = None,
) -> None:
    code = plan.source.code
    ending = [*(record.row["record_key"] for record, _, _ in changes.changed), *changes.vanished]
    _end(connection, Facility.record_key, code, ending, release_id)
    versions = [(record, hashes, changed_on) for record, hashes in changes.added]
    versions += [
        (record, hashes, before.changed_on if before.core_hash == hashes.core else changed_on)
        for record, hashes, before in changes.changed
    ]
    if earlier is not None:
        versions = [
            (record, hashes, _since(earlier.get(record.row["record_key"]), hashes, changed_on))
            for record, hashes, _ in versions
        ]
    rows = [
        record.row
        | {
            "source_code": code,
            "content_hash": hashes.content,
            "core_hash": hashes.core,
            "row_print": plan.row_prints.get(record.row["record_key"]),
            "changed_on": day,
        }
        for record, hashes, day in versions
    ]
    facility_ids = bulk_insert(connection, Facility, [{**row, "release_id": release_id} for row in rows])
    _write_services(connection, [record for record, _, _ in versions], facility_ids)


def _write_prints(connection: Connection, changes: Changes, code: str) -> None:
    """Keep the prints by which the rows of unchanged records are known from now on."""
    if changes.reprinted:
        statement = (
            update(Facility)
            .where(
                Facility.source_code == code,
                Facility.record_key == bindparam("of_key"),
                Facility.ended_release_id.is_(None),
            )
            .values(row_print=bindparam("print"))
        )
        connection.execute(statement, [{"of_key": key, "print": print_} for key, print_ in changes.reprinted])


def _since(before: Known | None, hashes: Hashes, day: date | None) -> date | None:
    """Return the day since when a record is as it is."""
    return before.changed_on if before is not None and before.core_hash == hashes.core else day


def _with_redated(
    changes: Changes,
    plan: Plan,
    in_force: Mapping[str, Known],
    earlier: Mapping[str, Known],
    day: date | None,
) -> Changes:
    """Add records that are as they are in force, but, as an older file tells, since another day."""
    redated = []
    for facility in plan.facilities:
        key, hashes = facility.row["record_key"], hashes_of(facility)
        before = in_force.get(key)
        if before is None or before.content_hash != hashes.content:
            continue
        if before.changed_on != _since(earlier.get(key), hashes, day):
            redated.append((facility, hashes, before))
    return replace(changes, changed=(*changes.changed, *redated), unchanged=changes.unchanged - len(redated))


def _write_services(
    connection: Connection, facilities: Sequence[FacilityPlan], facility_ids: Sequence[int]
) -> None:
    services = [
        (service, facility_id)
        for plan, facility_id in zip(facilities, facility_ids, strict=True)
        for service in plan.services
    ]
    ids = bulk_insert(
        connection, Service, [service.row | {"facility_id": facility_id} for service, facility_id in services]
    )
    areas = [
        {"service_id": service_id, "area_code": area_code}
        for (service, _), service_id in zip(services, ids, strict=True)
        for area_code in service.area_codes
    ]
    stops = [
        {"service_id": service_id, "position": position, **stop}
        for (service, _), service_id in zip(services, ids, strict=True)
        for position, stop in enumerate(service.stops, start=1)
    ]
    bulk_insert(connection, ServiceArea, areas)
    bulk_insert(connection, MobileStop, stops)


def _end(connection: Connection, key: Any, source_code: str, keys: Sequence[str], release_id: int) -> None:
    """End the versions in force of some records; `key` is the column that names them."""
    table = key.class_
    if keys:
        statement = (
            update(table.__table__)
            .where(
                table.source_code == source_code,
                key == bindparam("ending_key"),
                table.ended_release_id.is_(None),
            )
            .values(ended_release_id=release_id)
        )
        connection.execute(statement, [{"ending_key": value} for value in keys])


def _insert(
    connection: Connection, table: type[Base], rows: Iterable[Mapping[str, object]], release_id: int
) -> None:
    bulk_insert(connection, table, [{**row, "release_id": release_id} for row in rows])


def _insert_one(connection: Connection, table: type[Base], row: Row) -> int:
    return int(connection.execute(insert(table).returning(table.__table__.c.id), row).scalar_one())


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
