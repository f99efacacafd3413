"""Names of streets as registers, clerks and the address register write them, and whether two are of one street."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from data.personal_names.words import read_word
from data.store.names import fold

_STREET: Final = "ulica"
_KINDS: Final = {
    word: kind
    for kind, words in {
        _STREET: "ul ulica",
        "aleja": "al aleja aleje",
        "plac": "pl plac",
        "osiedle": "os osiedle",
        "rondo": "rondo",
        "skwer": "skwer",
        "bulwar": "bulwar bulwary",
    }.items()
    for word in words.split()
}
_TITLES: Final = frozenset(
    word
    for line in (
        "im imienia sw swietego swietej bl blog blogoslawionego blogoslawionej ks ksiedza bp bpa biskupa abp",
        "abpa arcybiskupa kard kardynala o ojca br brata s siostry pralata kan kanonika prymasa papieza",
        "gen generala marsz marszalka plk pulkownika ppulk pplk podpulkownika kpt kapitana mjr majora",
        "por porucznika ppor podporucznika rtm rotmistrza chor chorazego sierz sierzanta plut",
        "plutonowego kpr kaprala adm admirala hetmana het dr doktora prof profesora inz inzyniera mgr hr",
        "hrabiego krola krolowej ksiecia ksieznej prez prezydenta",
    )
    for word in line.split()
)
"""Words that one list writes before a patron and another leaves out."""
_NUMERALS: Final = {
    "pierwszego": "1",
    "drugiego": "2",
    "trzeciego": "3",
    "czwartego": "4",
    "piatego": "5",
    "szostego": "6",
    "siodmego": "7",
    "osmego": "8",
    "dziewiatego": "9",
    "dziesiatego": "10",
    "jedenastego": "11",
    "pietnastego": "15",
}
_SPELT_OUT: Final = {
    "mb": ("Matki", "Bożej"),
    "pck": ("Polskiego", "Czerwonego", "Krzyża"),
    "wlkp": ("Wielkopolskich",),
    "1000lecia": ("Tysiąclecia",),
}
_FOREIGN: Final = frozenset(["van", "von", "de", "delano", "franklina", "ludwiga", "winstona", "woodrowa"])
"""What stands before the surnames of patrons of streets (Beethoven, Roosevelt) and no Polish dictionary knows."""
_SAYING_NOTHING: Final = frozenset({"i", "nr", "go", "ego"})
"""Between two patrons, before a number, and behind a numeral: "3-go Maja"."""
_WORD: Final = re.compile(r"[^\W_]+")
_MILLENNIUM: Final = re.compile(r"\b1000[ -]?lecia\b")
_NUMERAL: Final = re.compile(r"[IVX]+")
_MANY_WORDS: Final = 2


@dataclass(frozen=True)
class StreetName:
    """
    The name of a street in words that can be compared.

    `kind` is `ulica` where none is said. `words` are folded, without titles and with numerals as digits: of "al. Marsz.
    J. Piłsudskiego" they are `j` and `pilsudskiego`, of "Trzeciego Maja" `3` and `maja`; `spelt` are the same words as
    they are written. `whole` is the folded name with its titles.
    """

    kind: str
    words: tuple[str, ...]
    spelt: tuple[str, ...]
    whole: str


@lru_cache(maxsize=100_000)
def street_name(text: str | None) -> StreetName:
    """Return the name of a street as it is compared; no words for none."""
    spelt = _WORD.findall(_MILLENNIUM.sub("1000lecia", text or ""))
    kind = _STREET
    # "ul. Rynek", "ul. Plac Wolności": the last mark says the kind.
    while len(spelt) > 1 and fold(spelt[0]) in _KINDS:
        kind, spelt = _KINDS[fold(spelt[0])], spelt[1:]
    spelt = [part for word in spelt for part in _SPELT_OUT.get(fold(word), (word,))]
    # "rynek Rynek" is the kind and the name.
    pairs = list({_NUMERALS.get(fold(word), fold(word)): word for word in spelt}.items())
    telling = [pair for pair in pairs if pair[0] and pair[0] not in _SAYING_NOTHING] or pairs
    named = [pair for pair in telling if pair[0] not in _TITLES] or telling
    whole = " ".join(word for word, _ in telling)
    return StreetName(kind, tuple(word for word, _ in named), tuple(word for _, word in named), whole)


def same_street(first: str | None, second: str | None) -> bool:
    """
    Tell whether two names are of one street.

    "ul. Kościuszki" is "Tadeusza Kościuszki" and "T. Kościuszki": forenames and titles are left out by some.
    "pl. Kościuszki" is another, and "3 Maja" is not "1 Maja".
    """
    one, other = street_name(first), street_name(second)
    return one.kind == other.kind and likeness(one, other) > 0


def likeness(one: StreetName, other: StreetName) -> int:
    """
    Return how much the words of two names are alike: 0 is another street, 5 the same words.

    4 are the same but for titles: "Księcia Józefa" and "Józefa" are two streets of Kraków. 3 are the same in another
    order, or with initials; 2 where one leaves forenames out; 1 where it leaves out what stands before a name of
    several words ("Monte Cassino", "3 Maja" of the constitution). The kind is not compared.
    """
    if one.words == other.words:
        return 5 if _same_titles(one.whole.split(), other.whole.split()) else 4
    if not one.words or not other.words:
        return 0
    if len(one.words) == len(other.words):
        return 3 if _are_initials(one.words, other.words) else 0
    shorter, longer = sorted((one, other), key=lambda name: len(name.words))
    return _likeness_of_part(shorter.words, longer)


def _likeness_of_part(shorter: tuple[str, ...], longer: StreetName) -> int:
    """Return how much a name is alike to a longer one of which it leaves words out."""
    left_out = _left_out(shorter, longer)
    if left_out is None or any(word[0].isdigit() for word in left_out):
        return 0
    if all(_may_be_left_out(word) for word in left_out):
        return 2
    return int(len(shorter) >= _MANY_WORDS and longer.words[-len(shorter) :] == shorter)


def _same_titles(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether names have the same titles, some of them cut short: "ks. Józefa" is no "Józefa"."""
    return len(one) == len(other) and all(
        first.startswith(second) or second.startswith(first) for first, second in zip(one, other, strict=True)
    )


def _may_be_left_out(word: str) -> bool:
    """Tell whether a word is a forename, part of a foreign one, an initial or the number of a king (Jana III)."""
    is_mark = len(word) == 1 or bool(_NUMERAL.fullmatch(word)) or fold(word) in _FOREIGN
    return is_mark or "gen" in read_word(word).first


def _left_out(shorter: tuple[str, ...], longer: StreetName) -> list[str] | None:
    """Return the words that a shorter name leaves out, None where it has one of its own or ends otherwise."""
    if not _is_word(shorter[-1], longer.words[-1]):
        return None
    kept, rest = list(shorter[:-1]), []
    for word, spelt in zip(longer.words[:-1], longer.spelt, strict=False):
        if kept and _is_word(kept[0], word):
            kept.pop(0)
        else:
            rest.append(spelt)
    return None if kept else rest


def _are_initials(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether words are the same in any order, initials in the place of some."""
    mine = [word for word in one if word not in other]
    theirs = [word for word in other if word not in one]
    return len(mine) == len(theirs) and all(map(_is_word, mine, theirs))


def _is_word(first: str, second: str) -> bool:
    """Tell whether words are the same, or one of them the initial of the other."""
    return first == second or (1 in {len(first), len(second)} and first[0] == second[0] and first.isalpha())
