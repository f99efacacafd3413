"""One answer to every file that cannot be read: which, what was found, what to do."""

import csv
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

import pandas as pd
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

from data.sources.staged import SourceFormatError

UNREADABLE: Final = (
    OSError,
    EOFError,
    UnicodeError,
    csv.Error,
    zipfile.BadZipFile,
    zlib.error,
    sqlite3.Error,
    pd.errors.ParserError,
    pd.errors.EmptyDataError,
    DataSourceError,
    DataLayerError,
    FeatureError,
    GeometryError,
)
"""What readers of files raise for a file that is missing, cut short, damaged or of another kind."""
_LONGEST: Final = 200

Options = ParamSpec("Options")
Found = TypeVar("Found")


def reader_of(
    kind: str,
) -> Callable[[Callable[Concatenate[Path, Options], Found]], Callable[Concatenate[Path, Options], Found]]:
    """
    Return a decorator for a reader: a file that cannot be read becomes a `SourceFormatError` that names it.

    Parameters
    ----------
    kind
        What the file should be, as a person would call it: `a CSV file of postal codes`.
    """

    def decorated(
        read: Callable[Concatenate[Path, Options], Found],
    ) -> Callable[Concatenate[Path, Options], Found]:
        @wraps(read)
        def reading(path: Path, *args: Options.args, **options: Options.kwargs) -> Found:
            try:
                return read(path, *args, **options)
            except SourceFormatError:
                raise
            except UNREADABLE as error:
                raise unreadable(path, kind, error) from error

        return reading  # type: ignore[return-value]  # the wrapper keeps the names of its parameters

    return decorated


def unreadable(path: Path, kind: str, error: BaseException) -> SourceFormatError:
    """Return the error of a file that should be of a kind and cannot be read."""
    if path.is_dir():
        found, remedy = "a folder", "Name the file in it"
    elif not path.exists():
        found, remedy = "no such file", "Check its name"
    elif path.stat().st_size == 0:
        found, remedy = "an empty file", "Fetch it again"
    elif isinstance(error, PermissionError):
        found, remedy = "one that may not be read", "Give the user of this program the right to read it"
    else:
        # Libraries tell the whole path, which says nothing more and may be told to others.
        said = " ".join(str(error).replace(str(path), path.name).split())[:_LONGEST]
        found, remedy = (
            f"one that cannot be read ({said})",
            "It may be damaged or of another kind: fetch it again",
        )
    return SourceFormatError(f"{path.name}: expected {kind}, found {found}. {remedy}.", file=path.name)
