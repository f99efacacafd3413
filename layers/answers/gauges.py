"""
Three gauges of whether places are enough, beside each other.

The gap to a named level, the register's own queue and free places, and the places that keep today's rate later. None
of them is a legal norm: there is none.
"""

import math
from dataclasses import dataclass, replace

import pandas as pd

from data.registry.registry import Registry
from data.store.origins import SCENARIO
from data.store.smallest_area import smallest_area
from data.vocabulary import has_profiles
from geo.printed_numbers import LEAST, MOST, UNSURE, Bound, bound_of
from geo.teryt import CODE_DIGITS, COUNTRY
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.gap_answer import Amount, GapAnswer, is_part_of_one
from layers.answers.measures.gaps import PEOPLE_UNKNOWN
from layers.answers.measures.newest_stated import with_newest_months
from layers.answers.measures.old_rows import may_be_gone
from layers.answers.measures.queue import Queue, queue_of
from layers.indicators.gap_share import MISSING
from layers.indicators.indicator import NORM
from layers.indicators.places_per_1000 import KEEP_YEARS


@dataclass(frozen=True)
class Told:
    """Places and how far they are to be believed, NaN where nobody knows; and for how many areas it is known."""

    value: float
    bound: Bound = ""
    areas_known: int = 0
    areas: int = 0


@dataclass(frozen=True)
class Gauges:
    """
    The three gauges of an area or of a whole scope.

    Attributes
    ----------
    gap
        What is missing to the level that the view names, as its title tells it; None where nothing is known.
    queue, whole_queue
        What registers state of the form for the group, and of the form for everybody; the latter None where the form
        has no profiles.
    keep
        Year → places to be added to keep today's places per 1,000 people.
    is_nothing_to_keep
        Whether no place is there, so that there is no level to keep.
    is_places_known
        Whether it is known how many places there are today, of any part.
    is_list_known
        Whether it is known of every area what stands in it, also that nothing does.
    is_list_whole
        Whether the lists that state queues and free places are complete in every area, so that what all facilities
        state is all there is.
    area_code
        The area, when it is a part of a voivodeship: its whole places are shared out of the voivodeship's.
    """

    gap: GapAnswer | None
    queue: Queue
    whole_queue: Queue | None
    keep: dict[int, Told]
    is_nothing_to_keep: bool = False
    is_places_known: bool = True
    is_list_known: bool = True
    is_list_whole: bool = True
    area_code: str = ""


def has_gauges(table: AreaTable) -> bool:
    """Tell whether a view is about places that can be missing."""
    return NORM in table.view.what.choices and unit_of(table.view.form) == "places"


def area_gauges(registry: Registry, table: AreaTable, code: str) -> Gauges:
    """
    Return the gauges of one area.

    Parameters
    ----------
    table
        Of `gap_share`.
    code
        One of its areas.
    """
    row = table.rows.loc[[code]]
    known, least, most = (float(row[name].iloc[0]) for name in MISSING)
    # Of what may be nothing the table tells no number; its range is known all the same.
    known = 0.0 if math.isnan(known) and not math.isnan(most) else known
    gap = _known(table.answer)
    if gap is not None:
        is_whole, per_person = not math.isnan(most), gap.norm.places_per_1000 / 1000
        gap = replace(
            gap,
            missing_places=Amount(least, known, most),
            no_data_persons=float(row["no_data_persons"].iloc[0]),
            people_persons=float(row["demand_persons"].iloc[0]),
            # What is unknown elsewhere in the scope is no reason here.
            reasons=tuple(reason for reason in gap.reasons if not (is_whole and reason == PEOPLE_UNKNOWN)),
            unknown_gminas=0,
            is_below_one=most == 0 and bool(table.bounds.loc[code, "missing_places"] == MOST),
            is_least_a_part=is_part_of_one(least, float(row["least_gap_persons"].iloc[0]) * per_person),
            is_estimate_a_part=is_part_of_one(known, float(row["gap_persons"].iloc[0]) * per_person),
        )
    return _gauges(registry, table, _known(gap), row, prefix=code)


def scope_gauges(registry: Registry, table: AreaTable, whole: AreaTable) -> Gauges:
    """
    Return the gauges of the whole scope.

    Parameters
    ----------
    table
        Of `gap_share`.
    whole
        The same view by voivodeships: the rate to be kept is that of the voivodeship, at whatever level the view is.
    """
    prefix = "" if table.view.scope == COUNTRY else table.view.scope
    return _gauges(registry, table, _known(table.answer), whole.rows, prefix=prefix, keep_table=whole)


def _known(answer: GapAnswer | None) -> GapAnswer | None:
    return answer if answer is not None and answer.is_known else None


def _gauges(
    registry: Registry,
    table: AreaTable,
    gap: GapAnswer | None,
    keep_rows: pd.DataFrame,
    *,
    prefix: str,
    keep_table: AreaTable | None = None,
) -> Gauges:
    form, everybody = table.view.form, registry.services
    everybody = everybody[everybody["is_counted"].astype(bool) & (everybody["support_form"] == form)]
    everybody = everybody.assign(may_be_gone=may_be_gone(everybody, registry))
    keep = {
        year: _sum(keep_table or table, keep_rows, f"places_to_keep_{year}")
        for year in KEEP_YEARS
        if f"places_to_keep_{year}" in keep_rows
    }
    is_list_known = bool(keep_rows["facilities_count"].notna().all())
    # Of places that some state and others not, no level is known that could be kept.
    is_partial = (keep_rows["capacity_unknown_count"] > 0).fillna(value=False).astype(bool)
    counts = (keep_table or table).bounds.loc[keep_rows.index, "facilities_count"]
    of = table.question.help
    stating = _registered(with_newest_months(_at_every_level(table), registry, of), prefix)
    is_list_whole = is_list_known and not counts.isin([LEAST, UNSURE]).any()
    return Gauges(
        gap=gap,
        queue=queue_of(stating),
        whole_queue=queue_of(
            _registered(with_newest_months(everybody, registry, of, is_for_all=True), prefix)
        )
        if has_profiles(form)
        else None,
        keep=keep,
        is_nothing_to_keep=bool(keep) and bool(keep_rows["capacity_places"].eq(0).fillna(value=False).all()),
        is_places_known=bool((keep_rows["capacity_places"].notna() & ~is_partial).any()),
        is_list_known=is_list_known,
        is_list_whole=is_list_whole or bool(len(stating) and stating["is_complete"].all()),
        area_code=prefix if len(prefix) > CODE_DIGITS["voivodeship"] else "",
    )


def _at_every_level(table: AreaTable) -> pd.DataFrame:
    """Return the services of the scope, also those that no row has: the register's sum is the same at every level."""
    services: pd.DataFrame = table.services
    unplaced = table.left_out.unplaced_services
    if unplaced is not None and not unplaced.empty:
        services = pd.concat([services, unplaced], ignore_index=True)
    return services


def _registered(services: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Return the services of an area that a register lists; of some only the powiat or the voivodeship is known."""
    return services[smallest_area(services).str.startswith(prefix) & (services["source_code"] != SCENARIO)]


def _sum(table: AreaTable, rows: pd.DataFrame, column: str) -> Told:
    """Return the whole places of areas; at least so many where some are not known."""
    values = rows[column].astype("Float64")
    if values.isna().all():
        return Told(float("nan"))
    bounds = table.bounds.loc[rows.index, column]
    is_least = bool(values.isna().any() or bounds.isin([LEAST, UNSURE]).any())
    is_most = bool(bounds.isin([MOST, UNSURE]).any())
    return Told(
        float(values.sum()),
        bound_of(is_more=is_least, is_less=is_most),
        areas_known=int(values.notna().sum()),
        areas=len(values),
    )
