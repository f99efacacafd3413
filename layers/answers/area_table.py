"""
The numbers of one view: the table that the map, the picture and the spreadsheet are all drawn from.

Nothing on a planner's or coordinator's screen is computed anywhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data.people.people import GroupPeople
from data.registry.accepted_differences import AcceptedDifference
from data.registry.told_together import ToldTogether
from data.vocabulary import support_forms
from geo.breaks import Classes
from geo.printed_numbers import Bound
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.inputs import Norm
from layers.answers.measures.left_out import LeftOut
from layers.answers.measures.measured import CountedPeople, PartClass
from layers.answers.measures.others import Others
from layers.answers.measures.reach_range import ReachRange
from layers.answers.measures.reached import OffRoads
from layers.answers.measures.sources import SourceNote
from layers.answers.measures.stated_days import DayRange, Precision, StatedDay
from layers.answers.value_classes import classes_of, printed_values
from layers.view.question import Question
from layers.view.view import View


@dataclass(frozen=True, eq=False)
class AreaTable:
    """
    One row per area of the view, with its indicator, classes and everything a caption needs.

    Attributes
    ----------
    rows
        Indexed by `area_code`: `name`, `powiat_name`, `voivodeship_name`, `demand_persons` (of the year of the
        view), the columns of the indicator and of the figures beside it, and `value`, the indicator itself (missing
        = no data); `parts` as `layers.answers.measures.measured.Measured` has them. `is_few` says
        where people are too few for a rate (`layers.answers.measures.inputs.MeasureInputs.is_few`), `is_complete` where
        a register is complete and nothing contradicts it; `is_where_unknown` is that of `Measured`, and `is_hanging`
        says where an answer hangs on where a facility stands.
    bounds
        The same index, a column for each of `rows`: how far its number is to be believed
        (`layers.answers.measures.measured.Bound`).
    classes, class_of
        In the units that numbers are printed in (`layers.answers.value_classes`). Missing for no data, 0 for zero,
        then 1 upwards; without classes 1 for all above zero.
    people
        The people of the group in the year of the view, or now where only some powiats are told in that year
        (`is_projected_by_powiats`).
    people_now
        The people of the group now.
    people_of_scope
        Of a later year: people of the whole scope, and what the low and the high variant give; None without variants.
    norm
        What places are measured against; None when the indicator has nothing to do with it.
    level_beside
        The same where only a column beside the indicator has to do with it; None elsewhere.
    answer
        Of a view of gaps, what is missing in the whole scope, the same at each level; else None.
    off_roads
        Of a way by car or on foot: who and what is too far from the roads; else None.
    registers
        Codes of the sources whose lists its numbers are of.
    as_of, oldest_as_of, undated_sources
        The newest and the oldest day that a register of the view states, or a row of one that states none, and how
        many of these state none either.
    as_of_precision, oldest_precision
        As far as these days are known: of a month or year they are the first.
    left_out
        Facilities of the form in the scope that no row has: told beside the numbers.
    others
        What stands in the areas for other people than the group: told beside the numbers, in none of them.
    reach_range
        Of an indicator of who has a facility in reach: who has one for certain and who perhaps; None where no street
        makes a difference.
    is_old
        Whether a row that it rests on is so old that what it names may be gone
        (`layers.answers.measures.old_rows.may_be_gone`).
    has_no_list
        Whether there is no list of the form from the scope, so that what is in reach is of the neighbours' lists
        (`layers.answers.measures.inputs.MeasureInputs.has_no_list`).
    hanging
        Areas whose answer hangs on where in its town a facility stands.
    counted_in_country
        As `layers.answers.measures.measured.Measured` has it.
    newer_counts
        Area code → its people as they were counted after the day of `people`: told beside the numbers, in none of them.
    residents_on
        Of an indicator of all residents, the day on which they were counted.
    misfits
        Changes of the scenario that have no place in the data, wholly or in part.
    together
        Gminas that one of the rows tells together.
    spread_by
        By what people of a gmina were spread over it (`data.people.settlement.Places.spread_by`).
    records, measured_on
        Of a view of knowledge: its services with the columns of `data.quality.records.record_quality`, and the day
        from which their ages are counted.
    """

    rows: pd.DataFrame
    view: View
    classes: Classes
    class_of: pd.Series
    services: gpd.GeoDataFrame
    people: GroupPeople
    sources: tuple[SourceNote, ...]
    snapshot_id: str
    as_of: date | None
    is_invented: bool
    boundary_vintage: str
    bounds: pd.DataFrame
    people_now: GroupPeople | None = None
    people_of_scope: tuple[float, float, float] | None = None
    norm: Norm | None = None
    level_beside: Norm | None = None
    answer: GapAnswer | None = None
    off_roads: OffRoads | None = None
    records: gpd.GeoDataFrame | None = None
    measured_on: date | None = None
    accepted_differences: tuple[AcceptedDifference, ...] = ()
    oldest_as_of: date | None = None
    as_of_precision: Precision = "day"
    oldest_precision: Precision = "day"
    undated_sources: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)
    others: Others = field(default_factory=Others)
    hanging: int = 0
    is_old: bool = False
    has_no_list: bool = False
    registers: frozenset[str] = frozenset()
    reach_range: ReachRange | None = None
    counted_in_country: CountedPeople | None = None
    newer_counts: Mapping[str, CountedPeople] = field(default_factory=dict)
    residents_on: date | None = None
    misfits: int = 0
    together: ToldTogether = field(default_factory=ToldTogether)
    spread_by: str = "gminas"

    @property
    def question(self) -> Question:
        """What its numbers depend on."""
        return self.view.question

    @property
    def days(self) -> DayRange:
        """The days of its registers, or of the rows of those that state none."""
        newest = StatedDay(self.as_of, self.as_of_precision) if self.as_of else None
        oldest = StatedDay(self.oldest_as_of, self.oldest_precision) if self.oldest_as_of else None
        return DayRange(oldest, newest, self.undated_sources)

    @property
    def is_people_unknown(self) -> bool:
        """Tell whether the group's number of people is unknown at this level."""
        return bool(self.rows["demand_persons"].isna().all())

    @property
    def lacks_forecast(self) -> bool:
        """Tell whether that is so only of the year: how many older people there are today is known everywhere."""
        return self.is_people_unknown and self.question.group == "older" and bool(self.question.year)

    @property
    def is_projected_by_powiats(self) -> bool:
        """Tell whether people of its year are those of now, in the parts that some powiats are projected to have."""
        year, told = self.question.people.year, self.people.counted_on
        return bool(year) and (told is None or told.year != year)

    @property
    def is_projection(self) -> bool:
        """Tell whether its numbers are of people who are projected, and of no list."""
        return self.question.indicator == "people" and self.people.is_projected

    @property
    def has_symbols(self) -> bool:
        """Tell whether numbers are drawn as symbols of a size: counts always, rates of too few different values."""
        return not len(self.classes)

    @property
    def value_bounds(self) -> pd.Series:
        """How far the answer of each area is to be believed, for its pattern on the map."""
        return self.bounds["value"].where(self.rows["value"].notna(), "")

    @property
    def parts(self) -> dict[str, tuple[PartClass, ...]]:
        """The classes of each gmina of an area that is several of them; none where its numbers are of people."""
        if "parts" not in self.rows:
            return {}
        return {str(code): parts for code, parts in self.rows["parts"].items() if isinstance(parts, tuple)}

    @cached_property
    def by_part(self) -> "AreaTable":
        """
        The table with a row for each gmina that has a class of its own, where several are one area of the map.

        What is counted by councils is counted in it. People are not in it: nobody knows those of a part.
        """
        parts = self.parts
        if not parts:
            return self
        rows = self.rows.drop(columns="parts")
        indicator = self.question.indicator
        of_parts = [
            rows.loc[whole].to_dict()
            | {name: getattr(part, name) for name in ("area_code", "name", "kind", "is_complete", "value")}
            | {indicator: part.value, "demand_persons": np.nan}
            for whole, own in parts.items()
            for part in own
        ]
        told = pd.DataFrame(of_parts).set_index("area_code").reindex(columns=rows.columns)
        rows = pd.concat([rows.drop(index=list(parts)), told.astype(rows.dtypes)]).sort_index()
        bounds = self.bounds.reindex(index=rows.index, columns=rows.columns).fillna("")
        bounds.loc[told.index] = ""
        return replace(
            self,
            rows=rows,
            bounds=bounds,
            class_of=self.classes.assign(printed_values(self.question, rows["value"])),
            together=ToldTogether(),
        )

    def bound_of(self, code: str, column: str) -> Bound:
        """Return how far the number of an area is to be believed; one of no such column as it stands."""
        bound: Bound = self.bounds[column].loc[code] if column in self.bounds else ""
        return bound

    def of_view(self, view: View) -> "AreaTable":
        """Return the same numbers for a view that differs in nothing that they depend on; classes are the view's."""
        if view.classes == self.view.classes:
            return replace(self, view=view)
        return replace(self, view=view, **classed(view, self.rows, self.bounds["value"]))


def classed(view: View, rows: pd.DataFrame, bounds: pd.Series) -> dict[str, Any]:
    """Return the classes of a view, and the class of each row."""
    classes = classes_of(view, rows)
    return {
        "classes": classes,
        "class_of": classes.assign(printed_values(view.question, rows["value"], bounds)),
    }


def unit_of(form: str) -> str:
    """Return what the capacity of a form is counted in, as the vocabulary says; `places` when it does not."""
    return support_forms()[form].capacity_unit or "places"
