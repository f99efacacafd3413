"""The registry as a scenario would have it: the same measures are computed of it as of today's."""

import hashlib
from dataclasses import dataclass, replace

import pandas as pd

from data.registry.registry import Registry
from data.scenarios.applying import apply_scenario
from data.scenarios.scenario import Scenario
from data.scenarios.text import from_text


@dataclass(frozen=True, eq=False)
class AppliedScenario:
    """
    A scenario and the registry that it makes.

    `problems` has a row for each change that does not fit the registry of now, `left_out` has the numbers of those that
    were not made (`data.scenarios.applying.Applied`).
    """

    scenario: Scenario
    registry: Registry
    problems: pd.DataFrame
    left_out: frozenset[int] = frozenset()

    @property
    def misfits(self) -> int:
        """How many changes are not in the numbers, wholly or in part."""
        return self.registry.misfits


def apply_packed(registry: Registry, packed: str) -> AppliedScenario:
    """
    Apply a scenario packed for a link.

    Its registry has a fingerprint of its own, so that nothing computed of one can be shown as the other's.

    Raises
    ------
    ScenarioError
        If the text tells no scenario.
    """
    scenario = from_text(packed)
    applied = apply_scenario(
        _told(scenario, registry),
        registry.services,
        registry.service_areas,
        registry.localities,
        area_codes=set(registry.areas["area_code"]),
        gminas=registry.areas_of_level("gmina"),
    )
    fingerprint = hashlib.sha256(f"{registry.state.fingerprint} {packed}".encode()).hexdigest()
    stops = registry.stops[registry.stops["service_id"].isin(applied.services["service_id"])]
    changed = replace(
        registry,
        services=applied.services,
        service_areas=applied.service_areas,
        agreements=applied.agreements,
        stops=stops,
        unchanged=registry,
        misfits=applied.problems["change"].nunique(),
        state=replace(registry.state, fingerprint=fingerprint),
    )
    return AppliedScenario(scenario, changed, applied.problems, applied.left_out)


def _told(scenario: Scenario, registry: Registry) -> Scenario:
    """
    Return a scenario of which what stands in a gmina that is told with others stands in all of them.

    What covers a part covers not all of them: of its people nobody knows how many they are.
    """
    code_of = registry.together.code_of
    return replace(
        scenario,
        changes=tuple(
            replace(
                change,
                gmina_code=None if change.gmina_code is None else code_of(change.gmina_code),
                area_codes=tuple(
                    code
                    for code in change.area_codes
                    if code == code_of(code) or code_of(code) not in change.area_codes
                ),
            )
            for change in scenario.changes
        ),
    )
