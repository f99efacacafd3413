"""
Leave in a lock file only what it pins beside another, which it includes in its first line: one pin stands in one file.

    python packaging/own_pins.py requirements-extras.lock requirements.lock
"""

import re
import sys
from pathlib import Path

_PIN = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+).*?(?=^[A-Za-z0-9#]|\Z)", re.MULTILINE | re.DOTALL
)


def pins(lock: Path) -> dict[str, str]:
    """Return name → version of all that a lock file pins, also in the files that it includes."""
    text = lock.read_text(encoding="utf-8")
    own = {found["name"]: found["version"] for found in _PIN.finditer(text)}
    for included in re.findall(r"^-r (\S+)$", text, re.MULTILINE):
        own |= pins(lock.parent / included)
    return own


def leave_own(lock: Path, other: Path) -> None:
    """
    Take from a lock file what another pins, and include that one.

    Raises
    ------
    ValueError
        If both pin a package to different versions: nobody could install them.
    """
    below, text = pins(other), lock.read_text(encoding="utf-8")
    apart = sorted(name for name, version in pins(lock).items() if below.get(name, version) != version)
    if apart:
        raise ValueError(
            f"expected the versions of {other.name} in {lock.name}, found others of {', '.join(apart)}; "
            f"make it with `-c {other.name}`"
        )
    kept = _PIN.sub(lambda found: "" if found["name"] in below else found[0], text)
    lock.write_text(f"-r {other.name}\n{kept}", encoding="utf-8")


if __name__ == "__main__":
    leave_own(Path(sys.argv[1]), Path(sys.argv[2]))
