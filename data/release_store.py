"""Writing releases: the new one becomes current, the one before it is kept, older ones go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from data.plan import FacilityPlan, Plan, Row, as_rows
from data.schema import Base, Facility, Organization, RejectedRow, Release, Service, ServiceArea, WorkItem


@dataclass(frozen=True)
class CurrentRelease:
    """What is loaded of a source now."""

    fingerprint: str
    is_invented: bool


def current_releases(connection: Connection) -> dict[str, CurrentRelease]:
    """Return the current release of each source."""
    query = select(Release.source_code, Release.fingerprint, Release.is_invented).where(
        Release.state == "current"
    )
    return {
        row.source_code: CurrentRelease(row.fingerprint, row.is_invented) for row in connection.execute(query)
    }


def write_release(
    connection: Connection,
    plan: Plan,
    *,
    fingerprint: str,
    boundary_vintage: str,
    is_invented: bool,
) -> None:
    """Write a plan as the current release of its source."""
    code = plan.source.code
    connection.execute(delete(Release).where(Release.source_code == code, Release.state == "previous"))
    connection.execute(update(Release).where(Release.source_code == code).values(state="previous"))
    release_id = _insert_one(
        connection,
        Release,
        {
            "source_code": code,
            "state": "current",
            "is_invented": is_invented,
            "boundary_vintage": boundary_vintage,
            "as_of": plan.as_of,
            "file_name": plan.file.path.name,
            "file_sha256": plan.file.sha256,
            "fingerprint": fingerprint,
            "loaded_at": datetime.now(UTC).replace(tzinfo=None),
            "rows_read": plan.rows_read,
            "rows_accepted": plan.rows_accepted,
            "rows_rejected": len(plan.rejected),
        },
    )
    for table, rows in plan.rows.items():
        _insert(connection, table, rows, release_id)
    _insert_facilities(connection, plan.facilities, release_id)
    _insert(connection, RejectedRow, as_rows(plan.rejected), release_id)
    _insert(connection, WorkItem, plan.work_items, release_id)


def retire_sources(connection: Connection, source_codes: Iterable[str]) -> None:
    """Delete every release of sources that left the catalogue (or of the invented region)."""
    codes = sorted(source_codes)
    if codes:
        connection.execute(delete(Release).where(Release.source_code.in_(codes)))


def _insert_facilities(connection: Connection, facilities: tuple[FacilityPlan, ...], release_id: int) -> None:
    if not facilities:
        return
    names = list(dict.fromkeys(plan.organization_name for plan in facilities if plan.organization_name))
    organization_ids = dict(
        zip(
            names,
            _insert_many(connection, Organization, [{"name": name} for name in names], release_id),
            strict=True,
        )
    )
    rows = [
        plan.row | {"organization_id": organization_ids.get(plan.organization_name or "")}
        for plan in facilities
    ]
    facility_ids = _insert_many(connection, Facility, rows, release_id)
    services = [
        (service, facility_id)
        for plan, facility_id in zip(facilities, facility_ids, strict=True)
        for service in plan.services
    ]
    service_rows = [service.row | {"facility_id": facility_id} for service, facility_id in services]
    service_ids = _insert_many(connection, Service, service_rows, release_id)
    covered = [
        {"service_id": service_id, "area_code": area_code}
        for (service, _), service_id in zip(services, service_ids, strict=True)
        for area_code in service.area_codes
    ]
    _insert(connection, ServiceArea, covered, release_id)


def _insert(
    connection: Connection, table: type[Base], rows: Iterable[Mapping[str, object]], release_id: int
) -> None:
    owned = [{**row, "release_id": release_id} for row in rows]
    if owned:
        connection.execute(insert(table), owned)


def _insert_many(connection: Connection, table: type[Base], rows: list[Row], release_id: int) -> list[int]:
    """Insert rows and return their ids in the same order."""
    if not rows:
        return []
    owned = [{**row, "release_id": release_id} for row in rows]
    statement = insert(table).returning(table.__table__.c.id, sort_by_parameter_order=True)
    return list(connection.execute(statement, owned).scalars())


def _insert_one(connection: Connection, table: type[Base], row: Row) -> int:
    return int(connection.execute(insert(table).returning(table.__table__.c.id), row).scalar_one())
