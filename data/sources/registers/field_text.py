"""Reading the text of one field as what the field is: a number, a date, a list of telephones, a code."""

import re
from collections.abc import Callable
from typing import Any

from data.sources.cell_text import (
    EARLIEST_DATE,
    is_date_text,
    is_sane_date,
    latest_date,
    one_line,
    read_date,
    read_number,
    read_powiat,
)
from data.sources.registers.code_text import area_code, gmina_code, postal_code, reason_of_bad_code
from data.sources.registers.detail_text import DETAIL_KINDS, read_detail
from data.sources.registers.powiat_text import without_capital
from data.sources.registers.record_fields import FIELDS
from data.sources.tables.cells import NOT_ONE_PLACE
from data.store.errors import UnreadableRowError
from data.store.grades import PLACE_GRADES
from data.store.schema import SERVICE_STATUSES
from data.vocabulary import support_forms
from geo.teryt import ALL_VOIVODESHIPS

MOST_PLACES = 5000
"""No home or shelter in Poland is nearly as large; more is a typing error or a telephone astray."""
MOST_DAYS = 20_000
_MOST_OF = {"_days": MOST_DAYS, "_radius_m": 100_000}
POLAND = {"latitude": (48.9, 56.1), "longitude": (14.0, 24.3)}
_LEAST_METRES = 1_000

_THOUSANDS_OR_DECIMALS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
_PRECISIONS = {"verified_on": "verified_precision", "stated_on": "stated_precision"}
_WEB_ADDRESS = re.compile(
    r"(?P<scheme>https?://)?(?P<rest>[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?)(?:[\s,;].*)?"
)
_EXPECTED_CODES = {
    "postal_code": "a postal code such as 30-001",
    "stated_gmina_code": "the TERYT code of a gmina, 6 or 7 digits with the zero before them",
}
_VOIVODESHIP_WORD = re.compile(r"^(?:województwo|woj\.?) *", re.IGNORECASE)
_VOIVODESHIP_CODES = {name.casefold(): code for code, name in ALL_VOIVODESHIPS.items()}


def read_field(field: str, text: str, *, voivodeship_code: str | None = None) -> dict[str, Any]:
    """
    Return the value of a field, and of the fields that the same text decides.

    A date gives its precision, a powiat whether it is a city. The voivodeship of the register, when it has one,
    tells which of two codes a number without its first zero was.

    Raises
    ------
    UnreadableRowError
        If the text is not what the field is, or its value is out of range.
    """
    kind = FIELDS[field]
    if kind in DETAIL_KINDS:
        return {field: read_detail(field, kind, text, voivodeship_code=voivodeship_code)}
    plain = one_line(text)
    if kind == "gmina_code":
        return {field: _known_code(field, text, gmina_code(plain, voivodeship_code=voivodeship_code))}
    if kind == "powiat":
        name, is_city = read_powiat(plain)
        return {field: name, "is_city_powiat": is_city}
    if kind == "date":
        return _date(field, plain)
    return {field: _READERS.get(kind, _word)(field, plain)}


def _word(field: str, text: str) -> str:
    if field == "file_place_grade" and text not in PLACE_GRADES:
        raise UnreadableRowError("unknown_value", f"{field}: {text!r}")
    if field in {"locality_name", "post_town", "stated_gmina_name"}:
        return without_capital(re.sub(r"\s*-\s*", "-", text))
    return text


def _whole_number(field: str, text: str) -> int:
    number = read_number(text)
    if number is None or not number.is_integer():
        made = "; a spreadsheet may have made it a date" if is_date_text(text) else ""
        raise UnreadableRowError("not_a_number", f"{field}: {text!r}, expected a whole number{made}")
    if _THOUSANDS_OR_DECIMALS.fullmatch(text):
        one, other = int(number), int(re.sub(r"\D", "", text))
        raise UnreadableRowError("not_a_number", f"{field}: {text!r} may be {one} or {other}")
    most = next((limit for end, limit in _MOST_OF.items() if field.endswith(end)), MOST_PLACES)
    if not 0 <= number <= most:
        raise UnreadableRowError("absurd_number", f"{field}: {text!r}, expected 0 to {most}")
    return int(number)


def _coordinate(field: str, text: str) -> float:
    number = read_number(text)
    least, most = POLAND[field]
    if number is None and text.startswith(NOT_ONE_PLACE):
        raise UnreadableRowError("not_one_place", f"{text}; expected one point, or one outline")
    if number is None:
        raise UnreadableRowError("not_a_number", f"{field}: {text!r}, expected degrees such as {least + 1}")
    if not least <= number <= most:
        metres = "; it looks like metres of EPSG:2180" if abs(number) > _LEAST_METRES else ""
        raise UnreadableRowError(
            "absurd_coordinate", f"{field}: {text!r}, Poland has {least} to {most}{metres}"
        )
    return number


def refuse_swapped(latitude: str, longitude: str) -> None:
    """
    Refuse a row whose latitude would be a longitude of Poland and the other way round.

    Nothing is exchanged for the publisher: a swap is a guess, and a wrong point looks like a right one.

    Raises
    ------
    UnreadableRowError
        With the reason `swapped_coordinates`.
    """
    numbers = {"latitude": read_number(one_line(longitude)), "longitude": read_number(one_line(latitude))}
    if all(number is not None and _is_in_poland(field, number) for field, number in numbers.items()):
        found = f"latitude: {latitude!r}, longitude: {longitude!r}; they look swapped"
        raise UnreadableRowError("swapped_coordinates", found, column="latitude")


def _is_in_poland(field: str, number: float) -> bool:
    least, most = POLAND[field]
    return least <= number <= most


def _date(field: str, text: str) -> dict[str, Any]:
    read = read_date(text)
    if read is None:
        raise UnreadableRowError("unreadable_date", f"{field}: {text!r}, expected a date")
    day, precision = read
    if not is_sane_date(day):
        raise UnreadableRowError(
            "absurd_date", f"{field}: {text!r}, expected a day between {EARLIEST_DATE} and {latest_date()}"
        )
    return {field: day} | ({_PRECISIONS[field]: precision} if field in _PRECISIONS else {})


def _web_address(field: str, text: str) -> str:
    """Return an address that can be a link: a bare host gets a scheme, words after it are left out."""
    match = _WEB_ADDRESS.fullmatch(text)
    if match is None:
        raise UnreadableRowError("unreadable_web_address", f"{field}: {text!r}")
    return (match["scheme"] or "http://") + match["rest"]


def _code(field: str, text: str) -> str:
    match FIELDS[field]:
        case "postal_code":
            code = postal_code(text)
        case "voivodeship":
            code = _voivodeship(text)
        case "form":
            code = text if text in support_forms() else None
        case _:
            code = text if text in SERVICE_STATUSES else None
    return _known_code(field, text, code)


def _voivodeship(text: str) -> str | None:
    code = area_code(text) if text[:1].isdigit() else None
    name = _VOIVODESHIP_WORD.sub("", text).casefold()
    return code if code in ALL_VOIVODESHIPS else _VOIVODESHIP_CODES.get(name)


def _known_code(field: str, text: str, code: str | None) -> str:
    if code is not None:
        return code
    if field in _EXPECTED_CODES:
        found = f"{field}: {text!r}, expected {_EXPECTED_CODES[field]}"
        raise UnreadableRowError(reason_of_bad_code(text), found)
    raise UnreadableRowError("unknown_value", f"{field}: {text!r}")


def _reference(field: str, text: str) -> str:
    """Return the address that the text begins with; a source that is no page is named as it is."""
    return _web_address(field, text) if text.startswith(("http://", "https://")) else text


_READERS: dict[str, Callable[[str, str], Any]] = {
    "integer": _whole_number,
    "decimal": _coordinate,
    "web": _web_address,
    "reference": _reference,
    "postal_code": _code,
    "voivodeship": _code,
    "form": _code,
    "status": _code,
}
