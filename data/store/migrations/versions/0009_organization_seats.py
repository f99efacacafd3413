"""Public benefit organisations by the gmina of their seat; the next load fills them in."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "organization_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("krs", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("gmina_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["release.id"],
            name=op.f("fk_organization_seat_release_id_release"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization_seat")),
        sa.UniqueConstraint("release_id", "krs", name=op.f("uq_organization_seat_release_id_krs")),
    )
    op.create_index(op.f("ix_organization_seat_release_id"), "organization_seat", ["release_id"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("organization_seat")
