"""
The registry itself: organizations, facilities, their services, the areas and stops they serve.

The words and the parts are those of HSDS 3.1 (docs/data-model.md has the two side by side). A row of
`organization` or `facility` is one *version* of a record: it holds from the release that brought it to the one
that ended it, so that the registry of any day can be asked for and every change of a field is on record. What
hangs on a facility (services, their areas and stops) belongs to that version.
"""

from datetime import date
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from data.store.geometry_column import GeometryColumn
from data.store.grades import PLACE_GRADES
from data.store.origins import ORIGINS
from data.store.schema.base import Base, one_of, release_id
from data.store.visibility import VISIBILITIES

SERVICE_STATUSES = ("active", "planned", "suspended", "closed", "moved", "funding_only")
DATE_PRECISIONS = ("day", "month", "year")
WHEELCHAIR = ("yes", "limited", "no")

JsonList = Mapped[list[Any]]
_OPEN = text("ended_release_id IS NULL")


def _ended_release_id() -> Mapped[int | None]:
    return mapped_column(ForeignKey("release.id", ondelete="SET NULL"), index=True)


def _one_open_version(table: str, key: str) -> Index:
    name = f"uq_{table}_open_version"
    return Index(name, "source_code", key, unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)


class Organization(Base):
    """Who runs facilities: one version of the record `organization_key` of a source."""

    __tablename__ = "organization"
    __table_args__ = (
        UniqueConstraint("release_id", "organization_key"),
        _one_open_version("organization", "organization_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    ended_release_id: Mapped[int | None] = _ended_release_id()
    source_code: Mapped[str]
    organization_key: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str]
    name: Mapped[str] = mapped_column(Text)
    alternate_name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    website: Mapped[str | None] = mapped_column(Text)
    legal_status: Mapped[str | None] = mapped_column(Text)
    year_incorporated: Mapped[int | None]
    nip: Mapped[str | None]
    """Tax identifier, 10 digits."""
    regon: Mapped[str | None]
    """Statistical identifier, 9 or 14 digits."""
    krs: Mapped[str | None]
    """Number in the national court register, 10 digits."""


class Facility(Base):
    """
    A place where help is given, or, with no point, the seat-less home of services that travel or cover areas.

    One version of the record `record_key` of a source. Lists are JSON: they are read and written whole, with
    their record, and their shapes are in docs/data-model.md.
    """

    __tablename__ = "facility"
    __table_args__ = (
        UniqueConstraint("release_id", "record_key"),
        _one_open_version("facility", "record_key"),
        one_of("place_grade", PLACE_GRADES),
        one_of("visibility", VISIBILITIES),
        one_of("origin", ORIGINS),
        one_of("verified_precision", DATE_PRECISIONS),
        one_of("stated_precision", DATE_PRECISIONS),
        one_of("wheelchair", WHEELCHAIR),
        CheckConstraint("(point IS NULL) = (place_grade = 'none')", name="graded_when_located"),
        Index("ix_facility_record", "source_code", "record_key"),
        Index("gx_facility_point", "point", postgresql_using="gist").ddl_if(dialect="postgresql"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    ended_release_id: Mapped[int | None] = _ended_release_id()
    source_code: Mapped[str]
    record_key: Mapped[str] = mapped_column(Text)
    row_reference: Mapped[str]
    """Where the record stands in the file of `release_id`: `sheet!row` or `row`."""
    content_hash: Mapped[str]
    core_hash: Mapped[str]
    """Like `content_hash`, without vacancies and queues, which change every month."""
    row_print: Mapped[str | None]
    """
    By which the row that the record came of is known in a later file (data/sources/registers/row_prints.py); None where
    it is read again each time.
    """
    changed_on: Mapped[date | None]
    """The day of the release that last changed anything but vacancies; None: not since our first release."""
    organization_key: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    alternate_name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    street_address: Mapped[str | None] = mapped_column(Text)
    postal_code: Mapped[str | None]
    locality_name: Mapped[str | None]
    stated_gmina_name: Mapped[str | None]
    stated_gmina_code: Mapped[str | None]
    stated_powiat_name: Mapped[str | None]
    voivodeship_code: Mapped[str]
    powiat_code: Mapped[str | None]
    """That which the row states, where its gmina is not known; None where it is: that gmina lies in one."""
    gmina_code: Mapped[str | None] = mapped_column(index=True)
    """The gmina that counts: that of the point, and without a point that of the words."""
    gmina_code_of_words: Mapped[str | None]
    gmina_code_of_point: Mapped[str | None]
    place_grade: Mapped[str]
    place_radius_m: Mapped[int | None]
    """How far from `point` the place may be, metres; None where nobody knows, and for what is protected."""
    point: Mapped[BaseGeometry | None] = mapped_column(GeometryColumn("POINT"))
    visibility: Mapped[str]
    phones: JsonList = mapped_column(JSON)
    """`number`, and where known `extension`, `description`."""
    website: Mapped[str | None] = mapped_column(Text)
    opening_hours: Mapped[str | None] = mapped_column(Text)
    """In the form of OpenStreetMap's `opening_hours`; None when the words were not understood whole."""
    opening_hours_text: Mapped[str | None] = mapped_column(Text)
    """As the source words it."""
    languages: JsonList = mapped_column(JSON)
    """ISO 639-1 codes; `pl` is not written where nothing else is spoken."""
    wheelchair: Mapped[str | None]
    barrier_free: JsonList = mapped_column(JSON)
    """Ramps, lifts, loops and the like, a text each."""
    transportation_text: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    origin: Mapped[str]
    """Where the record comes from, a word of `data.store.origins.ORIGINS`."""
    verified_on: Mapped[date | None]
    """The day on which somebody checked the place, its first possible day; None: nobody did, as far as the row says."""
    verified_precision: Mapped[str | None]
    stated_on: Mapped[date | None]
    """
    The day that what the row was taken from speaks of: of a page, or of the election; None: that of the newest release
    that has it.
    """
    stated_precision: Mapped[str | None]


class Service(Base):
    """
    One form of support at one facility, with its capacity and vacancies.

    HSDS tells a service from a service at a location. Here services of several facilities that are one service
    share `service_key` and everything that HSDS keeps with the service.
    """

    __tablename__ = "service"
    __table_args__ = (
        one_of("status", SERVICE_STATUSES),
        CheckConstraint("capacity_places >= 0", name="capacity_is_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(ForeignKey("facility.id", ondelete="CASCADE"), index=True)
    service_key: Mapped[str] = mapped_column(Text)
    """Names the service within its facility, and across the facilities of its organization."""
    name: Mapped[str | None] = mapped_column(Text)
    """Only when it has a name other than its form and facility."""
    description: Mapped[str | None] = mapped_column(Text)
    support_form: Mapped[str] = mapped_column(index=True)
    subtype: Mapped[str | None]
    """As the register words it, for example the profile of a DPS."""
    need_groups: Mapped[list[str]] = mapped_column(JSON)
    status: Mapped[str]
    capacity_places: Mapped[int | None]
    capacity_women: Mapped[int | None]
    capacity_men: Mapped[int | None]
    vacant_places: Mapped[int | None]
    vacant_women: Mapped[int | None]
    vacant_men: Mapped[int | None]
    waiting_persons: Mapped[int | None]
    waiting_days: Mapped[int | None]
    vacancies_on: Mapped[date | None]
    """None: the day of the newest release that has the record."""
    vacancies_expire_on: Mapped[date | None]
    """Only when the source says so; else the form's own days are added to `vacancies_on`."""
    intake_text: Mapped[str | None] = mapped_column(Text)
    """How to apply."""
    eligibility_text: Mapped[str | None] = mapped_column(Text)
    minimum_age: Mapped[int | None]
    maximum_age: Mapped[int | None]
    required_documents: JsonList = mapped_column(JSON)
    """A text each."""
    fees_text: Mapped[str | None] = mapped_column(Text)
    fees: JsonList = mapped_column(JSON)
    """`option`, `amount`, `currency`, `description`, `valid_from`, `valid_to`, each where known."""
    funding: JsonList = mapped_column(JSON)
    """Who pays, a text each."""
    languages: JsonList = mapped_column(JSON)
    interpretation_text: Mapped[str | None] = mapped_column(Text)
    """Sign language and other interpreting."""
    opening_hours: Mapped[str | None] = mapped_column(Text)
    """Of this service, when they are not those of its facility."""
    opening_hours_text: Mapped[str | None] = mapped_column(Text)
    said_fields: Mapped[str | None] = mapped_column(Text)
    """Of an own sheet: the columns that somebody changed, and when (`data.store.own_sheets.said_of`)."""


class ServiceArea(Base):
    """An area that a service without a door covers."""

    __tablename__ = "service_area"
    __table_args__ = (UniqueConstraint("service_id", "area_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    area_code: Mapped[str] = mapped_column(index=True)


class MobileStop(Base):
    """A place where a service on wheels stops, in the order of its round."""

    __tablename__ = "mobile_stop"
    __table_args__ = (UniqueConstraint("service_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    locality_name: Mapped[str | None]
    gmina_code: Mapped[str | None]
    point: Mapped[BaseGeometry | None] = mapped_column(GeometryColumn("POINT"))
    opening_hours: Mapped[str | None] = mapped_column(Text)
    opening_hours_text: Mapped[str | None] = mapped_column(Text)
