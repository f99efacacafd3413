"""One change to the services as a value that is checked when it is made."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Final

from data.vocabulary import can_be_own, has_door, support_forms
from geo.errors import SupportMapError
from geo.teryt import ALL_VOIVODESHIPS

MOST_CHANGES: Final = 60
MOST_PLACES: Final = 20_000
MOST_COST_ZL: Final = 100_000_000_000
KINDS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = MappingProxyType(
    {
        "open": (
            frozenset({"support_form", "gmina_code"}),
            frozenset(
                {"locality_key", "longitude", "latitude", "places", "build_cost_zl", "run_cost_zl_year"}
            ),
        ),
        "close": (frozenset({"facility"}), frozenset({"support_form"})),
        "enlarge": (frozenset({"facility", "places"}), frozenset({"support_form", "build_cost_zl"})),
        "move": (
            frozenset({"facility", "gmina_code"}),
            frozenset({"locality_key", "longitude", "latitude", "build_cost_zl"}),
        ),
        "start_area_service": (
            frozenset({"support_form", "area_codes"}),
            frozenset({"places", "build_cost_zl", "run_cost_zl_year"}),
        ),
        "admit": (frozenset({"support_form", "gmina_code", "area_codes"}), frozenset()),
    }
)
"""Of each kind of change: the fields that it must have, and those that it may have."""

_WHERE: Final = ("longitude", "latitude")
_BOUNDS: Final = {"longitude": (14.0, 24.3), "latitude": (48.9, 56.1)}
_COUNTS: Final = {
    "places": (1, MOST_PLACES),
    "build_cost_zl": (0, MOST_COST_ZL),
    "run_cost_zl_year": (0, MOST_COST_ZL),
}
_TEXTS: Final = {
    "facility": (
        re.compile(r"[a-z0-9][a-z0-9-]{0,59}:(?:[0-9a-f]{16}|@[0-9]{1,18})"),
        "a handle of a facility such as malopolskie-dps:0123456789abcdef",
    ),
    "gmina_code": (re.compile(r"[0-9]{6}"), "a gmina code of 6 digits"),
    "locality_key": (re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,39}"), "the key of a locality"),
}
_AREA: Final = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")


class ScenarioError(SupportMapError, ValueError):
    """
    A scenario, or the text that should tell one, is not as it should be.

    `facts` may hold `change` (its number, from 1), `field` and `found`.
    """


@dataclass(frozen=True, kw_only=True)
class Change:
    """
    One change to the services; which fields it has follows from its kind (`KINDS`).

    Attributes
    ----------
    kind
        `open` a facility, `close` one, `enlarge` it (the new number may be smaller), `move` it, or
        `start_area_service`: support without a door for whole areas, or `admit`: the facilities of a gmina take in
        residents of other areas, which matters where else only its own come.
    facility
        Handle as `data.scenarios.scenario.facility_handles` gives it.
    support_form
        Of a facility that is closed or enlarged: only its services of this form; None for all that it has when it
        is closed, for the form of the scenario when it is enlarged.
    gmina_code, locality_key, longitude, latitude
        Where a facility is opened or moved to: the gmina, and in it either a locality of the gazetteer or a point
        in degrees (WGS84) of at most 5 decimals, about 1 m.
    area_codes
        Areas that a service without a door will cover, or whose residents are taken in: codes of 2, 4 or 6 digits.
    places
        Capacity in the unit of the form; None when it is not known yet.
    build_cost_zl, run_cost_zl_year
        What the planner knows of this change, in whole zł; it goes before unit costs.

    Raises
    ------
    ScenarioError
        If a field is missing, does not belong to the kind or holds what it cannot; names field and value.
    """

    kind: str
    facility: str | None = None
    support_form: str | None = None
    gmina_code: str | None = None
    locality_key: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    area_codes: tuple[str, ...] = ()
    places: int | None = None
    build_cost_zl: int | None = None
    run_cost_zl_year: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.kind, str) or self.kind not in KINDS:
            raise change_error("kind", self.kind, f"one of {', '.join(KINDS)}")
        required, optional = KINDS[self.kind]
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            is_given = value is not None and not (isinstance(value, tuple) and not value)
            if not is_given and field.name in required:
                raise change_error(field.name, value, f"a value, which `{self.kind}` must have")
            if is_given and field.name not in required | optional:
                raise change_error(field.name, value, f"nothing, because `{self.kind}` has no such field")
            if is_given:
                self._check(field.name, value)
        if "locality_key" in optional:
            has_point = self.longitude is not None and self.latitude is not None
            is_half = (self.longitude is None) != (self.latitude is None)
            if is_half or has_point == (self.locality_key is not None):
                found = (self.locality_key, self.longitude, self.latitude)
                raise change_error(
                    "locality_key", found, "either the key of a locality or longitude and latitude"
                )

    def _check(self, name: str, value: object) -> None:
        if name == "support_form":
            self._check_form(value)
        elif name in _TEXTS:
            pattern, expected = _TEXTS[name]
            if not isinstance(value, str) or not pattern.fullmatch(value):
                raise change_error(name, value, expected)
            if name == "gmina_code" and value[:2] not in ALL_VOIVODESHIPS:
                raise change_error(name, value, "the code of a gmina in one of the 16 voivodeships")
        elif name in _COUNTS:
            least, most = _COUNTS[name]
            if type(value) is not int or not least <= value <= most:
                raise change_error(name, value, f"a whole number from {least} to {most}")
        elif name in _WHERE:
            west, east = _BOUNDS[name]
            number = value if isinstance(value, (int, float)) else 0.0  # False and True are out of bounds
            if not west <= number <= east or round(number, 5) != number:
                raise change_error(name, value, f"degrees from {west} to {east} with at most 5 decimals")
        else:
            _check_areas(value)

    def _check_form(self, value: object) -> None:
        form = support_forms().get(value) if isinstance(value, str) else None
        if form is None:
            raise change_error("support_form", value, "the code of a form of support, such as DZI-KLS")
        if self.kind == "open" and not has_door(form.code):
            raise change_error("support_form", value, "a form with a door; others start as area services")
        if self.kind == "admit" and not can_be_own(form.code):
            raise change_error(
                "support_form", value, "a form of which a council says who may come, such as DZI-KLS"
            )
        if self.kind == "start_area_service" and has_door(form.code):
            raise change_error("support_form", value, "a form without a door; others are opened at a place")


def make_changes(changes: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    """
    Return changes made of fields by name.

    Raises
    ------
    ScenarioError
        If one of them cannot be made; names its number, the field and the value.
    """
    known = {field.name for field in fields(Change)}
    made = []
    for number, cells in enumerate(changes, start=1):
        if number > MOST_CHANGES:
            raise change_error(
                "changes", f"{number} or more", f"at most {MOST_CHANGES} changes; make two scenarios"
            )
        try:
            if unknown := sorted(str(name) for name in set(cells) - known):
                raise change_error(unknown[0][:40], cells.get(unknown[0]), "no such field; take it out")
            if "kind" not in cells:
                raise change_error("kind", None, f"one of {', '.join(KINDS)}")
            made.append(Change(**cells))
        except ScenarioError as error:
            raise ScenarioError(f"change {number}: {error}", **(error.facts | {"change": number})) from error
    return tuple(made)


def _check_areas(codes: object) -> None:
    if not isinstance(codes, tuple) or not all(isinstance(code, str) for code in codes):
        raise change_error("area_codes", codes, "a list of area codes")
    wrong = [code for code in codes if not _AREA.fullmatch(code) or code[:2] not in ALL_VOIVODESHIPS]
    repeated = [code for code, count in Counter(codes).items() if count > 1]
    if wrong or repeated:
        raise change_error("area_codes", (wrong or repeated)[0], "codes of 2, 4 or 6 digits, each once")


def change_error(field: str, found: object, expected: str) -> ScenarioError:
    """Return the error of a field, with what was found cut to what fits into a sentence."""
    shown = repr(found)
    shown = shown if len(shown) <= 80 else f"{shown[:80]}…"
    message = f"{field}: expected {expected}, found {shown}. Correct it, or take the change out."
    return ScenarioError(message, field=field, found=shown)
