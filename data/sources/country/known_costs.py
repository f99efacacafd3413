"""
What a month in a care home, or an hour of care services, costs: announced figures of one home or gmina and year each.

What was asked of residents, guessed, or is of no known year is no cost, and is left out with its reason.
"""

import re
from pathlib import Path
from typing import Final

import pandas as pd

from data.sources.cell_text import one_line, read_number
from data.sources.readable import reader_of
from data.sources.staged import SourceFormatError, Staged, rejected_rows, require_columns
from geo.teryt import ALL_VOIVODESHIPS

RECORD_COLUMNS: Final = [
    *("support_form", "unit", "year", "voivodeship_code", "powiat_name", "name", "locality_name"),
    *("value_zl", "is_first_hand", "act", "source_url"),
]
_HOMES: Final = {
    "value": "monthly_cost_pln",
    "name": "home_name",
    "locality": "locality",
    "powiat": "powiat",
    "act": "act_or_notice",
}
_HOURS: Final = {"value": "price_per_hour_pln", "name": "gmina", "act": "act_or_notice", "kind": "kind"}
_SHARED: Final = ("year", "voivodeship", "source_url", "certainty", "note")
_LAYOUTS: Final = {"month": _HOMES, "hour": _HOURS}
_NO_COST: Final = re.compile(r"not a cost|\bfee\b|minimum", re.IGNORECASE)
"""Words of a note that say that the figure is what residents pay, or a wage."""
_FIRST_YEAR: Final = 2022
"""Older figures tell how costs grew, and are no help to who plans."""
_MOST_ZL: Final = {"month": 50_000.0, "hour": 500.0}
_CODES: Final = {name: code for code, name in ALL_VOIVODESHIPS.items()}


@reader_of("a CSV file of announced costs")
def read_known_costs(path: Path) -> Staged:
    """
    Read a list of costs: of care homes by month, or of care services by hour.

    Parameters
    ----------
    path
        CSV in UTF-8. The column of the figure tells which list it is: `monthly_cost_pln` or `price_per_hour_pln`.

    Returns
    -------
    staged
        Records: `RECORD_COLUMNS`. `value_zl` is zł for a person's month, or for an hour; `is_first_hand` says that it
        is the text of an act or an office's own list. Reasons of refusal: `no_year`, `too_old` (before 2022),
        `not_a_number`, `absurd_number`, `unknown_area`, `not_a_cost` (a fee, a minimum wage) and `unsure` (undated,
        rounded or partly assumed).

    Raises
    ------
    SourceFormatError
        If it is neither list.
    """
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    unit = next((unit for unit, layout in _LAYOUTS.items() if layout["value"] in table.columns), None)
    if unit is None:
        expected = " or ".join(layout["value"] for layout in _LAYOUTS.values())
        raise SourceFormatError(
            f"{path.name}: expected a column {expected}, found {', '.join(map(str, table.columns))}."
        )
    require_columns(table, [*_LAYOUTS[unit].values(), *_SHARED], file_name=path.name)
    records: list[dict[str, object]] = []
    refused: list[tuple[str, str, str]] = []
    for number, row in enumerate(table.to_dict("records"), start=2):
        words = {str(name): one_line(text) for name, text in row.items()}
        record, reason = _record(words, unit)
        if reason:
            refused.append((str(number), reason, f"{record['name']}: {record['value_zl']}"))
        else:
            records.append(record)
    return Staged(pd.DataFrame(records, columns=RECORD_COLUMNS), rejected_rows(refused), rows_read=len(table))


def _record(words: dict[str, str], unit: str) -> tuple[dict[str, object], str]:
    """Return the record of a row, and why it is not taken; empty where it is."""
    layout = _LAYOUTS[unit]
    value = read_number(words[layout["value"]])
    year = int(words["year"]) if words["year"].isdigit() else None
    record: dict[str, object] = {
        "support_form": _form(words.get(layout.get("kind", ""), ""), unit),
        "unit": unit,
        "year": year,
        "voivodeship_code": _CODES.get(words["voivodeship"]),
        "powiat_name": words.get(layout.get("powiat", "")) or None,
        "name": _name(words[layout["name"]], words.get(layout.get("kind", ""), "")),
        "locality_name": words.get(layout.get("locality", "")) or None,
        "value_zl": value,
        "is_first_hand": words["certainty"] == "A",
        "act": words[layout["act"]],
        "source_url": words["source_url"],
    }
    reasons = {
        "no_year": year is None,
        "too_old": (year or _FIRST_YEAR) < _FIRST_YEAR,
        "unknown_area": record["voivodeship_code"] is None,
        "not_a_number": value is None,
        "absurd_number": not 0 < (value or 1) <= _MOST_ZL[unit],
        "not_a_cost": bool(_NO_COST.search(words["note"])),
        "unsure": words["certainty"] not in {"A", "B"},
    }
    return record, next((reason for reason, is_so in reasons.items() if is_so), "")


def _name(name: str, kind: str) -> str:
    """Return how a figure is called: several kinds of one form have prices of their own, told behind a colon."""
    _, colon, detail = kind.partition(": ")
    return f"{name} ({detail})" if colon else name


def _form(kind: str, unit: str) -> str:
    """Return the form that a row is of."""
    if unit == "month":
        return "CAL-DPS"
    return "DOM-SUO" if kind.startswith("specjalistyczne") else "DOM-UO"
