"""One geometry column type for both databases: GeoAlchemy2 on PostGIS, WKB on SQLite, shapely in Python."""

from typing import Any

import shapely
from geoalchemy2 import Geometry
from geoalchemy2.elements import WKBElement
from geoalchemy2.shape import from_shape, to_shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator, TypeEngine

SRID = 4326


class GeometryColumn(TypeDecorator[BaseGeometry]):
    """
    A shapely geometry in EPSG:4326.

    On PostgreSQL the column is a PostGIS `geometry`; elsewhere it is WKB. `Geometry().with_variant()` cannot
    do this: GeoAlchemy2 then treats the SQLite column as SpatiaLite (docs/decisions/0002).
    """

    impl = Geometry
    cache_ok = True

    def __init__(self, geometry_type: str, **_: Any) -> None:
        super().__init__(geometry_type, srid=SRID, spatial_index=False)
        self.geometry_type = geometry_type

    def load_dialect_impl(self, dialect: Dialect | None) -> TypeEngine[Any]:
        """Choose the stored type; GeoAlchemy2 also asks with no dialect at all."""
        if dialect is None:
            return self.impl_instance
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Geometry(self.geometry_type, srid=SRID, spatial_index=False))
        return dialect.type_descriptor(LargeBinary())

    def process_bind_param(self, value: BaseGeometry | None, dialect: Dialect) -> Any:
        """Turn shapely into what the database keeps."""
        if value is None:
            return None
        return from_shape(value, srid=SRID) if dialect.name == "postgresql" else shapely.to_wkb(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> BaseGeometry | None:
        """Turn what the database keeps into shapely."""
        del dialect
        if value is None:
            return None
        return to_shape(value) if isinstance(value, WKBElement) else shapely.from_wkb(value)
