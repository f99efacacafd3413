"""Where each record comes from; the day that a list or an election gives is no longer kept as a check of somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LISTS = (
    "compiled-cus",
    "compiled-disability",
    "compiled-homelessness",
    "compiled-other",
    "osm-social-facility",
    "zmyslone-placowki",
)
_DAYS_OF_LISTS = ("compiled-%", "malopolskie-ops", "zmyslone-placowki")
"""Sources whose rows were dated by the page or file they are from; days of other sources are those of a check."""


def upgrade() -> None:
    """Add the columns and tell them from the sources and keys that were loaded."""
    # One statement for both databases: making the table anew, as a batch does, would lose triggers of SQLite.
    op.execute(
        "ALTER TABLE facility ADD COLUMN origin VARCHAR DEFAULT 'register' NOT NULL CONSTRAINT "
        "ck_facility_origin_is_known CHECK (origin IN ('register', 'list', 'polling_station'))"
    )
    op.execute("ALTER TABLE facility ADD COLUMN stated_on DATE")
    op.execute(
        "ALTER TABLE facility ADD COLUMN stated_precision VARCHAR CONSTRAINT "
        "ck_facility_stated_precision_is_known CHECK (stated_precision IN ('day', 'month', 'year'))"
    )
    op.execute("ALTER TABLE release RENAME COLUMN verified_on TO stated_on")
    _run("UPDATE facility SET origin = 'list' WHERE source_code IN :lists", lists=_LISTS)
    _run(
        "UPDATE facility SET origin = 'polling_station' "
        "WHERE source_code LIKE 'compiled-%' AND record_key LIKE 'pkw-%'"
    )
    for pattern in _DAYS_OF_LISTS:
        _run(
            "UPDATE facility SET stated_on = verified_on, stated_precision = verified_precision, "
            "verified_on = NULL, verified_precision = NULL WHERE source_code LIKE :pattern",
            pattern=pattern,
        )


def downgrade() -> None:
    """Take the columns away; a day of a list is a check again."""
    _run(
        "UPDATE facility SET verified_on = stated_on, verified_precision = stated_precision "
        "WHERE verified_on IS NULL"
    )
    op.execute("ALTER TABLE release RENAME COLUMN stated_on TO verified_on")
    for column in ("origin", "stated_precision"):
        if op.get_bind().dialect.name == "postgresql":
            op.drop_constraint(op.f(f"ck_facility_{column}_is_known"), "facility")
    for column in ("stated_precision", "stated_on", "origin"):
        op.drop_column("facility", column)


def _run(statement: str, **values: object) -> None:
    lists: list[sa.BindParameter[object]] = [
        sa.bindparam(name, expanding=True) for name, value in values.items() if isinstance(value, tuple)
    ]
    op.get_bind().execute(sa.text(statement).bindparams(*lists), values)
