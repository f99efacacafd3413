"""Areas, their codes in other years, and what stands in them: localities and towns of urban-rural gminas."""

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.store.geometry_column import GeometryColumn
from data.store.schema.base import Base, one_of, release_id


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
