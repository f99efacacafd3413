"""What an address asks, read without the application: its own defaults, its own few rules."""

import base64
import json
import zlib
from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl

FIRST_FORMS = {"older": "CAL-DPS", "disabled": "REI-WTZ", "homeless": "BEZ-SCH"}

_OPENED = {"older": "people", "disabled": "reached_residents", "homeless": "known_places"}
"""What the country opens with for a group where an address says no more."""
_FAR = {"CAL-DPS": 30, "BEZ-SCH": 30}
"""Kilometres that are near for a form which takes people in from elsewhere, where the address does not say."""
_FORMER = {"community_share": "day_per_1000"}


@dataclass(frozen=True)
class Question:
    """The parameters of a view that a number depends on."""

    scope: str = "00"
    level: str = "gmina"
    group: str = "older"
    form: str = ""
    indicator: str = "places_per_1000"
    distance_km: int = 15
    detour_pct: int = 100
    age_from: int = 65
    is_estimate: bool = False
    norm: float = 0.0
    method: str = "e2sfca_gauss"
    year: int = 0
    own: bool = False
    chosen: str = ""
    scenario: str = ""
    lang: str = "pl"
    siting: str = ""
    other: str = ""

    @classmethod
    def of(cls, address: str, **changes: object) -> "Question":
        """Read an address; what it does not say is as on the page."""
        said = dict(parse_qsl(address))
        kinds = {field.name: type(field.default) for field in fields(cls)}
        values: dict = {
            name: text in {"True", "1"} if kinds[name] is bool else kinds[name](text)
            for name, text in said.items()
            if name in kinds
        }
        values = {**values, **changes}
        # What was a share of places in the community opens as places of one kind of support.
        is_of_people = values.get("scope", "00") == "00" and not {"form", "group"} & set(values)
        opened = "people" if is_of_people else cls.indicator
        if values.get("scope", "00") == "00" and set(values) <= {"scope", "group", "lang"}:
            opened = _OPENED[values.get("group", "older")]
        indicator = values.get("indicator", opened)
        if indicator == "known_places":
            values["level"] = "voivodeship"
        values["indicator"] = _FORMER.get(indicator, indicator)
        group = values.get("group", "older")
        values.setdefault("form", FIRST_FORMS[group])
        values.setdefault("distance_km", _FAR.get(values["form"], cls.distance_km))
        return cls(**values)

    @property
    def of_other(self) -> "Question":
        """What the second view of a comparison asks: another year (`y2035`) or voivodeship (`s04`)."""
        kind, value = self.other[0], self.other[1:]
        return replace(self, other="", **({"year": int(value)} if kind == "y" else {"scope": value}))

    @property
    def limit_m(self) -> float:
        """The straight line that is near: the distance without the detour."""
        return self.distance_km * 1000 / (self.detour_pct / 100)


def changes_of(scenario: str) -> list[dict]:
    """Return the changes of a scenario as its link holds it; only new facilities are asked in these views."""
    if not scenario:
        return []
    packed = scenario.removeprefix("1.")
    told = json.loads(zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))))
    assert all(change["kind"] == "open" for change in told["changes"])
    return told["changes"]


def packed(scenario: dict) -> str:
    """Return a scenario as its link holds it."""
    whole = {"format": "support-map-scenario", "version": 1, **scenario}
    plain = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return "1." + base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")
