"""TOML files of catalogues: read, with the first thing that is wrong in words of the file."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from geo.errors import SupportMapError

_MOST_TOLD: Final = 10


class CatalogueError(SupportMapError, ValueError):
    """The catalogue has a key that is unknown, missing or out of range."""


def read_toml(path: Path) -> dict[str, object]:
    """
    Return what a TOML file says.

    Raises
    ------
    CatalogueError
        If it cannot be read or is none; the message names the file.
    """
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path.name}: expected a TOML file: {error}", path=str(path)) from error


def first_problem(error: ValidationError, content: object) -> str:
    """Say the first problem, and where it and the others are, in words of the file: codes instead of positions."""
    places = [_place(problem["loc"], content) for problem in error.errors()]
    others = list(dict.fromkeys(places[1:]))
    more = f" and {len(others) - _MOST_TOLD} more" if len(others) > _MOST_TOLD else ""
    also = f" (and problems of {', '.join(others[:_MOST_TOLD])}{more})" if others else ""
    return f"{places[0]}: {error.errors()[0]['msg']}{also}"


def _place(location: Sequence[int | str], content: object) -> str:
    """Return where a problem is: the code of a source in place of its position."""
    where: list[str] = []
    at = content
    for part in location:
        try:
            at = at[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            at = None
        where.append(
            str(at["code"]) if isinstance(part, int) and isinstance(at, dict) and "code" in at else str(part)
        )
    return ".".join(where) or "catalogue"
