"""Tell whether a name tells where a protected place is: "Dom przy Tajemnej" is an address, too, and so is "54,8923"."""

import re
import unicodedata

from data.personal_names.words import read_word
from data.store.names import fold

_SHORT = 4
_LEAST = 3
_ENDING = 3
"""Letters that Polish cases change: Tajemna, Tajemnej, Tajemną."""
_LONG_STEM = 5
"""So many letters are looked for inside words too: "Mikrotajemna"."""
_TITLES = frozenset({"ulica", "aleja", "aleje", "plac", "osiedle", "skwer", "rondo", "bulwar"})
_SMALL_WORDS = frozenset(
    {"nad", "pod", "dla", "przy", "gen", "abp", "bpa", "kpt", "mjr", "plk", "prof", "kard", "dom"}
)

_YEARS = re.compile(r"\b(?:19|20)\d\d\s?[-–—/]\s?(?:19|20)?\d\d\b")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.,;:'’′″\"°º|/()NSEWnsew‑–—-]{1,6}(?=\d)")
_MANY_DIGITS = re.compile(r"\d{5}")
"""A postal code, metres, coordinates: however the digits are parted, a name of a place has no five of them."""
_PLACE_OF_DIGITS = re.compile(r"\d{2}[.,]\d|\d ?[°º]|\b[NSEW] ?\d{2}")
_PLUS_CODE = re.compile(r"[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,}", re.IGNORECASE)
_LINK = re.compile(r"https?:|www\.|//|\b[\w-]+\.(?:pl|com|org|eu|net|gl|info)\b|\bgeo:", re.IGNORECASE)
_WORDS_OF_COORDINATES = re.compile(
    r"\bstopni|\bgeogr|wsp[oó][lł]rz[eę]dn|\b(?:gps|epsg|puwg|wgs ?84)\b|\b(?:lat|lon)(?:itude|gitude)?\b *[:=]",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"(?:\b(?i:ul\.|ulic[aąęy]|ulicy|al\.|alei|alej[aąę]|pl\.|placu?|rondzie|ronda|skwerze|rogu|róg|przy)|\b(?i:os\.|osiedl[eua])(?=.*\d))"
    r"\s+(?:(?i:ul\.|ulicy|al\.|pl\.|placu|alei)\s*)?(?:[A-ZĄĆĘŁŃÓŚŹŻ]\w|\d+ [A-ZĄĆĘŁŃÓŚŹŻ]\w)"
)


def tells_address(text: str | None, *parts: str | None) -> bool:
    """
    Tell whether any telling word of the parts of an address stands in a text, in whatever case.

    Short words, titles and numbers tell nothing by themselves.

    Parameters
    ----------
    text
        A name or a sentence.
    parts
        Street with number, locality: what may not be told.
    """
    words = fold(text or "").split()
    known = {lemma for word in re.findall(r"[^\W\d_]+", text or "") for lemma in _lemmas(word)}
    return any(
        _is_told(telling, words) or not known.isdisjoint(_lemmas(own)) for telling, own in _telling(parts)
    )


def holds_address(text: str | None) -> bool:
    """
    Tell whether a text holds an address of any kind, whosever it is.

    A postal code, coordinates in degrees, minutes, words or metres, a plus code, a link, or a street after "ul." or
    "przy": in any notation, because the name of a protected place needs none of them.
    """
    plain = unicodedata.normalize("NFKC", text or "")
    digits = _BETWEEN_DIGITS.sub("", _YEARS.sub(" ", plain))
    return any(
        pattern.search(where)
        for pattern, where in (
            (_MANY_DIGITS, digits),
            (_PLACE_OF_DIGITS, plain),
            (_PLUS_CODE, plain),
            (_LINK, plain),
            (_WORDS_OF_COORDINATES, plain),
            (_STREET, plain),
        )
    )


def _telling(parts: tuple[str | None, ...]) -> list[tuple[str, str]]:
    """Return the words of an address that tell it, folded and as they are written."""
    words = [(fold(word), word) for part in parts for word in re.findall(r"[^\W\d_]+", part or "")]
    return [
        (folded, word)
        for folded, word in words
        if len(folded) >= _LEAST and folded not in _TITLES and folded not in _SMALL_WORDS
    ]


def _is_told(telling: str, words: list[str]) -> bool:
    if len(telling) <= _SHORT:
        stem = telling[:_LEAST]
        return any(word.startswith(stem) and len(word) <= len(telling) + _ENDING for word in words)
    stem = telling[: max(_SHORT, len(telling) - _ENDING)]
    inner = telling[:-2]
    return any(word.startswith(stem) or (len(inner) >= _LONG_STEM and inner in word) for word in words)


def _lemmas(word: str) -> frozenset[str]:
    """Return the basic forms of a word that tells something: "Pradze" is "Praga"."""
    is_small = len(word) < _SHORT or fold(word) in _TITLES | _SMALL_WORDS
    return frozenset() if is_small else read_word(word).lemmas - _TITLES
