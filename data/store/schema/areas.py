"""Areas, their codes in other years, localities and people."""

from datetime import date

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import JSON

from data.store.geometry_column import GeometryColumn
from data.store.schema.base import Base, one_of, release_id

POPULATION_KINDS = ("counted", "projected")
VARIANTS = ("main", "low", "high")
"""Of a projection; what was counted is of the main one."""
PLAN_STATUSES = ("adopted", "preparing", "none")
"""`none` is said by a source; a unit that no source speaks of has no row."""


class Area(Base):
    """A gmina, powiat or voivodeship of one boundary vintage."""

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("release_id", "area_code"),
        one_of("level", ("gmina", "powiat", "voivodeship")),
        Index("gx_area_geometry", "geometry", postgresql_using="gist").ddl_if(dialect="postgresql"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
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
    people_code: Mapped[str | None]
    """The area under whose code its people are kept: its own, or of parts that of the gmina that they were."""
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
    release_id: Mapped[int] = release_id()
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
    release_id: Mapped[int] = release_id()
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
    release_id: Mapped[int] = release_id()
    area_code: Mapped[str]
    age_from: Mapped[int]
    age_to: Mapped[int | None]
    """Last year of the band; None for the open one (85 and more)."""
    persons: Mapped[int]
    counted_on: Mapped[date]


class PopulationByYear(Base):
    """
    People of an age band in an area in one year, counted or projected.

    Bands of one release may overlap (65+ and 80+), so persons are never summed over rows without choosing bands
    (`data.people.people_by_year`).
    """

    __tablename__ = "population_by_year"
    __table_args__ = (one_of("kind", POPULATION_KINDS), Index("ix_population_by_year_area_code", "area_code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    area_code: Mapped[str]
    """2 or 4 digits."""
    age_from: Mapped[int]
    age_to: Mapped[int | None]
    """Last year of the band; None for an open one."""
    year: Mapped[int]
    """The state at its end, 31 December."""
    kind: Mapped[str]
    persons: Mapped[int]


class ResidentsByYear(Base):
    """
    Residents of an area at the end of a year, all and from several ages on, counted or projected.

    An age at which no group of the source begins is missing: `data.people.residents` estimates it in gminas.
    """

    __tablename__ = "residents_by_year"
    __table_args__ = (
        UniqueConstraint("release_id", "area_code", "year", "variant"),
        one_of("kind", POPULATION_KINDS),
        one_of("variant", VARIANTS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    area_code: Mapped[str]
    """2, 4 or 6 digits; `00` is Poland."""
    year: Mapped[int]
    """The state at its end, 31 December."""
    kind: Mapped[str]
    variant: Mapped[str]
    persons: Mapped[int]
    persons_60_plus: Mapped[int | None]
    persons_65_plus: Mapped[int | None]
    persons_70_plus: Mapped[int | None]
    persons_75_plus: Mapped[int | None]
    persons_80_plus: Mapped[int | None]
    persons_85_plus: Mapped[int | None]


class GridCell(Base):
    """
    A cell of the population grid in which somebody lives, with the gmina of its centre.

    The centre is two numbers and not a geometry: there are hundreds of thousands, read together and asked about
    nowhere in SQL.
    """

    __tablename__ = "grid_cell"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    gmina_code: Mapped[str]
    longitude: Mapped[float]
    latitude: Mapped[float]
    persons: Mapped[float]
    persons_65_plus: Mapped[float | None]


class AddressCell(Base):
    """
    The addresses of one gmina in a cell of a grid, and where its houses stand on average.

    The point is two numbers, as that of `GridCell`.
    """

    __tablename__ = "address_cell"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    gmina_code: Mapped[str]
    longitude: Mapped[float]
    latitude: Mapped[float]
    addresses: Mapped[int]
    town_addresses: Mapped[float | None]
    """Those in the locality that the gmina is named after; None where none is, or no list of localities is at hand."""


class TownPart(Base):
    """People of the town and of the villages of an urban-rural gmina; of 65 and more where the source tells ages."""

    __tablename__ = "town_part"
    __table_args__ = (UniqueConstraint("release_id", "gmina_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
    gmina_code: Mapped[str]
    town_persons: Mapped[int]
    rural_persons: Mapped[int]
    town_persons_65_plus: Mapped[int | None]
    rural_persons_65_plus: Mapped[int | None]


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


class PeopleCount(Base):
    """A published figure about a group at its own area level; figures of different methods are never mixed."""

    __tablename__ = "people_count"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = release_id()
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
