"""The key that forms are signed with: a setting, or a file beside the database that only its owner may read."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from data.store.settings import Settings
from geo.errors import SupportMapError

_LEAST_BYTES = 16
_BYTES = 32


class FormKeyError(SupportMapError, RuntimeError):
    """There is no key, and none can be made: nothing that readers send can be taken."""


def form_key(settings: Settings) -> bytes:
    """
    Return the key; makes the file on first use. Several processes beside one another get the same.

    Raises
    ------
    FormKeyError
        If the file cannot be made or read, or holds no key.
    """
    if settings.form_key is not None:
        return settings.form_key.encode()
    path = settings.form_key_file
    if path is None:
        raise FormKeyError(
            "expected SUPPORT_MAP_FORM_KEY or a place for its file, found neither; set the variable"
        )
    try:
        key = _made(path)
    except OSError as error:
        raise FormKeyError(
            f"expected to make the key of forms at {path}, found: {error.strerror or error}; give the user of this "
            "program the right to write its folder, or set SUPPORT_MAP_FORM_KEY"
        ) from error
    if len(key) < _LEAST_BYTES:
        raise FormKeyError(
            f"expected a key of forms at {path}, found none; delete the file, and it is made again"
        )
    return key


def _made(path: Path) -> bytes:
    """Return what the file holds; the first process writes it whole under another name and links it in its place."""
    if path.is_file():
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(_BYTES).encode())
        # Where another process was first, its key is the one.
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        fresh.unlink()
    return path.read_bytes()
