"""Scenarios: what a planner would open, close, enlarge, move or start, as values that are told, applied and priced."""

from data.scenarios.applying import Applied, apply_scenario
from data.scenarios.changes import KINDS, MOST_CHANGES, Change, ScenarioError
from data.scenarios.costs import ScenarioCosts, UnitCosts, scenario_costs
from data.scenarios.rows import ROW_COLUMNS, from_rows, to_rows
from data.scenarios.scenario import Scenario, facility_handles
from data.scenarios.text import from_json, from_text, to_json, to_text

__all__ = [
    "KINDS",
    "MOST_CHANGES",
    "ROW_COLUMNS",
    "Applied",
    "Change",
    "Scenario",
    "ScenarioCosts",
    "ScenarioError",
    "UnitCosts",
    "apply_scenario",
    "facility_handles",
    "from_json",
    "from_rows",
    "from_text",
    "scenario_costs",
    "to_json",
    "to_rows",
    "to_text",
]
