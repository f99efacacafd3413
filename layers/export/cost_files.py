"""
A cost diagnosis as XLSX and CSV: every form, the sums of each class and of all, and what they rest on.

Like `layers.export.tables`: CSV is a pure table that carries its sources in the last columns; text is always
written as text, numbers as numbers, and of what is not known the cell is empty and the last column says why.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd
import xlsxwriter
from xlsxwriter.workbook import Workbook

from data.scenarios.cost_diagnosis import CLASSES, STATES, is_paid_elsewhere
from data.store.plain_text import cell_text, plain_text
from data.vocabulary import need_groups
from data.vocabulary.languages import LANGUAGES
from layers.answers.area_table import unit_of
from layers.answers.measures.sources import SourceNote
from layers.export.formats import CSV, XLSX, FileFormat
from layers.text import Texts
from layers.view.view import View
from layers.words.cost_report import (
    CostReport,
    answer,
    area_words,
    as_of_words,
    assumptions,
    form_in_unit,
)
from layers.words.view_words import SourceLine

COSTS_ADDRESS: Final = "koszty"
_OF_STATE: Final = (
    *("facilities_count", "known_places", "capacity_unknown_count", "run_zl_year", "is_run_at_least"),
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
    *("difference_places", "difference_zl_year", "remarks"),
)
_OF_SUMS: Final = frozenset(
    name for name in COLUMNS if name.endswith(("run_zl_year", "_at_least", "difference_zl_year"))
)
_SOURCE_HEADS: Final = ("source", "publisher", "licence", "attribution", "as_of", "url")
_LONGEST_CELL: Final = 32_767
_EARLIEST: Final = date(2000, 1, 1)

Cell = str | int | bool | None
"""Text, a whole number, yes or no; None is not known, and an empty cell."""


@dataclass(frozen=True)
class WorkbookSheet:
    """
    One sheet: its name, heads and rows; rows whose number is in `bold` are sums.

    Title and warning stand above the heads, unless a program is to read the sheet.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    bold: frozenset[int] = frozenset()
    has_lines_above: bool = True


@dataclass(frozen=True)
class FileFacts:
    """
    What stands on every file: label and text of each fact, the sources, and how loudly the data are invented.

    `made_on` is the day of the data in the properties of the file: the same input gives the same bytes.
    """

    title: str
    about: tuple[tuple[str, str], ...]
    sources: tuple[SourceLine, ...]
    warning: str
    snapshot_id: str
    made_on: date | None


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
        made_on=report.newest,
    )


def costs_from(*, is_given: bool, texts: Texts) -> str:
    """Return who gave the unit costs."""
    return texts.t("costs_file.costs_from_view" if is_given else "costs_file.costs_from_nobody")


def address_of(page: str, view: View, texts: Texts) -> str:
    """Return the address of a page with its view, from the application's own."""
    return f"{page}?" + urlencode({**view.to_query(), "lang": texts.lang})


def source_line(note: SourceNote, texts: Texts) -> SourceLine:
    """Return a source in one line and in parts."""
    parts = {
        key: plain_text(value or "")
        for key, value in {"name": note.name, "publisher": note.publisher, "licence": note.licence}.items()
    }
    day = texts.date(note.as_of) if note.as_of else ""
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


def write_csv(heads: Sequence[str], rows: Sequence[Sequence[Cell]], facts: FileFacts, texts: Texts) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark; the last columns say where every row comes from."""
    endings = [
        (texts.t("export_column_title"), facts.title),
        *facts.about,
        (texts.t("export_column_sources"), " | ".join(source.text for source in facts.sources)),
        (texts.t("export_column_warning"), facts.warning),
    ]
    # A label of several facts (assumptions) is one column.
    merged: dict[str, list[str]] = {}
    for label, text in endings:
        merged.setdefault(label, []).append(text)
    ending = [cell_text(" ".join(parts)) for parts in merged.values()]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=LANGUAGES[texts.lang].list_separator, lineterminator="\r\n")
    writer.writerow(map(cell_text, [*heads, *merged]))
    for row in rows:
        writer.writerow([*(_csv_cell(cell, texts) for cell in row), *ending])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def write_workbook(pages: Iterable[WorkbookSheet], facts: FileFacts, texts: Texts) -> bytes:
    """Return sheets of tables and a last one with facts and sources; no text can become a formula or a link."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        day = facts.made_on or _EARLIEST
        book.set_properties(
            {
                "title": facts.title[:255],
                "comments": facts.snapshot_id,
                "created": datetime(day.year, day.month, day.day, tzinfo=UTC),
            }
        )
        for page in pages:
            _write_page(book, page, facts, texts)
        _write_about(book, facts, texts)
    return buffer.getvalue()


def _write_page(book: Workbook, page: WorkbookSheet, facts: FileFacts, texts: Texts) -> None:
    sheet = book.add_worksheet(_sheet_name(page.name))
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EDE7F3", "bottom": 1}
    )
    looks = {
        (kind, is_bold): book.add_format({**look, "bold": is_bold})
        for is_bold in (False, True)
        for kind, look in {
            "text": {"valign": "top"},
            "number": {"num_format": "#,##0"},
            "missing": {"bg_color": "#F2F2F2"},
        }.items()
    }
    top = 0
    for line, look in (
        (facts.warning, _warning_format(book)),
        (facts.title, book.add_format({"bold": True})),
    ):
        if line and page.has_lines_above:
            # Above the head, where it cannot be scrolled away.
            sheet.write_string(top, 0, _text(line), look)
            top += 1
    for position, name in enumerate(page.heads):
        lengths = [len(cell) for row in page.rows if isinstance(cell := row[position], str)]
        sheet.set_column(position, position, min(44, max([14, *lengths])))
        sheet.write_string(top, position, _text(name), head)
    for number, row in enumerate(page.rows):
        is_bold = number in page.bold
        for position, cell in enumerate(row):
            at = (top + 1 + number, position)
            if cell is None:
                sheet.write_blank(*at, None, looks["missing", is_bold])
            elif isinstance(cell, int) and not isinstance(cell, bool):
                sheet.write_number(*at, cell, looks["number", is_bold])
            else:
                sheet.write_string(*at, _text(_words(cell, texts)), looks["text", is_bold])
    sheet.set_row(top, 62)
    sheet.freeze_panes(top + 1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:Z10000"})
    sheet.repeat_rows(0, top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8" + facts.snapshot_id + "&R&8&P / &N")


def _write_about(book: Workbook, facts: FileFacts, texts: Texts) -> None:
    sheet = book.add_worksheet(_sheet_name(texts.t("costs_file.sheet_about")))
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 5, 34)
    line = 0
    if facts.warning:
        sheet.write_string(line, 0, facts.warning, _warning_format(book))
        line += 1
    for label, text in ((texts.t("export_label_title"), facts.title), *facts.about):
        sheet.write_string(line, 0, _text(label), bold)
        sheet.merge_range(line, 1, line, 5, "", wrapped)
        sheet.write_string(line, 1, _text(text), wrapped)
        sheet.set_row(line, min(400, 15 * (1 + len(text) // 150)))
        line += 1
    line += 1
    sheet.write_string(line, 0, texts.t("export_sources"), bold)
    for position, head in enumerate(_SOURCE_HEADS):
        sheet.write_string(line + 1, position, texts.t(f"export_label_{head}"), bold)
    for number, source in enumerate(facts.sources, start=line + 2):
        parts = (source.name, source.publisher, source.licence, source.attribution, source.as_of, source.url)
        for position, text in enumerate(parts):
            sheet.write_string(number, position, _text(text), wrapped)


def _warning_format(book: Workbook) -> Any:
    return book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#8B0000", "font_size": 13})


def _cell(value: Any) -> Cell:
    """Return a value of a frame as a cell; missing is None."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return value if isinstance(value, bool) else int(str(value))


def _words(cell: Cell, texts: Texts) -> str:
    """Return text, or yes or no."""
    return cell if isinstance(cell, str) else texts.t("export_yes" if cell else "export_no")


def _csv_cell(cell: Cell, texts: Texts) -> str:
    """Return a cell as text: numbers as they are, without separators, so that a minus stays a number."""
    if cell is None:
        return ""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    return str(cell_text(_words(cell, texts)))


def _text(text: object) -> str:
    """Return text as a cell can hold it; it is written as text, so it needs no apostrophe."""
    return plain_text(text)[:_LONGEST_CELL]


def _sheet_name(name: str) -> str:
    """Return a name that Excel takes for a sheet: 31 letters at most, and none of seven signs."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in name)[:31]
