"""What readers suggest, what they did not find, and what a person put right."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, empty."""
    _make_suggestions()
    op.create_table(
        "unmet_need",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("gmina_code", sa.String(), nullable=False),
        sa.Column("need_group", sa.String(), nullable=False),
        sa.Column("support_form", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmet_need")),
        sa.UniqueConstraint("receipt", name=op.f("uq_unmet_need_receipt")),
    )
    for column in ("reported_on", "gmina_code"):
        op.create_index(op.f(f"ix_unmet_need_{column}"), "unmet_need", [column])
    _make_corrections()


def _make_suggestions() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source_code", sa.String(), nullable=True),
        sa.Column("record_key", sa.Text(), nullable=True),
        sa.Column("gmina_code", sa.String(), nullable=True),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('outdated', 'missing')", name=op.f("ck_suggestion_kind_is_known")),
        sa.CheckConstraint(
            "topic IN ('closed', 'phone', 'hours', 'address', 'other')",
            name=op.f("ck_suggestion_topic_is_known"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'accepted', 'closed')", name=op.f("ck_suggestion_state_is_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("receipt", name=op.f("uq_suggestion_receipt")),
    )
    op.create_index("ix_suggestion_record", "suggestion", ["source_code", "record_key"])
    op.create_index(op.f("ix_suggestion_received_at"), "suggestion", ["received_at"])


def _make_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_code", sa.String(), nullable=False),
        sa.Column("record_key", sa.Text(), nullable=False),
        sa.Column("support_form", sa.String(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undo_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["suggestion_id"],
            ["suggestion.id"],
            name=op.f("fk_correction_suggestion_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index("ix_correction_record", "correction", ["source_code", "record_key"])
    for column in ("corrected_at", "suggestion_id"):
        op.create_index(op.f(f"ix_correction_{column}"), "correction", [column])


def downgrade() -> None:
    """Drop the tables; what people put right and what readers told is forgotten."""
    op.drop_table("correction")
    op.drop_table("unmet_need")
    op.drop_table("suggestion")
