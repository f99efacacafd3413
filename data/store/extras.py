"""Libraries that only some operators need: for roads, grids or PostGIS, installed as extras of pyproject.toml."""

from importlib.util import find_spec
from typing import Literal

from geo.errors import SupportMapError

Extra = Literal["roads", "grids", "postgis"]


class ExtraMissingError(SupportMapError):
    """What was asked for needs a library that is not installed."""


def require_extra(module: str, extra: Extra, *, purpose: str) -> None:
    """
    Check that a library of an extra is installed.

    Parameters
    ----------
    purpose
        What needs it, in the plural: "roads from .osm.pbf".

    Raises
    ------
    ExtraMissingError
        If it is not; the message names the command that installs it.
    """
    if find_spec(module) is None:
        raise ExtraMissingError(
            f"{purpose} need {module}, an extra that is not installed; run `make extras`, or without make: "
            "pip install --require-hashes -r requirements-extras.lock",
            module=module,
            extra=extra,
        )
