"""Reading binary formats in a process of their own, so that no file can take the program with it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from data.sources.tables.limits import MOST_READING_MEMORY_BYTES, MOST_READING_SECONDS
from data.store.errors import RegisterError

_EXTRA_SECONDS = 10
_ROOT = Path(__file__).parents[3]


def read_apart(path: Path, kind: str, sheet: str | int) -> dict[str, Any]:
    """
    Return what `table_worker.py` found in the file.

    Parameters
    ----------
    kind
        "zip", "ole" or "sqlite".

    Raises
    ------
    RegisterError
        If the worker refused the file, or did not live to say why.
    """
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)]),
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [
        sys.executable,
        "-m",
        "data.sources.tables.worker",
        str(path.absolute()),
        kind,
        json.dumps(sheet),
    ]
    try:
        done = subprocess.run(  # noqa: S603  our own module; the path is an argument, not a command
            command,
            capture_output=True,
            check=False,
            env=environment,
            timeout=MOST_READING_SECONDS + _EXTRA_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise _unreadable(path, f"reading did not end in {MOST_READING_SECONDS} seconds") from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        gigabytes = MOST_READING_MEMORY_BYTES // 2**30
        words = f"reading stopped, or needed more than {gigabytes} GB (exit {done.returncode})"
        raise _unreadable(path, words) from error
    if "refused" in answer:
        raise RegisterError(answer["refused"], file=path.name)
    return answer


def _unreadable(path: Path, found: str) -> RegisterError:
    message = (
        f"{path.name}: expected a whole file, found one that is damaged or claims far more than it holds: {found}. "
        "Fetch it again; if that does not help, open it and save it as XLSX or CSV."
    )
    return RegisterError(message, file=path.name, found=found)
