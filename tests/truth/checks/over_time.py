"""The numbers of registers on each of their days."""

import math
from collections.abc import Iterator

import pandas as pd

from tests.truth.checks.disagreement import Disagreement
from tests.truth.recompute.figures.expected import Expected

_NAMES = {"capacity_places": "places", "vacant_places": "vacant", "waiting_persons": "waiting"}


def wrong_history(view: str, told: list[dict], expected: Expected) -> Iterator[Disagreement]:
    """Compare every number of every day that a raw file is read of, for the group and for everybody."""
    registers, group = expected.raw.registers, expected.question.group
    histories = {
        "malopolskie-dps": registers.history_malopolskie,
        "podkarpackie-dps": registers.history_podkarpackie,
        "kujawsko-pomorskie-dps": registers.history_kujawsko_pomorskie,
        "lodzkie-dps": registers.dps_lodzkie.assign(day="2025-03-31", subtype=registers.dps_lodzkie["text"]),
    }
    for register in told:
        rows = histories[register["source_code"]]
        is_own = [registers.may_be_for(subtype, group) for subtype in rows["subtype"]]
        for stocks, part in (("stocks", rows[is_own]), ("whole_stocks", rows)):
            sums = part.groupby("day")[[*_NAMES.values()]].sum(min_count=1)
            yield from _of_days(f"{view}, {register['source_code']}, {stocks}", register[stocks], sums)


def _of_days(where: str, stocks: list[dict], sums: pd.DataFrame) -> Iterator[Disagreement]:
    days = {stock["day"]: stock for stock in stocks}
    for day, row in sums.iterrows():
        for name, column in _NAMES.items():
            said = days.get(day, {}).get(name)
            if said != (None if math.isnan(row[column]) else row[column]):
                yield Disagreement(where, f"{day} {name}", str(said), str(row[column]), "registers/")
