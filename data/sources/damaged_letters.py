"""Letters that went through the wrong encoding: "SpoĹ‚ecznej", "Å›wiÄ™tej", "Spo�ecznej", "Spo?ecznej"."""

import re
from itertools import chain

import pandas as pd

from data.sources.doubtful_cell import Doubt
from data.vocabulary import support_forms

_LETTERS = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–’"
_WRONG_ENCODINGS = ("cp1250", "iso-8859-2", "cp1252", "latin-1")
_ADDRESSES = frozenset({"website", "source_url", "facility_key", "service_key", "organization_key"})
"""Fields where a question mark inside a word is one."""


def _doubly_encoded() -> list[str]:
    """Return what the letters become when their UTF-8 bytes are read in another encoding."""
    found = set()
    for letter in _LETTERS:
        for encoding in _WRONG_ENCODINGS:
            wrong = letter.encode().decode(encoding, errors="replace")
            if all(char.isprintable() for char in wrong):
                found.add(wrong)
    return sorted(found)


_DOUBLE = "|".join(map(re.escape, _doubly_encoded()))
_SMALL = "[a-ząćęłńóśźż]"
_DAMAGED = re.compile(rf"{_DOUBLE}|\ufffd|(?<={_SMALL})[ÄÅĂĹÃ]|(?<={_SMALL})\?(?={_SMALL})")
"""A capital in the middle of a word is what is left where the second byte was no letter and cells lose it."""


def damaged_letters(records: pd.DataFrame) -> list[Doubt]:
    """
    Return one doubt when words of the records look damaged: in how many records, and the first of them.

    The word of a protected place is counted and not told.
    """
    columns = [name for name in records.columns if name not in _ADDRESSES]
    found: list[tuple[str, str, bool]] = []
    for row in records[columns].to_dict("records"):
        words = chain.from_iterable(value.split() for value in row.values() if isinstance(value, str))
        if (word := next((word for word in words if _DAMAGED.search(word)), None)) is not None:
            found.append((row["row_reference"], word, _is_public(row)))
    if not found:
        return []
    facts: dict[str, object] = {"rows": len(found), "first_row": found[0][0]}
    shown = next((word for _, word, is_public in found if is_public), None)
    return [Doubt("letters_damaged", facts | ({"example": shown} if shown else {}))]


def _is_public(row: dict[object, object]) -> bool:
    form = support_forms().get(str(row["support_form"]))
    return form is not None and form.default_visibility == "public" and row["visibility"] in {None, "public"}
