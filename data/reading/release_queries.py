"""SELECTs of what is loaded: releases, their counts and sums."""

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, func, select

from data.reading.editions import IS_EDITION, current, editions, in_order_of_days
from data.store.query_frames import read_frame
from data.store.schema import (
    Area,
    Facility,
    Load,
    Locality,
    Population,
    RegisterTotal,
    RejectedRow,
    Release,
    ResidentsByYear,
    Service,
    WorkItem,
)
from geo.teryt import CODE_DIGITS

NO_TOTALS = "its profile names no totals ([totals]), or its format has none"
"""Why nothing was compared with the sums of a register's rows."""


def releases(connection: Connection, day: date | None = None) -> pd.DataFrame:
    """Return the releases that hold now or held on a day, one row per source."""
    edition = editions(day)
    query = (
        select(
            Release.source_code,
            Release.is_invented,
            Release.boundary_vintage,
            Release.as_of,
            Release.file_name,
            Release.file_sha256,
            Release.fingerprint,
            Release.loaded_at,
            Release.rows_read,
            Release.rows_accepted,
            Release.rows_rejected,
            Load.differences,
            Load.accepted_difference,
        )
        .join(edition, edition.c.release_id == Release.id)
        .join(Load, Load.id == Release.load_id)
        .order_by(Release.source_code)
    )
    return read_frame(connection, query)


def rejected_counts(connection: Connection) -> pd.DataFrame:
    """Return how many rows of each source were not taken, by reason."""
    query = (
        select(Release.source_code, RejectedRow.reason, func.count().label("rows"))
        .join(Release, RejectedRow.release_id == Release.id)
        .where(Release.state == "current")
        .group_by(Release.source_code, RejectedRow.reason)
        .order_by(Release.source_code, RejectedRow.reason)
    )
    return read_frame(connection, query)


def register_totals(connection: Connection) -> pd.DataFrame:
    """Return the totals that registers state beside those computed from their rows."""
    query = (
        select(
            Release.source_code,
            RegisterTotal.label,
            RegisterTotal.area_code,
            RegisterTotal.quantity,
            RegisterTotal.stated,
            RegisterTotal.computed,
        )
        .join(Release, RegisterTotal.release_id == Release.id)
        .where(Release.state == "current")
        .order_by(RegisterTotal.id)
    )
    return read_frame(connection, query)


def totals_not_compared(connection: Connection) -> dict[str, list[str]]:
    """Return why sums of registers have no stated total beside them: source code → a sentence each."""
    query = (
        select(Release.id, Release.source_code)
        .where(Release.state == "current", Release.source_code.in_(select(Facility.source_code)))
        .order_by(Release.source_code)
    )
    found: dict[str, list[str]] = {}
    for release in connection.execute(query).all():
        items = select(WorkItem.subject, WorkItem.facts).where(
            WorkItem.release_id == release.id, WorkItem.kind == "total_not_compared"
        )
        reasons = [
            f"{item.subject}: {item.facts['why']}" for item in connection.execute(items.order_by(WorkItem.id))
        ]
        totals = select(func.count()).where(RegisterTotal.release_id == release.id)
        if not reasons and not connection.execute(totals).scalar_one():
            reasons = [NO_TOTALS]
        if reasons:
            found[release.source_code] = reasons
    return found


def replaced_files(connection: Connection) -> dict[str, list[str]]:
    """Return the files of registers that the current one took the place of, of the same day: source → names."""
    query = (
        select(Release.source_code, Release.effective_on, Release.file_name, Release.file_sha256)
        .where(Release.state != "withdrawn", Release.source_code.in_(select(Facility.source_code)))
        .order_by(Release.id)
    )
    by_source: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        by_source.setdefault(row.source_code, []).append(row)
    replaced: dict[str, list[str]] = {}
    for code, rows in by_source.items():
        held = in_order_of_days(rows)
        names = {
            row.file_sha256: row.file_name
            for row in held
            if row.effective_on == held[-1].effective_on and row.file_sha256 != held[-1].file_sha256
        }
        replaced[code] = list(names.values())
    return replaced


def row_counts(connection: Connection) -> dict[str, int]:
    """Return how many rows of each kind there are."""
    by_level = select(Area.level, func.count().label("areas")).where(current(Area)).group_by(Area.level)
    levels = {row.level: int(row.areas) for row in connection.execute(by_level)}
    counts = {name: levels.get(name, 0) for name in ("gmina", "powiat", "voivodeship")}
    holds = Facility.ended_release_id.is_(None)
    for name, query in (
        ("locality", select(func.count()).select_from(Locality).where(current(Locality))),
        ("facility", select(func.count()).select_from(Facility).where(holds)),
        ("service", select(func.count()).select_from(Service).join(Facility).where(holds)),
    ):
        counts[name] = int(connection.execute(query).scalar_one())
    return counts


def population_sums(connection: Connection) -> dict[str, int]:
    """Return all residents, those aged 65 and more, and those aged 80 and more."""
    sums = [
        func.sum(case((Population.age_from >= age, Population.persons), else_=0)).label(name)
        for name, age in (("persons", 0), ("persons_65_plus", 65), ("persons_80_plus", 80))
    ]
    row = connection.execute(select(*sums).where(current(Population))).one()
    return {name: int(value or 0) for name, value in row._mapping.items()}  # noqa: SLF001 - its public name


def residents_sums(connection: Connection) -> pd.DataFrame:
    """Return the residents of all gminas by year and kind: all, those of 65 and more, and those of 80 and more."""
    columns = ("persons", "persons_65_plus", "persons_80_plus")
    query = (
        select(
            ResidentsByYear.year,
            ResidentsByYear.kind,
            *(func.sum(getattr(ResidentsByYear, column)).label(column) for column in columns),
        )
        .where(current(ResidentsByYear), func.length(ResidentsByYear.area_code) == CODE_DIGITS["gmina"])
        .group_by(ResidentsByYear.year, ResidentsByYear.kind)
        .order_by(ResidentsByYear.year, ResidentsByYear.kind)
    )
    return read_frame(connection, query).astype(dict.fromkeys(columns, "Int64"))


def release_days(connection: Connection) -> tuple[date, ...]:
    """Return the days from which a release of a register held, the latest first."""
    query = (
        select(Release.effective_on)
        .where(
            Release.state != "withdrawn", IS_EDITION, Release.source_code.in_(select(Facility.source_code))
        )
        .distinct()
        .order_by(Release.effective_on.desc())
    )
    return tuple(connection.execute(query).scalars())


def newest_release(connection: Connection, source_code: str) -> Any:
    """Return the current release of a source as a row, or None."""
    query = select(Release.__table__).where(Release.source_code == source_code, Release.state == "current")
    return connection.execute(query).first()
