"""What an address says that a page does not show as it says: read or changed, told, and never dropped in silence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from data.registry.registry import Registry
from data.vocabulary import is_wide
from geo.teryt import COUNTRY
from layers.indicators.balance import FORMER
from layers.indicators.indicator import DISTANCE, SINCE, YEAR
from layers.view import parameters
from layers.view.class_limits import ClassLimits
from layers.view.compared_view import is_across_census, other_choices
from layers.view.offered import MOST_NORM
from layers.view.siting_request import is_siting_whole
from layers.view.unit_costs import are_unit_costs_whole
from layers.view.view import View

LONGEST_WRITTEN: Final = 60
"""Signs of an untrusted text that are shown."""
_PARAMETERS: Final = tuple(field.name for field in fields(View))
_OF_TRACKERS: Final = ("utm_", "fbclid", "gclid", "mc_", "_ga")
"""Parameters that other sites hang on a link; they ask for nothing."""
_OF_RESIDENTS: Final = ("first", "resident", "about")
_SEEN_BY_RESIDENTS: Final = ("lang", "group", "distance_km", "place", "forms")
_OF_LINKS: Final = ("unreadable", "unoffered", "unknown", "again")
_DAYS: Final = ("day", "since")
_NUMBERS: Final = ("distance_km", "minutes", "detour_pct", "age_from", "year", "norm")
_NUMBER: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_WITH_MAPS: Final = ("planner", "coordinator", "compare", "scenario")
_GAP: Final = {"indicator": "gap_share"}
_REASONS: Final = {
    "form": "group",
    "forms": "group",
    "year": "group",
    "chosen": "area",
    "own": "form",
    "distance_km": "use",
    "level": "indicator",
    "indicator": "group",
    "age_from": "usual",
}


@dataclass(frozen=True)
class Loss:
    """
    One thing that was asked for and is not shown.

    Attributes
    ----------
    parameter
        A field of `View`; empty for a parameter that no view has.
    written
        What was asked for, as it was written: anybody may have written it.
    shown
        What is shown instead, as an address would say it.
    reason
        `unreadable`, `unoffered` (a number that none can choose), `rounded`, `unknown` (no such parameter, area or
        choice), `same` (the first map shows it), `beside` (a year of a number that is told of none), `census` (it
        lies between the two years), `again` (said more than once), `no_scenario` (a second scenario where the address
        holds none), `misfit` and `misfit_all` (changes of a scenario that do not fit the data: `written` of `shown`),
        `former` (a figure that is shown no more), `usual` (nobody chose it, and the new number has another one),
        `future`, `early_day` or `early_since` (a day that has no registry); else what it does not go with: `group`,
        `area`, `form`, `use`, `indicator`, `kind` (of number) or `wide`.
    """

    parameter: str
    written: str
    shown: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """A view and what of the address or of a person's choice it does not hold."""

    view: View
    losses: tuple[Loss, ...] = ()


def read_view(query: Mapping[str, str]) -> Reading:
    """Read an address; whatever of it the view does not say is a loss, one for each parameter."""
    view, parsed = View.from_query(query), View.parsed(query)
    losses = []
    for name, written in query.items():
        if name not in _PARAMETERS:
            if not name.startswith(_OF_TRACKERS):
                losses.append(Loss("", f"{name}={written}"[: LONGEST_WRITTEN + 1], "", "unknown"))
        elif not _is_shown(view, name, written):
            reason = "" if says(parsed, name, written) else _why_unread(name, written)
            losses.append(_loss(name, written, view, reason=reason))
    if "level" not in query and view.level != view.what.levels[0]:
        # An old link to a gmina's lack says no level, because gminas are the default.
        losses.append(_loss("level", View.level, view))
    return Reading(view, tuple(losses))


def read_address(repeated: Mapping[str, Sequence[str]]) -> Reading:
    """Read an address that may say a parameter several times; what cannot be read is told once all the same."""
    reading = read_view({name: values[-1] for name, values in repeated.items() if values})
    told = {loss.parameter for loss in reading.losses}
    again = said_twice({name: values for name, values in repeated.items() if name not in told})
    return Reading(reading.view, (*reading.losses, *again))


def said_twice(repeated: Mapping[str, Sequence[str]]) -> tuple[Loss, ...]:
    """Return the parameters that an address says several times and differently; the last one is read."""
    view = View.from_query({name: values[-1] for name, values in repeated.items() if values})
    return tuple(
        Loss(name, " / ".join(values), said(view, name), "again")
        for name, values in repeated.items()
        if name in _PARAMETERS and len(set(values)) > 1
    )


def choose(view: View, **changes: Any) -> Reading:
    """Change a view as a person does; what gives way to the choice, and was seen before, is a loss."""
    after = view.with_choice(**changes)
    others = [name for name in _PARAMETERS if name not in changes and _is_seen(name, view, after)]
    return Reading(after, losses_between(view, after, others))


def losses_between(before: View, after: View, names: Iterable[str]) -> tuple[Loss, ...]:
    """Return which of some fields of a view another one does not have."""
    return tuple(
        _loss(name, said(before, name), after)
        for name in names
        if getattr(before, name) != getattr(after, name)
    )


def lost_in(registry: Registry, view: View, *, page: str = "") -> tuple[Loss, ...]:
    """
    Return what a view asks for that a registry does not have.

    Parameters
    ----------
    page
        The page that shows it: `compare` has a second map, `costs` tells no voivodeship, some have maps.
    """
    losses = _lost_days(registry, view)
    losses += lost_scope(view, registry)
    limits = ClassLimits.from_address(view.classes)
    if limits is not None and limits.kind != view.what.kind and page in _WITH_MAPS:
        losses.append(Loss("classes", view.classes, "", "kind"))
    if page == "costs" and view.level == "voivodeship":
        losses.append(_loss("level", view.level, replace(view, level="powiat"), reason="indicator"))
    chosen = registry.together.code_of(view.chosen)
    if chosen and not registry.areas["area_code"].eq(chosen).any():
        losses.append(Loss("chosen", view.chosen, "", "unknown"))
    if page == "compare":
        losses += lost_other(view, registry)
    return tuple(losses)


def lost_other(view: View, registry: Registry) -> list[Loss]:
    """Return the second map that a view asks for and a registry cannot show: the first that it offers is shown."""
    told = told_view(view, registry)
    offered = other_choices(told, registry) if view.other else ()
    if not offered or view.other in offered:
        return []
    return [Loss("other", view.other, offered[0], _why_not_beside(registry, told))]


def lost_scope(view: View, registry: Registry) -> list[Loss]:
    """Return the scope of a view that a registry does not have: one of the example region, or real beside it."""
    if view.scope == COUNTRY or registry.areas["voivodeship_code"].eq(view.scope).any():
        return []
    return [Loss("scope", view.scope, COUNTRY, "unknown")]


def told_view(view: View, registry: Registry) -> View:
    """
    Return a view of what a registry has.

    Its scope is all areas where the registry has none of its own, its chosen area one that is told: of a gmina told
    with others, all of them.
    """
    if lost_scope(view, registry):
        view = view.with_choice(scope=COUNTRY)
    return replace(view, chosen=registry.together.code_of(view.chosen))


def misfits_in(name: str, count: int, *, of_all: int) -> tuple[Loss, ...]:
    """Return what is lost of a scenario, the parameter `name`: `count` of its changes have no place in a registry."""
    if not count:
        return ()
    return (Loss(name, str(count), str(of_all), "misfit_all" if count == of_all else "misfit"),)


def seen_on(page: str, losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """
    Return the losses that matter on a page.

    Who looks for help never chose a level or a form of a map, and need not be told what became of it; what cannot be
    read of a link is told everywhere.
    """
    if page not in _OF_RESIDENTS:
        return tuple(losses)
    return tuple(loss for loss in losses if loss.parameter in _SEEN_BY_RESIDENTS or loss.reason in _OF_LINKS)


def said(view: View, name: str) -> str:
    """Return a field of a view as an address says it, defaults too."""
    value = getattr(view, name)
    return ".".join(value) if isinstance(value, tuple) else str(value)


def _lost_days(registry: Registry, view: View) -> list[Loss]:
    """Return the days of a view that are before all releases of registers."""
    if not registry.days:
        return []
    first = min(registry.days).isoformat()
    asked = _DAYS if SINCE in view.what.choices else _DAYS[:1]
    return [
        Loss(name, getattr(view, name), first, f"early_{name}")
        for name in asked
        if "" < getattr(view, name) < first
    ]


def _why_not_beside(registry: Registry, view: View) -> str:
    """Return why the second map cannot show what a view asks for: the first one does, no number has it, or no data."""
    kind, value = view.other[:1], view.other[1:]
    if kind == "c":
        # Offered wherever the address holds a scenario.
        return "no_scenario"
    if value == {"y": str(view.year), "s": view.scope, "d": view.day}.get(kind):
        return "same"
    if kind == "y" and is_across_census(registry, view.year, int(value)):
        return "census"
    is_forecast = kind == "y" and value != str(View.year)
    if is_forecast and view.group != "older":
        return "group"
    return "beside" if kind == "y" and YEAR not in view.what.choices else "unknown"


def says(view: View, name: str, written: str) -> bool:
    """Tell whether the text of a parameter means what the view holds of it."""
    value = getattr(view, name)
    if isinstance(value, bool):
        return written in (parameters.YES if value else parameters.NO)
    if name == "forms":
        return set(written.split(".")) == set(value) if value else not written
    if name == "norm":
        # A target of nothing is none: 0 stands for the median inside.
        return parameters.number(written) == float(value) > 0
    # These are read later, part by part.
    is_whole = {"siting": is_siting_whole, "costs": are_unit_costs_whole}.get(name)
    return written == str(value) and (is_whole is None or is_whole(written))


def _why_unread(name: str, written: str) -> str:
    """Return why a text gave way to a default: it cannot be read, or nothing is known of what it asks for."""
    if name == "indicator" and written in FORMER:
        return "former"
    if name in _DAYS and _is_day(written):
        return "future"
    if name in _NUMBERS and _NUMBER.fullmatch(written):
        return "rounded" if name == "norm" and 0 < float(written) <= MOST_NORM else "unoffered"
    return "unreadable"


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _loss(name: str, written: str, view: View, *, reason: str = "") -> Loss:
    if not reason and name == "level" and is_wide(view.form) and DISTANCE in view.what.choices:
        reason = "wide"
    if not reason and name == "year" and view.group == "older":
        reason = "beside"
    if not reason and name == "age_from" and view.group != "older":
        # Nobody of another group is counted by age.
        return Loss(name, written, "", "group")
    shown = str(counted_km(view)) if name == "distance_km" else said(view, name)
    return Loss(name, written, shown, reason or _REASONS.get(name, "unreadable"))


def counted_km(view: View) -> int:
    """
    Return the distance that the numbers of a view count with, kilometres.

    Where its map has none, that of what is told beside it: gauges, cards and costs speak of the gap.
    """
    return view.distance_km if DISTANCE in view.what.choices else view.with_changes(**_GAP).distance_km


def _is_shown(view: View, name: str, written: str) -> bool:
    """Tell whether a page counts with what the text of a parameter says."""
    return written == str(counted_km(view)) if name == "distance_km" else says(view, name, written)


def _is_seen(name: str, before: View, after: View) -> bool:
    """
    Tell whether a person saw what was replaced, and missed it.

    A card closes with its area, not all maps have a distance or an age, and what is shown first gives way to what is
    first of another group or scope.
    """
    if name in {"indicator", "form"} and before.question.is_first:
        return False
    if name == "level" and before.question.is_first and before.level == before.what.levels[0]:
        return False
    if name == "age_from":
        is_chosen = before.age_from != before.what.usual_age
        return before.what.has_people and (is_chosen or before.group == after.group)
    if name == "distance_km":
        return DISTANCE in before.what.choices and DISTANCE in after.what.choices
    return name != "chosen"
