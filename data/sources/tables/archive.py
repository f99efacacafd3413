"""Workbooks are ZIP archives: looking into one without trusting what it says about its own size."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from data.sources.tables.limits import (
    FREE_UNPACKED_BYTES,
    MOST_PARTS,
    MOST_UNPACK_RATIO,
    MOST_UNPACKED_BYTES,
)
from data.store.errors import RegisterError

_CHUNK = 2**20
_LOCAL_HEADER_BYTES = 30
_ENCRYPTED = 0x1


class Archive:
    """
    A ZIP archive whose claims were checked when it was opened, and whose parts were all unpacked once.

    Claims are not enough: a directory may say 1 kB for a part of 2 GB, and the library that reads workbooks
    would unpack all of it. So every part is unpacked here first, counting, and thrown away.

    Raises
    ------
    RegisterError
        If the archive is broken, encrypted, claims or has too much, or has another size than it claims.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with zipfile.ZipFile(path) as archive:
                self.parts = {part.filename: part for part in archive.infolist()}
                listed = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError) as error:
            raise _broken(path, str(error)) from error
        self._check_claims(listed)
        self._left = MOST_UNPACKED_BYTES
        for part in listed:
            for _ in self._unpack(part):
                pass

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of a part."""
        self._left = MOST_UNPACKED_BYTES
        yield from self._unpack(self.parts[name])

    def read(self, name: str) -> bytes:
        """Return the content of a part."""
        return b"".join(self.chunks(name))

    def _check_claims(self, listed: list[zipfile.ZipInfo]) -> None:
        name = self.path.name
        if len(listed) > MOST_PARTS:
            message = (
                f"{name}: expected a workbook of at most {MOST_PARTS:,} parts, found {len(listed):,}. "
                "Fetch the file again."
            )
            raise RegisterError(message, file=name, found=len(listed))
        if any(part.flag_bits & _ENCRYPTED for part in listed):
            message = f"{name}: expected an open archive, found one with a password. Ask for a file without."
            raise RegisterError(message, file=name)
        unpacked = sum(part.file_size for part in listed)
        if unpacked > MOST_UNPACKED_BYTES:
            raise _too_large(self.path, f"{unpacked / 2**20:,.0f} MB")
        packed = max(self.path.stat().st_size, 1)
        if unpacked > FREE_UNPACKED_BYTES and unpacked / packed > MOST_UNPACK_RATIO:
            raise _too_large(self.path, f"{unpacked / 2**20:,.0f} MB in {packed / 2**10:,.0f} kB")

    def _unpack(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the unpacked bytes of a part, and make sure that it ends where and as its entry says."""
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _broken(self.path, f"{part.filename!r} is packed in way {part.compress_type}")
        size, checksum = 0, 0
        with self.path.open("rb") as file:
            for chunk in self._raw(file, part):
                size += len(chunk)
                self._left -= len(chunk)
                if self._left < 0 or size > part.file_size:
                    raise _too_large(
                        self.path, f"more than {part.file_size:,} bytes claimed for {part.filename!r}"
                    )
                checksum = zlib.crc32(chunk, checksum)
                yield chunk
        if size != part.file_size or checksum != part.CRC:
            raise _broken(self.path, f"{part.filename!r} is damaged")

    def _raw(self, file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
        file.seek(max(part.header_offset, 0))
        header = file.read(_LOCAL_HEADER_BYTES)
        if len(header) < _LOCAL_HEADER_BYTES or header[:4] != b"PK\x03\x04":
            raise _broken(self.path, f"{part.filename!r} has no beginning")
        file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        left = part.compress_size
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
        while left > 0 and (packed := file.read(min(_CHUNK, left))):
            left -= len(packed)
            if unpacker is None:
                yield packed
                continue
            try:
                while packed:
                    yield unpacker.decompress(packed, _CHUNK)
                    packed = unpacker.unconsumed_tail
            except zlib.error as error:
                raise _broken(self.path, f"{part.filename!r}: {error}") from error
        if unpacker is not None:
            # What the unpacker still holds of a block larger than one chunk.
            while rest := unpacker.decompress(unpacker.unconsumed_tail, _CHUNK):
                yield rest


def _broken(path: Path, found: str) -> RegisterError:
    message = f"{path.name}: expected a whole archive, found a broken one ({found}). Fetch the file again."
    return RegisterError(message, file=path.name, found=found)


def _too_large(path: Path, found: str) -> RegisterError:
    message = (
        f"{path.name}: expected an archive that unpacks to at most {MOST_UNPACKED_BYTES / 2**20:,.0f} MB and "
        f"{MOST_UNPACK_RATIO} times its size, found {found}: an archive bomb or a damaged file. It was not unpacked; "
        "fetch it again from the publisher."
    )
    return RegisterError(message, file=path.name, found=found)
