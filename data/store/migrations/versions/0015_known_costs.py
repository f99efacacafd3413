"""What a place or an hour of support costs, as offices and homes announced it; the next load fills them in."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "known_cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("support_form", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("voivodeship_code", sa.String(), nullable=False),
        sa.Column("powiat_name", sa.String(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("locality_name", sa.String(), nullable=True),
        sa.Column("value_zl", sa.Double(), nullable=False),
        sa.Column("is_first_hand", sa.Boolean(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.CheckConstraint("unit IN ('month', 'hour')", name=op.f("ck_known_cost_unit_is_known")),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_known_cost_release_id_release"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_cost")),
    )
    op.create_index(op.f("ix_known_cost_release_id"), "known_cost", ["release_id"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("known_cost")
