"""The plan of a load: what each source would write, worked out before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from data.catalogue import Source
from data.reading.release_queries import NO_TOTALS
from data.sources.fetch import FoundFile
from data.sources.staged import Staged
from data.store.query_frames import Row
from data.store.schema import Base, RegisterTotal
from geo.errors import SupportMapError


class LoadRefusedError(SupportMapError, ValueError):
    """A source's figures are not those that the catalogue expects; nothing was written."""


@dataclass(frozen=True)
class ServicePlan:
    """A row of `service`, the areas it covers and its stops (both empty for a service with a door)."""

    row: Row
    area_codes: tuple[str, ...] = ()
    stops: tuple[Row, ...] = ()


@dataclass(frozen=True)
class FacilityPlan:
    """A row of `facility` and its services."""

    row: Row
    services: tuple[ServicePlan, ...]


@dataclass(frozen=True)
class TakenOver:
    """Records in force whose rows say what they said before, and the organizations that these name, by key."""

    keys: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()


NOTHING_TAKEN_OVER = TakenOver()


@dataclass(frozen=True)
class Plan:
    """
    What one source would write.

    `rows` are of tables that stand alone; `figures` are what `check` of the catalogue is compared with.
    `differences` are sentences about figures that differ from official ones by more than the tolerance;
    `stated_on` is the day that a register itself gives for rows without one of their own, `file_on` that of the whole
    file where only an earlier month of it is read. `facilities` are those that were read; `taken_over` stay.
    `row_prints` are kept with records by their keys (`data.sources.registers.row_prints`).
    """

    source: Source
    file: FoundFile
    as_of: date | None
    rows_read: int
    rows_accepted: int
    rejected: pd.DataFrame
    is_newest: bool = True
    rows: Mapping[type[Base], list[Row]] = field(default_factory=dict)
    organizations: tuple[Row, ...] = ()
    facilities: tuple[FacilityPlan, ...] = ()
    work_items: tuple[Row, ...] = ()
    figures: Mapping[str, int] = field(default_factory=dict)
    differences: tuple[str, ...] = ()
    stated_on: date | None = None
    file_on: date | None = None
    taken_over: TakenOver = NOTHING_TAKEN_OVER
    row_prints: Mapping[str, str] = field(default_factory=dict)

    def totals_told(self) -> Iterator[str]:
        """Say which sums of a register had no total of its own beside them: silence would be a statement."""
        reasons = [item for item in self.work_items if item["kind"] == "total_not_compared"]
        for item in reasons:
            yield f"totals were not compared: {item['subject']}: {item['facts']['why']}"
        if self.source.kind == "register" and not reasons and not self.rows.get(RegisterTotal):
            yield f"totals were not compared: {NO_TOTALS}"

    def check(self) -> None:
        """
        Compare with what the catalogue expects.

        Raises
        ------
        LoadRefusedError
            If rows are lost without a reason, or a figure differs from the catalogue's `check`.
        """
        if self.rows_read != self.rows_accepted + len(self.rejected):
            raise LoadRefusedError(
                f"{self.source.code}: {self.rows_read} rows read, but {self.rows_accepted} accepted and "
                f"{len(self.rejected)} rejected do not add up to them. This is a fault of the reader.",
                source=self.source.code,
            )
        if not self.is_newest:
            return  # the catalogue's figures are those of the newest file
        for name, expected in self.source.check.items():
            if (found := self.figures.get(name)) != expected:
                raise LoadRefusedError(
                    f"{self.source.code}: expected {name} = {expected}, found {found}. Nothing was changed. "
                    "Check the file, or correct `check` in the catalogue if the publisher's figures are new.",
                    source=self.source.code,
                    figure=name,
                    expected=expected,
                    found=found,
                )


def plan_of(
    source: Source,
    file: FoundFile,
    staged: Staged,
    *,
    rows: Mapping[type[Base], list[Row]] | None = None,
    work_items: tuple[Row, ...] = (),
    figures: Mapping[str, int] | None = None,
    rows_accepted: int | None = None,
) -> Plan:
    """Return the plan of a source that is no register; without `rows_accepted`, each record is a row of its file."""
    return Plan(
        source=source,
        file=file,
        as_of=source.newest.as_of,
        rows_read=staged.rows_read,
        rows_accepted=len(staged.records) if rows_accepted is None else rows_accepted,
        rejected=staged.rejected,
        rows=rows or {},
        work_items=work_items,
        figures=figures or {},
    )


def work_item(kind: str, subject: str, facts: Row) -> Row:
    """Return a row of `work_item`."""
    return {"kind": kind, "subject": subject, "facts": facts}
