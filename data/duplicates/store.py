"""Which records are one facility: found by rule after each load, decided by people, kept by record keys."""

from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, and_, delete, insert, select, update

from data.duplicates.dedupe import find_duplicates
from data.duplicates.own_sheets import with_sheets
from data.reading.clusters import PAIR_ENDS, duplicate_pairs
from data.reading.record_handles import Record, key_of_handle
from data.reading.service_queries import say_phone
from data.store.query_frames import plain_rows, read_frame
from data.store.schema import DuplicatePair, Facility, Organization, Service
from geo.crs import GEOGRAPHIC
from geo.errors import SupportMapError


class UnlikelyPairError(SupportMapError, ValueError):
    """A person says that two records are one facility which have nothing in common."""


class UnknownPairError(SupportMapError, LookupError):
    """A record that a person names is not in force, or the pair is one record with itself."""


def store_duplicates(connection: Connection) -> dict[str, int]:
    """
    Look for duplicates among the facilities in force and keep what is found.

    What people decided stays; what the rule found before is replaced.

    Returns
    -------
    counts
        Number of pairs by verdict, those of people among them.
    """
    connection.execute(delete(DuplicatePair).where(DuplicatePair.decided_by == "rule"))
    facilities = _facilities_in_force(connection)
    found = find_duplicates(facilities) if len(facilities) > 1 else pd.DataFrame(columns=list(PAIR_ENDS))
    found = with_sheets(found, facilities[["source_code", "record_key"]])
    decided = {tuple(row) for row in connection.execute(select(*_columns()))}
    now = _now()
    rows = [
        row | {"decided_by": "rule", "reason": None, "decided_at": now}
        for row in plain_rows(found)
        if tuple(row[end] for end in PAIR_ENDS) not in decided
    ]
    if rows:
        connection.execute(insert(DuplicatePair), rows)
    pairs = duplicate_pairs(connection)
    return {str(verdict): int(count) for verdict, count in pairs["verdict"].value_counts().items()}


def decide(
    connection: Connection,
    one: Record,
    other: Record,
    *,
    verdict: str,
    reason: str,
    is_forced: bool = False,
) -> None:
    """
    Keep a person's decision about two records: `same` merges them, `different` parts them.

    Parameters
    ----------
    is_forced
        Merge records of different gminas or without a common form of support, too.

    Raises
    ------
    UnknownPairError
        If a record is not in force, or both are the same one.
    UnlikelyPairError
        If they are to be merged and lie in different gminas or have no form in common.
    """
    left, right = sorted(
        (source, key_of_handle(connection, source, key) or key) for source, key in (one, other)
    )
    if left == right:
        raise UnknownPairError(f"expected two records, found {_say(left)} twice", record=_say(left))
    for source, key in (left, right):
        query = select(Facility.id).where(
            Facility.source_code == source, Facility.record_key == key, Facility.ended_release_id.is_(None)
        )
        if connection.execute(query).first() is None:
            raise UnknownPairError(
                f"expected a record in force as SOURCE:KEY, found {_say((source, key))!r}, which is none; "
                "`python -m data duplicates` lists pairs, `python -m data history SOURCE NAME` finds keys",
                record=_say((source, key)),
            )
    if verdict == "same" and not is_forced:
        _require_likely(connection, left, right)
    ends = dict(zip(PAIR_ENDS, (*left, *right), strict=True))
    is_pair = and_(*(getattr(DuplicatePair, end) == value for end, value in ends.items()))
    decision = {"verdict": verdict, "decided_by": "person", "reason": reason, "decided_at": _now()}
    changed = connection.execute(update(DuplicatePair).where(is_pair).values(decision)).rowcount
    if not changed:
        connection.execute(insert(DuplicatePair).values(ends | decision | {"score": None, "evidence": {}}))


def _require_likely(connection: Connection, left: Record, right: Record) -> None:
    """Check that two records may be one facility: a typing error in a key would make one that nobody runs."""
    gminas, forms = [], []
    for source, key in (left, right):
        query = (
            select(Facility.gmina_code, Service.support_form)
            .join(Service, Service.facility_id == Facility.id)
            .where(
                Facility.source_code == source,
                Facility.record_key == key,
                Facility.ended_release_id.is_(None),
            )
        )
        rows = connection.execute(query).all()
        gminas.append({row.gmina_code for row in rows} - {None})
        forms.append({row.support_form for row in rows})
    problems = []
    if all(gminas) and not gminas[0] & gminas[1]:
        problems.append(f"gminas {', '.join(gminas[0])} and {', '.join(gminas[1])}")
    if not forms[0] & forms[1]:
        problems.append(f"forms {', '.join(sorted(forms[0]))} and {', '.join(sorted(forms[1]))}")
    if problems:
        raise UnlikelyPairError(
            f"expected two records of one place and one kind of help, found {'; '.join(problems)}. Check the keys; "
            "if they are one facility all the same, say so with `--force`.",
            problems=problems,
        )


def _columns() -> tuple[Any, ...]:
    return tuple(getattr(DuplicatePair, end) for end in PAIR_ENDS)


def _facilities_in_force(connection: Connection) -> gpd.GeoDataFrame:
    """Return what is compared of each facility; it never leaves the database."""
    in_force = Facility.ended_release_id.is_(None)
    facilities = read_frame(
        connection,
        select(
            Facility.id,
            Facility.source_code,
            Facility.record_key,
            Facility.name,
            Organization.name.label("organization_name"),
            Facility.street_address,
            Facility.postal_code,
            Facility.locality_name,
            Facility.gmina_code,
            Facility.voivodeship_code,
            Facility.phones,
            Facility.place_grade,
            Facility.place_radius_m,
            Facility.point,
        )
        .outerjoin(
            Organization,
            and_(
                Organization.source_code == Facility.source_code,
                Organization.organization_key == Facility.organization_key,
                Organization.ended_release_id.is_(None),
            ),
        )
        .where(in_force),
    )
    services = read_frame(
        connection,
        select(Service.facility_id, Service.support_form).join(Facility).where(in_force).order_by(Service.id),
    )
    forms: dict[int, list[str]] = {}
    for facility_id, form in services.itertuples(index=False):
        forms.setdefault(facility_id, []).append(form)
    facilities["support_forms"] = [forms.get(number, []) for number in facilities["id"]]
    facilities["phones"] = [[say_phone(phone) for phone in phones] for phones in facilities["phones"]]
    return gpd.GeoDataFrame(facilities, geometry="point", crs=GEOGRAPHIC)


def parse_record(text: str) -> Record:
    """Return the record that `SOURCE:KEY` names."""
    source, _, key = text.partition(":")
    return source, key


def _say(record: Record) -> str:
    return ":".join(record)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
