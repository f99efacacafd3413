"""In which powiat a facility stands whose gmina is not known; the next load fills it in."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was loaded keeps none until its files are read again."""
    op.add_column("facility", sa.Column("powiat_code", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("facility", "powiat_code")
