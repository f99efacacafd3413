"""Polish names: compared by their letters alone, sorted by the Polish alphabet, told apart where areas share them."""

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    # What reads a workbook, in a process of its own for each, needs names and no frames: half a second.
    import pandas as pd

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


GMINA_KINDS: Final = ("urban", "rural", "urban_rural")
"""Codes of the column `kind` that have words; powiats have others."""


def telling_kinds(areas: "pd.DataFrame") -> dict[str, str]:
    """Return the kind of gminas that share their name with another one of their voivodeship, where it tells which."""
    same = ["name", "voivodeship_name"]
    if not {*same, "kind"} <= set(areas.columns):
        return {}
    shared = areas[areas.duplicated(same, keep=False) & areas["kind"].isin(GMINA_KINDS)]
    is_telling = shared.groupby(same)["kind"].transform("nunique") > 1
    return {str(code): str(kind) for code, kind in shared.loc[is_telling, "kind"].items()}
