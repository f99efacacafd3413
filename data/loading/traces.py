"""What the versions of records tell of their places; it never leaves the database."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, and_, select

from data.loading.same_place import Trace
from data.reading.record_handles import Record
from data.store.schema import Facility, Organization, Service

_CHUNK = 400


def gminas_of(traces: Iterable[Trace]) -> list[str]:
    """Return the gminas of some traces, in the order of their codes."""
    return sorted({trace.gmina_code for trace in traces if trace.gmina_code})


def traces_of(connection: Connection, records: Iterable[Record], *, is_former: bool = False) -> list[Trace]:
    """
    Return every version of some records, as far as it tells the place.

    `is_former` leaves out those in force.
    """
    keys: dict[str, list[str]] = {}
    for source, key in records:
        keys.setdefault(source, []).append(key)
    return [
        trace
        for source, of_source in sorted(keys.items())
        for start in range(0, len(of_source), _CHUNK)
        for trace in _traces_in_source(
            connection, source, of_source[start : start + _CHUNK], is_former=is_former
        )
    ]


def _traces_in_source(
    connection: Connection, source: str, keys: Sequence[str], *, is_former: bool
) -> Iterator[Trace]:
    is_wanted = and_(Facility.source_code == source, Facility.record_key.in_(keys))
    if is_former:
        is_wanted = and_(is_wanted, Facility.ended_release_id.is_not(None))
    query = select(
        Facility.id,
        Facility.record_key,
        Facility.name,
        Facility.street_address,
        Facility.locality_name,
        Facility.gmina_code,
        Facility.voivodeship_code,
        Facility.place_grade,
        Facility.place_radius_m,
        Facility.point,
        Facility.organization_key,
    ).where(is_wanted)
    rows = connection.execute(query).all()
    forms: dict[int, set[str]] = {}
    of_services = select(Service.facility_id, Service.support_form).join(Facility).where(is_wanted)
    for facility_id, form in connection.execute(of_services):
        forms.setdefault(facility_id, set()).add(form)
    named = select(Organization.organization_key, Organization.name).where(
        Organization.source_code == source,
        Organization.organization_key.in_({row.organization_key for row in rows} - {None}),
    )
    operators = {row.organization_key: row.name for row in connection.execute(named)}
    for row in rows:
        yield Trace(
            record=(source, row.record_key),
            name=row.name,
            street_address=row.street_address,
            locality_name=row.locality_name,
            gmina_code=row.gmina_code,
            voivodeship_code=row.voivodeship_code,
            place_grade=row.place_grade,
            place_radius_m=row.place_radius_m,
            point=row.point,
            organization_name=operators.get(row.organization_key),
            forms=frozenset(forms.get(row.id, ())),
        )
