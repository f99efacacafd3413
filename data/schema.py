"""
The tables, the same on SQLite and PostGIS.

Every row of data belongs to a `Release`: one reading of one source. Exactly one release of a source is
current; the one before it is kept. Queries look at current releases only (`data/queries.py`).
"""

from datetime import date, datetime
from typing import Any

from shapely.geometry.base import BaseGeometry
from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON

from data.geometry_column import GeometryColumn

PLACE_GRADES = ("door", "street", "postal_code", "locality", "gmina", "none")
SERVICE_STATUSES = ("active", "planned", "suspended", "closed", "moved", "funding_only")
VISIBILITIES = ("public", "gmina_centroid", "staff", "hidden")
DATE_PRECISIONS = ("day", "month", "year")


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
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


class Release(Base):
    """One reading of one source. `fingerprint` covers everything its rows depend on."""

    __tablename__ = "release"
    __table_args__ = (_one_of("state", ("current", "previous")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_code: Mapped[str] = mapped_column(index=True)
    state: Mapped[str]
    is_invented: Mapped[bool]
    boundary_vintage: Mapped[str | None]
    as_of: Mapped[date | None]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    fingerprint: Mapped[str]
    loaded_at: Mapped[datetime]
    rows_read: Mapped[int]
    rows_accepted: Mapped[int]
    rows_rejected: Mapped[int]


def _release_id() -> Mapped[int]:
    return mapped_column(ForeignKey("release.id", ondelete="CASCADE"), index=True)


class Area(Base):
    """A gmina, powiat or voivodeship of one boundary vintage."""

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("release_id", "area_code"),
        _one_of("level", ("gmina", "powiat", "voivodeship")),
        Index("gx_area_geometry", "geometry", postgresql_using="gist").ddl_if(dialect="postgresql"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    level: Mapped[str]
    area_code: Mapped[str]
    """2, 4 or 6 digits. A gmina is known by its first 6: the 7th, its type, changes without the area changing."""
    teryt_code: Mapped[str]
    """The full code in this vintage: 2, 4 or 7 digits."""
    name: Mapped[str]
    kind: Mapped[str]
    """Gmina: `urban`, `rural`, `urban_rural`; powiat: `land`, `city`; else empty."""
    powiat_code: Mapped[str | None]
    voivodeship_code: Mapped[str]
    boundary_vintage: Mapped[str]
    area_km2: Mapped[float]
    geometry: Mapped[BaseGeometry] = mapped_column(GeometryColumn("MULTIPOLYGON"))
    geometry_simplified: Mapped[BaseGeometry] = mapped_column(GeometryColumn("MULTIPOLYGON"))
    label_point: Mapped[BaseGeometry] = mapped_column(GeometryColumn("POINT"))
    """A point surely inside; stands for the gmina where a door may not be shown."""


class AreaCode(Base):
    """What a TERYT code of another vintage means on our boundaries."""

    __tablename__ = "area_code"
    __table_args__ = (UniqueConstraint("release_id", "vintage", "teryt_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    vintage: Mapped[str]
    teryt_code: Mapped[str]
    name: Mapped[str]
    area_code: Mapped[str | None]
    """The gmina of our vintage; None when there is none."""
    is_parent: Mapped[bool]
    """True when the gmina is younger than our boundaries and `area_code` is the one it was part of."""


class Locality(Base):
    """A town or village with its gmina found by point in polygon."""

    __tablename__ = "locality"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    source_key: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    gmina_code: Mapped[str | None] = mapped_column(index=True)
    stated_gmina_name: Mapped[str]
    stated_powiat_name: Mapped[str]
    stated_voivodeship_name: Mapped[str]
    is_gmina_name_agreed: Mapped[bool]
    population_persons: Mapped[int | None]
    point: Mapped[BaseGeometry] = mapped_column(GeometryColumn("POINT"))


class Population(Base):
    """Residents of a gmina in one age band."""

    __tablename__ = "population"
    __table_args__ = (UniqueConstraint("release_id", "area_code", "age_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    area_code: Mapped[str]
    age_from: Mapped[int]
    age_to: Mapped[int | None]
    """Last year of the band; None for the open one (85 and more)."""
    persons: Mapped[int]
    counted_on: Mapped[date]


class PeopleCount(Base):
    """A published figure about a group at its own area level; figures of different methods are never mixed."""

    __tablename__ = "people_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    area_code: Mapped[str]
    """2, 4 or 6 digits; `00` is Poland."""
    indicator: Mapped[str]
    subgroup: Mapped[str]
    value: Mapped[float]
    unit: Mapped[str]
    as_of_text: Mapped[str | None]
    """As the source gives it: a day, a month, a year or nothing."""
    source_url: Mapped[str] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)


class Organization(Base):
    """Who runs facilities."""

    __tablename__ = "organization"
    __table_args__ = (UniqueConstraint("release_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    name: Mapped[str] = mapped_column(Text)


class Facility(Base):
    """A place where help is given, or, with no point, the seat-less home of services that travel or cover areas."""

    __tablename__ = "facility"
    __table_args__ = (
        UniqueConstraint("release_id", "record_key"),
        _one_of("place_grade", PLACE_GRADES),
        _one_of("visibility", VISIBILITIES),
        _one_of("verified_precision", DATE_PRECISIONS),
        CheckConstraint("(point IS NULL) = (place_grade = 'none')", name="graded_when_located"),
        Index("gx_facility_point", "point", postgresql_using="gist").ddl_if(dialect="postgresql"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    record_key: Mapped[str]
    row_reference: Mapped[str]
    """Where the record stands in its file: `sheet!row` or `row`."""
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(Text)
    street_address: Mapped[str | None] = mapped_column(Text)
    postal_code: Mapped[str | None]
    locality_name: Mapped[str | None]
    stated_gmina_name: Mapped[str | None]
    stated_gmina_code: Mapped[str | None]
    stated_powiat_name: Mapped[str | None]
    voivodeship_code: Mapped[str]
    gmina_code: Mapped[str | None] = mapped_column(index=True)
    """The gmina that the point lies in; for services without a point, the one the row states."""
    place_grade: Mapped[str]
    point: Mapped[BaseGeometry | None] = mapped_column(GeometryColumn("POINT"))
    visibility: Mapped[str]
    phones: Mapped[list[str]] = mapped_column(JSON)
    website: Mapped[str | None] = mapped_column(Text)
    opening_hours_text: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(Text)
    verified_on: Mapped[date | None]
    """The first day of what the source states, so that "old" is never too kind."""
    verified_precision: Mapped[str | None]


class Service(Base):
    """One form of support at one facility, with its capacity and vacancies."""

    __tablename__ = "service"
    __table_args__ = (
        _one_of("status", SERVICE_STATUSES),
        CheckConstraint("capacity_places >= 0", name="capacity_is_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    facility_id: Mapped[int] = mapped_column(ForeignKey("facility.id", ondelete="CASCADE"), index=True)
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
    intake_text: Mapped[str | None] = mapped_column(Text)
    set_aside_by: Mapped[str | None]
    """Source code of the complete register that is counted instead of this row."""


class ServiceArea(Base):
    """An area that a service without a door covers."""

    __tablename__ = "service_area"
    __table_args__ = (UniqueConstraint("service_id", "area_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    service_id: Mapped[int] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    area_code: Mapped[str] = mapped_column(index=True)


class RegisterCoverage(Base):
    """A form of support in a voivodeship for which a release claims to be complete."""

    __tablename__ = "register_coverage"
    __table_args__ = (UniqueConstraint("release_id", "support_form", "voivodeship_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    support_form: Mapped[str]
    voivodeship_code: Mapped[str]
    except_area_codes: Mapped[list[str]] = mapped_column(JSON)
    """Gminas where no row of their own is no zero: the register names a branch there inside another row."""


class RegisterTotal(Base):
    """A total that the register itself states, beside the one computed from its rows."""

    __tablename__ = "register_total"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
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
    release_id: Mapped[int] = _release_id()
    row_reference: Mapped[str]
    reason: Mapped[str]
    """A short code: `total_row`, `part_of_gmina`, `missing_name`…"""
    detail: Mapped[str] = mapped_column(Text)


class WorkItem(Base):
    """Something a person should look at; a disagreement is never settled silently."""

    __tablename__ = "work_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = _release_id()
    kind: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    """Record key, locality key or code that it is about."""
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
