"""The sixty-six views as addresses, with their scenarios packed as links have them."""

import tomllib
from pathlib import Path

from tests.truth.recompute.question import packed

_FILE = Path(__file__).with_name("views.toml")


def addresses() -> dict[str, str]:
    """Return the address of each view by its name."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    scenarios = {name: packed(scenario) for name, scenario in told["scenarios"].items()}
    return {name: address.format_map(scenarios) for name, address in told["views"].items()}
