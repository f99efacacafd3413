"""What stands in areas, said as a title: how many facilities and places, and where a rate of them is told."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from geo.printed_numbers import LEAST, MOST, UNSURE, bound_of
from layers.answers.area_table import AreaTable
from layers.indicators.balance import BALANCE
from layers.text import Texts
from layers.words.area_names import in_areas
from layers.words.figures import BOUND_TEXTS, write_figure
from layers.words.others_words import key_by_group


def standing_title(table: AreaTable, texts: Texts, about: str, values: Mapping[str, Any]) -> str:
    """Return what stands there, which is no answer to who lacks one."""
    parts = standing(table, texts, values)
    if parts:
        return texts.t("export_title_stands", form=about, **parts)
    is_unknown = bool(table.rows["facilities_count"].isna().all())
    nowhere = key_by_group("export_title_stands_nowhere", table, texts)
    return texts.t("export_title_no_data" if is_unknown else nowhere, form=about)


def standing(table: AreaTable, texts: Texts, values: Mapping[str, Any]) -> dict[str, str]:
    """Return how many `facilities` and `places` stand `where`, in words; nothing where none is known of."""
    rows, t = table.rows, texts.t
    here = rows[(rows["facilities_count"] > 0).fillna(value=False).astype(bool)]
    if here.empty:
        return {}
    facilities, places = int(here["facilities_count"].sum()), here["capacity_places"]
    bounds = table.bounds.loc[here.index]
    is_least = bool(bounds["facilities_count"].isin([LEAST, UNSURE]).any()) or not rows["is_complete"].all()
    is_fewer, is_less = (
        bool(bounds[name].isin([MOST, UNSURE]).any()) for name in ("facilities_count", "capacity_places")
    )
    is_partial = _is_partial(here)
    bound = bound_of(is_more=is_least or is_partial, is_less=is_less)
    counted = t("count.facilities", count=facilities)
    of_count = bound_of(is_more=is_least, is_less=is_fewer)
    value = write_figure(places.sum(min_count=1), "capacity_places", texts, bound=bound)
    # Those that state none are in the number before: 11,685 places beside 202 homes are of 148.
    stating = _stating(table) if is_partial else facilities
    of = "_of" if 0 < stating < facilities else ""
    said = t(
        f"export_stands_places{of}",
        capacity=values["capacity"],
        value=value,
        stating=stating,
        count=facilities,
    )
    return {
        "facilities": t(BOUND_TEXTS[of_count], value=counted) if of_count else counted,
        "where": in_areas(table, texts, len(here)),
        "places": said,
    }


def partial_title(table: AreaTable, texts: Texts, about: str, values: Mapping[str, Any]) -> str:
    """Return what stands there, and that rates are of what is stated alone; empty where all facilities state it."""
    here = table.rows[table.rows["value"].notna()]
    if table.view.indicator != "places_per_1000" or not _is_partial(here):
        return ""
    return texts.t("export_title_stands_partial", form=about, **standing(table, texts, values))


def _is_partial(rows: pd.DataFrame) -> bool:
    """Tell whether a facility of some areas does not state its places."""
    if "capacity_unknown_count" not in rows:
        return False
    return bool((rows["capacity_unknown_count"] > 0).fillna(value=False).any())


def _stating(table: AreaTable) -> int:
    """Return how many facilities state their places: all services that are counted of them."""
    stated = table.services["capacity_places"].notna()
    return int(stated.groupby(table.services["facility_id"]).all().sum())


def rated_title(table: AreaTable, texts: Texts, about: str, values: Mapping[str, Any]) -> str:
    """
    Return in how many areas a rate is told where others have none, and what stands in all of them together.

    Empty where no area lacks its rate alone: then those with a rate are those with places, and nothing is known of the
    rest. Nobody may read that places are only where people are enough to tell their rate.
    """
    rows, view = table.rows, table.view
    unrated = rows[table.class_of.isna()]
    lacks_people = unrated["is_few"].astype(bool) | unrated["demand_persons"].isna()
    if view.indicator in BALANCE:
        is_lacking, parts, key = bool(lacks_people.any()), dict[str, str](), "export_title_rated"
    else:
        # A known number of facilities, none among them, is more than no data.
        is_lacking = view.indicator == "places_per_1000" and bool(unrated["facilities_count"].notna().any())
        parts, key = standing(table, texts, values), "export_title_stands_rated"
    is_nothing_told = "facilities" not in parts and view.indicator not in BALANCE
    if not is_lacking or is_nothing_told:
        return ""
    kind = "few" if unrated["is_few"].any() else "no_rate"
    rated = int(table.class_of.notna().sum())
    if not rated:
        return texts.t(f"{key}_nowhere", form=about, why=texts.t(f"export_rated_nowhere_{kind}"), **parts)
    rest = texts.t(f"export_rest_{kind}")
    return texts.t(key, form=about, rated=in_areas(table, texts, rated), rest=rest, **parts)
