"""Comparing what a register's rows add up to with the totals that it states itself."""

import re
from dataclasses import dataclass
from typing import Self

import pandas as pd

from data.loading.plan import work_item
from data.places.world import AreaIndex
from data.sources.registers.profile import RegisterProfile
from data.store.query_frames import Row

_CITY_MARK = re.compile(r"^(m\.|miasto)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Tolerance:
    """
    How far a sum of rows may be from the total that a register states before its load is refused.

    Both limits must be passed: one place more in a powiat of twenty is a typing error, not a lost block.
    """

    pct: float = 2.0
    least: int = 2

    @classmethod
    def of(cls, profile: RegisterProfile) -> Self:
        """Return the tolerance that a profile states; the usual one where it has no totals."""
        totals = profile.totals
        return cls(totals.tolerance_pct, totals.tolerance_least) if totals else cls()

    def is_passed(self, stated: int, computed: int) -> bool:
        """Tell whether the difference is too large."""
        difference = abs(stated - computed)
        return difference > self.least and difference * 100 > self.pct * abs(stated)


@dataclass(frozen=True)
class Reconciled:
    """
    Rows of `register_total`, a work item for each that differs at all, and what is beyond the tolerance.

    The last is in signs that need no translation (stated ≠ computed): exports print it in every language.
    """

    rows: list[Row]
    work_items: list[Row]
    beyond_tolerance: tuple[str, ...]


def reconcile(
    totals: pd.DataFrame, records: pd.DataFrame, areas: AreaIndex, *, tolerance: Tolerance
) -> Reconciled:
    """
    Compare the totals that a register states with the sums of its rows.

    Parameters
    ----------
    totals
        `label`, `powiat_name` (missing for the whole register), `quantity`, `stated`, `computed`.
    records
        Rows of the register; a total's powiat is looked for in their voivodeship.
    """
    voivodeships = records["voivodeship_code"].unique()
    # A register of several voivodeships has no one area that its whole is of.
    whole = str(voivodeships[0]) if len(voivodeships) == 1 else None
    rows: list[Row] = []
    items: list[Row] = []
    beyond: list[str] = []
    for total in totals.to_dict("records"):
        area_code = whole
        if pd.notna(total["powiat_name"]):
            area_code = _powiat_code(str(total["powiat_name"]), whole, areas)
        stated, computed = int(total["stated"]), int(total["computed"])
        label, quantity = str(total["label"]), str(total["quantity"])
        facts: Row = {"quantity": quantity, "stated": stated, "computed": computed}
        rows.append({"label": label, "area_code": area_code, **facts})
        if stated != computed:
            items.append(work_item("total_differs", label, facts))
        if tolerance.is_passed(stated, computed):
            beyond.append(f"{label}: {quantity}: {stated} ≠ {computed}")
        if area_code is None and whole is not None:
            items.append(work_item("powiat_unknown", label, {"stated_powiat": str(total["powiat_name"])}))
    return Reconciled(rows, items, tuple(beyond))


def beyond_official(comparison: pd.DataFrame) -> list[str]:
    """
    Return a sentence for each of our totals that is too far from an official one.

    Only where a register claims to be complete: elsewhere ours are known to be fewer.

    Parameters
    ----------
    comparison
        As `data.registry.counts.official_comparison` returns.
    """
    return [
        f"{row['source_code']}: {row['area_code']}: {', '.join(row['support_forms'])}: {row['quantity']}: "
        f"{row['official']} ≠ {row['ours']}"
        for row in comparison[comparison["is_complete"]].to_dict("records")
        if pd.notna(row["tolerance_pct"])
        and Tolerance(float(row["tolerance_pct"])).is_passed(int(row["official"]), int(row["ours"]))
    ]


def _powiat_code(name: str, voivodeship_code: str | None, areas: AreaIndex) -> str | None:
    if voivodeship_code is None:
        return None
    is_city = True if _CITY_MARK.match(name) else None
    return areas.powiat(_CITY_MARK.sub("", name), voivodeship_code=voivodeship_code, is_city=is_city)
