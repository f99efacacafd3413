"""Comparing the records of a plan with those in force: what is new, what changed, what is gone."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from shapely import Point, to_wkb

from data.fields import VACANCIES
from data.loading.plan import FacilityPlan, Plan, ServicePlan
from data.store.query_frames import Row

_NOT_CONTENT = ("row_reference",)
"""Columns that may differ though the record says the same: another row of the file."""
READING = (
    "origin",
    "powiat_code",
    "place_radius_m",
    "verified_on",
    "verified_precision",
    "stated_on",
    "stated_precision",
)
"""What we take a record for. It changes with a profile or our areas, while the words of the record stay the same."""


_VANISHING_PCT = 20
_VANISHING_LEAST = 5
"""A file that lacks more than both of what its source had is more likely cut short than true."""


@dataclass(frozen=True)
class Known:
    """A record in force, as far as comparing needs it."""

    content_hash: str
    core_hash: str = ""
    changed_on: date | None = None
    reading: tuple[Any, ...] | None = None
    """The values of `READING`; None where they are not compared."""
    row_print: str | None = None
    organization_key: str | None = None


@dataclass(frozen=True)
class Hashes:
    """The content of a record in short; `core` leaves vacancies and queues out."""

    content: str
    core: str


@dataclass(frozen=True)
class Changes:
    """
    Records of a plan by what happened to them; `changed` holds the versions that end.

    `reprinted` are unchanged ones whose row has another print than is kept with them, or none by now.
    """

    added: tuple[tuple[FacilityPlan, Hashes], ...]
    changed: tuple[tuple[FacilityPlan, Hashes, Known], ...]
    unchanged: int
    vanished: tuple[str, ...]
    reprinted: tuple[tuple[str, str | None], ...] = ()

    def losses(self, known: int) -> list[str]:
        """Return a sentence when of `known` records more are missing than a true file would lack."""
        gone = len(self.vanished)
        if gone > _VANISHING_LEAST and gone * 100 > known * _VANISHING_PCT:
            return [f"facilities: {known} → {known - gone}"]
        return []

    @property
    def are_of_facilities(self) -> bool:
        """Tell whether more than vacancies changed: free beds change every month."""
        is_other = any(before.core_hash != hashes.core for _, hashes, before in self.changed)
        return bool(self.added or self.vanished or is_other)


def compare(plan: Plan, known: Mapping[str, Known]) -> Changes:
    """Sort the records of a plan by comparing their content with the records in force, by `record_key`."""
    return compare_records(plan.facilities, known, taken_over=plan.taken_over.keys, prints=plan.row_prints)


def compare_records(
    facilities: Iterable[FacilityPlan],
    known: Mapping[str, Known],
    *,
    taken_over: AbstractSet[str] = frozenset(),
    prints: Mapping[str, str] = MappingProxyType({}),
) -> Changes:
    """
    Sort records by comparing their content with those of `known`; those `taken_over` are unchanged.

    `prints` are those of the rows, by record key.
    """
    added, changed, reprinted = [], [], []
    unchanged, seen = len(taken_over), set(taken_over)
    for plan in facilities:
        key = plan.row["record_key"]
        seen.add(key)
        hashes = hashes_of(plan)
        before = known.get(key)
        if before is None:
            added.append((plan, hashes))
        elif before.content_hash != hashes.content or _is_read_otherwise(plan, before):
            changed.append((plan, hashes, before))
        else:
            unchanged += 1
            if prints.get(key) != before.row_print:
                reprinted.append((key, prints.get(key)))
    vanished = tuple(key for key in known if key not in seen)
    return Changes(tuple(added), tuple(changed), unchanged, vanished, tuple(reprinted))


def hashes_of(plan: FacilityPlan) -> Hashes:
    """Return the hashes of a record's content; the order of its services does not matter."""
    facility = _canonical(_content(plan.row))
    whole, core = hashlib.blake2b(facility, digest_size=16), hashlib.blake2b(facility, digest_size=16)
    for lasting, vacancies in sorted(map(_parts_of, plan.services)):
        core.update(lasting)
        whole.update(lasting + vacancies)
    return Hashes(whole.hexdigest(), core.hexdigest())


def _is_read_otherwise(plan: FacilityPlan, before: Known) -> bool:
    reading = tuple(plan.row.get(name) for name in READING)
    return before.reading is not None and before.reading != reading


def _content(row: Row) -> Row:
    """Return what a record says; its day is one word of it, whoever we take it from."""
    day = "verified" if row.get("verified_on") else "stated"
    return {name: value for name, value in row.items() if name not in (*_NOT_CONTENT, *READING)} | {
        "verified_on": row.get(f"{day}_on"),
        "verified_precision": row.get(f"{day}_precision"),
    }


def _parts_of(service: ServicePlan) -> tuple[bytes, bytes]:
    """Return what a service says, without and of its vacancies."""
    lasting = {name: value for name, value in service.row.items() if name not in VACANCIES}
    if not lasting.get("said_fields"):  # of own sheets alone: no other record is another one by it
        lasting.pop("said_fields", None)
    vacancies = {name: service.row.get(name) for name in VACANCIES}
    return _canonical([lasting, service.area_codes, service.stops]), _canonical(vacancies)


def hash_of_row(row: Row) -> str:
    """Return the hash of one row that stands alone."""
    return hashlib.blake2b(_canonical(row), digest_size=16).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, Point):
        return to_wkb(value, hex=True)
    return str(value.isoformat()) if isinstance(value, date) else str(value)


_ENCODER = json.JSONEncoder(default=_plain, sort_keys=True, ensure_ascii=False)


def _canonical(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()
