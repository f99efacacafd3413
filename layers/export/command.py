"""The command that makes the same files as the coordinator's page."""

from typing import Final

from layers.state import View

OPTIONS: Final = {
    "scope": "scope",
    "group": "group",
    "form": "form",
    "indicator": "indicator",
    "level": "level",
    "distance_km": "distance-km",
    "lang": "lang",
}
"""What of a view the files depend on, and the option that says it."""


def snapshot_command(view: View) -> list[str]:
    """
    Return the words of the command, for `subprocess` as they are or for people through `shlex.join`.

    Defaults are written out too: the command must make the same files after a default has changed.
    """
    words = ["python", "-m", "layers", "snapshot"]
    for field, option in OPTIONS.items():
        words += [f"--{option}", str(getattr(view, field))]
    if view.day:
        words += ["--day", view.day]
    return [*words, "--format", "png,svg,xlsx,csv", "--out", "."]
