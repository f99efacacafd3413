"""Addresses by cells of a grid, and people of the town and of the villages of urban-rural gminas."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TABLES = ("address_cell", "town_part")


def upgrade() -> None:
    """Make two tables; the next load fills them."""
    op.create_table(
        "address_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("gmina_code", sa.String(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("addresses", sa.Integer(), nullable=False),
        sa.Column("town_addresses", sa.Double(), nullable=True),
        _of_release("address_cell"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_cell")),
    )
    op.create_table(
        "town_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("gmina_code", sa.String(), nullable=False),
        sa.Column("town_persons", sa.Integer(), nullable=False),
        sa.Column("rural_persons", sa.Integer(), nullable=False),
        sa.Column("town_persons_65_plus", sa.Integer(), nullable=True),
        sa.Column("rural_persons_65_plus", sa.Integer(), nullable=True),
        _of_release("town_part"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town_part")),
        sa.UniqueConstraint("release_id", "gmina_code", name=op.f("uq_town_part_release_id_gmina_code")),
    )
    for table in _TABLES:
        op.create_index(op.f(f"ix_{table}_release_id"), table, ["release_id"])


def downgrade() -> None:
    """Drop the tables; the next load after an upgrade reads again what filled them."""
    op.execute("DELETE FROM release WHERE id IN (SELECT release_id FROM address_cell)")
    # These releases hold people, too, which stay; a print that no file has makes a load read them once more.
    op.execute(
        "UPDATE release SET fingerprint = 'to be read again' WHERE id IN (SELECT release_id FROM town_part)"
    )
    for table in _TABLES:
        op.drop_table(table)


def _of_release(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["release_id"], ["release.id"], name=op.f(f"fk_{table}_release_id"), ondelete="CASCADE"
    )
