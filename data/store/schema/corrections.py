"""What readers say is wrong or missing, and what a person put right: kept by record keys, so that it outlives loads."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from data.store.schema.base import Base, one_of

SUGGESTION_KINDS = ("outdated", "missing")
SUGGESTION_TOPICS = ("closed", "phone", "hours", "address", "other")
SUGGESTION_STATES = ("open", "answered", "accepted", "closed")


class Suggestion(Base):
    """
    What a reader told of a place (`outdated`), or of one that no list has (`missing`).

    Nothing of it is shown on a page before somebody accepted it; who sent it is not kept.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        one_of("kind", SUGGESTION_KINDS),
        one_of("topic", SUGGESTION_TOPICS),
        one_of("state", SUGGESTION_STATES),
        Index("ix_suggestion_record", "source_code", "record_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(unique=True)
    """Of the form that brought it: sent twice it is one suggestion, and by it its sender finds the answer."""
    received_at: Mapped[datetime] = mapped_column(index=True)
    lang: Mapped[str]
    kind: Mapped[str]
    source_code: Mapped[str | None]
    record_key: Mapped[str | None] = mapped_column(Text)
    gmina_code: Mapped[str | None]
    topic: Mapped[str | None]
    proposal: Mapped[str | None] = mapped_column(Text)
    """The right number, hours or address, as it was typed."""
    words: Mapped[str | None] = mapped_column(Text)
    """Free text; numbers, e-mail addresses and names were hidden before it came here."""
    state: Mapped[str]
    answer: Mapped[str | None] = mapped_column(Text)
    """What its sender may read."""
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]


class UnmetNeed(Base):
    """That somebody did not find help: where, for which group, of which form, and on which day. Nothing else."""

    __tablename__ = "unmet_need"

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(unique=True)
    """Of the form that brought it: sent twice it is counted once."""
    reported_on: Mapped[date] = mapped_column(index=True)
    gmina_code: Mapped[str] = mapped_column(index=True)
    need_group: Mapped[str]
    support_form: Mapped[str | None]


class Correction(Base):
    """
    One field of a record, as a person put it right; it holds above registers until it is undone.

    Of several for the same field of the same service the latest holds.
    """

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_record", "source_code", "record_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_code: Mapped[str]
    record_key: Mapped[str] = mapped_column(Text)
    support_form: Mapped[str | None]
    """The services of the record that a field of services is of; None: all, and fields of the facility."""
    field: Mapped[str]
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    """As the field is kept; None or an empty list: what lists say is wrong, and nothing better is known."""
    before: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    """What the record said when it was corrected."""
    reason: Mapped[str] = mapped_column(Text)
    corrected_by: Mapped[str]
    corrected_at: Mapped[datetime] = mapped_column(index=True)
    suggestion_id: Mapped[int | None] = mapped_column(
        ForeignKey("suggestion.id", ondelete="SET NULL"), index=True
    )
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
    undo_reason: Mapped[str | None] = mapped_column(Text)
