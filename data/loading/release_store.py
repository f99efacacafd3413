"""Writing releases: what a source says now comes into force, what it no longer says ends, and undoing both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from data.loading.bulk_insert import bulk_insert
from data.loading.plan import FacilityPlan, Plan
from data.loading.versions import READING, Changes, Hashes, Known, compare, hash_of_row, hashes_of
from data.store.query_frames import Row, plain_rows
from data.store.schema import (
    Area,
    AreaCode,
    Base,
    DuplicatePair,
    Facility,
    GridCell,
    Load,
    Locality,
    LocalPlan,
    MobileStop,
    Office,
    OfficialTotal,
    Organization,
    OrganizationSeat,
    PeopleCount,
    Population,
    PopulationByYear,
    Protection,
    RegisterCoverage,
    RegisterTotal,
    RejectedRow,
    Release,
    ResidentsByYear,
    Service,
    ServiceArea,
    WorkItem,
)

_WHOLE_TABLES: tuple[type[Base], ...] = (
    Area,
    AreaCode,
    Locality,
    Population,
    PopulationByYear,
    ResidentsByYear,
    GridCell,
    PeopleCount,
    LocalPlan,
    Office,
    OrganizationSeat,
    OfficialTotal,
)
"""Tables that a release fills anew; one release before the current one keeps its rows."""
_FINDINGS: tuple[type[Base], ...] = (RegisterCoverage, RegisterTotal, RejectedRow, WorkItem)
_VERSIONED = ((Facility, Facility.record_key), (Organization, Organization.organization_key))


@dataclass(frozen=True)
class KnownRelease:
    """What is loaded of a source now; `withdrawn` are fingerprints that a person took back."""

    fingerprint: str | None
    is_invented: bool
    effective_on: date | None
    withdrawn: frozenset[str] = frozenset()


def known_releases(connection: Connection) -> dict[str, KnownRelease]:
    """Return the current release of each source, and what was withdrawn of it."""
    query = select(
        Release.source_code, Release.fingerprint, Release.is_invented, Release.state, Release.effective_on
    ).where(Release.state.in_(["current", "withdrawn"]))
    current: dict[str, Any] = {}
    withdrawn: dict[str, set[str]] = {}
    invented: set[str] = set()
    for row in connection.execute(query):
        if row.is_invented:
            invented.add(row.source_code)
        if row.state == "current":
            current[row.source_code] = row
        else:
            withdrawn.setdefault(row.source_code, set()).add(row.fingerprint)
    return {
        code: KnownRelease(
            fingerprint=current[code].fingerprint if code in current else None,
            is_invented=code in invented,
            effective_on=current[code].effective_on if code in current else None,
            withdrawn=frozenset(withdrawn.get(code, ())),
        )
        for code in current.keys() | withdrawn.keys()
    }


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


def known_records(connection: Connection, source_code: str) -> dict[str, Known]:
    """Return the facilities in force of a source by their record keys."""
    return _known(connection, Facility.source_code == source_code, Facility.ended_release_id.is_(None))


def records_of(connection: Connection, source_code: str, release_id: int | None) -> dict[str, Known]:
    """Return the facilities that a release of a source had, by their record keys; none before the first one."""
    if release_id is None:
        return {}
    return _known(
        connection,
        Facility.source_code == source_code,
        Facility.release_id <= release_id,
        or_(Facility.ended_release_id.is_(None), Facility.ended_release_id > release_id),
    )


def _known(connection: Connection, *conditions: Any) -> dict[str, Known]:
    query = select(
        Facility.record_key,
        Facility.content_hash,
        Facility.core_hash,
        Facility.changed_on,
        *(getattr(Facility, name) for name in READING),
    ).where(*conditions)
    return {
        row.record_key: Known(
            row.content_hash,
            row.core_hash,
            row.changed_on,
            tuple(getattr(row, name) for name in READING),
        )
        for row in connection.execute(query)
    }


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
    _drop_old_rows(connection, code)
    connection.execute(
        update(Release)
        .where(Release.source_code == code, Release.state == "current")
        .values(state="previous")
    )
    told = changes if earlier is None else compare(plan.facilities, earlier)
    now = _now()
    effective_on = plan.as_of or now.date()
    first_day = None if is_first else effective_on
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
    _write_facilities(connection, changes, code, release_id, changed_on=first_day, earlier=earlier)
    _insert(connection, RejectedRow, plain_rows(plan.rejected), release_id)
    _insert(connection, WorkItem, plan.work_items, release_id)
    return release_id


def retire_sources(connection: Connection, source_codes: Iterable[str]) -> None:
    """Delete everything that sources which left the catalogue said; what people decided of their records stays."""
    codes = sorted(source_codes)
    if codes:
        for table, _ in _VERSIONED:
            connection.execute(delete(table).where(table.source_code.in_(codes)))
        connection.execute(delete(Release).where(Release.source_code.in_(codes)))


def retire_example(connection: Connection, source_codes: Iterable[str]) -> None:
    """Delete the example region whole, with what was decided, protected and noted of it: nothing of it is real."""
    codes = sorted(source_codes)
    if not codes:
        return
    retire_sources(connection, codes)
    for pair_or_protection, columns in (
        (DuplicatePair, ("left_source", "right_source")),
        (Protection, ("source_code", "cause_source")),
    ):
        is_of_example = or_(*(getattr(pair_or_protection, column).in_(codes) for column in columns))
        connection.execute(delete(pair_or_protection).where(is_of_example))
    connection.execute(delete(Load).where(Load.id.not_in(select(Release.load_id))))


def take_back(connection: Connection, release_id: int) -> None:
    """Undo one release: its rows go, what it ended holds again, and the release before it is current."""
    code = connection.execute(select(Release.source_code).where(Release.id == release_id)).scalar_one()
    for table, _ in _VERSIONED:
        connection.execute(delete(table).where(table.release_id == release_id))
        connection.execute(
            update(table).where(table.ended_release_id == release_id).values(ended_release_id=None)
        )
    for whole in (*_WHOLE_TABLES, *_FINDINGS):
        connection.execute(delete(whole).where(_release_of(whole) == release_id))
    connection.execute(update(Release).where(Release.id == release_id).values(state="withdrawn"))
    before = (
        select(Release.id)
        .where(Release.source_code == code, Release.state == "previous", Release.id < release_id)
        .order_by(Release.id.desc())
        .limit(1)
    )
    connection.execute(update(Release).where(Release.id == before.scalar_subquery()).values(state="current"))


def _drop_old_rows(connection: Connection, source_code: str) -> None:
    """Free the rows of whole tables that no undo can bring back: those of releases before the current one."""
    old = list(
        connection.execute(
            select(Release.id).where(Release.source_code == source_code, Release.state == "previous")
        ).scalars()
    )
    if not old:
        return
    dropped = [
        connection.execute(delete(table).where(_release_of(table).in_(old))).rowcount
        for table in _WHOLE_TABLES
    ]
    if sum(dropped):
        connection.execute(update(Release).where(Release.id.in_(old)).values(state="dropped"))


def _release_of(table: type[Base]) -> Any:
    return table.__table__.c.release_id


def _write_organizations(connection: Connection, plan: Plan, release_id: int) -> None:
    code = plan.source.code
    query = select(Organization.organization_key, Organization.content_hash).where(
        Organization.source_code == code, Organization.ended_release_id.is_(None)
    )
    known = {row.organization_key: row.content_hash for row in connection.execute(query)}
    new = {row["organization_key"]: row | {"content_hash": hash_of_row(row)} for row in plan.organizations}
    changed = {key: row for key, row in new.items() if known.get(key) != row["content_hash"]}
    ending = [key for key in known if key not in new or key in changed]
    _end(connection, Organization.organization_key, code, ending, release_id)
    _insert(connection, Organization, [row | {"source_code": code} for row in changed.values()], release_id)


def _write_facilities(
    connection: Connection,
    changes: Changes,
    code: str,
    release_id: int,
    *,
    changed_on: date | None,
    earlier: Mapping[str, Known] | None = None,
) -> None:
    ending = [*(plan.row["record_key"] for plan, _, _ in changes.changed), *changes.vanished]
    _end(connection, Facility.record_key, code, ending, release_id)
    versions = [(plan, hashes, changed_on) for plan, hashes in changes.added]
    versions += [
        (plan, hashes, before.changed_on if before.core_hash == hashes.core else changed_on)
        for plan, hashes, before in changes.changed
    ]
    if earlier is not None:
        versions = [
            (plan, hashes, _since(earlier.get(plan.row["record_key"]), hashes, changed_on))
            for plan, hashes, _ in versions
        ]
    rows = [
        plan.row
        | {
            "source_code": code,
            "content_hash": hashes.content,
            "core_hash": hashes.core,
            "changed_on": day,
        }
        for plan, hashes, day in versions
    ]
    facility_ids = bulk_insert(connection, Facility, [{**row, "release_id": release_id} for row in rows])
    _write_services(connection, [plan for plan, _, _ in versions], facility_ids)


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
