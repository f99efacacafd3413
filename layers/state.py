"""What a person is looking at, as a value that is also the address of the page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from data.registry import COUNTRY
from data.vocabulary import LANGUAGES, forms_for_group, screen_groups
from geo.teryt import CODE_DIGITS, VOIVODESHIPS

LEVELS = ("gmina", "powiat", "voivodeship")
INDICATORS = ("places_per_1000", "facilities_count", "coverage_share", "knowledge")
_OF_PEOPLE = frozenset({"places_per_1000", "coverage_share"})
DISTANCES_KM = (1, 2, 5, 10, 15, 20, 30, 50, 100)
FIRST_FORMS = {"older": "CAL-DPS", "disabled": "REI-WTZ", "homeless": "BEZ-SCH"}
"""The form shown first for a group: the one that most registers list."""

_AREA_CODE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}")
_PLACE_KEY = re.compile(r"l:[0-9A-Za-z_-]{1,40}|g:[0-9]{6}")
_FORM_SEPARATOR = "."


@dataclass(frozen=True)
class View:
    """
    Everything that a page needs to be shown again: its address is the view.

    Attributes
    ----------
    lang
        `pl`, `uk` or `en`.
    scope
        `00` (Poland) or the code of a voivodeship.
    level
        `gmina`, `powiat` or `voivodeship`.
    group, form
        Codes of the vocabulary; the form is always one that is meant for the group.
    indicator
        `places_per_1000`, `facilities_count`, `coverage_share` or `knowledge` (how much we know here).
    distance_km
        One of `DISTANCES_KM`.
    chosen
        Code of the area whose card is open, or empty.
    place
        The resident's place: `l:` and a locality's key or `g:` and a gmina's code, or empty.
    forms
        The resident's choice of forms; empty for all forms of the group.
    day
        The registry of that day (ISO), as planner and coordinator ask for it; empty for now.
    """

    lang: str = "pl"
    scope: str = COUNTRY
    level: str = "gmina"
    group: str = "older"
    form: str = "CAL-DPS"
    indicator: str = "places_per_1000"
    distance_km: int = 15
    chosen: str = ""
    place: str = ""
    forms: tuple[str, ...] = ()
    day: str = ""

    @property
    def date(self) -> date | None:
        """The day of the registry; None for now."""
        return date.fromisoformat(self.day) if self.day else None

    @property
    def needs_people(self) -> bool:
        """Whether the indicator cannot be told without the number of people of the group."""
        return self.indicator in _OF_PEOPLE

    @property
    def is_of_knowledge(self) -> bool:
        """Whether the view asks how much is known, and not how much there is."""
        return self.indicator == "knowledge"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "View":
        """
        Read a view from the address of a page.

        Anything unknown, malformed or not fitting together gives way to the default; nothing untrusted gets
        into the view and nothing is raised.
        """
        view = cls(
            lang=_one_of(query.get("lang"), LANGUAGES, cls.lang),
            scope=_one_of(query.get("scope"), (COUNTRY, *VOIVODESHIPS), cls.scope),
            level=_one_of(query.get("level"), LEVELS, cls.level),
            group=_one_of(query.get("group"), screen_groups(), cls.group),
            form=str(query.get("form", "")),
            indicator=_one_of(query.get("indicator"), INDICATORS, cls.indicator),
            distance_km=int(
                _one_of(query.get("distance_km"), tuple(map(str, DISTANCES_KM)), str(cls.distance_km))
            ),
            chosen=_matching(query.get("chosen"), _AREA_CODE),
            place=_matching(query.get("place"), _PLACE_KEY),
            forms=tuple(str(query.get("forms", "")).split(_FORM_SEPARATOR)),
            day=_day(query.get("day")),
        )
        return view.with_changes()

    def to_query(self) -> dict[str, str]:
        """Return the parameters of the address; defaults are left out."""
        query = {}
        for field in fields(self):
            value = getattr(self, field.name)
            default = FIRST_FORMS[self.group] if field.name == "form" else field.default
            if value != default:
                query[field.name] = _FORM_SEPARATOR.join(value) if field.name == "forms" else str(value)
        return query

    def with_changes(self, **changes: Any) -> "View":
        """
        Return a view with other values whose parts still fit together.

        A form that is not meant for the new group gives way to the group's first form, and an area outside
        the new scope or of another level is no longer chosen.
        """
        view = replace(self, **changes)
        suitable = forms_for_group(view.group)
        form = view.form if view.form in suitable else FIRST_FORMS[view.group]
        forms = tuple(code for code in suitable if code in view.forms)
        chosen = view.chosen
        is_of_level = len(chosen) == CODE_DIGITS[view.level]
        if not is_of_level or not (view.scope == COUNTRY or chosen.startswith(view.scope)):
            chosen = ""
        return replace(view, form=form, forms=forms, chosen=chosen)


def _day(value: str | None) -> str:
    """Return a day in ISO form, or nothing when it is none."""
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return ""


def _one_of(value: str | None, allowed: tuple[str, ...], default: str) -> str:
    return value if value in allowed else default


def _matching(value: str | None, pattern: re.Pattern[str]) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""
