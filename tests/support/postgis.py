"""A private PostGIS cluster on a free loopback port, for the length of a test session."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

SERVER_FOLDERS = Path("/usr/lib/postgresql")
# Durability is off on purpose: the cluster lives for one test run.
OPTIONS = (
    "fsync=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "jit=off",
    "shared_buffers=256MB",
)


def find_server() -> Path | None:
    """Return the `bin` folder of the newest PostgreSQL that has PostGIS beside it, or None."""
    for version in sorted(SERVER_FOLDERS.glob("*"), key=lambda path: int(path.name), reverse=True):
        extension = Path("/usr/share/postgresql") / version.name / "extension" / "postgis.control"
        if (version / "bin" / "initdb").exists() and extension.exists():
            return version / "bin"
    return None


@contextlib.contextmanager
def running_cluster(server: Path) -> Iterator[str]:
    """Start an empty cluster, give its address without a database name, and stop it whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="support-map-postgis-"))
    # PostgreSQL refuses to run as root, so root hands the folder to the server's own user.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    port = _free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} " + " ".join(
        f"-c {one}" for one in OPTIONS
    )
    cluster = folder / "cluster"
    _run(
        [
            *user,
            server / "initdb",
            "-D",
            cluster,
            "-A",
            "trust",
            "-U",
            "postgres",
            "--locale=C.UTF-8",
            "-E",
            "UTF8",
        ]
    )
    _run([*user, server / "pg_ctl", "-D", cluster, "-o", options, "-l", folder / "log", "-w", "start"])
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    finally:
        _run([*user, server / "pg_ctl", "-D", cluster, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str | Path]) -> None:
    # pg_ctl leaves the server holding its output, so a pipe would never close: write to a file.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            [str(part) for part in command], stdout=output, stderr=output, cwd="/", check=False
        )
        if done.returncode:
            output.seek(0)
            message = f"{command} failed with {done.returncode}: {output.read().decode(errors='replace')}"
            raise RuntimeError(message)
