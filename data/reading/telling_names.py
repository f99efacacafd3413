"""
Names that tell where a protected place is, of versions that are not read again.

A load gives such a name up by the rules of its time and the rows of its file (`data.loading.shown_names`). Versions of
earlier loads keep their texts, and a name may tell the street that only another version has: of the record itself, or
of the record that it is protected with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd
from sqlalchemy import Connection, select

from data.reading.address_in_text import holds_address, tells_address
from data.reading.protection import is_of_facility, protections
from data.reading.record_handles import Record
from data.store.names import fold
from data.store.schema import Facility, Protection


@dataclass
class _Told:
    """What versions of a record tell of its place."""

    streets: set[str] = field(default_factory=set)
    localities: set[str] = field(default_factory=set)


def withhold_telling_names(connection: Connection, services: pd.DataFrame) -> None:
    """
    Take the names of protected places, and of who runs them, away where they tell an address; changes the frame.

    Parameters
    ----------
    services
        One row per service: `source_code`, `record_key`, `visibility`, `facility_name`, `organization_name`,
        `organization_key`, `gmina_name`.
    """
    guarded = services[services["visibility"] != "public"]
    if guarded.empty:
        return
    told = _told_places(connection)
    columns = ["source_code", "record_key", "facility_name", "organization_name", "gmina_name"]
    for index, source, key, name, organization, gmina in guarded[columns].itertuples(name=None):
        of_record = told.get((source, key), _Told())
        if _tells(name, of_record.streets | of_record.localities):
            services.loc[index, "facility_name"] = None
        # The gmina is shown anyway, and organizations are called by it.
        hidden = {town for town in of_record.localities if fold(town) != fold(gmina or "")}
        if _tells(organization, of_record.streets | hidden):
            services.loc[index, ["organization_name", "organization_key"]] = None


def _tells(name: object, parts: Iterable[str]) -> bool:
    return isinstance(name, str) and (holds_address(name) or tells_address(name, *sorted(parts)))


def _told_places(connection: Connection) -> Mapping[Record, _Told]:
    protected = protections()
    versions = (
        select(Facility.source_code, Facility.record_key, Facility.street_address, Facility.locality_name)
        .join(protected, is_of_facility(protected))
        .distinct()
    )
    told: dict[Record, _Told] = {}
    for row in connection.execute(versions):
        of_record = told.setdefault((row.source_code, row.record_key), _Told())
        of_record.streets |= {row.street_address} - {None}
        of_record.localities |= {row.locality_name} - {None}
    pairs = select(
        Protection.source_code, Protection.record_key, Protection.cause_source, Protection.cause_key
    ).where(Protection.lifted_at.is_(None), Protection.cause_key.is_not(None))
    own = {record: (frozenset(of.streets), frozenset(of.localities)) for record, of in told.items()}
    for row in connection.execute(pairs):
        one, other = (row.source_code, row.record_key), (row.cause_source, row.cause_key)
        for record, same in ((one, other), (other, one)):
            if record in told and same in own:
                told[record].streets |= own[same][0]
                told[record].localities |= own[same][1]
    return told
