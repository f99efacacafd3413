"""Comparing what a register's rows add up to with the totals that it states itself."""

import re

import pandas as pd

from data.plan import Row, work_item
from data.world import AreaIndex

_CITY_MARK = re.compile(r"^(m\.|miasto)\s*", re.IGNORECASE)


def reconcile(totals: pd.DataFrame, records: pd.DataFrame, areas: AreaIndex) -> tuple[list[Row], list[Row]]:
    """
    Return rows of `register_total`, and a work item for each total that differs at all.

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
    for total in totals.to_dict("records"):
        area_code = whole
        if pd.notna(total["powiat_name"]):
            area_code = _powiat_code(str(total["powiat_name"]), whole, areas)
        stated, computed = int(total["stated"]), int(total["computed"])
        label, quantity = str(total["label"]), str(total["quantity"])
        rows.append(
            {
                "label": label,
                "area_code": area_code,
                "quantity": quantity,
                "stated": stated,
                "computed": computed,
            }
        )
        if stated != computed:
            items.append(
                work_item(
                    "total_differs", label, {"quantity": quantity, "stated": stated, "computed": computed}
                )
            )
        if area_code is None and whole is not None:
            items.append(work_item("powiat_unknown", label, {"stated_powiat": str(total["powiat_name"])}))
    return rows, items


def _powiat_code(name: str, voivodeship_code: str | None, areas: AreaIndex) -> str | None:
    if voivodeship_code is None:
        return None
    is_city = True if _CITY_MARK.match(name) else None
    return areas.powiat(_CITY_MARK.sub("", name), voivodeship_code=voivodeship_code, is_city=is_city)
