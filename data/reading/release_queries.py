"""
What is loaded: releases, their counts and sums, and the state of the whole registry.

Beside `data.reading.queries`, which gives the data themselves.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, func, select

from data.people.residents import last_year_end
from data.reading.editions import IS_EDITION, current, editions, in_order_of_days
from data.reading.merged_services import read_services
from data.reading.protection import protection_revision
from data.reading.record_handles import key_of_handle, protected_handles
from data.store.declension import names_place
from data.store.names import fold
from data.store.query_frames import read_frame
from data.store.schema import (
    Area,
    DuplicatePair,
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


@dataclass(frozen=True)
class RegistryState:
    """
    What the whole registry is at this moment.

    `fingerprint` changes with any current release; `as_of` is the newest date that a register speaks of. `facilities`
    are the counted ones; `unconfirmed` are those of which there is only evidence, counted apart.
    """

    fingerprint: str
    as_of: date | None
    facilities: int
    voivodeships: int
    is_invented: bool
    unconfirmed: int = 0


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


def registry_fingerprint(connection: Connection, day: date | None = None) -> str:
    """
    Return 12 hex digits that change with any release in force, any decision about duplicates and what is protected.

    With residents by year, also with each 31 December: from then on people of now are those of another year.

    What is protected *now* counts on every day: nothing computed of a day may outlive it.
    """
    edition = editions(day)
    prints = connection.execute(select(edition.c.source_code, edition.c.fingerprint)).all()
    # Sorted here: databases order text by their own collation, and the identifier may not depend on it.
    parts = [row.fingerprint for row in sorted(prints, key=lambda row: row.source_code)]
    decisions = select(
        DuplicatePair.left_source,
        DuplicatePair.left_key,
        DuplicatePair.right_source,
        DuplicatePair.right_key,
        DuplicatePair.verdict,
    ).where(DuplicatePair.verdict != "doubtful")
    parts += sorted("|".join(row) for row in connection.execute(decisions))
    if connection.execute(select(ResidentsByYear.id).where(current(ResidentsByYear)).limit(1)).first():
        # What is now moves on with the calendar: nothing computed of last year may outlive it.
        parts.append(f"people of {last_year_end(date.today())}")  # noqa: DTZ011
    if revision := protection_revision(connection):
        parts.append(f"protected {revision}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def registry_state(
    connection: Connection, services: pd.DataFrame | None = None, day: date | None = None
) -> RegistryState:
    """
    Return the fingerprint, date and size of the registry.

    Parameters
    ----------
    services
        As `data.reading.merged_services.read_services` returns for that day, when they are at hand: its counted
        facilities are the size, so that numbers of two screens agree.
    """
    edition = editions(day)
    if services is None:
        services = read_services(connection, day)
    counted = services[services["is_counted"]]
    invented = connection.execute(select(func.max(case((edition.c.is_invented, 1), else_=0)))).scalar()
    return RegistryState(
        fingerprint=registry_fingerprint(connection, day),
        as_of=newest_day(connection, day),
        facilities=int(counted["facility_id"].nunique()),
        voivodeships=int(counted["voivodeship_code"].nunique()),
        is_invented=bool(invented),
        unconfirmed=int(services.loc[services["is_unconfirmed"], "facility_id"].nunique()),
    )


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


def newest_day(connection: Connection, day: date | None = None) -> date | None:
    """Return the newest day that a register of the registry speaks of; None where none was loaded."""
    edition = editions(day)
    of_registers = edition.c.source_code.in_(select(Facility.source_code))
    return connection.execute(select(func.max(edition.c.as_of)).where(of_registers)).scalar()


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


def record_keys(connection: Connection, source_code: str, text: str) -> dict[str, str]:
    """
    Return the records that a text names, key → latest name.

    The record of that key or handle; else those whose latest name holds the text, or whose place it is: the locality,
    the gmina, the street line of any version, or the locality in the name in another case. Records that are or
    ever were protected are found by key, handle and name alone, never by where they are.
    """
    query = (
        select(
            Facility.record_key,
            Facility.name,
            Facility.locality_name,
            Facility.stated_gmina_name,
            Facility.street_address,
        )
        .where(Facility.source_code == source_code)
        .order_by(Facility.record_key, Facility.release_id)
    )
    rows = connection.execute(query).all()
    names = {row.record_key: row.name for row in rows}
    key = key_of_handle(connection, source_code, text) or text
    if key in names:
        return {key: names[key]}
    wanted = fold(text)
    found = {key for key, name in names.items() if wanted in fold(name)}
    guarded = {key for source, key in protected_handles(connection) if source == source_code}
    found |= {row.record_key for row in rows if row.record_key not in guarded and _is_at(row, text)}
    return {key: name for key, name in names.items() if key in found}


def _is_at(row: Any, place: str) -> bool:
    """Tell whether a version of a record is at a place, as its address says or its name in any case."""
    wanted = fold(place)
    is_stated = wanted in {fold(name) for name in (row.locality_name, row.stated_gmina_name) if name}
    in_street = f" {wanted} " in f" {fold(row.street_address or '')} "
    return bool(wanted) and (is_stated or in_street or names_place(row.name, place))
