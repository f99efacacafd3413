"""
Where the browser finds Leaflet and our own script: addresses here, folders for `layers.server`.

Leaflet comes from the installed XStatic-Leaflet package, ours from `layers/assets`; both under this host.
Addresses carry a digest of the content, so that the browser may keep the files for good.
"""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

OUR_FOLDER = Path(__file__).resolve().parent.parent / "assets"

LEAFLET_PATH = "/vendor/leaflet"
OUR_PATH = "/vendor/ours"
GEOMETRY_PATH = "/geometry"


@cache
def leaflet_folder() -> Path:
    """
    Return the folder of Leaflet's own files.

    Raises
    ------
    FileNotFoundError
        If XStatic-Leaflet is not installed.
    """
    spec = find_spec("xstatic.pkg.leaflet")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "expected the package XStatic-Leaflet, found none; install it with `make run`"
        )
    return Path(spec.origin).parent / "data"


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def leaflet_url(name: str) -> str:
    """Return the address of one of Leaflet's files, for example `leaflet.js`."""
    return f"{LEAFLET_PATH}/{name}?v={_digest(leaflet_folder() / name)}"


def our_url(name: str) -> str:
    """Return the address of one of our files in `layers/assets`."""
    return f"{OUR_PATH}/{name}?v={_digest(OUR_FOLDER / name)}"


def geometry_url(file_name: str) -> str:
    """Return the address of a geometry file written by `layers.maps.topology`."""
    return f"{GEOMETRY_PATH}/{file_name}"
