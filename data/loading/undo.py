"""Taking the last load back: the release before each of its releases is current again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, select, update

from data.loading.ended_releases import take_back
from data.reading.record_handles import safe_handles
from data.store.schema import Load, Protection, Release
from data.store.schema_revision import require_migrated
from data.store.transactions import exclusive
from geo.errors import SupportMapError


class UndoError(SupportMapError, LookupError):
    """There is no load to take back, or nothing that it could give way to."""


@dataclass(frozen=True)
class Undone:
    """
    A load that was taken back, and the sources that now are as they were before it.

    `still_protected` are handles (`source:@number`) of the places that it protected: undo never shows a place again.
    """

    load_id: int
    applied_at: datetime
    source_codes: tuple[str, ...]
    still_protected: tuple[str, ...] = ()


def undo_last_load(engine: Engine, *, report: Callable[[str], None] = lambda _: None) -> Undone:
    """
    Take back the last load that is in force, whole, in one transaction.

    Its files are remembered: the next load leaves them alone unless it is told to take them again. What it protected
    stays protected until a person lifts it.

    Raises
    ------
    UndoError
        If no load is in force, it is the first one, or what came before is no longer kept. Nothing was changed.
    """
    require_migrated(engine)
    with exclusive(engine, report) as connection:
        load = _last_load(connection)
        releases = connection.execute(
            select(Release.id, Release.source_code)
            .where(Release.load_id == load.id, Release.state != "withdrawn")
            .order_by(Release.id.desc())
        ).all()
        _require_before(connection, load)
        for release in releases:
            take_back(connection, release.id)
        connection.execute(
            update(Load).where(Load.id == load.id).values(undone_at=datetime.now(UTC).replace(tzinfo=None))
        )
        codes = tuple(sorted({release.source_code for release in releases}))
        for code in codes:
            report(f"{code}: as before the load of {load.applied_at:%Y-%m-%d %H:%M} UTC")
        return Undone(load.id, load.applied_at, codes, _still_protected(connection, load.id))


def _still_protected(connection: Connection, load_id: int) -> tuple[str, ...]:
    query = (
        select(Protection.source_code, Protection.record_key)
        .where(Protection.load_id == load_id, Protection.lifted_at.is_(None))
        .distinct()
    )
    records = [(row.source_code, row.record_key) for row in connection.execute(query)]
    return tuple(sorted(safe_handles(connection, records).values()))


def _last_load(connection: Connection) -> Load:
    query = (
        select(Load.id, Load.applied_at)
        .where(
            Load.undone_at.is_(None), Load.id.in_(select(Release.load_id).where(Release.state != "withdrawn"))
        )
        .order_by(Load.id.desc())
        .limit(2)
    )
    loads = connection.execute(query).all()
    if len(loads) < 2:
        found = "none" if not loads else "only the first one"
        raise UndoError(
            f"expected a load with another one before it, found {found}; there is nothing to go back to",
            loads=len(loads),
        )
    return loads[0]  # type: ignore[return-value]  # a row with the two columns


def _require_before(connection: Connection, load: Load) -> None:
    """Check that the rows of what came before are kept: whole tables keep one release before the current one."""
    in_load = select(Release.source_code).where(Release.load_id == load.id)
    query = (
        select(Release.source_code)
        .where(Release.source_code.in_(in_load), Release.load_id < load.id)
        .where(Release.state.in_(["previous", "dropped"]))
        .order_by(Release.source_code)
    )
    states: dict[str, set[str]] = {}
    for row in connection.execute(query.add_columns(Release.state)):
        states.setdefault(row.source_code, set()).add(row.state)
    lost = sorted(code for code, found in states.items() if "previous" not in found)
    if lost:
        raise UndoError(
            f"expected the release before of every source, found that {', '.join(lost)} keeps none; "
            "load the older file of the catalogue instead",
            sources=lost,
        )
