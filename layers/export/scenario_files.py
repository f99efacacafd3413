"""
A scenario as JSON, CSV and XLSX: JSON to open again, the others to read, with what each change costs.

The rows tell changes in words; the codes beside them (`data.scenarios.ROW_COLUMNS`) are the scenario itself, so that
`data.scenarios.from_rows` makes the same one of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from data.registry.registry import Registry
from data.scenarios.changes import Change
from data.scenarios.costs import ScenarioCosts, UnitCosts, scenario_costs
from data.scenarios.rows import ROW_COLUMNS, to_rows
from data.scenarios.scenario import Scenario
from data.scenarios.text import to_json
from data.store.plain_text import plain_text
from data.vocabulary import need_groups, support_forms
from geo.printed_numbers import LEAST
from layers.answers.cost_report import forms_of_scenario
from layers.answers.cost_sources import KnownThere, area_of_changes, known_there
from layers.answers.measures.applied_scenario import AppliedScenario
from layers.answers.measures.sources import SourceNote, source_notes
from layers.answers.snapshot_id import costs_snapshot_id
from layers.export.cost_files import address_of, cost_source_facts, costs_from, source_line
from layers.export.formats import CSV, JSON, XLSX, FileFormat
from layers.export.workbook import Cell, FileFacts, WorkbookSheet, write_csv, write_workbook
from layers.text import Texts
from layers.view.unit_costs import read_unit_costs
from layers.view.view import View
from layers.words.cost_words import cost_label, form_in_unit, write_change, write_zl
from layers.words.known_costs_words import PAID_BY_LAW, who_pays
from layers.words.scenario_words import ScenarioWords

SCENARIO_ADDRESS: Final = "scenariusz"
COLUMNS: Final = (
    *("change", "kind", "form_name", "facility_name", "where", "places_before", "places_after"),
    *("build_zl", "is_build_at_least", "run_zl_year", "problem", "remarks"),
)
_NUMBERS: Final = ("places_before", "places_after", "build_zl", "run_zl_year")


@dataclass(frozen=True, eq=False)
class ScenarioReport:
    """
    A scenario with its costs and everything that must stand on a file.

    `registry` is that of the day of the view, without the scenario: a closed facility has its name there. `problems` is
    that of `data.scenarios.apply_scenario`.
    """

    registry: Registry
    view: View
    scenario: Scenario
    problems: pd.DataFrame
    costs: ScenarioCosts
    unit_costs: dict[str, UnitCosts]
    sources: tuple[SourceNote, ...]
    newest: date | None
    snapshot_id: str
    boundary_vintage: str
    is_invented: bool
    known: KnownThere = field(default_factory=KnownThere)


def build_scenario_report(registry: Registry, view: View, proposed: AppliedScenario) -> ScenarioReport:
    """
    Gather what the files of the view's scenario tell.

    Parameters
    ----------
    registry
        Of the day of the view, without the scenario.
    proposed
        The scenario applied to that registry.
    """
    services, scenario = registry.services, proposed.scenario
    unit_costs = read_unit_costs(view.costs)
    handles = {change.facility for change in scenario.changes if change.facility}
    is_named = services["facility_handle"].isin(handles)
    is_used = registry.sources["source_code"].isin(set(services.loc[is_named, "source_code"]))
    is_used |= registry.sources["kind"] == "boundaries"
    return ScenarioReport(
        registry=registry,
        view=view,
        scenario=scenario,
        problems=proposed.problems,
        costs=scenario_costs(scenario, unit_costs, services, left_out=proposed.left_out),
        unit_costs=unit_costs,
        sources=source_notes(registry.sources[is_used]),
        newest=registry.state.as_of,
        snapshot_id=costs_snapshot_id(registry, view.with_changes(chosen=""), "scenario"),
        boundary_vintage=str(registry.areas["boundary_vintage"].iloc[0]) if len(registry.areas) else "",
        is_invented=registry.state.is_invented,
        known=known_there(registry, unit_costs, view.chosen or area_of_changes(scenario, registry)),
    )


def scenario_file_name(report: ScenarioReport, file_format: str) -> str:
    """Return the name of the file; the title stays out of it, anybody may have written it."""
    return f"scenariusz_{report.snapshot_id}.{file_format}"


def change_rows(report: ScenarioReport, texts: Texts) -> list[list[Cell]]:
    """Return the cells of `COLUMNS`, one row per change in the order of the scenario."""
    scenario, words = report.scenario, ScenarioWords(report.registry, texts)
    problems = words.problems(report.problems, scenario)
    rows: list[list[Cell]] = []
    for change, cost in zip(scenario.changes, report.costs.changes.to_dict("records"), strict=True):
        form = None if pd.isna(cost["support_form"]) else str(cost["support_form"])
        rows.append(
            [
                int(cost["change"]),
                texts.t(f"scenario_file.kind_{change.kind}"),
                form_in_unit(form, texts) if form else texts.t("scenario_file.all_forms"),
                words.facility(change.facility) if change.facility else "",
                _where(change, words),
                _whole(cost["places_before"]),
                _whole(cost["places_after"]),
                _whole(cost["build_zl"]),
                bool(cost["is_build_at_least"]),
                _whole(cost["run_zl_year"]),
                " ".join(problems.get(int(cost["change"]), [])),
                _why_missing(cost, texts),
            ]
        )
    return rows


def scenario_facts(report: ScenarioReport, texts: Texts) -> FileFacts:
    """Return what stands beside the changes: totals, unit costs and who gave them, day, sources."""
    t, costs, scenario = texts.t, report.costs, report.scenario
    unit_costs = [
        (
            t("scenario_file.unit_cost", label=cost_label(form, field.name, texts)),
            write_zl(value, texts),
        )
        for form, unit in report.unit_costs.items()
        for field in fields(UnitCosts)
        if (value := getattr(unit, field.name)) is not None
    ]
    about = [
        (t("costs_file.scenario"), scenario.title),
        (t("scenario_file.form_of_scenario"), support_forms()[scenario.support_form].name[texts.lang]),
        (t("scenario_file.group"), need_groups()[scenario.need_group].name[texts.lang]),
        (
            t("scenario_file.total_build"),
            write_zl(costs.build_zl, texts, bound=LEAST if costs.is_build_at_least else ""),
        ),
        (t("scenario_file.total_run"), write_change(costs.run_zl_year, texts)),
        (t("scenario_file.total_added"), _total(costs.added_run_zl_year, costs, texts)),
        (t("scenario_file.total_saved"), _total(costs.saved_run_zl_year, costs, texts)),
        (t("costs_file.costs_from"), costs_from(is_given=bool(report.unit_costs), texts=texts)),
        (t("export_label_as_of"), texts.date(report.newest) if report.newest else t("export_undated")),
        (t("export_label_boundaries"), report.boundary_vintage),
        (t("export_label_snapshot"), report.snapshot_id),
        (t("export_label_address"), address_of(SCENARIO_ADDRESS, report.view, texts)),
        *((t("costs_file.assumption"), t(f"scenario_file.note_{note}")) for note in ("costs", "not_counted")),
        (
            t("costs_file.assumption"),
            t("scenario_file.note_codes", sheet=t("costs_file.sheet_codes")),
        ),
        (t("export_label_no_data"), t("export_label_no_data_text", column=t("scenario_file.remarks"))),
        *unit_costs,
        *cost_source_facts(report.known, report.unit_costs, texts),
        *_payers(report, texts),
    ]
    return FileFacts(
        title=t("scenario_file.title", title=scenario.title),
        about=tuple((plain_text(label), plain_text(text)) for label, text in about),
        sources=tuple(source_line(note, texts) for note in report.sources),
        warning=t("export_warning_invented") if report.is_invented else "",
        snapshot_id=report.snapshot_id,
        made_on=report.newest,
    )


def _payers(report: ScenarioReport, texts: Texts) -> list[tuple[str, str]]:
    """Return who pays for a place, where a change is of care homes."""
    if PAID_BY_LAW not in forms_of_scenario(report.scenario, report.registry.services):
        return []
    rules = who_pays(PAID_BY_LAW, texts)
    return [(texts.t(f"costs_file.pays_{payer}"), rule) for payer, rule in rules.items()]


def _csv(report: ScenarioReport, texts: Texts) -> bytes:
    heads = [texts.t(f"scenario_file.{name}") for name in COLUMNS]
    rows = [[*words, *codes] for words, codes in zip(change_rows(report, texts), _codes(report), strict=True)]
    return write_csv([*heads, *ROW_COLUMNS], rows, scenario_facts(report, texts), texts)


def _xlsx(report: ScenarioReport, texts: Texts) -> bytes:
    heads = [texts.t(f"scenario_file.{name}") for name in COLUMNS]
    rows = change_rows(report, texts)
    costs = report.costs
    total: dict[str, Cell] = {
        **dict.fromkeys(COLUMNS, ""),
        "kind": texts.t("scenario_file.total"),
        "build_zl": costs.build_zl if costs.build_zl or not costs.is_build_at_least else None,
        "is_build_at_least": costs.is_build_at_least,
        "run_zl_year": costs.run_zl_year,
    }
    total["remarks"] = _why_missing(total, texts, of=("build_zl", "run_zl_year"))
    changes = WorkbookSheet(
        texts.t("costs_file.sheet_changes"),
        heads,
        [*rows, list(total.values())],
        bold=frozenset({len(rows)}),
    )
    codes = WorkbookSheet(
        texts.t("costs_file.sheet_codes"), ROW_COLUMNS, _codes(report), has_lines_above=False
    )
    return write_workbook([changes, codes], scenario_facts(report, texts), texts)


def _codes(report: ScenarioReport) -> list[list[Cell]]:
    """Return the cells of `ROW_COLUMNS`; degrees as text, because a spreadsheet would round them to whole numbers."""
    return [
        ["" if row[name] is None else str(row[name]) for name in ROW_COLUMNS]
        for row in to_rows(report.scenario)
    ]


def _why_missing(cells: Mapping[Any, Any], texts: Texts, *, of: Sequence[str] = _NUMBERS) -> str:
    """Return which numbers of a row are missing and why; empty where none is."""
    return "; ".join(
        texts.t("scenario_file.why_missing", name=texts.t(f"scenario_file.{name}"))
        for name in of
        if pd.isna(cells[name])
    )


def _where(change: Change, words: ScenarioWords) -> str:
    """Return the place or the areas of a change."""
    if change.area_codes:
        return "; ".join(words.area(code) for code in change.area_codes)
    return words.place(change) if change.gmina_code else ""


def _total(zl: int, costs: ScenarioCosts, texts: Texts) -> str:
    return write_zl(zl, texts, bound=LEAST if costs.is_run_at_least else "")


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(str(value))


SCENARIO_FORMATS: Final[Mapping[str, FileFormat[[ScenarioReport, Texts]]]] = MappingProxyType(
    {
        "json": FileFormat(JSON, lambda report, _texts: to_json(report.scenario).encode()),
        "csv": FileFormat(CSV, _csv),
        "xlsx": FileFormat(XLSX, _xlsx),
    }
)
"""Files of a scenario by format; the first can be opened again."""
