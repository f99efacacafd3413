"""Names in the cases of Polish, without their diacritics: "kielcach" may be Kielce."""

from functools import lru_cache
from typing import Final

_ENDINGS: Final = (
    ("ymstoku", ("ystok",)),
    ("egostoku", ("ystok",)),
    ("iego", ("i", "ie")),
    ("ego", ("y", "e")),
    ("iemu", ("i", "ie")),
    ("emu", ("y", "e")),
    ("iej", ("ia", "a")),
    ("ej", ("a",)),
    ("im", ("i", "ie")),
    ("ym", ("y", "e")),
    ("ich", ("ie", "i")),
    ("ych", ("e", "y")),
    ("iami", ("ie", "ia")),
    ("ami", ("e", "y", "a", "i", "")),
    ("iach", ("ie", "ia", "i")),
    ("kach", ("ki", "ka")),
    ("gach", ("gi", "ga")),
    ("ach", ("e", "y", "a", "i", "")),
    ("owie", ("ow", "owo")),
    ("iem", ("", "ie")),
    ("em", ("", "o", "e")),
    ("iu", ("", "ie")),
    ("ica", ("iec",)),
    ("cu", ("iec", "c", "ce")),
    ("ca", ("iec",)),
    ("ku", ("ek", "k", "ko")),
    ("ka", ("ek", "k", "ko")),
    ("kiem", ("ek", "k", "ko")),
    ("cie", ("t", "to", "ta")),
    ("dzie", ("d", "da", "do")),
    ("dze", ("ga",)),
    ("ce", ("ka",)),
    ("rze", ("r", "ra", "ro")),
    ("sze", ("cha",)),
    ("scie", ("st", "sto", "sta")),
    ("snie", ("sno", "sna")),
    ("le", ("l", "la", "lo")),
    ("ie", ("", "a", "o")),
    ("ow", ("y", "i", "e")),
    ("a", ("", "o", "e")),
    ("u", ("", "o", "e")),
    ("y", ("a", "")),
    ("i", ("", "a", "ia")),
    ("e", ("a", "ia")),
    ("ia", ("",)),
    ("o", ("a",)),
    ("", ("e", "i", "y", "a", "o")),
)
"""Ending of a word in another case → endings of its nominative; longer ones need not stand first."""
_SHORTEST: Final = 3


@lru_cache(maxsize=4096)
def nominatives(word: str) -> tuple[str, ...]:
    """Return what the nominative of a folded word may be, the word itself first; most are no words at all."""
    found = {word: None}
    for ending, others in _ENDINGS:
        stem = word.removesuffix(ending) if ending else word
        if ending and stem == word:
            continue
        found.update((stem + other, None) for other in others if len(stem + other) >= _SHORTEST)
    return tuple(found)
