"""Published figures about groups: counts, estimates, shares, forecasts, each by its own method."""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from data.sources.readable import reader_of
from data.sources.staged import Staged, rejected_rows, require_columns
from geo.teryt import COUNTRY


@reader_of("a CSV file of people")
def read_people_counts(path: Path, *, known_areas: Collection[str]) -> Staged:
    """
    Read one table of figures; nothing is added up or converted, a share stays a share.

    Parameters
    ----------
    known_areas
        Codes of all areas of our boundaries.

    Returns
    -------
    staged
        Records: columns of the table `people_count`. A row of an area that we do not know, or whose value is
        no number, is rejected.
    """
    table = pd.read_csv(path, dtype=str)
    columns = ["teryt", "indicator", "group", "value", "unit", "as_of", "source_url", "note"]
    require_columns(table, columns, file_name=path.name)
    value = pd.to_numeric(table["value"], errors="coerce")
    is_known = table["teryt"].isin({COUNTRY, *known_areas})
    reason = pd.Series("", index=table.index)
    reason[value.isna()] = "missing_number"
    reason[table[["indicator", "group", "unit", "source_url"]].isna().any(axis=1)] = "missing_description"
    reason[~is_known] = "unknown_area"
    is_usable = reason == ""
    rejected = rejected_rows(
        [
            (
                str(position + 2),
                reason[position],
                "{} {}".format(*table.loc[position, ["teryt", "indicator"]]),
            )
            for position in table.index[~is_usable]
        ]
    )
    usable = table[is_usable].astype(object)
    usable = usable.where(usable.notna(), None)
    records = pd.DataFrame(
        {
            "area_code": usable["teryt"],
            "indicator": usable["indicator"],
            "subgroup": usable["group"],
            "value": value[is_usable],
            "unit": usable["unit"],
            "as_of_text": usable["as_of"],
            "source_url": usable["source_url"],
            "note": usable["note"],
        }
    ).reset_index(drop=True)
    return Staged(records, rejected, rows_read=len(table))
