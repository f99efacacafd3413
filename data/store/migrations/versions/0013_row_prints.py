"""The prints of rows, by which a load knows those that say what they said before."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; every row is read once more, and then has its print."""
    op.add_column("facility", sa.Column("row_print", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the column away; without it every row is read each time."""
    # Not in a batch: SQLite would make the table anew, and what refers to its rows would go with the old one.
    op.drop_column("facility", "row_print")
