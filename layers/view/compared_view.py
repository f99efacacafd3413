"""What the second of two maps shows: the same view of another year, voivodeship, day or scenario."""

from datetime import date

from data.registry.registry import Registry
from geo.teryt import ALL_VOIVODESHIPS, COUNTRY
from layers.indicators.indicator import YEAR
from layers.view.offered import YEARS
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
        # A map of a year that nobody projected would be empty.
        by_year = registry.population_by_year
        projected = {0, *by_year.loc[by_year["kind"] == "projected", "year"]}
        choices += [f"{_YEAR}{year}" for year in reversed(YEARS) if year != view.year and year in projected]
    choices += [f"{_DAY}{day.isoformat()}" for day in registry.days if day.isoformat() != view.day]
    loaded = set(registry.areas["voivodeship_code"])
    choices += [f"{_SCOPE}{code}" for code in ALL_VOIVODESHIPS if code in loaded and code != view.scope]
    if view.scope != COUNTRY:
        choices.append(f"{_SCOPE}{COUNTRY}")
    return tuple(choices) or (SAME,)


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
