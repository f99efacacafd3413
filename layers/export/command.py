"""The command that makes the same files as the coordinator's page."""

from typing import Final

from layers.export.files import FORMATS
from layers.view.view import View

ALWAYS: Final = ("scope", "group", "form", "indicator", "level", "distance_km", "lang")
"""What the files depend on most; written out also where it is the default, which may change one day."""
WHERE_CHOSEN: Final = (
    "travel",
    "minutes",
    "detour_pct",
    "own",
    "age_from",
    "is_estimate",
    "norm",
    "method",
    "year",
    "since",
    "scenario",
    "day",
    "classes",
)
"""What few views differ in; a default is left out."""


def option_of(field: str) -> str:
    """Return the option of the command that says a field of the view."""
    return "--" + field.removeprefix("is_").replace("_", "-")


def snapshot_command(view: View) -> list[str]:
    """Return the words of the command, for `subprocess` as they are or for people through `shlex.join`."""
    words = ["python", "-m", "layers", "snapshot"]
    for field in ALWAYS:
        words += [option_of(field), str(getattr(view, field))]
    first = View()
    for field in WHERE_CHOSEN:
        value = getattr(view, field)
        if value != getattr(first, field):
            words += [option_of(field)] if value is True else [option_of(field), str(value)]
    return [*words, "--format", ",".join(FORMATS), "--out", "."]
