"""Computes the table of one view: its measures for each area of its scope and level, and what a caption needs."""

from datetime import date
from pkgutil import resolve_name

import geopandas as gpd
import pandas as pd

from data.registry.registry import Registry
from geo.teryt import COUNTRY
from layers.answers.area_table import AreaTable, classed
from layers.answers.measures.coarse_reach import hanging_areas
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.left_out import LeftOut, left_out_of
from layers.answers.measures.measured import Measured
from layers.answers.measures.newer_counts import newer_counts
from layers.answers.measures.nobody import HAIR_PERSONS
from layers.answers.measures.others import others_of
from layers.answers.measures.places import measure_places
from layers.answers.measures.reach_range import reach_range
from layers.answers.measures.reached import off_roads
from layers.answers.measures.shortfall import TO_NORM
from layers.answers.measures.sources import in_reach, used_sources
from layers.answers.measures.variants import people_of_scope, variants_by_area
from layers.answers.measures.world import World
from layers.answers.snapshot_id import snapshot_id
from layers.indicators.indicator import DISTANCE, FORM, NORM, SINCE, Indicator
from layers.view.question import Question
from layers.view.view import View


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
    has_no_list = FORM in question.what.choices and inputs.has_no_list
    rows["has_no_list"] = has_no_list
    rows["is_where_unknown"] = False if own.is_where_unknown is None else own.is_where_unknown
    rows["is_hanging"] = _is_hanging(inputs, own) if DISTANCE in question.what.choices else False
    rows["value"] = rows[question.indicator].astype("Float64").astype(float)
    if question.indicator in bounds:
        bounds["value"] = bounds[question.indicator]

    sources = used_sources(inputs, own.registers, days=own.days, counted=own.counted)
    days = sources.days
    all_bounds = pd.DataFrame(bounds, index=rows.index).reindex(columns=list(rows.columns), fill_value="")
    return AreaTable(
        rows=rows,
        view=view,
        **classed(view, rows, all_bounds["value"]),
        bounds=all_bounds,
        services=inputs.in_scope,
        people=inputs.people,
        people_now=inputs.people_now,
        people_of_scope=people_of_scope(inputs),
        norm=inputs.norm if NORM in question.what.choices and not question.is_what_stands else None,
        level_beside=inputs.norm if NORM not in question.what.choices and TO_NORM in rows else None,
        answer=own.answer,
        off_roads=off_roads(inputs)
        if question.travel != "line" and DISTANCE in question.what.choices
        else None,
        sources=sources.notes,
        registers=sources.registers,
        snapshot_id=snapshot_id(
            registry,
            question,
            measured_on,
            earlier=earlier if SINCE in question.what.choices else None,
            roads_digest=inputs.world.roads_digest if question.travel != "line" else "",
        ),
        as_of=days.newest.day if days.newest else own.as_of,
        as_of_precision=days.newest.precision if days.newest else "day",
        is_invented=registry.state.is_invented,
        boundary_vintage=str(registry.areas["boundary_vintage"].iloc[0]) if len(registry.areas) else "",
        records=own.records,
        measured_on=measured_on,
        accepted_differences=registry.accepted_differences,
        oldest_as_of=days.oldest.day if days.oldest else None,
        oldest_precision=days.oldest.precision if days.oldest else "day",
        undated_sources=days.undated,
        left_out=left_out_of(inputs) if FORM in question.what.choices else LeftOut(),
        others=others_of(inputs),
        counted_in_country=own.counted_in_country,
        newer_counts=newer_counts(inputs),
        residents_on=registry.residents_on if question.what.is_of_residents else None,
        misfits=registry.misfits,
        together=registry.together.within(rows.index),
        spread_by=registry.settlement.spread_by,
        reach_range=reach_range(inputs),
        hanging=int(rows["is_hanging"].sum()),
        is_old=_is_old(inputs, rows),
        has_no_list=has_no_list,
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


def _is_old(inputs: MeasureInputs, rows: pd.DataFrame) -> bool:
    """Tell whether a facility, or its places, that stands in the areas or in reach of them may be gone by now."""
    is_here = "may_be_gone" in rows and bool(rows["may_be_gone"].any())
    is_here |= "places_are_old" in rows and bool(rows["places_are_old"].any())
    return is_here or bool(in_reach(inputs)[["may_be_gone", "is_places_old"]].any(axis=None))


def _is_hanging(inputs: MeasureInputs, own: Measured) -> pd.Series | bool:
    """Tell whose answer hangs on where in its town a facility stands; of gaps, only where it differs."""
    hanging = hanging_areas(inputs) if own.hanging is None else own.hanging.copy()
    if own.answer is not None and not own.answer.norm.is_known:
        return False
    if own.answer is not None:
        hanging &= own.columns["most_gap_persons"] - own.columns["least_gap_persons"] > HAIR_PERSONS
    return hanging
