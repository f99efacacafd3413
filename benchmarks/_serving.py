"""A Streamlit server in a process of its own, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.store.settings import REPOSITORY

START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server and the address it answers at."""

    address: str
    process_id: int

    def processor_s(self) -> float:
        """Return the processor time that it has used, in hundredths of a second."""
        # Fields 14 and 15 of proc(5); the first two, of which the name may hold spaces, end at the bracket.
        numbers = Path(f"/proc/{self.process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Return the memory that it has to itself or shares, in MB; not that of the processes that it started."""
        lines = Path(f"/proc/{self.process_id}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1000


@contextmanager
def serving(
    program: Sequence[str], log: Path, environment: Mapping[str, str], *, python: Path = Path(sys.executable)
) -> Iterator[Server]:
    """
    Run `python` with the words of a program that takes Streamlit's options, and give the server once it answers.

    `log` keeps what the process says; `environment` is added to that of this process. `python` may be that of another
    checkout, whose folder is then that of the server.
    """
    folder = REPOSITORY if python == Path(sys.executable) else python.parent.parent.parent
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    # A file saved meanwhile would make the server load its modules anew.
    options += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [python, *program, *options],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), **environment},
            stdout=output,
            stderr=output,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_up(address, process, log)
            yield Server(address, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_up(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise SystemExit(f"expected Streamlit at {address} within {START_SECONDS} s, it says:\n{said}")
