"""Letters that went through the wrong encoding: "SpoĹ‚ecznej", "Å›wiÄ™tej", "Spo�ecznej", "Spo?ecznej"."""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from data.sources.registers.doubtful_cell import Doubt
from data.vocabulary import support_forms

_LETTERS = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–’"
_WRONG_ENCODINGS = ("cp1250", "iso-8859-2", "cp1252", "latin-1")
_NOT_WORDS = frozenset({"website", "source_url", "facility_key", "service_key", "organization_key"})
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


def rows_with_damaged_letters(records: pd.DataFrame) -> dict[int, str]:
    """Return the position of each record with words that look damaged, in order, and the first of them."""
    found: dict[int, str] = {}
    for name in records.columns.difference(list(_NOT_WORDS), sort=False):
        words = {position: value for position, value in enumerate(records[name]) if isinstance(value, str)}
        # Most columns are whole, and that is quickly seen of all their words at once.
        if _DAMAGED.search("\n".join(words.values())) is None:
            continue
        for position, value in words.items():
            if position not in found and _DAMAGED.search(value):
                found[position] = next(word for word in value.split() if _DAMAGED.search(word))
    return dict(sorted(found.items()))


def damaged_letters(records: pd.DataFrame, damaged: Mapping[int, str]) -> Doubt:
    """
    Return one doubt of all `damaged` records (`rows_with_damaged_letters`): how many, and the first word.

    The word of a protected place is counted and not told.
    """
    keys = records["facility_key"]
    protected = set(keys[[not _is_public(*said) for said in _said(records)]])
    shown = next((word for at, word in damaged.items() if keys.iloc[at] not in protected), None)
    facts = {"rows": len(damaged), "first_row": records["row_reference"].iloc[min(damaged)]}
    return Doubt("letters_damaged", facts | ({"example": shown} if shown else {}))


def _said(records: pd.DataFrame) -> Iterator[tuple[str, str | None]]:
    return zip(records["support_form"], records["visibility"], strict=True)


def _is_public(code: str, visibility: str | None) -> bool:
    form = support_forms().get(code)
    return form is not None and form.default_visibility == "public" and visibility in {None, "public"}
