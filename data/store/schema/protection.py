"""What is kept from sight, since when and why: kept by record keys, so that it outlives releases and loads."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.store.schema.base import Base, one_of
from data.store.visibility import PROTECTED

PROTECTION_ORIGINS = ("load", "vanished", "successor", "merged", "person")


class Protection(Base):
    """
    One reason to protect the record `record_key` of a source, on every day, until a person lifts it.

    `load`: a release says so. `vanished`: the record went as a protected one came that is the same place.
    `successor`: it came as a protected one went. `merged`: it is one facility with a protected one. `person`: said by
    the command `protect`. Of several in force the strictest counts.
    """

    __tablename__ = "protection"
    __table_args__ = (
        one_of("visibility", PROTECTED),
        one_of("origin", PROTECTION_ORIGINS),
        Index("ix_protection_record", "source_code", "record_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_code: Mapped[str]
    record_key: Mapped[str] = mapped_column(Text)
    visibility: Mapped[str]
    origin: Mapped[str]
    load_id: Mapped[int | None] = mapped_column(ForeignKey("load.id", ondelete="SET NULL"), index=True)
    """The load that found it; None: a person, or what was loaded before there was this table."""
    cause_source: Mapped[str | None]
    cause_key: Mapped[str | None] = mapped_column(Text)
    """The protected record that an entry follows from; None where the record itself is said to be protected."""
    protected_at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(Text)
    lifted_at: Mapped[datetime | None]
    lift_reason: Mapped[str | None] = mapped_column(Text)
