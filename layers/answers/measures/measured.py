"""What a measure gives back: columns of areas, and how far each number is to be believed."""

from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import pandas as pd

from geo.printed_numbers import Bound
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.stated_days import StatedDay


@dataclass(frozen=True)
class CountedPeople:
    """A published count: the figure that it is (`data.people.published_counts`), the people and the day."""

    indicator: str
    persons: float
    counted_on: date


@dataclass(frozen=True)
class PartClass:
    """
    The class of one of several gminas that are one area where people are told; NaN where nobody knows it.

    `is_complete` is that of the gmina alone (`Measured.is_complete`).
    """

    area_code: str
    name: str
    kind: str
    value: float
    is_complete: bool


@dataclass(frozen=True, eq=False)
class Measured:
    """
    Columns of a measure, one row per area of the question.

    Attributes
    ----------
    columns
        Indexed by `area_code`; a missing number is no data. `parts`, where a class is of councils and not of people:
        of gminas that are told together a tuple of `PartClass`, else None.
    bounds
        Column → a code of `Bound` for each area; columns that it does not mention are as they stand.
    is_complete
        Where an area that no list names surely has nothing; None where that is so for the form of the question.
    registers
        Codes of the sources that it rests on; None where these are the registers of services. With `counted` those of
        complete registers beside them.
    counted
        The services that it counts, where these are not all of its form or group; else None.
    days
        The day of each row that it rests on, None of a row that states none, where these are no services; None for the
        days of its registers.
    as_of
        The day that it is of where it rests on no register.
    records
        The services that it judges, with what it says of each; None of all other measures.
    answer
        What is missing in the whole scope; None of all but gaps.
    is_where_unknown
        Where there is no number for nothing but that nobody knows where exactly a facility stands; None for nowhere.
    hanging
        Whose answer hangs on where in its town a facility stands (`layers.answers.measures.coarse_reach`); None where
        the measure does not ask that.
    counted_in_country
        The newest count of the whole country where people counted are told beside the numbers; it is no sum of areas.
    """

    columns: pd.DataFrame
    bounds: dict[str, pd.Series] = field(default_factory=dict)
    is_complete: pd.Series | None = None
    registers: frozenset[str] | None = None
    counted: gpd.GeoDataFrame | None = None
    days: tuple[StatedDay | None, ...] | None = None
    as_of: date | None = None
    records: gpd.GeoDataFrame | None = None
    answer: GapAnswer | None = None
    is_where_unknown: pd.Series | None = None
    hanging: pd.Series | None = None
    counted_in_country: CountedPeople | None = None


def bound_where(is_so: pd.Series, bound: Bound) -> pd.Series:
    """Return the code for each area where a condition holds, and none elsewhere."""
    return pd.Series("", index=is_so.index, dtype="str").mask(is_so.fillna(value=False).astype(bool), bound)
