"""What the checks of a load found: claims of completeness, totals, rows not taken, and work for a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from data.store.schema.base import Base, one_of, release_id

VERDICTS = ("same", "doubtful", "different")


class RegisterCoverage(Base):
    """A form of support in a voivodeship for which a release claims to be complete."""

    __tablename__ = "register_coverage"
    __table_args__ = (UniqueConstraint("release_id", "support_form", "voivodeship_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    support_form: Mapped[str]
    voivodeship_code: Mapped[str]
    except_area_codes: Mapped[list[str]] = mapped_column(JSON)
    """Gminas where no row of their own is no zero: a branch is there, or perhaps a facility that nothing placed."""


class RegisterTotal(Base):
    """A total that the register itself states, beside the one computed from its rows."""

    __tablename__ = "register_total"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    label: Mapped[str]
    """What the total is of, as the register words it: a powiat, or the whole."""
    area_code: Mapped[str | None]
    quantity: Mapped[str]
    stated: Mapped[int]
    computed: Mapped[int]


class RejectedRow(Base):
    """An input row that was not taken, and why."""

    __tablename__ = "rejected_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    row_reference: Mapped[str]
    reason: Mapped[str]
    """A short code: `total_row`, `part_of_gmina`, `missing_name`…"""
    detail: Mapped[str] = mapped_column(Text)


class WorkItem(Base):
    """Something a person should look at; a disagreement is never settled silently."""

    __tablename__ = "work_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    kind: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    """Record key, locality key or code that it is about."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class DuplicatePair(Base):
    """
    Two records that may be one facility.

    Found by rule after every load; what a person decided stays, whatever the rule says later. It is kept by
    record keys, not by rows, so that it outlives releases.
    """

    __tablename__ = "duplicate_pair"
    __table_args__ = (
        UniqueConstraint("left_source", "left_key", "right_source", "right_key"),
        one_of("verdict", VERDICTS),
        one_of("decided_by", ("rule", "person")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    left_source: Mapped[str]
    left_key: Mapped[str] = mapped_column(Text)
    right_source: Mapped[str]
    right_key: Mapped[str] = mapped_column(Text)
    score: Mapped[float | None]
    """0 to 1; None for a pair that only a person saw."""
    verdict: Mapped[str]
    decided_by: Mapped[str]
    reason: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime]
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
