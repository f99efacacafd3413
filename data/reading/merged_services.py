"""The services that are shown: public rows of the registry, with the records of one facility merged into one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, select

from data.reading import service_queries
from data.reading.clusters import duplicate_pairs, records_of
from data.reading.corrections import (
    CorrectionInForce,
    by_record,
    corrected_rows,
    corrections_in_force,
    told_corrections,
    with_corrected,
)
from data.reading.doubtful_evidence import doubted_with
from data.reading.editions import editions, in_force
from data.reading.loaded_sources import official_sources
from data.reading.merging import merge_facilities
from data.reading.own_words import days_said, is_partial, said_by, spoken_last
from data.reading.profile_merging import MergedService
from data.reading.protection import protected_records
from data.reading.record_handles import Record
from data.store.names import fold
from data.store.own_sheets import CORRECTIONS, is_own_sheet, said_text
from data.store.query_frames import Row, plain_rows
from data.store.schema import Facility
from data.store.visibility import NOT_SHOWN, is_public, secrecy

_FACILITY_COLUMNS = (
    "facility_id",
    "facility_name",
    "organization_name",
    "organization_key",
    "alternate_name",
    "facility_description",
    "street_address",
    "postal_code",
    "locality_name",
    "gmina_code",
    "gmina_name",
    "powiat_code",
    "voivodeship_code",
    "place_grade",
    "place_radius_m",
    "geometry",
    "visibility",
    "phone_records",
    "website",
    "opening_hours",
    "opening_hours_text",
    "languages",
    "wheelchair",
    "barrier_free",
    "transportation_text",
    "note",
    "source_url",
    "origin",
    "verified_on",
    "verified_precision",
    "stated_on",
    "stated_precision",
    "dated_on",
    "dated_precision",
    "changed_on",
)
_IDENTITY = ("source_code", "record_key")
_PLACE = (
    "gmina_code",
    "gmina_name",
    "powiat_code",
    "voivodeship_code",
    "place_grade",
    "place_radius_m",
    "geometry",
    "visibility",
)


def read_services(connection: Connection, day: date | None = None) -> gpd.GeoDataFrame:
    """
    Return what `data.reading.service_queries.public_services` does, each facility once.

    Where several records are one facility, each field is that of the most trusted record that has it
    (`data/reading/merging.py`), a service that several lists have is one row, and the row says where its fields
    are from. What an operator's own sheet or a correction changes of a home leaves it the home of its list. A facility
    that any list protects is shown as the strictest of them allows. Of an earlier day only corrections that were made
    by then hold.

    Returns
    -------
    services
        Those columns without `said_fields`, and `field_sources`: field → source codes, None for a facility of one
        record; `field_days`: field → the day (None without one) and its precision of the record that it is from, None
        likewise; `said_on`: column of an own sheet (`data.store.own_sheets.WHOLE` for all) → the day on which it was
        said, None where none speaks of a list's record; `corrections`: list of what was put right (`field`, `on`,
        `reason`, None of a protected place), None where nothing was.
    """
    services = service_queries.public_services(connection, day)
    services["field_sources"] = None
    services["field_days"] = None
    services["said_on"] = None
    services["corrections"] = None
    corrections = by_record(corrections_in_force(connection, day))
    pairs = duplicate_pairs(connection)
    members = with_corrected(records_of(pairs), corrections)
    merged = _with_merged(connection, services, members, corrections, day)
    aside = doubted_with(merged, members, pairs)
    merged.loc[aside.index, "set_aside_by"] = aside
    merged.loc[aside.index, "is_unconfirmed"] = False
    return merged.drop(columns="said_fields")


def _with_merged(
    connection: Connection,
    services: gpd.GeoDataFrame,
    members: pd.DataFrame,
    corrections: Mapping[Record, list[CorrectionInForce]],
    day: date | None,
) -> gpd.GeoDataFrame:
    """Return the services with the records of each group as one facility's."""
    if members.empty or services.empty:
        return services
    keyed = services.merge(members, on=list(_IDENTITY), how="left")
    is_member = keyed["cluster"].notna().to_numpy()
    if not is_member.any():
        return services
    guarded = _guarded_clusters(connection, members, day)
    groups: dict[int, list[Row]] = {}
    for row in plain_rows(keyed[is_member]):
        groups.setdefault(int(row.pop("cluster")), []).append(row)
    official = official_sources()
    shown = (rows for cluster, rows in groups.items() if cluster not in guarded)
    merged = [row for rows in shown for row in _merge(rows, official, corrections)]
    frame = pd.concat([services[~is_member], pd.DataFrame(merged, columns=services.columns)])
    frame = gpd.GeoDataFrame(frame, geometry="geometry", crs=services.crs)
    counts = services.dtypes[services.dtypes == "Int64"].index
    ordered = frame.astype({**dict.fromkeys(counts, "Int64"), "is_counted": bool, "is_unconfirmed": bool})
    ordered = ordered.sort_values(["source_code", "service_id"], kind="stable")
    return ordered.reset_index(drop=True)


def _guarded_clusters(connection: Connection, members: pd.DataFrame, day: date | None) -> set[int]:
    """Return groups with a record that is not shown at all, now or on the day: another list may not show it instead."""
    edition = editions(day)
    query = (
        select(Facility.source_code, Facility.record_key)
        .join(edition, in_force(Facility, edition))
        .where(Facility.visibility.in_(NOT_SHOWN))
    )
    guarded = {tuple(row) for row in connection.execute(query)}
    guarded |= {
        record for record, visibility in protected_records(connection).items() if visibility in NOT_SHOWN
    }
    return {
        int(cluster)
        for cluster, source, key in members[["cluster", *_IDENTITY]].itertuples(index=False)
        if (source, key) in guarded
    }


def _merge(
    rows: list[Row], official: frozenset[str], corrections: Mapping[Record, list[CorrectionInForce]]
) -> list[Row]:
    """Return the services of one group, as one facility's."""
    plain = _guarded(rows)
    plain += corrected_rows(plain, corrections)
    records = {(row["source_code"], row["record_key"]): row for row in plain}
    facilities = [
        {name: row[name] for name in (*_IDENTITY, *_FACILITY_COLUMNS) if name != "facility_id"}
        | {"is_official": row["source_code"] in official, "said_fields": _said_of_record(plain, record)}
        for record, row in records.items()
    ]
    services = [
        {
            name: value
            for name, value in row.items()
            if name not in (*_FACILITY_COLUMNS, "field_sources", "field_days", "said_on", "corrections")
        }
        for row in plain
    ]
    merged = merge_facilities(facilities, services)
    place = merged.fields
    # A sheet that changes a home makes it no other one: it is of the list that has it, and as complete as that.
    of_lists = [name for name in merged.records if not is_own_sheet(name.partition(":")[0])]
    first = next(
        row for row in plain if ":".join(row[name] for name in _IDENTITY) == (of_lists or merged.records)[0]
    )
    is_open = all(is_public(row["visibility"]) for row in plain)
    days = {":".join(row[name] for name in _IDENTITY): _day_of(row) for row in plain}
    shown = []
    for service in merged.services:
        of_service = [row for row in plain if f"{row['source_code']}:{row['record_key']}" in service.records]
        same_form = _speaking(
            [row for row in of_service if row["support_form"] == service.fields["support_form"]]
        )
        is_counted = service.fields["status"] == "active" and any(row["is_counted"] for row in same_form)
        sources = _sources(merged.origins) | _sources(service.origins)
        shown.append(
            service.fields
            | place
            | {
                "source_code": first["source_code"],
                "record_key": first["record_key"],
                "facility_id": first["facility_id"],
                "is_counted": is_counted,
                "is_unconfirmed": not is_counted and any(row["is_unconfirmed"] for row in same_form),
                "set_aside_by": None if is_counted else service.fields["set_aside_by"],
                "phones": [service_queries.say_phone(phone) for phone in place["phone_records"]],
                "field_sources": sources,
                "field_days": {
                    name: days[found[0]]
                    for name, found in (merged.origins | service.origins).items()
                    if found
                },
                "said_on": (days_said(_of_sheets(of_service, service)) if of_lists and is_open else None)
                or None,
                "corrections": told_corrections(plain, of_service, corrections),
            }
        )
    return shown


def _day_of(row: Row) -> tuple[date | None, str | None]:
    """Return the day that a row is of and its precision: of a correction the one on which it was made."""
    if row["source_code"] == CORRECTIONS:
        return date.fromisoformat(spoken_last(row)[:10]), "day"
    return row["dated_on"], row["dated_precision"]


def _of_sheets(rows: list[Row], service: MergedService) -> list[Row]:
    """Return the rows of a service that are of its own profile, and no corrections: another's places are not its."""
    of_lists, own = (
        [row for row in rows if row["source_code"] != CORRECTIONS],
        fold(service.fields["subtype"] or ""),
    )
    return [row for row in of_lists if fold(row["subtype"] or "") == own] or of_lists


def _speaking(rows: list[Row]) -> list[Row]:
    """Return the rows that tell whether a service is there: of sheets only those that say its status."""
    others = [row for row in rows if not is_partial(row) or "status" in said_by(row)]
    return others or rows


def _said_of_record(rows: list[Row], record: tuple[str, str]) -> str | None:
    """Return what the rows of a record say together, of the whole facility; None of a list's record."""
    said: dict[str, str] = {}
    for row in rows:
        if (row["source_code"], row["record_key"]) == record:
            for column, moment in said_by(row).items():
                said[column] = max(moment, said.get(column, ""))
    return said_text(said) or None


def _guarded(plain: list[Row]) -> list[Row]:
    """Return the rows of a group as the strictest of them allows: what one list protects, none of them tells."""
    strictest = max(plain, key=lambda row: secrecy(row["visibility"]))
    if is_public(strictest["visibility"]):
        return plain
    place = {name: strictest[name] for name in (*_PLACE, "facility_name", "phone_records")}
    return [row | dict.fromkeys(service_queries.ONLY_WHERE_PUBLIC) | place for row in plain]


def _sources(origins: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {
        name: list(dict.fromkeys(origin.partition(":")[0] for origin in found))
        for name, found in origins.items()
    }
