"""Releases that end: taken back, gone with their source, or too old to be brought back."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from data.store.schema import (
    AddressCell,
    Area,
    AreaCode,
    Base,
    DuplicatePair,
    Facility,
    GridCell,
    KnownCost,
    Load,
    Locality,
    LocalPlan,
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
    TownPart,
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
    AddressCell,
    TownPart,
    PeopleCount,
    KnownCost,
    LocalPlan,
    Office,
    OrganizationSeat,
    OfficialTotal,
)
"""Tables that a release fills anew; one release before the current one keeps its rows."""
_FINDINGS: tuple[type[Base], ...] = (RegisterCoverage, RegisterTotal, RejectedRow, WorkItem)
_VERSIONED = (Facility, Organization)


def retire_sources(connection: Connection, source_codes: Iterable[str]) -> None:
    """Delete everything that sources which left the catalogue said; what people decided of their records stays."""
    codes = sorted(source_codes)
    if codes:
        for table in _VERSIONED:
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
    for table in _VERSIONED:
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


def drop_old_rows(connection: Connection, source_code: str) -> None:
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
