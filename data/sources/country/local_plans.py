"""Local plans of deinstitutionalisation (LPDI): which gminas and powiats have one, as far as anybody says."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.sources.cell_text import read_date
from data.sources.readable import reader_of
from data.sources.staged import Staged, rejected_rows, require_columns
from geo.teryt import CODE_DIGITS

STATUSES = {
    "przyjęty": "adopted",
    "w przygotowaniu": "preparing",
    "brak": "none",
}
"""Words of the table → `local_plan.status`; `brak` is written only where a source says that there is no plan."""


@reader_of("a CSV file of local plans")
def read_local_plans(path: Path, *, area_of_code: Mapping[str, str]) -> Staged:
    """
    Read a table of plans.

    Parameters
    ----------
    path
        CSV in UTF-8: `unit_name`, `unit_level` (`gmina` or `powiat`), `teryt` (6 or 4 digits), `status`, `as_of` (a
        day, a month or a year, may be empty), `source_url`, `note`.
    area_of_code
        Code of any vintage → area of our boundaries.

    Returns
    -------
    staged
        Records: columns of the table `local_plan`. The second row of an area is refused.

    Raises
    ------
    SourceFormatError
        If a column is missing.
    """
    table = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    columns = ["unit_name", "unit_level", "teryt", "status", "as_of", "source_url", "note"]
    require_columns(table, columns, file_name=path.name)
    records: list[dict[str, str | None]] = []
    refused: list[tuple[str, str, str]] = []
    seen: set[str] = set()
    for number, row in enumerate(table[columns].to_dict("records"), start=2):
        level, code = row["unit_level"].strip(), row["teryt"].strip()
        area_code = area_of_code.get(code)
        status = STATUSES.get(row["status"].strip().lower())
        day = row["as_of"].strip()
        reason = ""
        if level not in {"gmina", "powiat"} or status is None:
            reason = "unknown_value"
        elif len(code) != CODE_DIGITS[level] or not code.isdigit():
            reason = "bad_code"
        elif area_code is None:
            reason = "unknown_area"
        elif day and read_date(day) is None:
            reason = "unreadable_date"
        elif not row["unit_name"].strip() or not row["source_url"].strip():
            reason = "missing_description"
        elif area_code in seen:
            reason = "repeated_key"
        if reason:
            refused.append((str(number), reason, f"{level} {code} {row['unit_name']}: {row['status']} {day}"))
            continue
        seen.add(str(area_code))
        records.append(
            {
                "area_code": area_code,
                "unit_name": row["unit_name"].strip(),
                "status": status,
                "as_of_text": day or None,
                "source_url": row["source_url"].strip(),
                "note": row["note"].strip() or None,
            }
        )
    names = ["area_code", "unit_name", "status", "as_of_text", "source_url", "note"]
    return Staged(pd.DataFrame(records, columns=names), rejected_rows(refused), rows_read=len(table))
