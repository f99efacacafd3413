"""
What registers stated of vacancies and queues on each of their days: one SELECT over the versions of their records.

No edition is read whole for it: the days of a register differ in few records, and only those registers come that
state vacancies or a queue of a form on any day.
"""

from datetime import date
from itertools import groupby
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, and_, case, exists, func, not_, or_, select, tuple_
from sqlalchemy.orm import aliased

from data.reading.clusters import merged_records
from data.reading.editions import claim_of, claims, current, in_force, in_order_of_days
from data.reading.protection import is_of_facility, protected_records, protections, visibility_in
from data.reading.service_queries import is_showable
from data.store.origins import EVIDENCE
from data.store.query_frames import read_frame
from data.store.schema import Area, Facility, RegisterCoverage, Release, Service
from data.store.visibility import NOT_SHOWN

STATED_COLUMNS: Final = (
    "source_code",
    "day",
    "facility_id",
    "support_form",
    "need_groups",
    "capacity_places",
    "vacant_places",
    "waiting_persons",
    "vacancies_on",
    "gmina_code",
    "powiat_code",
    "voivodeship_code",
    "is_complete",
    "is_month",
)
_COUNTS: Final = ("capacity_places", "vacant_places", "waiting_persons")
_FLAGS: Final = ("is_complete", "is_month")
_RECORD: Final = ["source_code", "record_key"]
_STATES: Final = or_(Service.vacant_places.is_not(None), Service.waiting_persons.is_not(None))


def no_stated_vacancies() -> pd.DataFrame:
    """Return the answer of a database in which no register states any."""
    return pd.DataFrame(columns=list(STATED_COLUMNS)).astype(
        {**dict.fromkeys(_COUNTS, "Int64"), **dict.fromkeys(_FLAGS, bool)}
    )


def stated_vacancies(connection: Connection) -> pd.DataFrame:
    """
    Return what registers stated on each of their days, also the rows that state nothing: they are counted, too.

    What is protected now is protected on every day, as in `data.reading.service_queries`; a register that another one
    takes the place of today is left out, and so is a file that says no day.

    Returns
    -------
    stated
        One row per day and service, in the order of sources and days: `source_code`, `day` of the register,
        `facility_id` (a number of the record, the same on all days), `support_form`, `need_groups`, `capacity_places`,
        `vacant_places`, `waiting_persons` (missing = not stated; nor are places of an earlier month of a file, which
        are those of the file's day), `vacancies_on` (the day of what is stated),
        `gmina_code`, `powiat_code`, `voivodeship_code`, `is_complete` (the register listed all of the form then),
        `is_month` (the day is an earlier month of a file).
    """
    telling = telling_forms(connection)
    days = days_of(connection, {source for source, _ in telling})
    if not days:
        return no_stated_vacancies()
    rows = read_frame(connection, _rows_of(days, telling))
    hidden = _hidden(connection)
    records = rows[_RECORD].itertuples(index=False, name=None)
    rows = rows[pd.Series([record not in hidden for record in records], index=rows.index, dtype=bool)]
    rows = rows.assign(
        day=rows["release_id"].map(days), facility_id=rows.groupby(_RECORD, sort=False).ngroup()
    )
    ordered = rows.sort_values(["source_code", "day"], kind="stable").reset_index(drop=True)
    return ordered[list(STATED_COLUMNS)].astype(
        {**dict.fromkeys(_COUNTS, "Int64"), **dict.fromkeys(_FLAGS, bool)}
    )


def telling_forms(connection: Connection) -> list[tuple[str, str]]:
    """Return source and form wherever a register states vacancies or a queue on any day."""
    query = select(Facility.source_code, Service.support_form).join(Service).where(_STATES).distinct()
    return [(row.source_code, row.support_form) for row in connection.execute(query)]


def days_of(connection: Connection, sources: set[str]) -> dict[int, date]:
    """Return the day of each release that holds from a day of its own: of two of one day the one loaded later."""
    query = (
        select(Release.id, Release.source_code, Release.effective_on, Release.as_of, Release.stated_on)
        .where(Release.source_code.in_(sources), Release.state != "withdrawn")
        .order_by(Release.source_code, Release.id)
    )
    days: dict[int, date] = {}
    for _, releases in groupby(connection.execute(query).all(), key=lambda release: release.source_code):
        last_of_day = {release.effective_on: release for release in in_order_of_days(releases)}
        days |= {
            release.id: release.as_of or release.stated_on
            for release in last_of_day.values()
            if release.as_of or release.stated_on
        }
    return days


def _rows_of(days: dict[int, date], telling: list[tuple[str, str]]) -> Any:
    held = (
        select(Release.id.label("release_id"), Release.source_code, Release.stated_on, Release.file_on)
        .where(Release.id.in_(days))
        .subquery("held")
    )
    gmina, claim, protected = aliased(Area), claims(None), protections()
    visibility = visibility_in(protected)
    is_told = visibility.in_(["public", "gmina_centroid"])
    is_complete = exists().where(
        RegisterCoverage.release_id == held.c.release_id,
        RegisterCoverage.support_form == Service.support_form,
        RegisterCoverage.voivodeship_code == Facility.voivodeship_code,
    )
    return (
        select(
            held.c.release_id,
            Facility.source_code,
            Facility.record_key,
            Service.support_form,
            Service.need_groups,
            case((held.c.file_on.is_(None), Service.capacity_places)).label("capacity_places"),
            Service.vacant_places,
            Service.waiting_persons,
            case((_STATES, func.coalesce(Service.vacancies_on, held.c.stated_on))).label("vacancies_on"),
            Facility.gmina_code,
            # Of a place that is kept from sight the powiat is told only where its gmina is.
            func.coalesce(gmina.powiat_code, case((is_told, Facility.powiat_code))).label("powiat_code"),
            Facility.voivodeship_code,
            is_complete.label("is_complete"),
            held.c.file_on.is_not(None).label("is_month"),
        )
        .select_from(Service)
        .join(Facility, Service.facility_id == Facility.id)
        .join(held, in_force(Facility, held))
        .outerjoin(protected, is_of_facility(protected))
        .outerjoin(gmina, and_(gmina.area_code == Facility.gmina_code, current(gmina)))
        .where(
            tuple_(Facility.source_code, Service.support_form).in_(telling),
            Service.status == "active",
            Facility.origin.not_in(EVIDENCE),
            not_(exists().where(claim_of(claim))),
            is_showable(visibility),
        )
        .order_by(Facility.source_code, held.c.release_id, Service.id)
    )


def _hidden(connection: Connection) -> set[tuple[str, str]]:
    """Return records that are one facility with one that is not shown: no list tells of it in another's place."""
    kept = {record for record, visibility in protected_records(connection).items() if visibility in NOT_SHOWN}
    if not kept:
        return set()
    members = merged_records(connection)
    records = list(members[_RECORD].itertuples(index=False, name=None))
    clusters = {
        cluster for cluster, record in zip(members["cluster"], records, strict=True) if record in kept
    }
    is_hidden = members["cluster"].isin(clusters)
    return {record for record, is_one in zip(records, is_hidden, strict=True) if is_one}
