"""Searching whatever leaves the application for the true place of what is protected, however it is written down."""

import base64
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
from shapely import Point

_PNG = b"\x89PNG\r\n\x1a\n"
_GZIP = b"\x1f\x8b"
_NEAR_DEGREES = 1e-6
_NEAR_METRES = 0.05
_DATA_URL = re.compile(rb"base64,([A-Za-z0-9+/=\s]{40,})")


@dataclass(frozen=True)
class Secrets:
    """Words of addresses, and doors in EPSG:4326, that nothing may tell."""

    words: tuple[str, ...]
    doors: tuple[Point, ...]

    def found_in(self, content: bytes | str) -> list[str]:
        """Return what of them is in a text or a file: as text in any encoding, as numbers, packed or not."""
        whole = content.encode() if isinstance(content, str) else content
        return sorted({found for part in unpacked(whole) for found in self._found(part)})

    def _found(self, part: bytes) -> Iterator[str]:
        lowered = part.lower()
        for word, forms in self._written.items():
            if any(form in lowered for form in forms):
                yield word
        text = part.decode("latin-1")
        for digits, pattern in self._coordinates:
            # Nearly nowhere: to look for plain digits takes a hundredth of what the pattern does.
            if digits in part and (found := pattern.search(text)):
                yield f"coordinate {found.group()}"
        yield from self._numbers(part)

    @cached_property
    def _written(self) -> dict[str, list[bytes]]:
        """Each word in lower case as texts hold it."""
        return {
            word: [word.lower().encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
            for word in self.words
        }

    @cached_property
    def _coordinates(self) -> list[tuple[bytes, re.Pattern[str]]]:
        """
        Degrees with four decimals or more, cut or rounded, with a point or a comma; and whole metres.

        Beside each pattern are digits that every text has in which it is found.
        """
        degrees = {
            form
            for door in self.doors
            for value in (door.x, door.y)
            for form in (f"{value:.4f}", f"{int(value * 10_000) / 10_000:.4f}")
        }
        metres = {form for value in self._metres for form in (f"{value:.0f}", f"{int(value)}")}
        patterns = [(form[-4:], rf"(?<!\d){form[:-5]}[.,]{form[-4:]}") for form in sorted(degrees)]
        patterns += [(form, rf"(?<![\d.]){form}(?!\d)") for form in sorted(metres)]
        return [(digits.encode(), re.compile(pattern)) for digits, pattern in patterns]

    @cached_property
    def _metres(self) -> list[float]:
        """The doors in the systems that maps measure in."""
        doors = gpd.GeoSeries(list(self.doors), crs="EPSG:4326")
        projected = [point for code in (2180, 3857) for point in doors.to_crs(code)]
        return [value for point in projected for value in (point.x, point.y)]

    def _numbers(self, part: bytes) -> Iterator[str]:
        """Look for doubles of both byte orders at every byte, as WKB, SQLite and protobuf hold them."""
        wanted = [(value, _NEAR_DEGREES) for door in self.doors for value in (door.x, door.y)]
        wanted += [(value, _NEAR_METRES) for value in self._metres]
        least, most = min(wanted)[0] - 1, max(wanted)[0] + 1
        for offset in range(8):
            cut = part[offset : offset + (len(part) - offset) // 8 * 8]
            for order in ("<f8", ">f8"):
                numbers = np.frombuffer(cut, dtype=order)
                with np.errstate(invalid="ignore"):
                    numbers = numbers[(numbers > least) & (numbers < most)]
                for value, near in wanted:
                    if (np.abs(numbers - value) < near).any():
                        yield f"number {value:.6f}"


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield a file and everything packed in it: members of archives, texts of pictures, data in addresses."""
    yield content
    if content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive.comment
            for member in archive.infolist():
                yield member.filename.encode()
                yield from unpacked(archive.read(member))
    elif content.startswith(_GZIP):
        yield from unpacked(zlib.decompress(content, wbits=31))
    elif content.startswith(_PNG):
        yield from _texts_of_picture(content)
    for found in _DATA_URL.finditer(content):
        inner = re.sub(rb"\s", b"", found.group(1))
        yield from unpacked(base64.b64decode(inner + b"=" * (-len(inner) % 4)))


def _texts_of_picture(content: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        if kind in {b"tEXt", b"eXIf"}:
            yield body
        elif kind in {b"zTXt", b"iTXt", b"iCCP"}:
            yield body
            yield from _inflated(body)
        at += length + 12


def _inflated(body: bytes) -> Iterable[bytes]:
    """Return what is packed somewhere in a chunk."""
    for start in range(len(body)):
        if body[start : start + 1] == b"\x78":
            try:
                return [zlib.decompress(body[start:])]
            except zlib.error:
                continue
    return []
