"""Which cells of a record an operator's own sheet said, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a sheet that was loaded before speaks of the whole record."""
    op.add_column("service", sa.Column("said_fields", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    # Not in a batch: SQLite would make the table anew, and what refers to its rows would go with the old one.
    op.drop_column("service", "said_fields")
