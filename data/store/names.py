"""Comparing and sorting Polish names: by their letters alone, and in the order of the Polish alphabet."""

import re
import unicodedata

# Unicode decomposition takes the marks off ą, ć, ę, ń, ó, ś, ź, ż, but ł has no decomposition.
_STROKES = str.maketrans("łŁ", "lL")
_ALPHABET = "0123456789aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_ORDER = {letter: position for position, letter in enumerate(_ALPHABET, start=1)}
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """
    Return `text` in lower-case ASCII words parted by single spaces.

    "Krynica - Zdrój" and "krynica-zdroj" both become "krynica zdroj".
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_STROKES).casefold())
    return _NOT_WORD.sub(" ", decomposed.encode("ascii", "ignore").decode()).strip()


def polish_order(name: str) -> tuple[tuple[int, ...], str]:
    """Return a key that sorts in the order of the Polish alphabet; other signs come before letters."""
    return tuple(_ORDER.get(letter, 0) for letter in name.lower()), name
