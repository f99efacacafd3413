"""Inserting many rows whose numbers must be known: COPY on PostgreSQL, one prepared statement on SQLite."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import shapely
from sqlalchemy import JSON, Connection, func, insert, select, text

from data.store.geometry_column import SRID, GeometryColumn
from data.store.schema import Base

InsertedRow = Mapping[str, Any]


def bulk_insert(connection: Connection, table: type[Base], rows: Sequence[InsertedRow]) -> list[int]:
    """
    Insert rows and return their ids in the same order.

    Parameters
    ----------
    connection
        Inside the transaction of `data.store.transactions.exclusive`: on SQLite the ids are counted on from the
        largest.
    rows
        All with the columns of the first; `id` is given here.
    """
    if not rows:
        return []
    if connection.dialect.name == "postgresql":
        ids = _ids_of_sequence(connection, table, len(rows))
        _copy(connection, table, rows, ids)
        return ids
    last = connection.execute(select(func.coalesce(func.max(table.__table__.c.id), 0))).scalar_one()
    ids = list(range(last + 1, last + 1 + len(rows)))
    connection.execute(insert(table), [{"id": number, **row} for number, row in zip(ids, rows, strict=True)])
    return ids


def _ids_of_sequence(connection: Connection, table: type[Base], count: int) -> list[int]:
    query = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")
    found = connection.execute(query, {"table": table.__tablename__, "count": count})
    return [int(number) for number in found.scalars()]


def _copy(connection: Connection, table: type[Base], rows: Sequence[InsertedRow], ids: Sequence[int]) -> None:
    names = list(rows[0])
    writers = [_writer(table, name) for name in names]
    quoted = ", ".join(f'"{name}"' for name in ("id", *names))
    driver: Any = connection.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f'COPY "{table.__tablename__}" ({quoted}) FROM STDIN') as copy,
    ):
        for number, row in zip(ids, rows, strict=True):
            values = (
                write(row[name]) if write and row[name] is not None else row[name]
                for name, write in zip(names, writers, strict=True)
            )
            copy.write_row((number, *values))


def _writer(table: type[Base], name: str) -> Callable[[Any], str] | None:
    """Return what turns a value into the text that COPY takes; None where the driver knows it itself."""
    kind = table.__table__.c[name].type
    if isinstance(kind, JSON):
        return json.dumps
    if isinstance(kind, GeometryColumn):
        return lambda shape: shapely.to_wkb(shapely.set_srid(shape, SRID), hex=True, include_srid=True)
    return None
