"""The words of what somebody typed: comparable whatever the case, the diacritics and the alphabet."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_STROKES: Final = str.maketrans("łŁ", "lL")
_APOSTROPHES: Final = re.compile(r"[’'`ʼ´]")
_WORD: Final = re.compile(r"[^\W_]+")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
PREPOSITIONS: Final = frozenset(
    """
    w we z ze do pod kolo okolice okolicy przy in near from to at around у в з із зі до біля під
    коло
    """.split()  # noqa: SIM905  words read better as words
)
"""After one of these a word is likelier a place than anything else."""
_FILLERS: Final = PREPOSITIONS | frozenset(
    """
    i a o na dla od po za nad u sie jest mam ma nie gdzie jak kto co czy ze zeby aby moge moze mozna
    chce szukam potrzebuje
    prosze pomocy dostac znalezc potrzebna potrzebny potrzebne mieszkam jestem dzis dzisiaj teraz
    moja moj moje mojej mojego mi mnie jakas jakis
    ktos kogos ktory ktora
    bardzo pilnie zaraz natychmiast blisko blizu poblizu okolicach tu tutaj miejsce miasto miasta miescie wies wsi
    gmina gminie gminy
    powiat powiecie powiatu województwo województwie województwa polska polsce polski poland польща
    ul ulica al os pl nr kod
    the an is are i my me for of on with where can could how who what need want looking look find
    please help some any
    somebody someone get live am have has no not a and or
    отримати знайти і та й на для від по за над я ми мені мене мій моя мою моєї де як хто що чи є
    потрібен потрібна
    потрібно потрібні шукаю
    хочу будь ласка сьогодні зараз можна живу місто місті село
    """.split()  # noqa: SIM905  words read better as words
)


@dataclass(frozen=True)
class Typed:
    """
    One word.

    `key` is lower-case without diacritics, in its own alphabet; `part` counts the commas before it, `at` is its number.
    """

    text: str
    key: str
    at: int
    part: int

    @property
    def is_filler(self) -> bool:
        """Whether it names nothing by itself."""
        return self.key in FILLERS

    @property
    def is_cyrillic(self) -> bool:
        """Whether it is written in Cyrillic letters."""
        return bool(_CYRILLIC.search(self.key))


def key_of(text: str) -> str:
    """Return text in lower case without diacritics, Latin or Cyrillic; signs stay."""
    plain = _APOSTROPHES.sub("", text.translate(_STROKES).casefold())
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))


FILLERS: Final = frozenset(key_of(word) for word in _FILLERS)
"""Words, as `key_of` gives them, that name neither a place nor a need by themselves."""


def keys_of(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return _WORD.findall(key_of(text))


def composed(text: str) -> str:
    """Return text with each letter and its marks as one sign: some telephones send "ą" as two."""
    return unicodedata.normalize("NFC", text)


def typed_words(text: str) -> list[Typed]:
    """Return the words of a line in order."""
    words: list[Typed] = []
    for part, piece in enumerate(re.split(r"[,;\n]", composed(text))):
        for match in _WORD.finditer(_APOSTROPHES.sub("", piece)):
            words.append(Typed(match.group(), key_of(match.group()), len(words), part))
    return words
