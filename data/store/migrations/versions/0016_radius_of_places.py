"""How far from its point a facility may be."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody knows until the next load."""
    op.add_column("facility", sa.Column("place_radius_m", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    # Not in a batch: SQLite would make the table anew, and what refers to its rows would go with the old one.
    op.drop_column("facility", "place_radius_m")
