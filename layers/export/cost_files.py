"""
A cost diagnosis as XLSX and CSV: every form, the sums of each class and of all, and what they rest on.

Of what is not known the cell is empty and the last column says why.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd

from data.scenarios.cost_diagnosis import CLASSES, STATES, is_paid_elsewhere
from data.scenarios.costs import UnitCosts
from data.store.plain_text import plain_text
from data.vocabulary import need_groups
from layers.answers.area_table import unit_of
from layers.answers.cost_report import CostReport
from layers.answers.cost_sources import KnownThere
from layers.answers.measures.sources import SourceNote
from layers.export.formats import CSV, XLSX, FileFormat
from layers.export.workbook import Cell, FileFacts, WorkbookSheet, write_csv, write_workbook
from layers.text import Texts
from layers.view.view import View
from layers.words.cost_words import answer, area_words, as_of_words, assumptions, form_in_unit
from layers.words.day_words import source_day
from layers.words.known_costs_words import PAYERS, cost_sources, who_pays
from layers.words.view_words import SourceLine

COSTS_ADDRESS: Final = "koszty"
_OF_STATE: Final = (
    *("facilities_count", "known_places", "capacity_unknown_count", "may_be_gone"),
    *("run_zl_year", "is_run_at_least", "is_run_unsure"),
)
COLUMNS: Final = (
    *(
        "row",
        "di_class",
        "support_form",
        "form_name",
        "capacity_unit",
        "is_complete",
        "run_per_place_zl_year",
    ),
    *(f"{state}_{name}" for state in STATES for name in _OF_STATE),
    *("difference_places", "difference_zl_year"),
    *(f"pays_{payer}" for payer in PAYERS),
    "remarks",
)
_OF_SUMS: Final = frozenset(
    name for name in COLUMNS if name.endswith(("run_zl_year", "_at_least", "_unsure", "difference_zl_year"))
)


def costs_xlsx(report: CostReport, texts: Texts) -> bytes:
    """Return the diagnosis as XLSX: the table, then the assumptions and sources."""
    heads = [texts.t(f"costs_file.{name}") for name in COLUMNS]
    rows = diagnosis_rows(report, texts)
    forms_count = len(report.diagnosis.forms)
    page = WorkbookSheet(
        texts.t("costs_file.sheet_table"), heads, rows, bold=frozenset(range(forms_count, len(rows)))
    )
    return write_workbook([page], cost_facts(report, texts), texts)


def costs_csv(report: CostReport, texts: Texts) -> bytes:
    """Return the diagnosis as CSV; every row carries the area, the day, the sources and who gave the costs."""
    heads = [texts.t(f"costs_file.{name}") for name in COLUMNS]
    return write_csv(heads, diagnosis_rows(report, texts), cost_facts(report, texts), texts)


COST_FORMATS: Final[Mapping[str, FileFormat[[CostReport, Texts]]]] = MappingProxyType(
    {"xlsx": FileFormat(XLSX, costs_xlsx), "csv": FileFormat(CSV, costs_csv)}
)
"""Files of a diagnosis by format."""


def costs_file_name(report: CostReport, file_format: str) -> str:
    """Return the name of the file; the snapshot id in it tells two states of data or costs apart."""
    return f"diagnoza-kosztow_{report.view.chosen}_{report.snapshot_id}.{file_format}"


def diagnosis_rows(report: CostReport, texts: Texts) -> list[list[Cell]]:
    """Return the cells of `COLUMNS`: forms, then the sum of each class, then of all."""
    told = report.diagnosis
    rows: list[dict[Any, Any]] = []
    for form, row in told.forms.iterrows():
        words = {
            "row": texts.t("costs_file.row_form"),
            "di_class": texts.t(f"costs.class_{row['di_class']}"),
            "support_form": str(form),
            "form_name": form_in_unit(str(form), texts),
            "capacity_unit": texts.t(f"costs.in_{unit_of(str(form))}"),
            **{f"pays_{payer}": rule for payer, rule in who_pays(str(form), texts).items()},
            "remarks": _why_missing(str(form), row, texts),
        }
        rows.append({**row.to_dict(), **words})
    sums = [
        ("row_class", texts.t(f"costs.class_{name}"), told.classes.loc[[name]].iloc[0]) for name in CLASSES
    ]
    sums.append(("row_total", "", told.total))
    for kind, name, row in sums:
        is_missing = any(pd.isna(row[column]) for column in _OF_SUMS if column in row)
        words = {
            "row": texts.t(f"costs_file.{kind}"),
            "di_class": name,
            "remarks": texts.t("costs_file.why_of_sum") if is_missing else "",
        }
        known = {column: value for column, value in row.to_dict().items() if column in _OF_SUMS}
        rows.append(dict.fromkeys(COLUMNS, "") | known | words)
    for cells in rows:
        for state in STATES:
            cost = cells[f"{state}_run_zl_year"]
            if cells[f"{state}_is_run_at_least"] and not pd.isna(cost) and cost == 0:
                cells[f"{state}_run_zl_year"] = None  # "at least nothing" tells nothing
            # What may be gone makes no least.
            cells[f"{state}_is_run_at_least"] &= not cells[f"{state}_is_run_unsure"]
    return [[_cell(cells[name]) for name in COLUMNS] for cells in rows]


def _why_missing(form: str, row: pd.Series, texts: Texts) -> str:
    """Return why numbers of a form are missing; empty where none is."""
    reasons = []
    if any(pd.isna(row[f"{state}_facilities_count"]) for state in STATES):
        reasons.append("no_list")
    if any(row[f"{state}_capacity_unknown_count"] > 0 for state in STATES):
        reasons.append("no_capacity")
    if pd.isna(row["run_per_place_zl_year"]):
        reasons.append("no_unit_cost")
    is_none = [not pd.isna(count := row[f"{state}_facilities_count"]) and count == 0 for state in STATES]
    if any(is_none):
        reasons.append("elsewhere" if is_paid_elsewhere(form) else "none_here")
    return "; ".join(texts.t(f"costs_file.why_{reason}") for reason in reasons)


def cost_facts(report: CostReport, texts: Texts) -> FileFacts:
    """Return what stands beside the figures of a diagnosis."""
    t = texts.t
    group = need_groups()[report.group].name[texts.lang] if report.group else ""
    scenario = report.scenario.title if report.scenario else t("costs_file.scenario_none")
    title = t("costs_file.title", answer=answer(report, texts))
    about = [
        (t("costs_file.area"), area_words(report, texts)),
        (t("costs_file.area_code"), report.view.chosen),
        (t("costs_file.forms"), t("costs.for_group", group=group) if group else t("costs.all_groups")),
        (t("costs_file.scenario"), scenario),
        (t("costs_file.costs_from"), costs_from(is_given=bool(report.unit_costs), texts=texts)),
        *cost_source_facts(report.known, report.unit_costs, texts),
        (t("export_label_as_of"), as_of_words(report, texts)),
        (t("export_label_boundaries"), report.boundary_vintage),
        (t("export_label_snapshot"), report.snapshot_id),
        (t("export_label_address"), address_of(COSTS_ADDRESS, report.view, texts)),
        (t("export_label_no_data"), t("export_label_no_data_text", column=t("costs_file.remarks"))),
        *((t("costs_file.assumption"), note) for note in assumptions(report, texts)),
    ]
    return FileFacts(
        title=title,
        about=tuple((label, plain_text(text)) for label, text in about),
        sources=tuple(source_line(note, texts) for note in report.sources),
        warning=t("export_warning_invented") if report.is_invented else "",
        snapshot_id=report.snapshot_id,
        made_on=report.days.newest.day if report.days.newest else None,
    )


def costs_from(*, is_given: bool, texts: Texts) -> str:
    """Return who gave the unit costs."""
    return texts.t("costs_file.costs_from_view" if is_given else "costs_file.costs_from_nobody")


def cost_source_facts(
    known: KnownThere, unit_costs: Mapping[str, UnitCosts], texts: Texts
) -> list[tuple[str, str]]:
    """Return where yearly costs are from that equal announced ones: home or quartile, year, act and address."""
    return [
        (texts.t("costs_file.cost_source", form=form_in_unit(form, texts)), sentence)
        for form, given in unit_costs.items()
        if given.run_per_place_zl_year is not None and form in known.of_form
        for sentence in cost_sources(
            given.run_per_place_zl_year, known.of_form[form], known.voivodeship, texts
        )
    ]


def address_of(page: str, view: View, texts: Texts) -> str:
    """Return the address of a page with its view, from the application's own."""
    return f"{page}?" + urlencode({**view.to_query(), "lang": texts.lang})


def source_line(note: SourceNote, texts: Texts) -> SourceLine:
    """Return a source in one line and in parts."""
    parts = {
        key: plain_text(value or "")
        for key, value in {"name": note.name, "publisher": note.publisher, "licence": note.licence}.items()
    }
    day = source_day(note, texts)
    key = "export_source_line" if day else "export_source_line_undated"
    attribution = plain_text(note.attribution or "")
    line = texts.t(key, date=day, **parts)
    return SourceLine(
        text=f"{line} · {attribution}" if attribution else line,
        attribution=attribution,
        as_of=day,
        url=plain_text(note.url or ""),
        **parts,
    )


def _cell(value: Any) -> Cell:
    """Return a value of a frame as a cell; missing is None."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return value if isinstance(value, bool) else int(str(value))
