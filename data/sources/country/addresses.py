"""Addresses with their points, and streets with their middle, as the address points of PRG give them."""

import csv
import gzip
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

from data.sources.readable import UNREADABLE, unreadable
from data.sources.staged import SourceFormatError

_NAMES: Final = {
    "gmina_code": ("teryt", "gmina_code", "teryt_gminy", "terc"),
    "locality": ("miejscowosc", "locality", "city"),
    "street": ("street", "ulica"),
    "number": ("housenumber", "numer", "house_number", "numer_porzadkowy"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "longitude"),
    "addresses": ("addresses",),
    "half_diagonal_km": ("half_diag_km",),
}
"""Column → the names that files give it, in any case."""
_OF_ADDRESSES: Final = ("gmina_code", "locality", "street", "number", "latitude", "longitude")
_OF_STREETS: Final = (
    "gmina_code",
    "locality",
    "street",
    "addresses",
    "latitude",
    "longitude",
    "half_diagonal_km",
)
_LATITUDES: Final = (48.9, 55.0)
_LONGITUDES: Final = (14.0, 24.3)
"""A box around Poland: degrees that are swapped, or metres, lie outside it."""
_LONGEST_M: Final = 500_000.0
_KIND: Final = "a CSV file of addresses"
_GMINA_DIGITS: Final = 6
_GZIP_MARK: Final = b"\x1f\x8b"


class AddressLine(NamedTuple):
    """
    One address: `street` is empty in a village without streets; the point is in degrees (EPSG:4326).

    `fault` is empty, or why the line says nothing: `missing_name_or_point`, `outside_poland` or `missing_number`.
    """

    gmina_code: str
    locality: str
    street: str
    number: str
    latitude: float
    longitude: float
    fault: str = ""


class StreetLine(NamedTuple):
    """One street of a locality: the median of its addresses, and half the diagonal of their box in metres."""

    gmina_code: str
    locality: str
    street: str
    addresses: int
    latitude: float
    longitude: float
    half_diagonal_m: float
    fault: str = ""


def address_lines(path: Path) -> Iterator[AddressLine]:
    """
    Give the addresses of a file one by one, so that a whole country needs no more memory than a line.

    Parameters
    ----------
    path
        CSV, parted by comma or semicolon, gzipped or not, with the columns gmina code (6 or 7 digits), locality,
        street, house number, latitude and longitude (degrees) under any of their names, in any order.

    Raises
    ------
    SourceFormatError
        If a column is missing or the file cannot be read to its end.
    """
    for code, locality, street, number, latitude, longitude in _cells(path, _OF_ADDRESSES):
        lat, lon = _degrees(latitude), _degrees(longitude)
        fault = _fault(code, locality, lat, lon) or ("" if number.strip() else "missing_number")
        yield AddressLine(
            code[:_GMINA_DIGITS], locality.strip(), street.strip(), number.strip(), lat, lon, fault
        )


def street_lines(path: Path) -> Iterator[StreetLine]:
    """
    Give the streets of a file one by one; as `address_lines`, with the number of addresses and half the diagonal, km.

    Raises
    ------
    SourceFormatError
        If a column is missing or the file cannot be read to its end.
    """
    for code, locality, street, addresses, latitude, longitude, half_km in _cells(path, _OF_STREETS):
        lat, lon, half_m = _degrees(latitude), _degrees(longitude), _degrees(half_km) * 1000.0
        fault = _fault(code, locality and street, lat, lon)
        if not 0 <= half_m <= _LONGEST_M:
            fault = fault or "missing_name_or_point"
        count = int(addresses) if addresses.isdecimal() else 0
        yield StreetLine(
            code[:_GMINA_DIGITS], locality.strip(), street.strip(), count, lat, lon, half_m, fault
        )


def _fault(code: str, name: str, latitude: float, longitude: float) -> str:
    is_whole = code[:_GMINA_DIGITS].isdigit() and len(code) >= _GMINA_DIGITS and bool(name.strip())
    if not is_whole or not math.isfinite(latitude + longitude):
        return "missing_name_or_point"
    is_in_poland = (
        _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
    )
    return "" if is_in_poland else "outside_poland"


def _degrees(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def _cells(path: Path, columns: Sequence[str]) -> Iterator[list[str]]:
    """Give the cells of some columns, line by line."""
    try:
        with _text(path) as file:
            head = file.readline()
            separator = ";" if head.count(";") > head.count(",") else ","
            header = next(csv.reader([head.removeprefix("\ufeff")], delimiter=separator), [])
            at = [_column(header, column, path) for column in columns]
            for line in csv.reader(file, delimiter=separator):
                if line:
                    yield [line[place] if place < len(line) else "" for place in at]
    except UNREADABLE as error:
        raise unreadable(path, _KIND, error) from error


def _column(header: Sequence[str], column: str, path: Path) -> int:
    names = [name.strip().casefold() for name in header]
    found = next((names.index(name) for name in _NAMES[column] if name in names), None)
    if found is None:
        raise SourceFormatError(
            f"{path.name}: expected a column {' or '.join(_NAMES[column])}, found {', '.join(header) or 'none'}. "
            "Check that it is the file that the catalogue names.",
            column=column,
        )
    return found


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    """Open a text, gzipped or not, whatever its name ends with."""
    with path.open("rb") as raw:
        is_gzipped = raw.read(2) == _GZIP_MARK
    if is_gzipped:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as unpacked:
            yield unpacked
    else:
        with path.open(encoding="utf-8", newline="") as file:
            yield file
