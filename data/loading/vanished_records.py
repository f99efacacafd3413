"""SELECTs of records that a load ended, or that do not hold any more."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, exists, or_, select
from sqlalchemy.orm import aliased

from data.loading.same_place import Trace
from data.loading.traces import gminas_of
from data.reading.protection import is_of_facility, protections
from data.reading.record_handles import Record
from data.store.schema import Facility, Release


def is_same_record(other: Any) -> Any:
    """Return the condition that another version is of the same record."""
    return and_(other.source_code == Facility.source_code, other.record_key == Facility.record_key)


def vanished_in(load_id: int) -> Any:
    """
    Select the records that a release of a load ended and did not go on with.

    A file of an earlier day that becomes history ends what later files hold, which are read again after it: nothing
    vanished there.
    """
    later, began, ended = aliased(Facility), aliased(Release), aliased(Release)
    goes_on = exists().where(is_same_record(later), later.release_id == Facility.ended_release_id)
    return (
        select(Facility.source_code, Facility.record_key)
        .join(began, began.id == Facility.release_id)
        .join(ended, ended.id == Facility.ended_release_id)
        .where(ended.load_id == load_id, ended.effective_on >= began.effective_on, ~goes_on)
    )


def _is_gone() -> Any:
    held = aliased(Facility)
    return ~exists().where(is_same_record(held), held.ended_release_id.is_(None))


def vanished_around(guards: Iterable[Trace]) -> Any:
    """Select the records that do not hold, in the gminas of some traces; of one without a gmina, the voivodeship."""
    nowhere = {guard.voivodeship_code for guard in guards if not guard.gmina_code}
    is_here = or_(Facility.gmina_code.in_(gminas_of(guards)), Facility.voivodeship_code.in_(nowhere))
    return select(Facility.source_code, Facility.record_key).where(
        is_here, Facility.ended_release_id.is_not(None), _is_gone()
    )


def last_days(connection: Connection) -> dict[Record, Any]:
    """Return the protected records that do not hold, with the day from which they do not."""
    protected = protections()
    query = (
        select(Facility.source_code, Facility.record_key, Release.effective_on)
        .join(protected, is_of_facility(protected))
        .join(Release, Release.id == Facility.ended_release_id)
        .where(_is_gone())
    )
    days: dict[Record, Any] = {}
    for row in connection.execute(query):
        record = (row.source_code, row.record_key)
        days[record] = max(days.get(record, row.effective_on), row.effective_on)
    return days
