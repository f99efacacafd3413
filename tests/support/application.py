"""The application served from a process of its own, as people meet it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 90


@contextlib.contextmanager
def served_application(database_url: str, log: Path) -> Iterator[str]:
    """Serve the pages of a database on this machine and give their address; `log` keeps what the process says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    environment = {**os.environ, "SUPPORT_MAP_DATABASE_URL": database_url, "SUPPORT_MAP_JOBS": "1"}
    # Beside other tests a job takes several times as long as alone; speed is measured in benchmarks/.
    environment["SUPPORT_MAP_JOB_SECONDS"] = "300"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=output, stderr=output)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(f"{address}/_stcore/health", server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"the application did not start:\n{log.read_text(errors='replace')[-3000:]}")
