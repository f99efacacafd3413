"""How secret a place is: the words of visibility and their one order."""

from collections.abc import Iterable

VISIBILITIES = ("public", "gmina_centroid", "staff", "hidden")
"""
From the most open to the most secret: everybody sees the door; a label point in the middle of the gmina; staff only;
nobody.
"""
PUBLIC, HIDDEN = VISIBILITIES[0], VISIBILITIES[-1]
PROTECTED = VISIBILITIES[1:]
NOT_SHOWN = ("staff", "hidden")
"""A place with a door that is one of these is in no list and on no map."""


def secrecy(visibility: str | None) -> int:
    """Return the place of a word in the order, 0 for `public`; a missing word opens nothing that another closes."""
    return VISIBILITIES.index(visibility or PUBLIC)


def strictest(visibilities: Iterable[str | None]) -> str:
    """Return the most secret of the words, `public` when there is none."""
    return max((word or PUBLIC for word in visibilities), key=secrecy, default=PUBLIC)


def is_public(visibility: str | None) -> bool:
    """Tell whether everybody may see the door."""
    return secrecy(visibility) == 0
