"""The state of the whole registry: its fingerprint, day and size."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, case, func, select

from data.people.residents import last_year_end
from data.reading.corrections import corrections_revision
from data.reading.editions import current, editions
from data.reading.merged_services import read_services
from data.reading.protection import protection_revision
from data.store.schema import DuplicatePair, Facility, ResidentsByYear


@dataclass(frozen=True)
class RegistryState:
    """
    What the whole registry is at this moment.

    `fingerprint` changes with any current release; `as_of` is the newest date that a register speaks of. `facilities`
    are the counted ones; `unconfirmed` are those of which there is only evidence, counted apart.
    """

    fingerprint: str
    as_of: date | None
    facilities: int
    voivodeships: int
    is_invented: bool
    unconfirmed: int = 0


def registry_fingerprint(connection: Connection, day: date | None = None) -> str:
    """
    Return 12 hex digits that change with any release in force, decision about duplicates, correction and protection.

    With residents by year, also with each 31 December: from then on people of now are those of another year.

    What is protected *now* counts on every day: nothing computed of a day may outlive it.
    """
    prints = connection.execute(_prints_of(day)).all()
    # Sorted here: databases order text by their own collation, and the identifier may not depend on it.
    parts = [row.fingerprint for row in sorted(prints, key=lambda row: row.source_code)]
    if decided := _decisions(connection):
        parts.append(decided)
    if connection.execute(_ANY_YEAR).first():
        # What is now moves on with the calendar: nothing computed of last year may outlive it.
        parts.append(f"people of {last_year_end(date.today())}")  # noqa: DTZ011
    if revision := protection_revision(connection):
        parts.append(f"protected {revision}")
    if corrected := corrections_revision(connection, day):
        parts.append(f"corrected {corrected}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


_DECIDED = DuplicatePair.verdict != "doubtful"
_SIGNED = case((DuplicatePair.verdict == "same", DuplicatePair.id), else_=-DuplicatePair.id)
# Made once: they are asked with every page.
_LAST_DECISION = select(func.count(), func.sum(_SIGNED), func.max(DuplicatePair.decided_at)).where(_DECIDED)
_ANY_YEAR = select(ResidentsByYear.id).where(current(ResidentsByYear)).limit(1)
_known_decisions: dict[tuple[Any, ...], str] = {}
"""Lines of decisions by address of the database and what changes with every one of them; the newest few."""
_MOST_KNOWN = 16


@lru_cache(maxsize=64)
def _prints_of(day: date | None) -> Select[Any]:
    edition = editions(day)
    return select(edition.c.source_code, edition.c.fingerprint)


def _decisions(connection: Connection) -> str:
    """Return a line for each decided pair, sorted. It runs with every page: lines are read only when one changed."""
    key = (str(connection.engine.url), *connection.execute(_LAST_DECISION).one())
    if key not in _known_decisions:
        while len(_known_decisions) >= _MOST_KNOWN:
            _known_decisions.pop(next(iter(_known_decisions)), None)
        _known_decisions[key] = _lines_of_decisions(connection)
    return _known_decisions[key]


def _lines_of_decisions(connection: Connection) -> str:
    decisions = select(
        DuplicatePair.left_source,
        DuplicatePair.left_key,
        DuplicatePair.right_source,
        DuplicatePair.right_key,
        DuplicatePair.verdict,
    ).where(_DECIDED)
    return "\n".join(sorted("|".join(row) for row in connection.execute(decisions)))


def registry_state(
    connection: Connection, services: pd.DataFrame | None = None, day: date | None = None
) -> RegistryState:
    """
    Return the fingerprint, date and size of the registry.

    Parameters
    ----------
    services
        As `data.reading.merged_services.read_services` returns for that day, when they are at hand: its counted
        facilities are the size, so that numbers of two screens agree.
    """
    edition = editions(day)
    if services is None:
        services = read_services(connection, day)
    counted = services[services["is_counted"]]
    invented = connection.execute(select(func.max(case((edition.c.is_invented, 1), else_=0)))).scalar()
    return RegistryState(
        fingerprint=registry_fingerprint(connection, day),
        as_of=newest_day(connection, day),
        facilities=int(counted["facility_id"].nunique()),
        voivodeships=int(counted["voivodeship_code"].nunique()),
        is_invented=bool(invented),
        unconfirmed=int(services.loc[services["is_unconfirmed"], "facility_id"].nunique()),
    )


def newest_day(connection: Connection, day: date | None = None) -> date | None:
    """Return the newest day that a register of the registry speaks of; None where none was loaded."""
    edition = editions(day)
    of_registers = edition.c.source_code.in_(select(Facility.source_code))
    return connection.execute(select(func.max(edition.c.as_of)).where(of_registers)).scalar()
