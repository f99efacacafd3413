"""Reading the text of fields that hold lists or words of a fixed set: telephones, languages, areas, ages."""

import re
from collections.abc import Callable
from typing import Any

from data.opening_hours import check, from_polish
from data.sources.cell_text import one_line, read_number, read_phones
from data.sources.registers.code_text import area_code, reason_of_bad_code
from data.store.errors import UnreadableRowError
from data.store.origins import ORIGINS
from data.store.schema import VISIBILITIES, WHEELCHAIR
from geo.errors import SupportMapError

OLDEST_AGE = 120

_PHONE = re.compile(r"(?P<number>.*?)(?: wew\. (?P<extension>\d+))?(?: \((?P<description>[^\W\d][^()]*)\))?")
_COORDINATES = re.compile(r"(?P<latitude>\d{2}[.,]\d+)[ ;,]+(?P<longitude>\d{2}[.,]\d+)")
_ITEMS = re.compile(r"\s*[;\n]\s*")
_WORDS = re.compile(r"\s*[;,\n/]\s*|\s+i\s+")
_LANGUAGES = {
    "polski": "pl",
    "ukraiński": "uk",
    "angielski": "en",
    "rosyjski": "ru",
    "białoruski": "be",
    "niemiecki": "de",
    "francuski": "fr",
    "wietnamski": "vi",
    "arabski": "ar",
    "romski": "rom",
    "litewski": "lt",
    "kaszubski": "csb",
    "polski język migowy": "pso",
    "pjm": "pso",
}
_WHEELCHAIR = {"tak": "yes", "częściowo": "limited", "nie": "no", "designated": "yes"}


def read_detail(field: str, kind: str, text: str, *, voivodeship_code: str | None = None) -> Any:
    """
    Return the value of a field of one of the kinds below; codes are read within the voivodeship, when it is known.

    Raises
    ------
    UnreadableRowError
        If a word is not one of the set, or a number is out of range.
    """
    if kind == "area_codes":
        return _area_codes(field, text, voivodeship_code)
    return _READERS[kind](field, text)


def phone_records(numbers: list[str]) -> list[dict[str, Any]]:
    """Return telephones as records, the extension ("wew. 225") and the word about it apart from its number."""
    records = []
    for said in numbers:
        match = _PHONE.fullmatch(said)
        record: dict[str, Any] = {"number": match["number"] if match else said}
        if match and match["extension"]:
            record["extension"] = int(match["extension"])
        if match and match["description"]:
            record["description"] = match["description"]
        records.append(record)
    return records


def _items(_field: str, text: str) -> list[str]:
    return list(dict.fromkeys(one_line(item) for item in _ITEMS.split(text) if one_line(item)))


def _languages(field: str, text: str) -> list[str]:
    codes = []
    for word in filter(None, (one_line(part).casefold() for part in _WORDS.split(text))):
        code = _LANGUAGES.get(word, word)
        if not re.fullmatch(r"[a-z]{2,3}", code):
            raise UnreadableRowError(
                "unknown_value", f"{field}: {word!r}, expected a language of ISO 639 such as pl, uk, en"
            )
        codes.append(code)
    return list(dict.fromkeys(codes))


def _hours(field: str, text: str) -> str:
    plain = one_line(text)
    try:
        check(plain)
    except SupportMapError as error:
        raise UnreadableRowError("unreadable_hours", f"{field}: {error}") from error
    return plain


def _age(field: str, text: str) -> int:
    number = read_number(text)
    if number is None or not number.is_integer() or not 0 <= number <= OLDEST_AGE:
        raise UnreadableRowError(
            "absurd_number", f"{field}: {text!r}, expected an age of 0 to {OLDEST_AGE} years"
        )
    return int(number)


def _area_codes(field: str, text: str, voivodeship_code: str | None) -> list[str]:
    """Return TERYT codes of gminas (6 digits), powiats and voivodeships, or `00` for Poland."""
    codes = []
    for word in filter(None, re.split(r"[\s;,]+", text)):
        code = area_code(word, voivodeship_code=voivodeship_code)
        if code is None:
            raise UnreadableRowError(
                reason_of_bad_code(word),
                f"{field}: {word!r}, expected TERYT codes of 2, 4, 6 or 7 digits with the zero before them",
            )
        codes.append(code)
    return list(dict.fromkeys(codes))


def _one_of(field: str, word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise UnreadableRowError("unknown_value", f"{field}: {word!r}, expected one of {', '.join(known)}")
    return word


def _stops(field: str, text: str) -> list[dict[str, Any]]:
    """
    Return the stops of a service on wheels: "Rynek | pn.-pt. 17-18 | 50,0619 19,9373; Dworzec | 18:30-19".

    Only the name must be there; what is no coordinate is the hours.
    """
    stops = []
    for item in _items(field, text):
        name, *parts = [part.strip() for part in item.split("|")]
        if not name:
            raise UnreadableRowError(
                "unknown_value", f"{field}: {item!r}, expected a stop that begins with its name"
            )
        stop: dict[str, Any] = {"name": name}
        for part in filter(None, parts):
            if match := _COORDINATES.fullmatch(part):
                stop |= {axis: float(match[axis].replace(",", ".")) for axis in ("latitude", "longitude")}
            else:
                stop |= {"opening_hours_text": part, "opening_hours": from_polish(part)}
        stops.append(stop)
    return stops


def _wheelchair(field: str, text: str) -> str:
    plain = one_line(text).casefold()
    return _one_of(field, _WHEELCHAIR.get(plain, plain), WHEELCHAIR)


_READERS: dict[str, Callable[[str, str], Any]] = {
    "phones": lambda _field, text: phone_records(read_phones(text)),
    "list": _items,
    "languages": _languages,
    "wheelchair": _wheelchair,
    "origin": lambda field, text: _one_of(field, one_line(text), ORIGINS),
    "visibility": lambda field, text: _one_of(field, one_line(text), VISIBILITIES),
    "hours": _hours,
    "age": _age,
    "stops": _stops,
}
DETAIL_KINDS = (*_READERS, "area_codes")
