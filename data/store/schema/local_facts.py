"""What is known of an area beside its facilities: plans, offices, organisations, costs and official sums."""

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from data.store.schema.base import Base, one_of, release_id

PLAN_STATUSES = ("adopted", "preparing", "none")
"""`none` is said by a source; a unit that no source speaks of has no row."""


class LocalPlan(Base):
    """What is known of a gmina's or powiat's local plan of deinstitutionalisation (LPDI); no row is no data."""

    __tablename__ = "local_plan"
    __table_args__ = (UniqueConstraint("release_id", "area_code"), one_of("status", PLAN_STATUSES))

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    area_code: Mapped[str]
    """4 or 6 digits."""
    unit_name: Mapped[str]
    """As the source calls it; a gmina may have been renamed since our boundaries."""
    status: Mapped[str]
    as_of_text: Mapped[str | None]
    """The day, month or year that the source speaks of."""
    source_url: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class Office(Base):
    """The office of a gmina or powiat: whom to ask where nothing else is known; no social assistance centre."""

    __tablename__ = "office"
    __table_args__ = (UniqueConstraint("release_id", "area_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    area_code: Mapped[str]
    """4 or 6 digits."""
    name: Mapped[str]
    address: Mapped[str]
    phone: Mapped[str | None]
    website: Mapped[str | None]


class OrganizationSeat(Base):
    """A public benefit organisation by the gmina of its seat, which is an entry of a register and no place of help."""

    __tablename__ = "organization_seat"
    __table_args__ = (UniqueConstraint("release_id", "krs"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    krs: Mapped[str]
    name: Mapped[str] = mapped_column(Text)
    gmina_code: Mapped[str]


class KnownCost(Base):
    """What a month in a home, or an hour of services, of one home or gmina was announced to cost in a year."""

    __tablename__ = "known_cost"
    __table_args__ = (one_of("unit", ("month", "hour")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    support_form: Mapped[str]
    unit: Mapped[str]
    year: Mapped[int]
    voivodeship_code: Mapped[str]
    powiat_name: Mapped[str | None]
    name: Mapped[str] = mapped_column(Text)
    """The home, or the gmina."""
    locality_name: Mapped[str | None]
    value_zl: Mapped[float]
    """For a person's month, or for an hour."""
    is_first_hand: Mapped[bool]
    """Whether it is the text of an act or an office's own list."""
    act: Mapped[str] = mapped_column(Text)
    source_url: Mapped[str] = mapped_column(Text)


class OfficialTotal(Base):
    """A published number of places or homes in an area that ours are compared with."""

    __tablename__ = "official_total"
    __table_args__ = (
        UniqueConstraint("release_id", "area_code", "quantity"),
        one_of("quantity", ("facilities", "capacity_places")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    area_code: Mapped[str]
    quantity: Mapped[str]
    support_forms: Mapped[list[str]] = mapped_column(JSON)
    """The forms that the publisher counted together."""
    value: Mapped[int]
    tolerance_pct: Mapped[float | None]
    """How far ours may be where a register is complete; None for a figure that is only set beside ours."""
    as_of_text: Mapped[str | None]
