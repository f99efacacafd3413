"""
What changed: the versions of a record compared field by field, and the records that a release touched.

A place that is or ever was protected tells which of its fields changed, never what they hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from shapely import Point
from sqlalchemy import Connection, and_, false, or_, select

from data.reading.editions import in_order_of_days
from data.reading.record_handles import Record, protected_handles
from data.store.schema import Facility, MobileStop, Release, Service, ServiceArea

Kind = Literal["added", "changed", "vanished"]
Fields = dict[str, Any]

MASKED = "(protected)"
_OWN_COLUMNS = {"id", "release_id", "ended_release_id", "content_hash", "core_hash", "row_reference"}
_FACILITY_FIELDS = tuple(
    column.key
    for column in Facility.__table__.columns
    if column.key not in _OWN_COLUMNS | {"source_code", "record_key", "changed_on"}
)
_SERVICE_FIELDS = tuple(
    column.key
    for column in Service.__table__.columns
    if column.key not in {"id", "facility_id", "service_key", "said_fields"}
)
_TELLABLE = {
    "voivodeship_code",
    "gmina_code",
    "visibility",
    "origin",
    "verified_on",
    "verified_precision",
    "stated_on",
    "stated_precision",
    "support_form",
    "need_groups",
    "status",
    *(name for name in _SERVICE_FIELDS if name.startswith(("capacity", "vacan", "waiting"))),
}
"""Fields of a protected place whose values may be told."""


@dataclass(frozen=True)
class FieldChange:
    """One field before and after; None where it was not known or is gone."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RecordChange:
    """One record in one release; `fields` are those that differ (none when it is new or gone)."""

    source_code: str
    record_key: str
    name: str
    kind: Kind
    effective_on: date
    file_name: str
    row_reference: str
    fields: tuple[FieldChange, ...] = ()


def field_changes(before: Fields, after: Fields) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of the later version."""
    names = dict.fromkeys([*after, *before])
    return tuple(
        FieldChange(name, before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    )


def record_history(connection: Connection, source_code: str, record_key: str) -> list[RecordChange]:
    """Return what happened to a record, oldest first; empty when there never was one."""
    query = (
        select(Facility)
        .where(Facility.source_code == source_code, Facility.record_key == record_key)
        .order_by(Facility.release_id)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    contents = _contents(connection, rows)
    handles = protected_handles(connection)
    told: list[RecordChange] = []
    before: Fields | None = None
    for release in _releases_of(connection, source_code) if rows else ():
        row = next((row for row in rows if _held(row, release.id)), None)
        if row is None and before is not None:
            told.append(_change(before, "vanished", release, (), handles))
        elif row is not None and before is None:
            told.append(_change(row, "added", release, (), handles))
        elif row is not None and before is not None and row["content_hash"] != before["content_hash"]:
            changes = field_changes(contents[before["id"]], contents[row["id"]])
            told.append(_change(row, "changed", release, changes, handles))
        before = row
    return told


def _held(row: Fields, release_id: int) -> bool:
    """Tell whether a version was in force in a release."""
    ended = row["ended_release_id"]
    return row["release_id"] <= release_id and (ended is None or ended > release_id)


def release_changes(connection: Connection, release_id: int, *, limit: int) -> list[RecordChange]:
    """
    Return at most `limit` records that a release added, changed or ended, changed ones first.

    Compared with the release before it by its day, which is not the one loaded before it when an older file became
    history.
    """
    code = connection.execute(select(Release.source_code).where(Release.id == release_id)).scalar_one()
    *before, release = _releases_of(connection, code, until=release_id)
    is_after = _in_force_in(release_id)
    was_before = _in_force_in(before[-1].id) if before else false()
    query = (
        select(Facility)
        .where(Facility.source_code == code, or_(and_(is_after, ~was_before), and_(was_before, ~is_after)))
        .order_by(Facility.record_key, Facility.release_id)
    )
    by_key: dict[str, list[Fields]] = {}
    for row in connection.execute(query).mappings():
        versions = by_key.setdefault(row["record_key"], [])
        versions.insert(len(versions) if _held(dict(row), release_id) else 0, dict(row))
    changed = [rows for rows in by_key.values() if len({row["content_hash"] for row in rows}) == len(rows)]
    order = sorted(changed, key=lambda rows: (len(rows) == 1, _held(rows[0], release_id)))
    contents = _contents(connection, [row for rows in order[:limit] for row in rows])
    handles = protected_handles(connection)
    told = []
    for rows in order[:limit]:
        first, last = rows[0], rows[-1]
        kind: Kind = "changed" if len(rows) == 2 else "added" if _held(last, release_id) else "vanished"
        changes = field_changes(contents[first["id"]], contents[last["id"]]) if kind == "changed" else ()
        told.append(_change(last, kind, release, changes, handles))
    return told


def _in_force_in(release_id: int) -> Any:
    """Return the condition that a version was in force in a release of its source."""
    ended = Facility.ended_release_id
    return and_(Facility.release_id <= release_id, or_(ended.is_(None), ended > release_id))


def _change(
    row: Mapping[Any, Any],
    kind: Kind,
    release: Any,
    fields: tuple[FieldChange, ...],
    handles: Mapping[Record, str],
) -> RecordChange:
    handle = handles.get((row["source_code"], row["record_key"]))
    return RecordChange(
        source_code=row["source_code"],
        record_key=handle or row["record_key"],
        name=MASKED if handle else row["name"],
        kind=kind,
        effective_on=release.effective_on,
        file_name=release.file_name,
        # A version may be older than an older file that was read after it; its row is one of another file.
        row_reference=row["row_reference"] if kind == "vanished" or row["release_id"] == release.id else "",
        fields=fields,
    )


def _releases_of(connection: Connection, source_code: str, until: int | None = None) -> list[Any]:
    """
    Return the releases of a source in the order of their days, without those that were read again.

    `until` leaves out what was loaded after that release.
    """
    query = (
        select(Release.id, Release.effective_on, Release.file_name)
        .where(Release.source_code == source_code, Release.state != "withdrawn")
        .order_by(Release.id)
    )
    if until is not None:
        query = query.where(Release.id <= until)
    return in_order_of_days(connection.execute(query).all())


def _contents(connection: Connection, rows: list[Any]) -> dict[int, Fields]:
    """Return the fields of facility versions by id, those of services under the name of their form."""
    ids = [row["id"] for row in rows]
    handles = protected_handles(connection)
    guarded = {row["id"] for row in rows if (row["source_code"], row["record_key"]) in handles}
    contents = {
        row["id"]: {
            name: _told(name, row[name], is_guarded=row["id"] in guarded) for name in _FACILITY_FIELDS
        }
        for row in rows
    }
    services = list(
        connection.execute(
            select(Service).where(Service.facility_id.in_(ids)).order_by(Service.id)
        ).mappings()
    )
    lists = _lists(connection, [service["id"] for service in services])
    for service in services:
        facility_id = service["facility_id"]
        is_guarded = facility_id in guarded
        label = service["support_form"]
        if service["subtype"] and not is_guarded:
            label += f" {service['subtype']}"
        values = {name: service[name] for name in _SERVICE_FIELDS} | lists.get(service["id"], {})
        contents[facility_id] |= {
            f"{label}: {name}": _told(name, value, is_guarded=is_guarded)
            for name, value in values.items()
            if name not in {"support_form", "subtype"}
        }
    return contents


def _lists(connection: Connection, service_ids: list[int]) -> dict[int, Fields]:
    found: dict[int, Fields] = {}
    areas = select(ServiceArea.service_id, ServiceArea.area_code).where(
        ServiceArea.service_id.in_(service_ids)
    )
    for area in connection.execute(areas.order_by(ServiceArea.id)):
        found.setdefault(area.service_id, {}).setdefault("service_areas", []).append(area.area_code)
    stops = select(MobileStop.service_id, MobileStop.name, MobileStop.opening_hours).where(
        MobileStop.service_id.in_(service_ids)
    )
    for stop in connection.execute(stops.order_by(MobileStop.position)):
        words = " ".join(filter(None, (stop.name, stop.opening_hours)))
        found.setdefault(stop.service_id, {}).setdefault("stops", []).append(words)
    return found


def _told(name: str, value: Any, *, is_guarded: bool) -> Any:
    if value is None or value == []:
        return None
    if is_guarded and name not in _TELLABLE:
        # Told apart without being told: a mask that is equal for two values would hide the change.
        return _Masked(value)
    return f"{value.y:.6f}, {value.x:.6f}" if isinstance(value, Point) else value


@dataclass(frozen=True)
class _Masked:
    """A value that can be compared and not read."""

    _value: Any

    def __repr__(self) -> str:
        return MASKED

    __str__ = __repr__
