"""Totals to check a register with: its own total rows, and official ones of each voivodeship."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from data.sources.cell_text import read_number, read_powiat
from data.sources.readable import reader_of
from data.sources.registers.profile_tables import Totals
from data.sources.staged import Staged, rejected_rows, require_columns
from geo.teryt import VOIVODESHIPS

_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?:\D|$))")
WHOLE_REGISTER = "razem"
"""The label of a total of all rows."""


@dataclass
class Sums:
    """What the register states and what its rows add up to, by label (a powiat, a section) and quantity."""

    rules: Totals | None
    stated: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    computed: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    total_rows: int = 0

    def state(self, label: str, cells: dict[str, str]) -> None:
        """Take a total row; cells without a number ("X", an unsaved formula) state nothing."""
        self.total_rows += 1
        for quantity in self.rules.quantities if self.rules else ():
            # A total has no thousandths: "1.234" is as many.
            number = read_number(_THOUSANDS.sub("", cells.get(quantity, "")))
            if number is not None:
                self.stated[label, quantity] += int(number)

    def add(self, label: str, record: dict[str, Any]) -> None:
        """Take a row that the totals sum."""
        for quantity in self.rules.quantities if self.rules else ():
            self.computed[label, quantity] += record[quantity] or 0

    def not_compared(self) -> tuple[tuple[str, str], ...]:
        """Return (label, why) of sums that have no total beside them, though the profile says how totals look."""
        if self.rules is None:
            return ()
        names = ", ".join(self.rules.quantities)
        if not self.total_rows:
            where = f"the column {self.rules.column}" if self.rules.column else "all words of a row"
            why = f"no row fits the pattern {self.rules.pattern.pattern!r} of [totals], looked for in {where}"
            return ((WHOLE_REGISTER, why),)
        if not self.stated:
            return ((WHOLE_REGISTER, f"the total rows found ({self.total_rows}) have no number in {names}"),)
        missing: dict[str, list[str]] = defaultdict(list)
        for label, quantity in self.computed:
            if (label, quantity) not in self.stated:
                missing[label].append(quantity)
        return tuple((label, f"no total of {', '.join(found)}") for label, found in missing.items())

    def frame(self) -> pd.DataFrame:
        """Return one row per label and quantity; several totals of one label are summed."""
        is_of_powiats = self.rules is not None and self.rules.group == "stated_powiat_name"
        rows = [
            (
                label,
                read_powiat(label)[0] if is_of_powiats else None,
                quantity,
                stated,
                self.computed[label, quantity],
            )
            for (label, quantity), stated in self.stated.items()
        ]
        frame = pd.DataFrame(
            rows, columns=["label", "powiat_name", "quantity", "stated", "computed"], dtype=object
        )
        return frame.astype({"stated": "int64", "computed": "int64"})


_CODES = {name: code for code, name in VOIVODESHIPS.items()}


@reader_of("a CSV file of official totals")
def read_official_totals(path: Path, *, columns: Mapping[str, str]) -> Staged:
    """
    Read a table of voivodeships.

    Parameters
    ----------
    path
        CSV in UTF-8 with a column `wojewodztwo`.
    columns
        Column of the file → quantity (`facilities` or `capacity_places`); others are not read.

    Returns
    -------
    staged
        Records `area_code`, `quantity`, `value`; a row whose voivodeship or figure cannot be read is refused.

    Raises
    ------
    SourceFormatError
        If a column is missing.
    """
    frame = pd.read_csv(path, dtype=str)
    require_columns(frame, ["wojewodztwo", *columns], file_name=path.name)
    records: list[tuple[str, str, int]] = []
    rejected: list[tuple[str, str, str]] = []
    for number, row in enumerate(frame.to_dict("records"), start=2):
        name = str(row["wojewodztwo"]).strip().lower()
        figures = {quantity: str(row[column]).strip() for column, quantity in columns.items()}
        if name not in _CODES:
            rejected.append((str(number), "unknown_value", f"wojewodztwo: {name!r} is no voivodeship"))
        elif not all(figure.isdigit() for figure in figures.values()):
            rejected.append((str(number), "not_a_number", f"{name}: {figures}"))
        else:
            records += [(_CODES[name], quantity, int(figure)) for quantity, figure in figures.items()]
    return Staged(
        pd.DataFrame(records, columns=["area_code", "quantity", "value"]),
        rejected_rows(rejected),
        rows_read=len(frame),
    )
