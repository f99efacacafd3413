"""What duplicates are compared by: the street, the house number and the telling words of a name, spelt one way."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from data.store.names import fold

_STREET_MARK = re.compile(
    r"\b(?:ul|al|os|pl)\.|\b(?:ulica|ulicy|aleja|aleje|alei|osiedle|plac|rynek)\b", re.IGNORECASE
)
_HOUSE = re.compile(r"(?:\bnr\.? ?)?(?P<number>\d+(?: ?[a-z]\b)?(?: ?[-/,] ?\d*[a-z]?\d*)*)[ .]*$")
_HOUSE_BEFORE_NAME = re.compile(r"(?<=[^\W\d]) (?P<number>\d+[a-z]?) ?(?=dom\b|dps\b)")
_AND = re.compile(r"(?<=\d) i (?=\d)")
_NUMBER = re.compile(r"\d+")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_TITLES = _words(
    """
    al aleja aleje biskupa bl blogoslawionego blogoslawionej bp br brata doktor doktora dr ego gen
    general generala go hr im inz kard kardynala kpt kr krol krola ks ksiecia ksiedza majora marsz
    marszalka mjr nr o ojca os osiedle pl plac por pplk pralata prof profesora prymasa s siostry sw
    swietego swietej ul ulica
    """
)
"""Words that one list writes before a patron and another leaves out."""
_ORDINAL = re.compile(r"\bnr\.? ?(\d+)\b|^(\d+)\b|\((\d+)\)")
_BRANCH = re.compile(r"\bfili[aiąeę]\b|\boddzia[łl]\b", re.IGNORECASE)
_CAPITALISED = r"[A-ZĆŁÓŚŹŻ][\w-]*"
_PLACE_IN_NAME = re.compile(rf"\b[wW]e? {_CAPITALISED}(?: (?:nad )?{_CAPITALISED})*")
_WOMEN = re.compile(r"\bkobiet", re.IGNORECASE)
_MEN = re.compile(r"\bmężczyzn|\bmęsk", re.IGNORECASE)
_KIND_STEMS = _words(
    """
    aktywnosc bezdomn calodob centrum chor dla dom doros dps dzial dzieci dzien fil fundac gmin intelekt
    intern jadlod klub kobiet kontener kryzys kuchni lazni leczn mezczyzn miejs miejsc mlodziez nieletn
    niepeln niepub noclegow ogrzewal opiek opiekun organiz osob osrod pielegn placowk pobyt podesz pomoc
    powiat przewlek psychi publiczn punkt rodzin samodziel samopomoc schronisk sds senior somaty spolecz
    srodowisk starsz stolowk stowarzysz swietlic szpital terapi towarzyst uslug uzalezn warsztat wiek
    wojewod wspar wtz wydawan zajeciow zaklad zawod zaz zespol zol
    """
)
"""Beginnings of words that name a kind of help or of people: every second home has them, so they tell nothing."""
_SMALL_WORDS = _words(
    """
    a alkoholu do i im imienia lub na nr o od oraz po pod prow prowadzona prowadzony przez przy pw rzecz
    s siostr sp ss sw swietego swietej sz tym w we wieku wraz z za ze zgrom zgromadzenia zgromadzenie zo
    """
)
_SIMILAR_PCT = 88.0


@dataclass(frozen=True)
class Door:
    """
    An address to compare by.

    `street` is empty where the list gives none; `is_village_number` says that the number is one of a village without
    street names. `number` is the house number without spaces, in lower case; `base` its first figure, or -1.
    """

    street: str = ""
    number: str = ""
    base: int = -1
    is_village_number: bool = False


@dataclass(frozen=True)
class NameWords:
    """
    What a name tells beside the kind of help.

    `telling` are its own words ("jesien zycia"); empty in "Dom Pomocy Społecznej w Kutnie". `ordinal` is the
    number of a home ("Nr 2"), `people` is `women`, `men` or empty, `is_branch` that the name says so.
    """

    telling: str
    ordinal: str
    people: str
    is_branch: bool


@lru_cache(maxsize=200_000)
def door(street_address: str | None, locality_name: str | None) -> Door:
    """
    Return the address in parts that can be compared.

    "ul. Generała Pułaskiego 5" and "ul. K. Pułaskiego 5" give the same street; "67", "nr 67" and "Klimkówka 67" in
    Klimkówka the same number of a village.
    """
    if not street_address:
        return Door()
    text = _after_town(street_address)
    text = _AND.sub("-", text.casefold())
    house = _HOUSE.search(text) or _HOUSE_BEFORE_NAME.search(text)
    number = re.sub(r"\s|\.$", "", house["number"]).rstrip("-/,") if house else ""
    words = fold(text[: house.start()] if house else text).split()
    street = " ".join(word for word in words if word not in _TITLES and (len(word) > 1 or word.isdigit()))
    first = _NUMBER.search(number)
    base = int(first[0]) if first and len(first[0]) <= 6 else -1
    village = fold(locality_name or "")
    if number and street in {"", village}:
        return Door(village, number, base, is_village_number=True)
    return Door(street or " ".join(words), number, base)


def _after_town(street_address: str) -> str:
    """Return the last "street number" of a cell that repeats it or puts the town before it."""
    marks = list(_STREET_MARK.finditer(street_address))
    if len(marks) > 1 and street_address[: marks[-1].start()].strip(" ,"):
        return street_address[marks[-1].start() :]
    if marks and "," in street_address[: marks[0].start()]:
        return street_address[marks[0].start() :]
    return street_address


@lru_cache(maxsize=200_000)
def is_same_street(left: str, right: str) -> bool:
    """
    Return whether two streets are one, forenames and typing errors aside.

    "wincentego witosa" is "witosa"; "armii krajowej" is not "armii ludowej".
    """
    if left == right:
        return bool(left)
    a, b = left.split(), right.split()
    if not a or not b:
        return False
    if a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a)):
        return True
    return _NUMBER.findall(left) == _NUMBER.findall(right) and fuzz.ratio(left, right) >= _SIMILAR_PCT


@lru_cache(maxsize=200_000)
def name_words(name: str, street_address: str | None, locality_name: str | None) -> NameWords:
    """Return what a name tells; words of its own place and address do not count."""
    ordinal = _ORDINAL.search(name.casefold())
    has_women, has_men = bool(_WOMEN.search(name)), bool(_MEN.search(name))
    own_place = fold(f"{locality_name or ''} {street_address or ''}").split()
    without_place = _PLACE_IN_NAME.sub(" ", name)
    telling = [word for word in fold(without_place).split() if _is_telling(word, own_place)]
    return NameWords(
        telling=" ".join(telling),
        ordinal=next((group for group in ordinal.groups() if group), "") if ordinal else "",
        people="women" if has_women and not has_men else "men" if has_men and not has_women else "",
        is_branch=bool(_BRANCH.search(name)),
    )


def _is_telling(word: str, own_place: list[str]) -> bool:
    if len(word) < 2 or word in _SMALL_WORDS or word.startswith(_KIND_STEMS) or word.isdigit():
        return False
    return not any(_is_same_stem(word, place) for place in own_place)


def _is_same_stem(declined: str, own: str) -> bool:
    """Tell whether a word may be a place in another case: "batowicach" and "batowice", "kole" and "kolo"."""
    shared = max(3, min(len(declined), len(own)) - 3)
    return declined[:shared] == own[:shared] and abs(len(declined) - len(own)) <= 4
