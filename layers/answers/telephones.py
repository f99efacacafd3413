"""Telephones as lists write them: what of them can be called by whoever reads them, and what only looks so."""

import re
from collections.abc import Iterable
from typing import Final

_PHONE: Final = re.compile(r"[0-9+()\s./–-]+", re.ASCII)
_NOT_DIALLED: Final = re.compile(r"[^0-9+]")
_PREFIX: Final = re.compile(r"(?i)^\s*(?:tel|telefon|kom)\b[.:\s]*")
_EXTENSION: Final = re.compile(r"(?i)\b(?:w(?:ew)?|ext)\b.*")
_WHOLE: Final = re.compile(r"\+[0-9]{8,15}|[0-9]{9}|112|9[89][0-9]|116[0-9]{3}|19[0-9]{3}")
_LOCAL_DIGITS: Final = 7


def dialled(phone: str) -> str:
    """
    Return the digits that call a number as written, with `+48` before Polish ones; empty where they call nobody.

    An extension ("wew. 12") cannot be dialled along. Nine digits are a Polish number; fewer are only emergency numbers
    (112, 98x, 99x) and helplines (116 xxx, 19 xxx). All others are typing errors or lack an area code: they would call
    somebody else.
    """
    number = _number(phone)
    digits = re.sub(r"^00(?=\d{9,})", "+", _NOT_DIALLED.sub("", number))
    if not _PHONE.fullmatch(number) or not _WHOLE.fullmatch(digits):
        return ""
    return f"+48{digits}" if len(digits) == 9 and not digits.startswith("+") else digits


def lacks_area_code(phone: str) -> bool:
    """Tell whether a phone number as written is one of seven digits, which nobody can call from elsewhere."""
    number = _number(phone)
    return bool(_PHONE.fullmatch(number)) and len(_NOT_DIALLED.sub("", number)) == _LOCAL_DIGITS


def can_be_called(phones: Iterable[object] | None) -> bool:
    """Tell whether one of several telephones calls somebody."""
    return any(isinstance(phone, str) and dialled(phone) for phone in phones or ())


def _number(phone: str) -> str:
    return _EXTENSION.sub("", _PREFIX.sub("", phone)).strip()
