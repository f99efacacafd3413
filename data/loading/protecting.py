"""
What a load protects: records that it brings protected, and those that are the same place under another key.

A register that protects a place often gives it another name, leaves its street out or lists it under another form, and
so under another key: then one record vanishes as another comes. Neither may tell what the other protects. Everything
entered here holds on every day until a person lifts it (`python -m data protect --lift`).
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, exists, func, select, update
from sqlalchemy.orm import aliased

from data.loading.same_place import Trace, listed_again, same_places
from data.loading.traces import gminas_of, traces_of
from data.loading.vanished_records import is_same_record, last_days, vanished_around, vanished_in
from data.reading.clusters import merged_records
from data.reading.protection import is_of_facility, protect, protected_records, protections, visibility_in
from data.reading.record_handles import Record
from data.store.schema import Facility, Load, Protection, Release
from data.store.visibility import PUBLIC, secrecy


@dataclass(frozen=True)
class NewlyProtected:
    """Records by why they are protected from now on; the words are those of `protection.origin`."""

    load: tuple[Record, ...] = ()
    vanished: tuple[Record, ...] = ()
    successor: tuple[Record, ...] = ()
    merged: tuple[Record, ...] = ()

    def lines(self) -> Iterator[str]:
        """Say how many, for the report of a load; none of these places may be named."""
        for origin, what in _SAID.items():
            if records := getattr(self, origin):
                yield f"protection: {len(records)} {what}"


_SAID = {
    "load": "places are protected from now on, as their source says",
    "vanished": "that vanished are the same place as a protected one: protected on every day (`work`)",
    "successor": "that are new are the same place as a protected one that vanished: protected (`work`)",
    "merged": "are one facility with a protected record of another list: protected (`work`)",
}


def leaving_places(connection: Connection, source_codes: Collection[str]) -> list[Trace]:
    """Return what protected records of sources that are about to leave the catalogue tell of their places."""
    records = sorted(record for record in protected_records(connection) if record[0] in source_codes)
    return traces_of(connection, records)


def protect_brought(
    connection: Connection, load_id: int | None, *, left: Sequence[Trace] = ()
) -> NewlyProtected:
    """
    Enter what a load brought protected, what it takes over, and what takes over from it.

    A load is looked at as a whole: all its sources, and all releases of a register that came with it. Without a load
    only what the migration entered is looked at: nobody has compared it with records that vanished before.

    A record that vanished (in this load, or before it as this load brings the protected one) takes over the protection
    of every record that is likely the same place, the strictest of them. A record that comes as or after a protected
    one vanished does, too. The same organization and form are enough only within one load, and only for what vanished:
    a new place that some organization opens is not the one that it closed.

    Parameters
    ----------
    left
        As `leaving_places` returned before the load deleted these sources: the list may go on under another code.
    """
    loaded = _protect_as_loaded(connection, load_id) if load_id is not None else []
    brought = {*loaded, *_entered_by_migration(connection)}
    vanished = _take_over(connection, load_id, brought)
    successors = _protect_successors(connection, load_id, left) if load_id is not None else []
    _hand_over(connection)
    return NewlyProtected(load=tuple(loaded), vanished=tuple(vanished), successor=tuple(successors))


def protect_same_place(connection: Connection, record: Record) -> list[Record]:
    """Enter records that vanished and are likely the place of one that a person protects; return them."""
    return _take_over(connection, None, {record})


def protect_merged(connection: Connection, load_id: int | None = None) -> list[Record]:
    """
    Enter the records that are one facility with a protected one, and return them.

    Other lists tell the same door: on days when the protected record did not hold, too, and after it vanished.
    """
    members = merged_records(connection)
    known = protected_records(connection)
    entries = []
    for _, group in members.groupby("cluster", sort=False):
        records: list[Record] = list(zip(group["source_code"], group["record_key"], strict=True))
        guard = max(records, key=lambda record: secrecy(known.get(record)))
        if guard in known:
            entries += [(record, known[guard], guard) for record in records if record != guard]
    return protect(connection, entries, origin="merged", load_id=load_id)


def open_records_of_place(connection: Connection, record: Record) -> list[Record]:
    """Return records in force that are likely the same place as a protected one and still show their door."""
    guards = traces_of(connection, [record])
    protected = protections()
    query = (
        select(Facility.source_code, Facility.record_key)
        .outerjoin(protected, is_of_facility(protected))
        .where(
            Facility.ended_release_id.is_(None),
            visibility_in(protected) == PUBLIC,
            Facility.gmina_code.in_(gminas_of(guards)),
        )
    )
    traces = traces_of(connection, _records(connection, query))
    return sorted({one for one, _ in same_places(traces, guards)})


def _protect_as_loaded(connection: Connection, load_id: int) -> list[Record]:
    query = (
        select(Facility.source_code, Facility.record_key, Facility.visibility)
        .where(Facility.release_id.in_(_releases_of(load_id)), Facility.visibility != PUBLIC)
        .order_by(Facility.id)
    )
    rows = connection.execute(query).all()
    # The strictest first: an entry that a stricter one follows at once would say nothing.
    ordered = sorted(rows, key=lambda row: -secrecy(row.visibility))
    entries = [((row.source_code, row.record_key), row.visibility, None) for row in ordered]
    return protect(connection, entries, origin="load", load_id=load_id)


def _entered_by_migration(connection: Connection) -> list[Record]:
    query = select(Protection.source_code, Protection.record_key).where(
        Protection.lifted_at.is_(None), Protection.origin == "load", Protection.load_id.is_(None)
    )
    return _records(connection, query)


def _hand_over(connection: Connection) -> None:
    """Note that what the migration entered was compared: from now on it is of the first load that there was."""
    first = select(func.min(Load.id)).scalar_subquery()
    connection.execute(
        update(Protection)
        .where(Protection.origin == "load", Protection.load_id.is_(None))
        .values(load_id=first)
    )


def _take_over(connection: Connection, load_id: int | None, brought: Collection[Record]) -> list[Record]:
    """Protect what vanished and is the same place as a protected record."""
    gone_now = set(_records(connection, vanished_in(load_id))) if load_id is not None else set()
    new_guards = traces_of(connection, brought)
    gone_before = _records(connection, vanished_around(new_guards)) if brought else []
    traces = traces_of(connection, {*gone_now, *gone_before})
    if not traces:
        return []
    of_now = [trace for trace in traces if trace.record in gone_now]
    pairs = same_places(traces, new_guards)
    pairs |= same_places(of_now, new_guards, takes_weak_signs=True)
    pairs |= same_places(of_now, _guards_in(connection, gminas_of(of_now)))
    return _protect_pairs(connection, pairs, origin="vanished", load_id=load_id)


def _protect_successors(connection: Connection, load_id: int, left: Sequence[Trace]) -> list[Record]:
    """
    Protect what is new and the same place as a protected record that vanished by then, or whose source left.

    Also what has name and address of an earlier version of a protected record of its source that is still in force.
    """
    known = protected_records(connection)
    ended = {trace.record: date.min for trace in left} | last_days(connection)
    if not ended and not known:
        return []
    guards = [*left, *traces_of(connection, ended)]
    older, release, before, passing = (aliased(Facility), *(aliased(Release) for _ in range(3)))
    # What a file said before one of an earlier day became history is not earlier: that file was read again after it.
    is_passed_over = exists().where(
        passing.source_code == before.source_code,
        passing.state != "withdrawn",
        passing.id > before.id,
        passing.id <= Facility.release_id,
        passing.effective_on < before.effective_on,
    )
    is_known = exists().where(
        is_same_record(older),
        older.release_id < Facility.release_id,
        before.id == older.release_id,
        ~is_passed_over,
    )
    query = (
        select(Facility.source_code, Facility.record_key, release.effective_on)
        .join(release, release.id == Facility.release_id)
        .where(Facility.release_id.in_(_releases_of(load_id)), Facility.visibility == PUBLIC, ~is_known)
    )
    came = {(row.source_code, row.record_key): row.effective_on for row in connection.execute(query)}
    traces = traces_of(connection, came)
    pairs = {(new, guard) for new, guard in same_places(traces, guards) if came[new] >= ended[guard]}
    # A file that lists a protected place twice, once at an address that it had before.
    pairs |= listed_again(traces, traces_of(connection, known.keys() - came.keys(), is_former=True))
    return _protect_pairs(connection, pairs, origin="successor", load_id=load_id)


def _protect_pairs(
    connection: Connection, pairs: Iterable[tuple[Record, Record]], *, origin: str, load_id: int | None
) -> list[Record]:
    known = protected_records(connection)
    entries = [(record, known[guard], guard) for record, guard in sorted(pairs) if guard in known]
    strictest_first = sorted(entries, key=lambda entry: -secrecy(entry[1]))
    return protect(connection, strictest_first, origin=origin, load_id=load_id)


def _releases_of(load_id: int) -> Any:
    return select(Release.id).where(Release.load_id == load_id)


def _guards_in(connection: Connection, gminas: Collection[str]) -> list[Trace]:
    """Return the traces of protected records in some gminas."""
    protected = protections()
    query = (
        select(Facility.source_code, Facility.record_key)
        .join(protected, is_of_facility(protected))
        .where(Facility.gmina_code.in_(gminas))
    )
    return traces_of(connection, _records(connection, query))


def _records(connection: Connection, query: Any) -> list[Record]:
    return [(row.source_code, row.record_key) for row in connection.execute(query.distinct())]
