"""
Install a lock file with pip, and say how far it is while pip unpacks, which it does without a word.

    python packaging/install.py requirements.lock
"""

import compileall
import re
import subprocess
import sys
import sysconfig
from collections.abc import Collection
from pathlib import Path

PACE_S = 3
COMPILED = ("numpy", "pandas", "sqlalchemy")
"""What a load imports, nearly whole; what only pages import is compiled beside it (Makefile)."""
ENDED_BY_PERSON = 130
_TESTS = re.compile(r"[/\\]tests[/\\]")


def install(lock: Path, *, site: Path) -> int:
    """Run pip, tell every few seconds what it has unpacked into `site`, and return its exit status."""
    before, told = packages(site), 0
    compiled: set[str] = set()
    # Pip would compile everything, on one core and after unpacking: a seventh more on disk, most of it never used.
    # The rest is compiled when it is first imported.
    words = [sys.executable, "-m", "pip", "install", "--no-compile", "--require-hashes", "-r", str(lock)]
    with subprocess.Popen(words) as pip:
        while True:
            try:
                status = pip.wait(timeout=PACE_S)
                break
            except subprocess.TimeoutExpired:
                unpacked = packages(site) - before
                if len(unpacked) > told:
                    print(f"   unpacked {len(unpacked)} packages, {megabytes(site):,.0f} MB", flush=True)
                    told = len(unpacked)
                compiled |= compile_some(unpacked - compiled, site=site)
    compile_some(packages(site) - before - compiled, site=site)
    return status


def packages(site: Path) -> set[str]:
    """Return the names of the packages in a folder; pip writes down each when it is whole."""
    return {record.parent.name.partition("-")[0] for record in site.glob("*.dist-info/RECORD")}


def compile_some(names: Collection[str], *, site: Path) -> set[str]:
    """Compile those of some packages that a load waits for, beside pip, which leaves a core idle."""
    some = {name for name in names if name in COMPILED}
    for name in some:
        compileall.compile_dir(site / name, quiet=2, rx=_TESTS)
    return some


def megabytes(folder: Path) -> float:
    """Return the size of a folder's files, some of which may be moved away meanwhile."""
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.lstat().st_size
        except OSError:
            continue
    return size / 1e6


if __name__ == "__main__":
    try:
        sys.exit(install(Path(sys.argv[1]), site=Path(sysconfig.get_path("platlib"))))
    except KeyboardInterrupt:
        sys.exit(ENDED_BY_PERSON)
