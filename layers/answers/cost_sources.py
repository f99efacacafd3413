"""Of which voivodeship the announced costs are that unit costs of a plan may be from, and which are known there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.registry.registry import Registry
from data.scenarios.scenario import Scenario
from layers.answers.known_costs import OfferedCosts, offered_costs


@dataclass(frozen=True)
class KnownThere:
    """What is known of the costs of forms in one voivodeship; nothing where no area tells which."""

    voivodeship: str = ""
    of_form: Mapping[str, OfferedCosts] = field(default_factory=dict)


def known_there(registry: Registry, forms: Iterable[str], area_code: str) -> KnownThere:
    """Return what is known of forms in the voivodeship of an area."""
    if not area_code:
        return KnownThere()
    names = registry.areas_of_level("voivodeship").set_index("area_code")["name"]
    found = {form: offered_costs(registry.known_costs, form, area_code[:2]) for form in forms}
    return KnownThere(
        str(names.get(area_code[:2], "")), {form: known for form, known in found.items() if known is not None}
    )


def area_of_changes(scenario: Scenario, registry: Registry) -> str:
    """
    Return the voivodeship of all changes of a scenario; empty where they are of several or of none.

    A change of a facility that is gone is in none.
    """
    services = registry.services.set_index("facility_handle")["voivodeship_code"]
    services = services[~services.index.duplicated()]
    found: set[str] = set()
    for change in scenario.changes:
        codes = [change.gmina_code, *(change.area_codes or ())]
        found |= {code[:2] for code in codes if code}
        if not change.gmina_code and change.facility in services.index:
            found.add(str(services[change.facility] or ""))
    return found.pop() if len(found) == 1 else ""
