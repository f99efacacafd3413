"""
What is loaded: releases, their counts and sums, and the state of the whole registry.

Beside `data.queries`, which gives the data themselves.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, case, func, not_, select

from data.duplicates import duplicate_pairs
from data.merged_services import read_services
from data.names import fold
from data.queries import claim_of, claims, current, editions, is_showable, read_frame
from data.record_handles import key_of_handle, protected_handles
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

_WORK_ITEM_COLUMNS = ["kind", "source_code", "subject", "facts"]


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
    """Return how many open work items there are of each kind: `kind`, `items`."""
    counts = work_items(connection)["kind"].value_counts().sort_index()
    return counts.rename_axis("kind").reset_index(name="items")


def work_items(connection: Connection, kind: str | None = None) -> pd.DataFrame:
    """
    Return open work items, of one kind or all: `kind`, `source_code`, `subject`, `facts` (dict).

    Those that a load found, and those that follow from the whole registry: `possible_duplicate` for each doubtful
    pair, `set_aside_unmatched` for a record that a complete register sets aside without having it.
    """
    query = (
        select(WorkItem.kind, Release.source_code, WorkItem.subject, WorkItem.facts)
        .join(Release, WorkItem.release_id == Release.id)
        .where(Release.state == "current")
        .order_by(WorkItem.kind, WorkItem.id)
    )
    items = [
        read_frame(connection, query),
        _possible_duplicates(connection),
        _set_aside_unmatched(connection),
    ]
    found = pd.concat([frame for frame in items if len(frame)] or items[:1], ignore_index=True)
    return found if kind is None else found[found["kind"] == kind].reset_index(drop=True)


def _possible_duplicates(connection: Connection) -> pd.DataFrame:
    pairs = duplicate_pairs(connection)
    handles = protected_handles(connection)
    rows = []
    for pair in pairs[pairs["verdict"] == "doubtful"].to_dict("records"):
        left, right = (
            (
                pair[f"{side}_source"],
                handles.get((pair[f"{side}_source"], pair[f"{side}_key"]), pair[f"{side}_key"]),
            )
            for side in ("left", "right")
        )
        rows.append(("possible_duplicate", *left, {"other": ":".join(right), "score": pair["score"]}))
    return pd.DataFrame(rows, columns=_WORK_ITEM_COLUMNS)


def _set_aside_unmatched(connection: Connection) -> pd.DataFrame:
    """Return services that are not counted though the complete register has no record of their facility."""
    services = read_services(connection)
    aside = services[services["set_aside_by"].notna() & (services["status"] == "active")]
    handles = protected_handles(connection)
    rows = [
        (
            "set_aside_unmatched",
            row["source_code"],
            handles.get((row["source_code"], row["record_key"]), row["record_key"]),
            {
                "support_form": row["support_form"],
                "complete_register": row["set_aside_by"],
            },
        )
        for row in aside.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=_WORK_ITEM_COLUMNS)


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


def registry_fingerprint(connection: Connection, day: date | None = None) -> str:
    """Return 12 hex digits that change with any release in force and any decision about duplicates."""
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
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def registry_state(
    connection: Connection, services: pd.DataFrame | None = None, day: date | None = None
) -> RegistryState:
    """
    Return the fingerprint, date and size of the registry.

    Parameters
    ----------
    services
        As `data.merged_services.read_services` returns for that day, when they are at hand: its counted facilities
        are the size, so that numbers of two screens agree.
    """
    edition = editions(day)
    if services is None:
        services = read_services(connection, day)
    counted = services[services["is_counted"]]
    as_of = connection.execute(
        select(func.max(edition.c.as_of)).where(edition.c.source_code.in_(select(Facility.source_code)))
    ).scalar()
    invented = connection.execute(select(func.max(case((edition.c.is_invented, 1), else_=0)))).scalar()
    return RegistryState(
        fingerprint=registry_fingerprint(connection, day),
        as_of=as_of,
        facilities=int(counted["facility_id"].nunique()),
        voivodeships=int(counted["voivodeship_code"].nunique()),
        is_invented=bool(invented),
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
    services = counted_services(connection)
    name_query = select(Area.area_code, Area.name).where(current(Area), Area.level == "voivodeship")
    names = {row.area_code: row.name for row in connection.execute(name_query)}
    counts = []
    for (voivodeship, form), rows in services.groupby(["voivodeship_code", "support_form"]):
        counted = rows[rows["is_counted"]]
        known = counted["capacity_places"].dropna()
        counts.append(
            FormCount(
                voivodeship_code=str(voivodeship),
                voivodeship_name=names.get(str(voivodeship), ""),
                support_form=str(form),
                facilities=int(counted["facility_id"].nunique()),
                capacity_places=int(known.sum()) if len(known) else None,
                capacity_unknown=len(counted) - len(known),
                set_aside=int((~rows["is_counted"]).sum()),
            )
        )
    return counts


def counted_services(connection: Connection) -> pd.DataFrame:
    """
    Return every active service once, hidden ones too, for counts: never for a list of places.

    Returns
    -------
    services
        `facility_id`, `voivodeship_code`, `support_form`, `capacity_places`, `is_counted` (False when a complete
        register of another source replaces it).
    """
    columns = ["facility_id", "voivodeship_code", "support_form", "capacity_places", "is_counted"]
    shown = read_services(connection)
    claim = claims(None)
    hidden = read_frame(
        connection,
        select(
            Facility.id.label("facility_id"),
            Facility.voivodeship_code,
            Service.support_form,
            Service.capacity_places,
            claim.c.claimed_by.is_(None).label("is_counted"),
        )
        .select_from(Service)
        .join(Facility, Service.facility_id == Facility.id)
        .outerjoin(claim, claim_of(claim))
        .where(
            Facility.ended_release_id.is_(None),
            Service.status == "active",
            not_(is_showable(Facility.visibility)),
        ),
    )
    active = shown.loc[shown["status"] == "active", columns]
    hidden = hidden.astype({"capacity_places": "Int64", "is_counted": bool})
    return pd.concat([pd.DataFrame(active), hidden], ignore_index=True)


def release_days(connection: Connection) -> tuple[date, ...]:
    """Return the days from which a release of a register held, the latest first."""
    query = (
        select(Release.effective_on)
        .where(Release.state != "withdrawn", Release.source_code.in_(select(Facility.source_code)))
        .distinct()
        .order_by(Release.effective_on.desc())
    )
    return tuple(connection.execute(query).scalars())


def newest_release(connection: Connection, source_code: str) -> Any:
    """Return the current release of a source as a row, or None."""
    query = select(Release.__table__).where(Release.source_code == source_code, Release.state == "current")
    return connection.execute(query).first()


def record_keys(connection: Connection, source_code: str, text: str) -> dict[str, str]:
    """Return the record of that key or handle, or those whose latest name holds the text: key → name."""
    query = (
        select(Facility.record_key, Facility.name)
        .where(Facility.source_code == source_code)
        .order_by(Facility.record_key, Facility.release_id)
    )
    names = {row.record_key: row.name for row in connection.execute(query)}
    key = key_of_handle(connection, source_code, text) or text
    if key in names:
        return {key: names[key]}
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
    if totals.empty:
        return totals.assign(ours=pd.Series(dtype=int), is_complete=pd.Series(dtype=bool))
    services = counted_services(connection)
    services = services[services["is_counted"]]
    claim = claims(None)
    claimed = {
        (row.support_form, row.voivodeship_code)
        for row in connection.execute(select(claim.c.support_form, claim.c.voivodeship_code))
    }
    ours, complete = [], []
    for total in totals.to_dict("records"):
        forms, area_code = list(total["support_forms"]), total["area_code"]
        here = services[(services["voivodeship_code"] == area_code) & services["support_form"].isin(forms)]
        is_count = total["quantity"] == "facilities"
        ours.append(
            int(here["facility_id"].nunique()) if is_count else int(here["capacity_places"].fillna(0).sum())
        )
        complete.append(all((form, area_code) in claimed for form in forms))
    return totals.assign(ours=ours, is_complete=complete)
