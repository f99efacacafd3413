"""A diagnosis of what the support of one area costs, and the costs that a scenario depends on."""

from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from data.quality.areas import claimed_voivodeships, doubts_of
from data.registry.registry import Registry
from data.scenarios.cost_diagnosis import (
    CLASSES,
    STATES,
    CostDiagnosis,
    diagnose_costs,
    services_here,
)
from data.scenarios.costs import UnitCosts
from data.scenarios.scenario import Scenario
from data.vocabulary import forms_for_group, support_forms
from layers.answers.cost_sources import KnownThere, known_there
from layers.answers.measures.applied_scenario import AppliedScenario
from layers.answers.measures.old_rows import may_be_gone
from layers.answers.measures.profiles import is_for_group
from layers.answers.measures.sources import SourceNote, source_notes
from layers.answers.measures.stated_days import DayRange, days_of_registers
from layers.answers.snapshot_id import costs_snapshot_id
from layers.view.unit_costs import read_unit_costs
from layers.view.view import View

ALL_GROUPS: Final = ""


@dataclass(frozen=True, eq=False)
class CostReport:
    """
    What a planner is told of the costs of one area, and everything that must stand beside it.

    Attributes
    ----------
    area_label
        Name of the area with where it lies, as lists write it.
    group
        Only forms and services for this group; `ALL_GROUPS` for all.
    scenario
        None when the view has none; then proposed is current.
    problems_count
        Changes of the scenario that do not fit the registry of now, or change no figure.
    known
        Announced costs of the voivodeship, to say where a unit cost is from that equals one.
    days
        Days that the registers state, or rows of those that state none.
    """

    view: View
    area_label: str
    group: str
    diagnosis: CostDiagnosis
    unit_costs: dict[str, UnitCosts]
    scenario: Scenario | None
    problems_count: int
    sources: tuple[SourceNote, ...]
    days: DayRange
    snapshot_id: str
    boundary_vintage: str
    is_invented: bool
    known: KnownThere = field(default_factory=KnownThere)

    @property
    def listed_forms(self) -> tuple[str, ...]:
        """Forms of which something is listed here, now or as proposed: those whose cost is to be asked for."""
        forms = self.diagnosis.forms
        counts = forms[[f"{state}_facilities_count" for state in STATES]].max(axis="columns")
        return tuple(forms.index[(counts > 0).fillna(value=False).astype(bool)])

    @property
    def has_costs(self) -> bool:
        """Tell whether the cost of a place a year is given for any form that is listed here."""
        given = self.diagnosis.forms["run_per_place_zl_year"].reindex(list(self.listed_forms))
        return bool(given.notna().any())


def build_cost_report(
    registry: Registry,
    view: View,
    *,
    area_label: str,
    group: str = ALL_GROUPS,
    proposed: AppliedScenario | None = None,
) -> CostReport:
    """
    Diagnose the costs of the area that the view has chosen.

    Parameters
    ----------
    registry
        Of the day of the view, without its scenario.
    proposed
        The view's scenario applied to that registry; None when there is none.

    Raises
    ------
    OptionError
        If the chosen area is neither a gmina nor a powiat.
    """
    code, after = view.chosen, proposed.registry if proposed else registry
    unit_costs = read_unit_costs(view.costs)
    forms = forms_for_group(group) if group else tuple(support_forms())
    complete = {form for form in forms if _is_complete(registry, form, code, group)}
    current = _services_of_group(registry, group)
    diagnosis = diagnose_costs(
        code,
        current,
        _services_of_group(after, group),
        current_areas=registry.service_areas,
        proposed_areas=after.service_areas,
        unit_costs=unit_costs,
        complete_forms=complete,
        forms=forms,
    )
    here = services_here(code, current, registry.service_areas)["service_id"]
    is_used = current["service_id"].isin(here) & current["support_form"].isin(diagnosis.forms.index)
    claims = registry.register_coverage
    is_claim = claims["support_form"].isin(complete & set(diagnosis.forms.index))
    is_claim &= claims["voivodeship_code"] == code[:2]
    registers = set(current.loc[is_used, "source_code"]) | set(claims.loc[is_claim, "source_code"])
    days = DayRange.of(days_of_registers(registry.sources, registers, current[is_used]))
    is_source = (registry.sources["kind"] == "boundaries") | registry.sources["source_code"].isin(registers)
    return CostReport(
        view=view,
        area_label=area_label,
        group=group,
        diagnosis=diagnosis,
        unit_costs=unit_costs,
        scenario=proposed.scenario if proposed else None,
        problems_count=proposed.problems["change"].nunique() if proposed else 0,
        sources=source_notes(registry.sources[is_source], current[is_used]),
        days=days,
        snapshot_id=costs_snapshot_id(registry, view, group),
        boundary_vintage=str(registry.areas["boundary_vintage"].iloc[0]) if len(registry.areas) else "",
        is_invented=registry.state.is_invented,
        known=known_there(registry, unit_costs, code),
    )


def forms_of_scenario(scenario: Scenario, services: pd.DataFrame) -> tuple[str, ...]:
    """
    Return the forms that a scenario changes, in the order of the vocabulary: those whose costs it depends on.

    Parameters
    ----------
    services
        The services before the scenario: a facility that is moved or closed as a whole has several forms.
    """
    handles = {change.facility for change in scenario.changes if scenario.form_of(change) is None}
    wanted = {form for change in scenario.changes if (form := scenario.form_of(change))}
    wanted |= set(services.loc[services["facility_handle"].isin(handles), "support_form"])
    return tuple(
        code for code, form in support_forms().items() if code in wanted and form.di_class in CLASSES
    )


def _services_of_group(registry: Registry, group: str) -> pd.DataFrame:
    """Return the services for a group, with `may_be_gone`."""
    services: pd.DataFrame = registry.services
    services = services[is_for_group(services, group)] if group else services
    return services.assign(may_be_gone=may_be_gone(services, registry))


def _is_complete(registry: Registry, form: str, area_code: str, group: str) -> bool:
    """Tell whether the list of the form is complete in the area, by the rule of the planner's map."""
    if area_code[:2] not in claimed_voivodeships(registry.register_coverage, form):
        return False
    doubts = doubts_of(registry.services, registry.register_coverage, form, need_group=group or None)
    return not doubts.of(pd.Index([area_code])).any()
