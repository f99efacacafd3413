"""People by year (counted and projected), local plans of deinstitutionalisation, cells of a population grid."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = ("population_by_year", "grid_cell", "local_plan")


def upgrade() -> None:
    """Make three tables; nothing that is loaded changes."""
    op.create_table(
        "population_by_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("age_from", sa.Integer(), nullable=False),
        sa.Column("age_to", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('counted', 'projected')", name=op.f("ck_population_by_year_kind_is_known")
        ),
        _of_release("population_by_year"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population_by_year")),
    )
    op.create_index(op.f("ix_population_by_year_area_code"), "population_by_year", ["area_code"])
    op.create_table(
        "grid_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("gmina_code", sa.String(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("persons", sa.Double(), nullable=False),
        sa.Column("persons_65_plus", sa.Double(), nullable=True),
        _of_release("grid_cell"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_cell")),
    )
    op.create_table(
        "local_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("as_of_text", sa.String(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('adopted', 'preparing', 'none')", name=op.f("ck_local_plan_status_is_known")
        ),
        _of_release("local_plan"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_plan")),
        sa.UniqueConstraint("release_id", "area_code", name=op.f("uq_local_plan_release_id_area_code")),
    )
    for table in _TABLES:
        op.create_index(op.f(f"ix_{table}_release_id"), table, ["release_id"])


def downgrade() -> None:
    """Drop the tables and the releases that filled them, so that the next load after an upgrade reads them again."""
    for table in _TABLES:
        op.execute(f"DELETE FROM release WHERE id IN (SELECT release_id FROM {table})")  # noqa: S608 - our names
        op.drop_table(table)


def _of_release(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["release_id"], ["release.id"], name=op.f(f"fk_{table}_release_id"), ondelete="CASCADE"
    )
