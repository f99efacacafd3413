"""
One form that was sent more than once: gone back to, put right and sent again it is a newer version of its report.

Each version is a report of its own, under a receipt of its own: whoever read the first and accepts it accepts what
they read. The one before is closed where nobody has decided it.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, select, update

from data.store.schema import Suggestion

MOST_VERSIONS: Final = 10
BY_SENDER: Final = "sender"
"""Who decided a report that a newer version replaces."""
_SAID: Final = ("topic", "proposal", "words", "gmina_code", "source_code", "record_key")


def receipt_of_version(receipt: str, number: int) -> str:
    """Return the receipt of a version of the report of a form, the first of which has that of the form."""
    return receipt if number == 1 else f"{receipt}-{number}"


def is_amended(receipt: str) -> bool:
    """Tell whether a receipt is of a version after the first."""
    return "-" in receipt


def newest_version(connection: Connection, receipt: str) -> tuple[int, Mapping[Any, Any] | None]:
    """Return number and row (`data.store.schema.Suggestion`) of the newest version of a form; of a new one 0, None."""
    every = [receipt_of_version(receipt, number) for number in range(1, MOST_VERSIONS + 1)]
    query = select(Suggestion).where(Suggestion.receipt.in_(every)).order_by(Suggestion.id.desc())
    rows = connection.execute(query).mappings().all()
    return len(rows), rows[0] if rows else None


def says_the_same(row: Mapping[Any, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two reports are kept with the same content, in whichever language the form was."""
    return all(row[name] == other[name] for name in _SAID)


def close_replaced(
    connection: Connection, row: Mapping[Any, Any], newer: Mapping[str, Any], words: str
) -> None:
    """Close a report that nobody decided, for its newer version; `words` are for its sender."""
    decided = {
        "state": "closed",
        "answer": words,
        "decided_by": BY_SENDER,
        "decided_at": newer["received_at"],
    }
    is_open = (Suggestion.id == row["id"], Suggestion.state == "open")
    connection.execute(update(Suggestion).where(*is_open).values(decided))
