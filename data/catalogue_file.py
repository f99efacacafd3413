"""TOML files of catalogues: read, with the first thing that is wrong in words of the file."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from geo.errors import SupportMapError


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
    """Say where the first problem is in words of the file: the source's code instead of its position."""
    problem = error.errors()[0]
    where: list[str] = []
    at = content
    for part in problem["loc"]:
        try:
            at = at[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            at = None
        where.append(
            str(at["code"]) if isinstance(part, int) and isinstance(at, dict) and "code" in at else str(part)
        )
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{'.'.join(where) or 'catalogue'}: {problem['msg']}{more}"
