"""Words that look like a private person's name, which no public text may carry."""

import re
from functools import cache
from pathlib import Path

_FIRST_NAMES = Path(__file__).parent / "first_names.txt"
_SURNAME = r"[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]+(?:-[A-ZĄĆĘŁŃÓŚŹŻ][a-ząćęłńóśźż]+)?"
_PATRON = re.compile(
    r"(?:\b(?:im|św|bł|ks|o|s|bp|abp|kard|gen|płk|dr|prof)\.|\bimienia|\bul\.|\bal\.|\bpl\.|\bos\.|[„\"])\s*$"
)
"""What stands before a name that is a patron's or a street's."""


def names_a_person(text: str | None) -> bool:
    """
    Whether a text has a first name and a surname in the nominative, as contact persons are given.

    Patrons ("im. Jana Kowalskiego") stand in the genitive or behind their title and are not meant. The list of first
    names is that of everyday Poland; a foreign or rare name is not found, so sources with contact persons must leave
    their columns out all the same.
    """
    if not text:
        return False
    return any(not _PATRON.search(text[: match.start()]) for match in _name().finditer(text))


@cache
def _name() -> re.Pattern[str]:
    names = "|".join(_FIRST_NAMES.read_text(encoding="utf-8").split())
    return re.compile(rf"\b(?:{names})\s+{_SURNAME}\b")
