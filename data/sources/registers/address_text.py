"""Polish addresses as registers write them: the door, the postal code, the village and the post town."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.sources.cell_text import one_line

_POSTAL_CODE = re.compile(
    r"\b(?P<area>\d{2})(?: ?[-–—] ?(?P<post>\d{3})\b|(?P<post_alone>\d{3})\b(?= [A-ZĆŁÓŚŹŻ][a-ząćęłńóśźż]))"
)
"""A code may have lost its dash; then the town behind it tells it from any other number."""
_STREET_MARK = (
    r"(?:\b(?:ul|al|os|pl)\.|\b(?:ulica|Aleja|Aleje|Al\.|Os\.|Osiedle|Pl\.|Plac)\b|\bRynek\b(?= \d))"
)
_STREET_START = re.compile(rf"(?:\b(?:ul|pl)\. ?)?{_STREET_MARK}", re.IGNORECASE)
_MARK_WITHOUT_SPACE = re.compile(r"\b(ul|al|os|pl)\.(?=\S)", re.IGNORECASE)
_HOUSE_NUMBER = r"\d+ ?[A-Za-z]?(?:/\d+ ?[A-Za-z]?)?"
_ENDS_WITH_NUMBER = re.compile(rf"^(?P<words>.*\S) (?P<number>{_HOUSE_NUMBER})$")
_ONLY_NUMBER = re.compile(rf"^{_HOUSE_NUMBER}$")
_CAPITALISED = r"[A-ZĆŁÓŚŹŻ][\w-]*"
_PLACE_IN_NAME = re.compile(rf"\b[wW]e? (?P<place>{_CAPITALISED}(?: (?:nad )?{_CAPITALISED})*)$")
_SPACES = re.compile(r"[^\S\n]+")
_SEPARATORS = re.compile(r"[,\n]")
_SHARED_STEM = 4
_STREET_WORD = re.compile(r"^(?:ul\.\s*|(?:ul|ulica)\s+)|(?:^|\s)nr\.?$", re.IGNORECASE)
_NUMBER_ON_NAME = re.compile(r"(?<=[^\W\d_]{4})(?=\d)")
"""Between a street and a number that were written as one word: "Krajowej11"."""
_TWO_NUMBERS = re.compile(r"(?<=\d) i (?=\d+\w?$)")
_RANGE = re.compile(r"(?<=\d) *([/-]) *(?=\d)")
_ROOM = re.compile(
    r"(?P<number>\d ?[A-Za-z]?),? +(?:lok|lokal|m|pok|p)\b\.? ?[\w-]+(?: [A-Za-z])?$", re.IGNORECASE
)
_POST_CODE = re.compile(r"^\d{2}-\d{3}\s+")
_POST_TOWN = re.compile(rf"{_POST_CODE.pattern}\D+")
_DOOR_NUMBER = re.compile(
    r"^(?P<words>.*\S)?\s*(?<![\w/-])(?P<number>\d+ ?[A-Za-z]?(?: ?[/-] ?[A-Za-z]?\d+ ?[A-Za-z]?)*)$"
)


@dataclass(frozen=True)
class Address:
    """
    An address in parts; None where the text does not say.

    `street_address` is what stands before the postal code on an envelope: "ul. Parkowa 1", or "Klimkówka 67"
    in a village without streets. `locality_name` is the village or town of the door, `post_town` that of the
    postal line; they differ where a village has its post office elsewhere.
    """

    street_address: str | None = None
    postal_code: str | None = None
    locality_name: str | None = None
    post_town: str | None = None


@dataclass(frozen=True)
class Door:
    """
    A door as a geocoder is asked for it: "ul. Parkowa 1A" is Parkowa and 1A.

    `street` is None in a village without streets, `house_number` where the address gives none, `locality_name`
    where the street address does not name one.
    """

    street: str | None
    house_number: str | None
    locality_name: str | None = None


def door_of(street_address: str | None, *, locality_name: str | None) -> Door | None:
    """
    Return street and house number of a street address, None when it has neither.

    Parameters
    ----------
    street_address
        As `Address.street_address`; a town may stand before the street ("Grybów, ul. Parkowa 1"). Floor and
        room behind the number are dropped, and so is a post town with its code ("Rzozów 14, 32-052 Radziszów").
    locality_name
        The village or town; the same words before a number are no street.
    """
    segments = [
        _POST_CODE.sub("", part) for part in _segments(street_address or "") if not _POST_TOWN.fullmatch(part)
    ]
    starts = [place for place, segment in enumerate(segments) if _STREET_START.match(segment)]
    town = segments[0] if starts and starts[0] > 0 else None
    text = _ROOM.sub(r"\g<number>", segments[starts[0] if starts else 0]).strip() if segments else ""
    text = _TWO_NUMBERS.sub("-", _NUMBER_ON_NAME.sub(" ", text))
    match = _DOOR_NUMBER.match(_RANGE.sub(r"\1", text))
    words, number = (match["words"] or "", match["number"]) if match else (text, None)
    street = _STREET_WORD.sub("", words).strip()
    if not starts and street.casefold() == (locality_name or "").casefold():
        street = ""
    if not street and not number:
        return None
    return Door(street or None, number.replace(" ", "") if number else None, town)


def parse_address(text: str, *, postal_code: str | None = None, post_town: str | None = None) -> Address:
    """
    Return the parts of an address.

    Parameters
    ----------
    text
        An address without a name before it; lines or commas part it. "Klimkówka 67, 38-312 Ropa",
        "32-854 Porąbka Uszewska 272" and "95-047 Jeżów, Dąbrowa 1" are all understood.
    postal_code, post_town
        What other columns of the row say; they win over the text.

    Notes
    -----
    Words with a house number and no "ul.", "al.", "os." or "pl." are read as a village that has no streets. A
    register that leaves "ul." out needs a replacement in its profile.
    """
    head, code, tail = _at_postal_code(text)
    door = _segments(head)
    if code:
        town, *after_town = _segments(tail) or [""]
        door += after_town
        if numbered := _ENDS_WITH_NUMBER.match(town):
            door.append(town)
            town = numbered["words"]
        post_town = post_town or town or None
    street, village = _door_parts(door)
    return Address(street, postal_code or code, _town(village or post_town), _town(post_town))


def cut_address(text: str, *, places: Mapping[str, str] | None = None) -> tuple[str, Address]:
    """
    Part a cell that holds a name and then an address.

    Parameters
    ----------
    text
        "Dom Pomocy Społecznej w Klimkówce, Klimkówka 67, 38-312 Ropa".
    places
        Place as names decline it → its own name ("Prusach" → "Prusy"), for cells whose village stands in the
        name alone, in a case that cannot be undone without a dictionary.

    Returns
    -------
    name, address
        The name in one line. A house number right behind it ("w Skrzydlnej 289A") goes to the address.
    """
    head, code, tail = _at_postal_code(_SPACES.sub(" ", text))
    name, door = _name_and_door(head, _segments(tail)[0] if _segments(tail) else "")
    address = parse_address(f"{door}\n{code} {tail}" if code else door)
    match = _PLACE_IN_NAME.search(name)
    declined = match["place"] if match else ""
    own_name = (places or {}).get(declined)
    number = address.street_address if _ONLY_NUMBER.match(address.street_address or "") else None
    if own_name is None and number and address.post_town and _same_stem(declined, address.post_town):
        own_name = address.post_town
    if own_name and address.locality_name in {None, address.post_town}:
        street = f"{own_name} {number}" if number else address.street_address
        address = replace(address, locality_name=own_name, street_address=street)
    elif number:
        # A bare number whose village nobody can name must not be given to the post town.
        address = replace(address, locality_name=None)
    return name, address


def _at_postal_code(text: str) -> tuple[str, str | None, str]:
    codes = list(_POSTAL_CODE.finditer(text))
    if not codes:
        return text, None, ""
    last = codes[-1]
    code = f"{last['area']}-{last['post'] or last['post_alone']}"
    return text[: last.start()], code, text[last.end() :]


def _segments(text: str) -> list[str]:
    spaced = _MARK_WITHOUT_SPACE.sub(r"\1. ", text)
    return [part for part in map(one_line, _SEPARATORS.split(spaced)) if part]


def _door_parts(door: list[str]) -> tuple[str | None, str | None]:
    """Return the street address and the village of the segments before the postal code."""
    street: str | None = None
    village: str | None = None
    for segment in door:
        numbered = _ENDS_WITH_NUMBER.match(segment)
        if _ONLY_NUMBER.match(segment):
            street = f"{street} {segment}" if street else segment
        elif _STREET_START.match(segment):
            street = segment
        elif numbered:
            street = street or segment
            village = village or numbered["words"]
        else:
            village = segment
    return street, village


def _name_and_door(head: str, town: str) -> tuple[str, str]:
    """Part what stands before the postal code; some cells write the post town there too."""
    starts = list(_STREET_START.finditer(head))
    if not starts:
        return _name_and_numbered_door(head)
    name, door = head[: starts[-1].start()], head[starts[-1].start() :]
    segments = _segments(name)
    if len(segments) > 1 and segments[-1] == town:
        return ", ".join(segments[:-1]), f"{town}\n{door}"
    return one_line(name), door


def _name_and_numbered_door(head: str) -> tuple[str, str]:
    """Part a head without a street: the door is its last segment when that ends with a house number."""
    segments = _segments(head)
    last = segments[-1] if segments else ""
    numbered = _ENDS_WITH_NUMBER.match(last)
    if numbered is None:
        return one_line(head), ""
    door = numbered["number"] if _PLACE_IN_NAME.search(numbered["words"]) else last
    return one_line(head[: head.rindex(door)]), door


def _same_stem(declined: str, own_name: str) -> bool:
    """Tell whether a declined place may be the town: Skrzydlnej and Skrzydlna, not Radwanowicach and Rudawa."""
    return declined[:_SHARED_STEM].casefold() == own_name[:_SHARED_STEM].casefold()


def _town(name: str | None) -> str | None:
    return re.sub(r"\s*-\s*", "-", name) if name else None
