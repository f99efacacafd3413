"""
Which record the rows of a register go on with, where the register has no numbers of its own.

Such a facility is known by name and address, so that a corrected address would end one history and begin another. A
row goes on with the record that looked so before, and else with the one that is gone from the file, when name and
place leave no doubt. The record keeps the key that it was first known by: what is tied to it (protection, decisions
about duplicates) stays with it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from data.loading.plan import work_item
from data.loading.versions import Changes
from data.reading.protection import is_of_facility, protections, visibility_in
from data.sources.registers.profile import RegisterProfile
from data.sources.registers.register_row import made_key
from data.sources.registers.staged_register import StagedRegister
from data.store.names import fold
from data.store.query_frames import Row, plain_rows
from data.store.schema import Facility, Service

_LEGAL_FORMS = re.compile(
    r"\b(?:sp(?:olka)? z (?:o ?o|ograniczona odpowiedzialnoscia)"
    r"|sp(?:olka)? (?:akcyjna|cywilna|jawna|komandytowa|j|k|p)|s [ac])\b"
)
_TELLS_PLACE = re.compile(r"\b[wW]e? [A-ZĆŁÓŚŹŻ]")
_STATED = ("stated_gmina_code", "stated_gmina_name", "stated_powiat_name")


@dataclass(frozen=True)
class Version:
    """A version of a record: `made_key` is what its row would be known by, None when its columns cannot tell."""

    record_key: str
    made_key: str | None
    holds: tuple[int, int | None]
    """The releases that brought and ended it."""
    row: Row
    """`facility_name`, `locality_name`, what is stated of gmina and powiat, and the set `support_forms`."""

    @property
    def is_in_force(self) -> bool:
        """Tell whether the version is still in force."""
        return self.holds[1] is None


def continued(
    connection: Connection, profile: RegisterProfile, staged: StagedRegister
) -> tuple[StagedRegister, int]:
    """
    Give rows the keys of the records that they go on with.

    Returns
    -------
    staged
        The same rows; another `facility_key` where a record is known by another one.
    continued
        How many facilities have one.
    """
    if "facility_key" in profile.columns or not profile.register_.key:
        return staged, 0
    rows: dict[str, Row] = {}
    for record in plain_rows(staged.records):
        first = rows.setdefault(record["facility_key"], record | {"support_forms": set()})
        first["support_forms"].add(record["support_form"])
    known = read_versions(connection, profile.register_.code, profile.register_.key)
    keys = known_keys(rows, known)
    others = {made: key for made, key in keys.items() if made != key}
    if not others:
        return staged, 0
    records = staged.records.assign(facility_key=staged.records["facility_key"].map(keys).astype(object))
    return replace(staged, records=records), len(others)


def known_keys(rows: Mapping[str, Row], known: Sequence[Version]) -> dict[str, str]:
    """
    Return the record key of each row by the key made of its words.

    Parameters
    ----------
    rows
        By made key, in the order of the file.
    known
        All versions of the source's records, oldest first.

    Notes
    -----
    The clearest first: what looks like a record in force; what has the key of one; what a record looked like before,
    when that one stood in the lists beside the record that is gone; the only one of its name and place that is
    gone; what any record looked like before. No two rows go on with one record.
    """
    in_force = {version.record_key: version for version in known if version.is_in_force}
    looks = {version.made_key: version.record_key for version in in_force.values() if version.made_key}
    looked = {version.record_key: version.record_key for version in known}
    looked |= {version.made_key: version.record_key for version in known if version.made_key}
    keys: dict[str, str] = {}

    def settle(found: Callable[[str], str | None]) -> None:
        taken = set(keys.values())
        for made in rows:
            key = found(made) if made not in keys else None
            if key is not None and key not in taken:
                keys[made] = key
                taken.add(key)

    settle(looks.get)
    settle(lambda made: made if made in in_force else None)
    gone = _same_name_and_place(rows, keys, in_force)
    settle(lambda made: looked.get(made) if _were_beside(known, looked.get(made), gone.get(made)) else None)
    settle(gone.get)
    settle(looked.get)
    taken = {*looked.values(), *keys.values()}
    for made in rows:
        if made not in keys:
            key = made
            while key in taken:
                key += "+"
            keys[made] = key
            taken.add(key)
    return keys


def read_versions(connection: Connection, source_code: str, key: Sequence[str]) -> list[Version]:
    """Return all versions of a source's records, oldest first; `key` are the fields that make a key."""
    query = (
        select(*(column for column in Facility.__table__.columns if column.key != "point"))
        .where(Facility.source_code == source_code)
        .order_by(Facility.release_id, Facility.id)
    )
    forms: dict[int, set[str]] = {}
    of_services = (
        select(Service.facility_id, Service.support_form)
        .join(Facility, Facility.id == Service.facility_id)
        .where(Facility.source_code == source_code)
    )
    for service in connection.execute(of_services):
        forms.setdefault(service.facility_id, set()).add(service.support_form)
    return [_version(row, forms.get(row["id"], set()), key) for row in connection.execute(query).mappings()]


def _version(row: Mapping[Any, Any], forms: set[str], key: Sequence[str]) -> Version:
    values = {**row, "facility_name": row["name"], "organization_name": row["organization_key"]}
    kept = ("facility_name", "locality_name", *_STATED)
    return Version(
        record_key=row["record_key"],
        made_key=made_key(values, key) if set(key) <= values.keys() else None,
        holds=(row["release_id"], row["ended_release_id"]),
        row={name: values[name] for name in kept} | {"support_forms": forms},
    )


def _same_name_and_place(
    rows: Mapping[str, Row], keys: Mapping[str, str], in_force: Mapping[str, Version]
) -> dict[str, str]:
    """
    Return the record that is gone for each new row of its name and place: made key → record key.

    Only where the name stands once in the place, before and now: of eight homes of one name in a town nobody can tell
    which one moved.
    """
    before = _by_name_and_place((key, version.row) for key, version in in_force.items())
    now = _by_name_and_place(rows.items())
    kept = set(keys.values())
    return {
        made: before[identity][0]
        for identity, (made, *more) in now.items()
        if not more
        and made not in keys
        and len(before.get(identity, ())) == 1
        and before[identity][0] not in kept
        and _agree(rows[made], in_force[before[identity][0]].row)
    }


def _by_name_and_place(rows: Iterable[tuple[str, Row]]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for key, row in rows:
        stated = row["locality_name"] or row["stated_gmina_name"] or row["stated_gmina_code"] or ""
        # A post town may take the village's turn in the address; the name goes on telling the village.
        place = "told by its name" if _TELLS_PLACE.search(row["facility_name"]) else fold(stated)
        name = " ".join(_LEGAL_FORMS.sub(" ", fold(row["facility_name"])).split())
        if place and name:
            found.setdefault((name, place), []).append(key)
    return found


def _agree(row: Row, other: Row) -> bool:
    """Tell whether two rows of one name and place share a form and contradict each other nowhere."""
    stated = [(row[name], other[name]) for name in _STATED]
    return bool(row["support_forms"] & other["support_forms"]) and all(
        fold(one) == fold(two) for one, two in stated if one and two
    )


def _were_beside(known: Iterable[Version], key: str | None, other: str | None) -> bool:
    """Tell whether two records were in force at the same time: then they are not one."""
    if key is None or other is None:
        return False
    some = [version.holds for version in known if version.record_key == key]
    others = [version.holds for version in known if version.record_key == other]
    return any(
        (end is None or begin_other < end) and (end_other is None or begin < end_other)
        for begin, end in some
        for begin_other, end_other in others
    )


def perhaps_moved(connection: Connection, source_code: str, changes: Changes) -> Iterator[Row]:
    """
    Return a work item for each new record whose name and gmina are those of one that vanished.

    Without a number of its own a facility is known by name and address, so that a corrected address ends one history
    and begins another; a person should know that they belong together.
    """
    if not changes.vanished or not changes.added:
        return
    gone = set(changes.vanished)
    protected = protections()
    query = (
        select(
            Facility.record_key,
            Facility.name,
            Facility.gmina_code,
            visibility_in(protected).label("visibility"),
        )
        .outerjoin(protected, is_of_facility(protected))
        .where(Facility.source_code == source_code, Facility.ended_release_id.is_(None))
    )
    vanished = {
        (fold(row.name), row.gmina_code): row
        for row in connection.execute(query)
        if row.record_key in gone and row.visibility == "public"
    }
    for plan, _ in changes.added:
        before = vanished.get((fold(plan.row["name"]), plan.row["gmina_code"]))
        if before is not None and plan.row["visibility"] == "public":
            yield work_item("perhaps_moved", plan.row["record_key"], {"was": before.record_key})
