"""A register's own total rows, beside sums of its rows: what a merged cell read wrongly would show in."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.sources.cell_text import read_number, read_powiat
from data.sources.profile import Totals

_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?:\D|$))")
WHOLE_REGISTER = "razem"
"""The label of a total of all rows."""


@dataclass
class Sums:
    """What the register states and what its rows add up to, by label (a powiat, a section) and quantity."""

    rules: Totals | None
    stated: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    computed: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def state(self, label: str, cells: dict[str, str]) -> None:
        """Take a total row; cells without a number ("X", an unsaved formula) state nothing."""
        for quantity in self.rules.quantities if self.rules else ():
            # A total has no thousandths: "1.234" is as many.
            number = read_number(_THOUSANDS.sub("", cells.get(quantity, "")))
            if number is not None:
                self.stated[label, quantity] += int(number)

    def add(self, label: str, record: dict[str, Any]) -> None:
        """Take a row that the totals sum."""
        for quantity in self.rules.quantities if self.rules else ():
            self.computed[label, quantity] += record[quantity] or 0

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
