"""Comparing Polish names the way people write them: without diacritics, case or stray punctuation."""

import re
import unicodedata

# Unicode decomposition takes the marks off ą, ć, ę, ń, ó, ś, ź, ż, but ł has no decomposition.
_STROKES = str.maketrans("łŁ", "lL")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """
    Return `text` in lower-case ASCII words parted by single spaces.

    "Krynica - Zdrój" and "krynica-zdroj" both become "krynica zdroj".
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_STROKES).casefold())
    return _NOT_WORD.sub(" ", decomposed.encode("ascii", "ignore").decode()).strip()
