"""The title of a view of one area: "in 1 voivodeship there are some" answers nothing, its number does."""

import re
from collections.abc import Mapping
from typing import Any, Final

from layers.answers.area_table import AreaTable
from layers.indicators.balance import BALANCE
from layers.text import Texts
from layers.words.figures import write_figure
from layers.words.standing_titles import standing

_OF_PLACES: Final = {"facilities_count": "facilities", "places_per_1000": "places"}
_TWO_SPACES: Final = re.compile(" {2,}")


def one_area_title(table: AreaTable, texts: Texts, about: str, values: Mapping[str, Any]) -> str:
    """
    Return the number of the only area of a table, with its bound; empty where there are several, or it has none.

    A rate of places names them, too; where only some facilities state their places it says that they are of these.
    """
    if len(table.rows) != 1 or table.rows["value"].isna().any():
        return ""
    row, indicator = table.rows.iloc[0], table.view.indicator
    value = write_figure(row["value"], indicator, texts, bound=table.bounds["value"].iloc[0])
    if indicator in BALANCE:
        return texts.t("export_title_one_balance", form=about, value=value)
    kind = _OF_PLACES.get(indicator, indicator)
    parts = standing(table, texts, values) if indicator in _OF_PLACES else {}
    if indicator in _OF_PLACES and not parts:
        return ""
    partial = "_partial" if kind == "places" and (row["capacity_unknown_count"] > 0) else ""
    return texts.t(f"export_title_one_{kind}{partial}", **{**values, **parts}, form=about, value=value)


def without_where(title: str) -> str:
    """Return a title of one area whose words for "in 1 voivodeship of 1" are empty."""
    return _TWO_SPACES.sub(" ", title)
