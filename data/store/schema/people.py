"""People of areas, of each year, of groups, and where in an area they live."""

from datetime import date

from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.store.schema.base import Base, one_of, release_id

POPULATION_KINDS = ("counted", "projected")
VARIANTS = ("main", "low", "high")
"""Of a projection; what was counted is of the main one."""


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
