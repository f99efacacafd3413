"""
The numbers of one view: the table that the map, the picture and the spreadsheet are all drawn from.

Nothing on a planner's or coordinator's screen is computed anywhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pkgutil import resolve_name
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data.people.people import GroupPeople
from data.registry.accepted_differences import AcceptedDifference
from data.registry.registry import Registry
from data.registry.told_together import ToldTogether
from data.vocabulary import support_forms
from geo.breaks import Classes
from geo.printed_numbers import Bound
from geo.teryt import COUNTRY
from layers.answers.measures.coarse_reach import hanging_areas
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.inputs import MeasureInputs, Norm
from layers.answers.measures.left_out import LeftOut, left_out_of
from layers.answers.measures.measured import CountedPeople, Measured, PartClass
from layers.answers.measures.newer_counts import newer_counts
from layers.answers.measures.nobody import HAIR_PERSONS
from layers.answers.measures.places import measure_places
from layers.answers.measures.reach_range import ReachRange, reach_range
from layers.answers.measures.reached import OffRoads, off_roads
from layers.answers.measures.sources import SourceNote, used_sources
from layers.answers.measures.variants import people_of_scope, variants_by_area
from layers.answers.measures.world import World
from layers.answers.snapshot_id import snapshot_id
from layers.answers.value_classes import classes_of, printed_values
from layers.indicators.indicator import DISTANCE, FORM, NORM, SINCE, Indicator
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
    answer
        Of a view of gaps, what is missing in the whole scope, the same at each level; else None.
    off_roads
        Of a way by car or on foot: who and what is too far from the roads; else None.
    as_of, oldest_as_of, undated_sources
        The newest and the oldest day that a register of the view states, and how many registers state none.
    left_out
        Facilities of the form in the scope that no row has: told beside the numbers.
    reach_range
        Of an indicator of who has a facility in reach: who has one for certain and who perhaps; None where no street
        makes a difference.
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
    answer: GapAnswer | None = None
    off_roads: OffRoads | None = None
    records: gpd.GeoDataFrame | None = None
    measured_on: date | None = None
    accepted_differences: tuple[AcceptedDifference, ...] = ()
    oldest_as_of: date | None = None
    undated_sources: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)
    hanging: int = 0
    reach_range: ReachRange | None = None
    counted_in_country: CountedPeople | None = None
    newer_counts: Mapping[str, CountedPeople] = field(default_factory=dict)
    residents_on: date | None = None
    misfits: int = 0
    together: ToldTogether = field(default_factory=ToldTogether)

    @property
    def question(self) -> Question:
        """What its numbers depend on."""
        return self.view.question

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
        return replace(self, view=view, **_classed(view, self.rows, self.bounds["value"]))


def build_area_table(
    registry: Registry,
    view: View,
    *,
    today: date | None = None,
    world: World | None = None,
    earlier: Registry | None = None,
) -> AreaTable:
    """
    Compute the view's indicator for every area of its scope and level.

    Parameters
    ----------
    today
        The day from which the ages of records are counted, for the indicator `knowledge`; None for the day of the
        view, or of the clock when the view is of now.
    world
        What was computed of the same registry before; None to begin anew.
    earlier
        The registry of the day `view.since`, for the change of the balance.
    """
    measured_on = None
    if view.question.is_of_knowledge:
        # Whether a date is old is about the calendar here.
        measured_on = today or measured_day(registry, view.date, date.today())  # noqa: DTZ011
    question = view.question
    areas = areas_of_question(registry, question)
    inputs = MeasureInputs(world or World(registry), question, areas, earlier, measured_on)
    rows = inputs.areas[["name", "powiat_name", "voivodeship_name", "kind"]].copy()
    rows["demand_persons"] = inputs.whole_persons
    rows = rows.join(variants_by_area(inputs))
    bounds: dict[str, pd.Series] = {}
    measures = _measures(inputs)
    for measured in measures:
        _require_others(rows, measured, question.what)
        rows = rows.join(measured.columns)
        bounds |= measured.bounds
    own = measures[-1]
    rows["is_few"] = inputs.is_few
    rows["is_complete"] = _is_complete(inputs, own)
    rows["is_where_unknown"] = False if own.is_where_unknown is None else own.is_where_unknown
    rows["is_hanging"] = _is_hanging(inputs, own) if DISTANCE in question.what.choices else False
    rows["value"] = rows[question.indicator].astype("Float64").astype(float)
    if question.indicator in bounds:
        bounds["value"] = bounds[question.indicator]

    sources = used_sources(inputs, own.registers, days=own.days)
    all_bounds = pd.DataFrame(bounds, index=rows.index).reindex(columns=list(rows.columns), fill_value="")
    return AreaTable(
        rows=rows,
        view=view,
        **_classed(view, rows, all_bounds["value"]),
        bounds=all_bounds,
        services=inputs.in_scope,
        people=inputs.people,
        people_now=inputs.people_now,
        people_of_scope=people_of_scope(inputs),
        norm=inputs.norm if NORM in question.what.choices and not question.is_what_stands else None,
        answer=own.answer,
        off_roads=off_roads(inputs)
        if question.travel != "line" and DISTANCE in question.what.choices
        else None,
        sources=sources.notes,
        snapshot_id=snapshot_id(
            registry,
            question,
            measured_on,
            earlier=earlier if SINCE in question.what.choices else None,
            roads_digest=inputs.world.roads_digest if question.travel != "line" else "",
        ),
        as_of=sources.newest or own.as_of,
        is_invented=registry.state.is_invented,
        boundary_vintage=str(registry.areas["boundary_vintage"].iloc[0]) if len(registry.areas) else "",
        records=own.records,
        measured_on=measured_on,
        accepted_differences=registry.accepted_differences,
        oldest_as_of=sources.oldest,
        undated_sources=sources.undated,
        left_out=left_out_of(inputs) if FORM in question.what.choices else LeftOut(),
        counted_in_country=own.counted_in_country,
        newer_counts=newer_counts(inputs),
        residents_on=registry.residents_on if question.what.is_of_residents else None,
        misfits=registry.misfits,
        together=registry.together.within(rows.index),
        reach_range=reach_range(inputs),
        hanging=int(rows["is_hanging"].sum()),
    )


def _require_others(rows: pd.DataFrame, measured: Measured, what: Indicator) -> None:
    """
    Refuse columns that the table has already.

    Raises
    ------
    ValueError
        If a measure gives a column that stands beside it anyway.
    """
    twice = [str(column) for column in measured.columns if column in rows]
    if twice:
        raise ValueError(
            f"expected columns that a table does not have already from {what.measure}, found {', '.join(twice)}: "
            "leave them out; areas have names and people, and what is asked of a form has the columns of measure_places"
        )


def _is_complete(inputs: MeasureInputs, own: Measured) -> pd.Series | bool:
    """Tell where an area that no list names surely has nothing."""
    if own.is_complete is not None:
        return own.is_complete
    return inputs.known_areas if FORM in inputs.question.what.choices else False


def measured_day(registry: Registry, day: date | None, today: date) -> date:
    """Return the day from which ages of records are counted: that of a view, and not before the first release."""
    if day is None:
        return today
    return max(day, min(registry.days, default=day))


def areas_of_question(registry: Registry, question: Question) -> gpd.GeoDataFrame:
    """Return the areas of a question: those of its level in its scope, indexed by `area_code`."""
    areas = registry.areas_by_code(question.level)
    if question.scope == COUNTRY:
        return areas
    return areas[areas["voivodeship_code"] == question.scope]


def _measures(inputs: MeasureInputs) -> tuple[Measured, ...]:
    """Compute what stands there, where the question is about a form, and the indicator, which is the last."""
    own = resolve_name(inputs.question.what.measure)
    is_beside = FORM in inputs.question.what.choices and own is not measure_places
    return (*((measure_places(inputs),) if is_beside else ()), own(inputs))


def _is_hanging(inputs: MeasureInputs, own: Measured) -> pd.Series | bool:
    """Tell whose answer hangs on where in its town a facility stands; of gaps, only where it differs."""
    hanging = hanging_areas(inputs)
    if own.answer is not None and not own.answer.norm.is_known:
        return False
    if own.answer is not None:
        hanging &= own.columns["most_gap_persons"] - own.columns["least_gap_persons"] > HAIR_PERSONS
    return hanging


def _classed(view: View, rows: pd.DataFrame, bounds: pd.Series) -> dict[str, Any]:
    """Return the classes of a view, and the class of each row."""
    classes = classes_of(view, rows)
    return {
        "classes": classes,
        "class_of": classes.assign(printed_values(view.question, rows["value"], bounds)),
    }


def unit_of(form: str) -> str:
    """Return what the capacity of a form is counted in, as the vocabulary says; `places` when it does not."""
    return support_forms()[form].capacity_unit or "places"
