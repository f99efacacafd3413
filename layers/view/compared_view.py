"""What the second of two maps shows: the same view of another year, voivodeship, day or scenario."""

from datetime import date

from data.people.residents import CENSUS_YEAR
from data.registry.registry import Registry
from geo.teryt import ALL_VOIVODESHIPS, COUNTRY
from layers.indicators.indicator import YEAR
from layers.view.offered import FORECAST_YEARS, offered_years
from layers.view.view import View

_YEAR, _SCOPE, _DAY, _SCENARIO = "y", "s", "d", "c"
SAME = f"{_SCOPE}{COUNTRY}"
"""The last resort: the country beside itself."""


def other_choices(view: View, registry: Registry) -> tuple[str, ...]:
    """
    Return what the second map may show, as codes of `View.other`, the most asked first.

    A scenario where the address holds one, a projected year where the indicator has one, other days of the registry,
    other voivodeships. Where there is nothing else, the same view again (`same`).
    """
    choices = []
    if view.scenario or view.other_scenario:
        choices.append(_SCENARIO)
    if view.group == "older" and YEAR in view.what.choices:
        choices += [f"{_YEAR}{year}" for year in _other_years(view, registry)]
    choices += [f"{_DAY}{day.isoformat()}" for day in registry.days if day.isoformat() != view.day]
    loaded = set(registry.areas["voivodeship_code"])
    choices += [f"{_SCOPE}{code}" for code in ALL_VOIVODESHIPS if code in loaded and code != view.scope]
    if view.scope != COUNTRY:
        choices.append(f"{_SCOPE}{COUNTRY}")
    return tuple(choices) or (SAME,)


def _other_years(view: View, registry: Registry) -> list[int]:
    """
    Return the years that may stand beside that of a view: those of forecasts, now, then all others.

    A map of a year that nobody projected would be empty; and between two years on both sides of the census, people
    were counted anew: their difference is no change.
    """
    by_year = registry.population_by_year
    known = {0, *by_year.loc[by_year["kind"] == "projected", "year"], *registry.resident_years}
    order = dict.fromkeys((*reversed(FORECAST_YEARS), 0, *offered_years(registry)))
    return [
        year
        for year in order
        if year != view.year and year in known and not is_across_census(registry, view.year, year)
    ]


def is_across_census(registry: Registry, year: int, other: int) -> bool:
    """Tell whether one of two years (0 is now) is before the census and one after it."""
    years = (year or registry.year_of_now, other or registry.year_of_now)
    return min(years) < CENSUS_YEAR <= max(years) and bool(registry.residents_by_year.size)


def view_of_choice(view: View, code: str) -> View:
    """Return the view of the second map; an unknown code gives the same view again."""
    kind, value = code[:1], code[1:]
    if kind == _YEAR:
        return view.with_changes(year=int(value))
    if kind == _SCOPE:
        return view.with_changes(scope=value)
    if kind == _DAY:
        return view.with_changes(day=date.fromisoformat(value).isoformat())
    if kind == _SCENARIO:
        return view.with_changes(scenario=view.other_scenario, other_scenario=view.scenario)
    return view


def second_view(view: View, code: str, *, norm: float | None) -> View:
    """
    Return the view of the second map as it stands beside the first.

    Another voivodeship is measured to the norm of the first one: the median of each would be another norm, and the same
    colour another gap.
    """
    shown = view_of_choice(view, code)
    return shown if norm is None or shown.scope == view.scope else shown.with_changes(norm=norm)


def kind_of(code: str) -> str:
    """Return the key of the words of a choice: year, scope, day or scenario."""
    return {_YEAR: "year", _SCOPE: "scope", _DAY: "day", _SCENARIO: "scenario"}[code[:1]]
