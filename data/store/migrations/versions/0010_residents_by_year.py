"""Residents of gminas, powiats and voivodeships by year and age, in the variants of a projection."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TABLE = "residents_by_year"
_AGES = (60, 65, 70, 75, 80, 85)


def upgrade() -> None:
    """Make the table; nothing that is loaded changes."""
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        *(sa.Column(f"persons_{age}_plus", sa.Integer(), nullable=True) for age in _AGES),
        sa.CheckConstraint("kind IN ('counted', 'projected')", name=op.f(f"ck_{_TABLE}_kind_is_known")),
        sa.CheckConstraint("variant IN ('main', 'low', 'high')", name=op.f(f"ck_{_TABLE}_variant_is_known")),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f(f"fk_{_TABLE}_release_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint(
            "release_id",
            "area_code",
            "year",
            "variant",
            name=op.f(f"uq_{_TABLE}_release_id_area_code_year_variant"),
        ),
    )
    op.create_index(op.f(f"ix_{_TABLE}_release_id"), _TABLE, ["release_id"])


def downgrade() -> None:
    """Drop the table and the releases that filled it, so that the next load after an upgrade reads them again."""
    op.execute(f"DELETE FROM release WHERE id IN (SELECT release_id FROM {_TABLE})")  # noqa: S608 - our name
    op.drop_table(_TABLE)
