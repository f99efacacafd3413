"""Published counts of groups: which figure stands for a group, of which day, and how it is spread by residents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

import pandas as pd

from geo.frames import require_columns, require_not_negative
from geo.teryt import CODE_DIGITS, COUNTRY

_ISO_DAY: Final = r"\d{4}-\d{2}-\d{2}"


@dataclass(frozen=True)
class Basis:
    """The one published figure that stands for a group, and the level at which it was counted."""

    indicator: str
    subgroup: str
    base_level: str


BASES: Final[Mapping[str, Basis]] = MappingProxyType(
    {
        # The legal status, not everybody with a disability: it was counted to the person (the total is published
        # rounded, "5.4 million"), and a decision on disability is what WTZ and ZAZ ask for (act of 27 August 1997).
        "disabled": Basis("disabled_legal_nsp2021", "total", "country"),
        "homeless": Basis("homeless_count_mrpips", "total", "voivodeship"),
    }
)
"""Older people are not here: population by age is known for every gmina."""


def counts_of(people_counts: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """
    Return the figures of one method that name their day; of two different ones of an area and day, neither.

    Returns
    -------
    counts
        `area_code`, `as_of_text` (ISO day), `value` (persons, float), `source_url`, and `is_base`: True for areas of
        the level of the count, False for gminas; other levels are left out.
    """
    rows = _dated_figures(people_counts, basis)
    codes = rows["area_code"].astype("str")
    is_country = codes == COUNTRY
    is_base = is_country
    if basis.base_level != "country":
        is_base = ~is_country & (codes.str.len() == CODE_DIGITS[basis.base_level])
    return rows.assign(is_base=is_base)[is_base | (codes.str.len() == CODE_DIGITS["gmina"])]


def newest_counts(people_counts: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """
    Return the newest figure of each area, each of a day of its own: never to be added up, nor divided by.

    Returns
    -------
    counts
        `persons` (float) and `counted_on`, indexed by `area_code`: gminas, voivodeships and the country, which is no
        sum of them.
    """
    rows = _dated_figures(people_counts, basis).sort_values("as_of_text", kind="stable")
    newest = rows.drop_duplicates("area_code", keep="last").set_index("area_code").sort_index()
    days = [date.fromisoformat(day) for day in newest["as_of_text"]]
    return pd.DataFrame({"persons": newest["value"], "counted_on": days}, index=newest.index)


def _dated_figures(people_counts: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Return the figures of one method that name their day, of all areas; of two different ones of a day, neither."""
    columns = ["area_code", "as_of_text", "value", "source_url"]
    require_columns(people_counts, *columns, "indicator", "subgroup", what="people_counts")
    is_wanted = (people_counts["indicator"] == basis.indicator) & (
        people_counts["subgroup"] == basis.subgroup
    )
    rows = people_counts.loc[is_wanted, columns].dropna(subset=["as_of_text", "value"])
    rows = rows[rows["as_of_text"].astype("str").str.fullmatch(_ISO_DAY).astype(bool)]
    rows = rows.assign(value=rows["value"].astype(float))
    require_not_negative(rows["value"].set_axis(rows["area_code"]), what=basis.indicator)
    key = ["area_code", "as_of_text"]
    rows = rows.drop_duplicates([*key, "value"])
    return rows[~rows.duplicated(key, keep=False)]


def day_of(counts: pd.DataFrame, prefix: str) -> str | None:
    """Return the day to count by (Notes of `people_of_group`); `prefix` is the scope, empty for the country."""
    is_here = counts["area_code"].isin([prefix[:2], COUNTRY]) if prefix else counts["is_base"]
    days = counts.loc[is_here & counts["is_base"], "as_of_text"]
    if days.empty:
        days = counts.loc[counts["area_code"].str.startswith(prefix[:2]), "as_of_text"].drop_duplicates()
    sizes = days.value_counts()
    return max(sizes.index, key=lambda day: (sizes[day], day), default=None)


def spread_by_residents(total: float, counted: pd.Series, residents: pd.Series) -> pd.Series:
    """
    Return the people of the gminas that have no count of their own, or nothing when they cannot be told.

    Parameters
    ----------
    total
        Persons of all the gminas together.
    counted, residents
        Persons of the group and all residents of each of these gminas, same index; missing means unknown.
    """
    weights = residents[counted.isna()]
    rest = total - counted.sum()
    if rest < 0 or weights.isna().any() or (weights < 0).any() or not weights.sum() > 0:
        return weights[:0]
    return rest * weights / weights.sum()
