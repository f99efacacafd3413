"""What is protected stays so on every day until a person lifts it: a table of its own, filled from what is loaded."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and enter every record of which any version is not public."""
    op.create_table(
        "protection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_code", sa.String(), nullable=False),
        sa.Column("record_key", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("load_id", sa.Integer(), nullable=True),
        sa.Column("cause_source", sa.String(), nullable=True),
        sa.Column("cause_key", sa.Text(), nullable=True),
        sa.Column("protected_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.Column("lift_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "visibility IN ('gmina_centroid', 'staff', 'hidden')",
            name=op.f("ck_protection_visibility_is_known"),
        ),
        sa.CheckConstraint(
            "origin IN ('load', 'vanished', 'successor', 'merged', 'person')",
            name=op.f("ck_protection_origin_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["load_id"], ["load.id"], name=op.f("fk_protection_load_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection")),
    )
    op.create_index("ix_protection_record", "protection", ["source_code", "record_key"])
    op.create_index(op.f("ix_protection_load_id"), "protection", ["load_id"])
    op.create_index("ix_facility_record", "facility", ["source_code", "record_key"])
    op.get_bind().execute(
        sa.text(
            "INSERT INTO protection (source_code, record_key, visibility, origin, protected_at) "
            "SELECT DISTINCT source_code, record_key, visibility, 'load', :now FROM facility "
            "WHERE visibility <> 'public' ORDER BY source_code, record_key, visibility"
        ).bindparams(sa.bindparam("now", type_=sa.DateTime())),
        {"now": datetime.now(UTC).replace(tzinfo=None)},
    )


def downgrade() -> None:
    """Drop the table; what people and loads protected beyond what registers say themselves is forgotten."""
    op.drop_index("ix_facility_record", "facility")
    op.drop_table("protection")
