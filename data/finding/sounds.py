"""How a name sounds, whatever alphabet it is written in: "Жешув" and "Rzeszów" are one."""

import re
from typing import Final

from data.finding.typed import key_of

_CYRILLIC: Final = {
    **dict(zip("абвгґдезиіїйклмнопрстуфхць", "abvhhdeziiiiklmnoprstuvhc ", strict=True)),
    "є": "ie",
    "ж": "z",
    "ч": "c",
    "ш": "s",
    "щ": "sc",
    "ю": "iu",
    "я": "ia",
    "ё": "io",
    "ы": "i",
    "э": "e",
    "ъ": " ",
}
"""Ukrainian letters after the national transliteration (Cabinet of Ministers, resolution 55 of 2010), with the sounds
that Polish and it tell apart otherwise drawn together: г and ґ, ж and з, ч and ц."""
_POLISH: Final = (
    *(
        ("ó", "u"),
        ("ą", "on"),
        ("ę", "en"),
        ("ż", "z"),
        ("ź", "z"),
        ("ś", "s"),
        ("ć", "c"),
        ("ń", "n"),
        ("ł", "l"),
    ),
    *(
        ("rz", "z"),
        ("sz", "s"),
        ("cz", "c"),
        ("ch", "h"),
        ("w", "v"),
        ("f", "v"),
        ("g", "h"),
        ("y", "i"),
        ("j", "i"),
    ),
)
_SOFTENING: Final = re.compile(r"i(?=[aeou])")
_DOUBLED: Final = re.compile(r"(.)\1+")
_CASE_ENDINGS: Final = re.compile(r"(?:oiu|oi|ii|im|oho|omu|emu|eho|ami|ah|om|em|iu|[aeiou])$")
_SHORTEST_STEM: Final = 3


def sound_of(name: str) -> str:
    """Return a key that names of one sound share: Latin letters without spaces."""
    lower = name.casefold()
    if not lower.isascii() and any("\u0400" <= sign <= "\u04ff" for sign in lower):
        letters = "".join(_CYRILLIC.get(sign, sign) for sign in lower.replace("'", "").replace("’", ""))
    else:
        letters = lower
        for written, sound in _POLISH:
            letters = letters.replace(written, sound)
        letters = key_of(letters)
    letters = re.sub(r"[^a-z]", "", letters)
    return _DOUBLED.sub(r"\1", _SOFTENING.sub("", letters))


def stem_of(sound: str) -> str:
    """Return a sound without the ending of its case."""
    stem = _CASE_ENDINGS.sub("", sound)
    return stem if len(stem) >= _SHORTEST_STEM else sound
