"""
What is loaded: releases, their counts and sums, and the state of the whole registry.

Beside `data.queries`, which gives the data themselves.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, and_, case, func, select

from data.names import fold
from data.queries import IS_SHOWABLE, claim_of, claims, current, editions, in_force, read_frame
from data.schema import (
    Area,
    DuplicatePair,
    Facility,
    Load,
    Locality,
    OfficialTotal,
    Population,
    RegisterTotal,
    RejectedRow,
    Release,
    Service,
    WorkItem,
)


@dataclass(frozen=True)
class RegistryState:
    """
    What the whole registry is at this moment.

    `fingerprint` changes with any current release; `as_of` is the newest date that a register speaks of.
    """

    fingerprint: str
    as_of: date | None
    facilities: int
    voivodeships: int
    is_invented: bool


@dataclass(frozen=True)
class FormCount:
    """
    One form of support in one voivodeship.

    `facilities` and `capacity_places` are of counted services: active and not replaced by a complete
    register. `capacity_places` is the sum of what is known (None when nothing is), `capacity_unknown` how
    many services do not state it. `set_aside` counts active services that a complete register replaces.
    """

    voivodeship_code: str
    voivodeship_name: str
    support_form: str
    facilities: int
    capacity_places: int | None
    capacity_unknown: int
    set_aside: int


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


def work_item_counts(connection: Connection) -> pd.DataFrame:
    """Return how many open work items there are of each kind."""
    query = (
        select(WorkItem.kind, func.count().label("items"))
        .where(current(WorkItem))
        .group_by(WorkItem.kind)
        .order_by(WorkItem.kind)
    )
    return read_frame(connection, query)


def work_items(connection: Connection, kind: str | None = None) -> pd.DataFrame:
    """Return open work items, of one kind or all: `kind`, `source_code`, `subject`, `facts` (dict)."""
    query = (
        select(WorkItem.kind, Release.source_code, WorkItem.subject, WorkItem.facts)
        .join(Release, WorkItem.release_id == Release.id)
        .where(Release.state == "current")
        .order_by(WorkItem.kind, WorkItem.id)
    )
    if kind is not None:
        query = query.where(WorkItem.kind == kind)
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


def registry_state(connection: Connection, day: date | None = None) -> RegistryState:
    """Return the fingerprint, date and size of the registry; facilities are those counted and showable."""
    edition, claim = editions(day), claims(day)
    prints = connection.execute(
        select(edition.c.source_code, edition.c.fingerprint, edition.c.is_invented, edition.c.release_id)
    ).all()
    # Sorted here: databases order text by their own collation, and the identifier may not depend on it.
    joined = "\n".join(row.fingerprint for row in sorted(prints, key=lambda row: row.source_code))
    decided = select(
        DuplicatePair.left_source,
        DuplicatePair.left_key,
        DuplicatePair.right_source,
        DuplicatePair.right_key,
        DuplicatePair.verdict,
    ).where(DuplicatePair.verdict != "doubtful")
    pairs = sorted("|".join(row) for row in connection.execute(decided))
    counted = and_(Service.status == "active", claim.c.claimed_by.is_(None))
    sizes = connection.execute(
        select(
            func.count(func.distinct(Facility.id)).label("facilities"),
            func.count(func.distinct(Facility.voivodeship_code)).label("voivodeships"),
        )
        .select_from(Service)
        .join(Facility, Service.facility_id == Facility.id)
        .join(edition, in_force(Facility, edition))
        .outerjoin(claim, claim_of(claim))
        .where(counted, IS_SHOWABLE)
    ).one()
    as_of = connection.execute(
        select(func.max(edition.c.as_of)).where(edition.c.source_code.in_(select(Facility.source_code)))
    ).scalar()
    return RegistryState(
        fingerprint=hashlib.sha256("\n".join([joined, *pairs]).encode()).hexdigest()[:12],
        as_of=as_of,
        facilities=sizes.facilities,
        voivodeships=sizes.voivodeships,
        is_invented=any(row.is_invented for row in prints),
    )


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


def form_counts(connection: Connection) -> list[FormCount]:
    """Return facilities and places of active services by voivodeship and form."""
    claim = claims(None)
    is_counted = claim.c.claimed_by.is_(None)
    query = (
        select(
            Facility.voivodeship_code,
            Service.support_form,
            func.count(func.distinct(case((is_counted, Facility.id)))).label("facilities"),
            func.sum(case((is_counted, Service.capacity_places))).label("capacity_places"),
            func.sum(case((is_counted & Service.capacity_places.is_(None), 1), else_=0)).label(
                "capacity_unknown"
            ),
            func.sum(case((is_counted, 0), else_=1)).label("set_aside"),
        )
        .join(Facility, Service.facility_id == Facility.id)
        .outerjoin(claim, claim_of(claim))
        .where(Facility.ended_release_id.is_(None), Service.status == "active")
        .group_by(Facility.voivodeship_code, Service.support_form)
        .order_by(Facility.voivodeship_code, Service.support_form)
    )
    name_query = select(Area.area_code, Area.name).where(current(Area), Area.level == "voivodeship")
    names = {row.area_code: row.name for row in connection.execute(name_query)}
    return [
        FormCount(
            voivodeship_code=row.voivodeship_code,
            voivodeship_name=names.get(row.voivodeship_code, ""),
            support_form=row.support_form,
            facilities=int(row.facilities),
            capacity_places=None if row.capacity_places is None else int(row.capacity_places),
            capacity_unknown=int(row.capacity_unknown),
            set_aside=int(row.set_aside),
        )
        for row in connection.execute(query)
    ]


def newest_release(connection: Connection, source_code: str) -> Any:
    """Return the current release of a source as a row, or None."""
    query = select(Release.__table__).where(Release.source_code == source_code, Release.state == "current")
    return connection.execute(query).first()


def record_keys(connection: Connection, source_code: str, text: str) -> dict[str, str]:
    """Return the record of that key, or those whose latest name holds the text: key → name."""
    query = (
        select(Facility.record_key, Facility.name)
        .where(Facility.source_code == source_code)
        .order_by(Facility.record_key, Facility.release_id)
    )
    names = {row.record_key: row.name for row in connection.execute(query)}
    if text in names:
        return {text: names[text]}
    wanted = fold(text)
    return {key: name for key, name in names.items() if wanted in fold(name)}


def official_comparison(connection: Connection) -> pd.DataFrame:
    """
    Set official totals beside ours, those of counted services whatever their visibility.

    Returns
    -------
    comparison
        `source_code`, `area_code`, `quantity` (`facilities` or `capacity_places`), `support_forms`, `official`,
        `ours`, `is_complete` (a register claims every one of the forms there), `tolerance_pct` (missing for a
        figure that is only set beside ours), `as_of_text`.
    """
    totals = read_frame(
        connection,
        select(
            Release.source_code,
            OfficialTotal.area_code,
            OfficialTotal.quantity,
            OfficialTotal.support_forms,
            OfficialTotal.value.label("official"),
            OfficialTotal.tolerance_pct,
            OfficialTotal.as_of_text,
        )
        .join(Release, OfficialTotal.release_id == Release.id)
        .where(Release.state == "current")
        .order_by(OfficialTotal.area_code, OfficialTotal.quantity),
    )
    claim = claims(None)
    services = read_frame(
        connection,
        select(Facility.voivodeship_code, Facility.id, Service.support_form, Service.capacity_places)
        .select_from(Service)
        .join(Facility, Service.facility_id == Facility.id)
        .outerjoin(claim, claim_of(claim))
        .where(Facility.ended_release_id.is_(None), Service.status == "active", claim.c.claimed_by.is_(None)),
    )
    claimed = {
        (row.support_form, row.voivodeship_code)
        for row in connection.execute(select(claim.c.support_form, claim.c.voivodeship_code))
    }
    ours, complete = [], []
    for total in totals.to_dict("records"):
        forms, area_code = list(total["support_forms"]), total["area_code"]
        here = services[(services["voivodeship_code"] == area_code) & services["support_form"].isin(forms)]
        is_count = total["quantity"] == "facilities"
        ours.append(here["id"].nunique() if is_count else int(here["capacity_places"].fillna(0).sum()))
        complete.append(all((form, area_code) in claimed for form in forms))
    return totals.assign(ours=ours, is_complete=complete)
