"""${message}."""

${imports if imports else ""}
import sqlalchemy as sa
from alembic import op

from data.geometry_column import GeometryColumn

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take back."""
    ${downgrades if downgrades else "pass"}
