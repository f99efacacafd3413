"""The sixty views as addresses, with their scenarios packed as links have them."""

import base64
import json
import tomllib
import zlib
from pathlib import Path

_FILE = Path(__file__).with_name("views.toml")


def addresses() -> dict[str, str]:
    """Return the address of each view by its name."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    packed = {name: _packed(scenario) for name, scenario in told["scenarios"].items()}
    return {name: address.format_map(packed) for name, address in told["views"].items()}


def _packed(scenario: dict) -> str:
    whole = {"format": "support-map-scenario", "version": 1, **scenario}
    plain = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return "1." + base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")
