"""Addresses of texts of others that are safe to link to: web pages and telephones."""

import re
from urllib.parse import quote, urlsplit

_PHONE = re.compile(r"[0-9+()\s./–-]+", re.ASCII)
_NOT_DIALLED = re.compile(r"[^0-9+]")
_PREFIX = re.compile(r"(?i)^\s*(?:tel|telefon|kom)\b[.:\s]*")
_LOCAL_DIGITS = 7
_EXTENSION = re.compile(r"(?i)\b(?:w(?:ew)?|ext)\b.*")


def web_address(url: object) -> str:
    """Return an http(s) address safe to link to, or an empty string."""
    if not isinstance(url, str):
        return ""
    text = url.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc:
        return ""
    return quote(text, safe=":/?#[]@!$&'()*+,;=%-._~").replace("(", "%28").replace(")", "%29")


def phone_address(phone: str) -> str:
    """
    Return the `tel:` address of a phone number as written, or an empty string when it does not look like one.

    An extension ("wew. 12") cannot be dialled by a link and is left to the label. Nine digits are a Polish
    number; fewer are only emergency numbers (112, 98x, 99x) and helplines (116 xxx, 19 xxx). All others are typing
    errors or lack an area code: a link would call somebody else.
    """
    number = _EXTENSION.sub("", _PREFIX.sub("", phone)).strip()
    if not _PHONE.fullmatch(number):
        return ""
    digits = _NOT_DIALLED.sub("", number)
    digits = re.sub(r"^00(?=\d{9,})", "+", digits)
    if not re.fullmatch(r"\+[0-9]{8,15}|[0-9]{9}|112|9[89][0-9]|116[0-9]{3}|19[0-9]{3}", digits):
        return ""
    if len(digits) == 9 and not digits.startswith("+"):
        digits = f"+48{digits}"
    return f"tel:{digits}"


def lacks_area_code(phone: str) -> bool:
    """Tell whether a phone number as written is one of seven digits, which nobody can call from elsewhere."""
    number = _EXTENSION.sub("", _PREFIX.sub("", phone)).strip()
    return bool(_PHONE.fullmatch(number)) and len(_NOT_DIALLED.sub("", number)) == _LOCAL_DIGITS
