"""Addresses of texts of others that are safe to link to: web pages and telephones."""

from urllib.parse import quote, urlsplit

from layers.answers.telephones import dialled


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


def source_address(url: object) -> str:
    """Return the address of the page that says something; a bare host is no such page, and empty."""
    address = web_address(url)
    parts = urlsplit(address)
    return address if parts.path.strip("/") or parts.query else ""


def phone_address(phone: str) -> str:
    """Return the `tel:` address of a phone number as written; empty where it calls nobody (`telephones.dialled`)."""
    digits = dialled(phone)
    return f"tel:{digits}" if digits else ""
