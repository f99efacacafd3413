"""
A file is written whole or not at all, whatever ends the program.

It grows in a folder of its own beside its place and is moved there in one step at the end. A program that is ended
(`kill`, Ctrl-C, an error) takes the folder away itself; after `kill -9` or a power cut it stays, and the next program
that writes to the same place takes it away: its lock tells that nobody uses it any more.
"""

import fcntl
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

_PREFIX: Final = ".support-map-unfinished-"
_LOCK: Final = ".lock"


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """
    Give a path to write to; at the end the file is at `path`, or when anything fails what was there before is.

    Raises
    ------
    OSError
        If the folder of the file cannot be written to.
    """
    remove_unfinished(path.parent)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=path.parent))
    try:
        with (folder / path.name).with_suffix(_LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            Path(lock.name).rename(folder / _LOCK)  # only a lock that is held may be seen
            made = folder / path.name
            yield made
            made.replace(path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_unfinished(folder: Path) -> None:
    """Take away what programs that were killed left in a folder; what others are writing stays."""
    for left in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError), (left / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)


def end_tidily() -> None:
    """
    Let `kill` end the program like an error does, so that what it was writing is taken away.

    A signal that the program was started to ignore stays ignored: `nohup` is for an export that outlives its terminal.
    """

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        # A second signal ends at once.
        signal.signal(number, signal.SIG_DFL)
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        with suppress(ValueError):  # only the first thread of a program may say this
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, end)
