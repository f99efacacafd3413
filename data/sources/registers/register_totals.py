"""A register's own total rows, beside sums of its rows: what a merged cell read wrongly would show in."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.sources.cell_text import read_number, read_powiat
from data.sources.registers.profile import Totals

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
