"""House numbers: what a register writes, and the doors that it may mean."""

import re
from typing import Final

_NUMBER: Final = re.compile(r"\d+")
_PART: Final = re.compile(r"\d+[a-z]*")
_MOST_DIGITS: Final = 6
"""No house has more: that is a telephone."""


def written(number: str) -> str:
    """Return a house number as it is compared: "12 A" is "12a"."""
    return "".join(number.casefold().split())


def base_of(number: str) -> int:
    """Return the figure that a number begins with, -1 where it begins with none."""
    match = _NUMBER.match(written(number))
    return int(match[0]) if match and len(match[0]) <= _MOST_DIGITS else -1


def doors_meant(number: str) -> list[str]:
    """
    Return the doors that a number may mean, the likeliest first.

    "12/14" is a house of both numbers, or flat 14 of house 12; "12-14" is a house of both, written with a stroke by
    others, or known by one of its numbers. "12A" is no other door than itself: 12 is its neighbour.
    """
    text = written(number)
    parts = _PART.findall(text)
    found = [text, text.replace("-", "/"), text.replace("/", "-"), *parts[:1]]
    if "-" in text:
        found += parts[1:2]
    return list(dict.fromkeys(door for door in found if door))
