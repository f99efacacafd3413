"""Alembic's entry: runs on the connection that `data.store.schema_revision.migrate` passes in."""

from typing import Any

from alembic import context

from data.store.schema import Base


def _is_ours(name: str | None, kind: str, parents: Any) -> bool:
    """Leave PostGIS's own tables alone."""
    del parents
    return kind != "table" or name in Base.metadata.tables


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=_is_ours,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
