"""What numbers depend on, as a value: two pages that ask the same question show the same numbers."""

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Literal

from data.vocabulary import can_be_own, is_wide
from geo.teryt import COUNTRY, Level
from layers.indicators import INDICATORS
from layers.indicators.indicator import DISTANCE, FORM, YEAR, Indicator
from layers.view.offered import FIRST_FORMS, FIRST_OF_COUNTRY, WIDE_KM, Method, Travel


def first_indicator(scope: str, group: str, form: str) -> str:
    """
    Return what is shown unless somebody says what: of the whole country what is known all over it of a group.

    Whoever asks for another form than the first of the group asks for that form.
    """
    is_opened = scope == COUNTRY and form == FIRST_FORMS[group]
    return FIRST_OF_COUNTRY[group] if is_opened else Question.indicator


@dataclass(frozen=True)
class Help:
    """Which services are counted: those of a form for a group."""

    form: str
    group: str


@dataclass(frozen=True)
class People:
    """
    Who is counted, and when.

    Attributes
    ----------
    scope
        Of people in the crisis of homelessness, whose newest night in the scope decides the day; else the country.
    year
        0 for the people of now, or a year at whose end they were counted or are projected.
    """

    group: str
    age_from: int
    is_estimate: bool
    scope: str
    year: int

    def of_year(self, year: int) -> "People":
        """Return the same people in another year."""
        return replace(self, year=year)

    @property
    def now(self) -> "People":
        """The same people today."""
        return self.of_year(0)


@dataclass(frozen=True)
class Way:
    """
    Which trips are near.

    Attributes
    ----------
    limit
        Kilometres of a straight line times its detour, or minutes by car or on foot.
    detour_pct
        What a road is longer than the straight line, in per cent of the line; 100 by car and on foot.
    is_own
        Whether only residents of its own gmina can come to a facility.
    """

    travel: Travel
    limit: int
    detour_pct: int
    is_own: bool


@dataclass(frozen=True)
class Catchments:
    """Who reaches what: people, the help that they look for, and the way there."""

    help: Help
    people: People
    way: Way


@dataclass(frozen=True)
class Question:
    """
    What the numbers of a table depend on, beside the registry that they are computed from.

    The day of a registry is not part of it: a registry has a fingerprint of its own. Nor are the limits of classes:
    they colour numbers.

    Attributes
    ----------
    scope, level, group, form, indicator, distance_km, travel, minutes, detour_pct, own, age_from, is_estimate, norm, \
method, year, since, scenario
        As `layers.view.view.View` has them.
    """

    scope: str = COUNTRY
    level: Level = "gmina"
    group: str = "older"
    form: str = FIRST_FORMS["older"]
    indicator: str = "places_per_1000"
    distance_km: int = 15
    travel: Travel = "line"
    minutes: int = 30
    detour_pct: int = 100
    own: bool = False
    age_from: int = 65
    is_estimate: bool = False
    norm: float = 0.0
    method: Method = "e2sfca_gauss"
    year: int = 0
    since: str = ""
    scenario: str = ""

    @property
    def what(self) -> Indicator:
        """The indicator."""
        return INDICATORS[self.indicator]

    @property
    def is_first(self) -> bool:
        """Tell whether it asks what the whole country opens with: nobody chose its form or its indicator."""
        is_opened = self.scope == COUNTRY and self.form == FIRST_FORMS[self.group]
        return is_opened and self.indicator == FIRST_OF_COUNTRY[self.group]

    @property
    def help(self) -> Help:
        """Which services are counted."""
        return Help(self.form, self.group)

    @property
    def people(self) -> People:
        """
        Who is counted, and when.

        The year may be one that the group or the indicator has nothing to do with: only older people are projected.
        """
        return People(
            group=self.group,
            age_from=self.age_from,
            is_estimate=self.is_estimate,
            scope=self.scope if self.group == "homeless" else COUNTRY,
            year=self.year if self.has_years else 0,
        )

    @property
    def has_years(self) -> bool:
        """Tell whether its people may be those of another year: only older ones are projected, not for each number."""
        return self.group == "older" and YEAR in self.what.choices

    @property
    def way(self) -> Way:
        """Which trips are near."""
        if self.travel == "line":
            return Way("line", self.distance_km, self.detour_pct, self.is_own)
        return Way(self.travel, self.minutes, 100, self.is_own)

    @property
    def catchments(self) -> Catchments:
        """Who reaches what."""
        return Catchments(self.help, self.people, self.way)

    @property
    def scope_code(self) -> str:
        """What the code of every area in the scope begins with."""
        return "" if self.scope == COUNTRY else self.scope

    @property
    def needs_people(self) -> bool:
        """Tell whether the indicator needs the number of people of the group."""
        return self.what.needs_people

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that a person may choose: of a form that people come to from anywhere, no gmina lacks it."""
        levels = self.what.levels
        is_above = DISTANCE in self.what.choices and is_wide(self.form)
        return tuple(level for level in levels if level != "gmina") if is_above else levels

    @property
    def is_wide_gmina(self) -> bool:
        """Tell whether areas are gminas and people come to the form from anywhere: without it a gmina lacks nothing."""
        return self.level == "gmina" and is_wide(self.form)

    @property
    def part_level(self) -> Literal["gmina", "powiat"]:
        """The level at which each area is asked how many places stand in it: larger areas are sums of those."""
        return "powiat" if is_wide(self.form) else "gmina"

    @property
    def is_what_stands(self) -> bool:
        """Tell whether areas only show what stands there."""
        is_of_supply = FORM in self.what.choices and DISTANCE not in self.what.choices
        return self.is_wide_gmina and is_of_supply and not self.is_of_knowledge

    @property
    def is_own(self) -> bool:
        """Tell whether only residents of its own gmina are counted as those who can come to a facility."""
        return self.own and DISTANCE in self.what.choices and can_be_own(self.form)

    @property
    def usual_km(self) -> int:
        """How far is near unless somebody says otherwise."""
        is_far = DISTANCE in self.what.choices and is_wide(self.form)
        return WIDE_KM if is_far else Question.distance_km

    @property
    def is_of_knowledge(self) -> bool:
        """Tell whether it asks how much is known."""
        return self.indicator == "knowledge"

    def to_query(self) -> dict[str, str]:
        """Return its parameters as an address says them; defaults are left out."""
        defaults = _defaults() | {
            "form": FIRST_FORMS[self.group],
            "distance_km": self.usual_km,
            "age_from": self.what.usual_age,
            "indicator": first_indicator(self.scope, self.group, self.form),
            "level": self.what.levels[0],
        }
        return {
            name: str(getattr(self, name))
            for name, default in defaults.items()
            if getattr(self, name) != default
        }


@cache
def _defaults() -> dict[str, Any]:
    """Return the default of each field of a question, in their order; not to be changed."""
    return {field.name: field.default for field in fields(Question)}
