"""The day of the whole file of a release that is only an earlier month in it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no release is a month until the next load, but those that were before a downgrade."""
    op.add_column("release", sa.Column("file_on", sa.Date(), nullable=True))
    # A month is known by the print of its file and the month; a load would pass it over as one that it has seen.
    op.execute(
        """
        UPDATE release SET file_on = (
            SELECT max(whole.effective_on) FROM release AS whole
            WHERE whole.source_code = release.source_code AND release.file_sha256 LIKE whole.file_sha256 || '#%'
        )
        """
    )


def downgrade() -> None:
    """Take the column away; without it the earlier months of a file hold as releases of their day do."""
    # Not in a batch: SQLite would make the table anew, and what refers to its rows would go with the old one.
    op.drop_column("release", "file_on")
