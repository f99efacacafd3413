"""The command that makes the files of the example region again."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.example.files import write_region
from data.store.settings import Settings, example_catalogue


def add_to(commands: Any) -> None:
    """Add the command to a parser."""
    command = commands.add_parser("example", help="make the files of the invented example region again")
    command.add_argument("folder", type=Path, nargs="?", help="where to; default: where the load reads it")
    command.set_defaults(run=_example)


def _example(options: argparse.Namespace, engine: Engine, settings: Settings) -> Iterator[str]:
    del engine, settings
    folder = options.folder or example_catalogue().parent
    written = write_region(folder)
    size = sum(path.stat().st_size for path in written)
    yield f"{len(written)} files, {size / 1e6:.1f} MB, written to {folder}"
