"""Rejected rows that are kept already are cut: their words may be of columns that nobody reads, managers' names too."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ADVICE = (
    "Give degrees of WGS84 (EPSG:4326) of a point in Poland.",
    "Correct the year; Excel shows an empty or broken date as 1900.",
    "Correct the number.",
    "Keep one of the two rows, or tell them apart by a kind.",
    "Correct the formula, or type the value in its place.",
    "Fill the name in, or name such rows in [rows] of the profile.",
    "Write digits only, and put words into a column of notes.",
    "Keep one of the two rows, or give each a key of its own.",
    "Put text with the separator in it between quotation marks.",
    "Keep one of the two rows.",
    "Exchange latitude and longitude.",
    "Correct the word, or teach it to the profile.",
    "Correct the cell, or add a pattern to the profile.",
    "Write the date as 2026-06-30 or 30.06.2026.",
    "Write the address of a page, such as https://www.example.pl.",
)
"""What the reader of that time said to do: a detail that ends with it is the reader's own, not a whole row."""
_LABEL = re.compile(r"column (?:\S{1,5} '[^']{0,200}'(?: and )?)+: ")
_CUT = "(cut: words of rejected rows are no longer kept; look at the row in the file)"
_BATCH = 10_000


def upgrade() -> None:
    """Keep the reason, the place of the row, the label of the column and what to do; every word of the row goes."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        # Without it SQLite leaves the old words in the file, between the rows.
        connection.execute(sa.text("PRAGMA secure_delete = ON"))
    rows = connection.execute(sa.text("SELECT id, detail FROM rejected_row ORDER BY id")).all()
    update = sa.text("UPDATE rejected_row SET detail = :detail WHERE id = :id")
    cut = [{"id": row.id, "detail": _cut(row.detail)} for row in rows if row.detail]
    for start in range(0, len(cut), _BATCH):
        connection.execute(update, cut[start : start + _BATCH])


def downgrade() -> None:
    """Leave the rows as they are: what was cut cannot be told again."""


def _cut(detail: str) -> str:
    advice = next((sentence for sentence in _ADVICE if detail.endswith(f". {sentence}")), "")
    label = _LABEL.match(detail) if advice else None
    return (label[0] if label else "") + _CUT + (f". {advice}" if advice else "")
