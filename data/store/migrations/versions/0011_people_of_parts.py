"""Under whose code the people of an area are kept: parts of a divided gmina have that of the whole."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing is known of it until the next load."""
    op.add_column("area", sa.Column("people_code", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    with op.batch_alter_table("area") as table:
        table.drop_column("people_code")
