"""The base of all tables, and the release that every row of data belongs to."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON

RELEASE_STATES = ("current", "previous", "dropped", "withdrawn")


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """Return a check of allowed words; SQLite has no other way, and PostgreSQL enums migrate badly."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_is_known")


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can name them too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Load(Base):
    """One run of `python -m data load --commit`: everything it wrote can be taken back together."""

    __tablename__ = "load"

    id: Mapped[int] = mapped_column(primary_key=True)
    applied_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    accepted_difference: Mapped[str | None] = mapped_column(Text)
    """Why a person took figures that differ from the official ones; printed on exports."""
    differences: Mapped[list[str]] = mapped_column(JSON)
    """Those figures, a sentence each; empty when all are within the tolerance."""


class Release(Base):
    """
    One reading of one file of one source. `fingerprint` covers everything its rows depend on.

    `current` is in use and `previous` was; `dropped` was so long ago that its rows are gone (never those of a
    register); `withdrawn` was taken back by `python -m data undo`, and the next load leaves its file alone.
    """

    __tablename__ = "release"
    __table_args__ = (one_of("state", RELEASE_STATES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    load_id: Mapped[int] = mapped_column(ForeignKey("load.id", ondelete="CASCADE"), index=True)
    source_code: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    is_invented: Mapped[bool]
    boundary_vintage: Mapped[str | None]
    as_of: Mapped[date | None]
    """The day that the file speaks of; None when it does not say."""
    stated_on: Mapped[date | None]
    """The day that the file itself gives for rows without one of their own; None when it does not."""
    effective_on: Mapped[date]
    """`as_of`, or the day of the load: from this day on the release holds."""
    file_on: Mapped[date | None]
    """
    The day of the whole file where this is only an earlier month in it, None elsewhere.

    Such a release tells queues and free places over time and holds on no day: which homes there were, and with how many
    places, the file says of its own day.
    """
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    fingerprint: Mapped[str]
    loaded_at: Mapped[datetime]
    rows_read: Mapped[int]
    rows_accepted: Mapped[int]
    rows_rejected: Mapped[int]
    records_added: Mapped[int]
    """Facilities; 0 for a source that is not a register, as the three below."""
    records_changed: Mapped[int]
    records_unchanged: Mapped[int]
    records_vanished: Mapped[int]


def release_id() -> Mapped[int]:
    """Return the column that ties a row to its release."""
    return mapped_column(ForeignKey("release.id", ondelete="CASCADE"), index=True)
