"""
Three gauges of whether places are enough, beside each other, and one sentence where they disagree.

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
from geo.teryt import COUNTRY
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.gap_answer import Amount, GapAnswer
from layers.answers.measures.gaps import PEOPLE_UNKNOWN
from layers.answers.measures.queue import Queue, queue_of
from layers.indicators.gap_share import MISSING
from layers.indicators.indicator import NORM
from layers.indicators.places_per_1000 import KEEP_YEARS
from layers.text import Texts
from layers.words.figures import write_figure
from layers.words.gap_words import GapWords, amount_words, named_norm
from layers.words.question_words import part_words, way_of
from layers.words.view_words import Wording


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
        Whether the lists of every area are complete, so that what all facilities state is all there is.
    """

    gap: GapAnswer | None
    queue: Queue
    whole_queue: Queue | None
    keep: dict[int, Told]
    is_nothing_to_keep: bool = False
    is_places_known: bool = True
    is_list_known: bool = True
    is_list_whole: bool = True


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
        is_whole = not math.isnan(most)
        gap = replace(
            gap,
            missing_places=Amount(least, known, most),
            no_data_persons=float(row["no_data_persons"].iloc[0]),
            people_persons=float(row["demand_persons"].iloc[0]),
            # What is unknown elsewhere in the scope is no reason here.
            reasons=tuple(reason for reason in gap.reasons if not (is_whole and reason == PEOPLE_UNKNOWN)),
            unknown_gminas=0,
            is_below_one=most == 0 and bool(table.bounds.loc[code, "missing_places"] == MOST),
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


def gauge_head(table: AreaTable, texts: Texts) -> str:
    """Return whose the gauges of a scope are: those of the whole map, not of one area of it."""
    return texts.t("gauges.head", scope=Wording(table, texts).scope_name())


def gauge_lines(gauges: Gauges, table: AreaTable, texts: Texts) -> list[str]:
    """Return the gauges as sentences: the gap, the queue, the forecast, and where they disagree."""
    lines = [line for gauge in gauge_parts(gauges, table, texts) for line in gauge]
    said = disagreement(gauges, table, texts)
    return [*lines, said] if said else lines


def gauge_parts(gauges: Gauges, table: AreaTable, texts: Texts) -> tuple[list[str], list[str], list[str]]:
    """Return the sentences of each gauge, to stand beside each other."""
    return (
        [_gap_line(gauges.gap, table, texts)],
        _queue_lines(gauges, texts),
        [texts.t("gauges.keep_nothing") if gauges.is_nothing_to_keep else _keep_line(gauges, table, texts)],
    )


def disagreement(gauges: Gauges, table: AreaTable, texts: Texts) -> str:
    """
    Return in one sentence that two gauges point in opposite directions; empty where none do.

    A gap of a later year is not set against the register, which is of today.
    """
    is_today = gauges.gap is not None and not table.question.people.year
    queue, missing = gauges.queue, gauges.gap.told_places if gauges.gap and is_today else None
    # What may be others' says nothing against the gap of the group.
    waiting = math.nan if queue.is_waiting_most else queue.waiting_persons
    vacant = math.nan if queue.is_vacant_most else queue.vacant_places
    if missing is not None and missing.least > 0 and vacant > 0:
        lacking = amount_words(missing, "", texts)
        return texts.t("gauges.gap_and_vacant", gap=lacking, vacant=texts.number(vacant))
    is_none = missing is not None and missing.estimate == 0 and not missing.bound
    if is_none and waiting > (0 if math.isnan(vacant) else vacant):
        return texts.t("gauges.queue_without_gap", waiting=texts.number(waiting))
    if waiting > 0 and vacant > 0:
        return texts.t("gauges.queue_and_vacant", waiting=texts.number(waiting), vacant=texts.number(vacant))
    return ""


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
    keep = {
        year: _sum(keep_table or table, keep_rows, f"places_to_keep_{year}")
        for year in KEEP_YEARS
        if f"places_to_keep_{year}" in keep_rows
    }
    is_list_known = bool(keep_rows["facilities_count"].notna().all())
    counts = (keep_table or table).bounds.loc[keep_rows.index, "facilities_count"]
    return Gauges(
        gap=gap,
        queue=queue_of(_registered(_at_every_level(table), prefix)),
        whole_queue=queue_of(_registered(everybody, prefix)) if has_profiles(form) else None,
        keep=keep,
        is_nothing_to_keep=bool(keep) and bool(keep_rows["capacity_places"].eq(0).fillna(value=False).all()),
        is_places_known=bool(keep_rows["capacity_places"].notna().any()),
        is_list_known=is_list_known,
        is_list_whole=is_list_known and not counts.isin([LEAST, UNSURE]).any(),
    )


def _at_every_level(table: AreaTable) -> pd.DataFrame:
    """Return the services of the scope, also those that no row has: the register's sum is the same at every level."""
    services: pd.DataFrame = table.services
    unplaced = table.unplaced_services
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


def _gap_line(gap: GapAnswer | None, table: AreaTable, texts: Texts) -> str:
    t, norm = texts.t, table.norm
    if norm is None or not norm.is_known:
        return t("gauges.no_level")
    later = table.question.people.year
    subject = t("gauges.later", year=str(later)) if later else t("gauges.today")
    if gap is None:
        return t("gauges.gap_unknown", subject=subject, level=named_norm(norm, texts))
    said = GapWords(gap, texts, form=table.view.form, way="").missing()
    # Another distance is another gap: the level alone does not tell which one this is.
    return t("gauges.gap", subject=subject, way=way_of(table.view, texts), said=said)


def _queue_lines(gauges: Gauges, texts: Texts) -> list[str]:
    queue, whole = gauges.queue, gauges.whole_queue
    if not queue.is_known and not (whole and whole.is_known):
        if queue.facilities:
            return [texts.t("gauges.queue_unknown")]
        # Where no list is complete, one that names nothing does not say that nothing is there.
        return [texts.t("gauges.queue_of_none" if gauges.is_list_known else "gauges.queue_no_list")]
    lines = []
    if queue.is_known:
        lines.append(
            texts.t(
                "gauges.queue",
                **_stated(queue, texts, is_list_whole=gauges.is_list_whole),
                day=_days(queue, texts),
                said=_stating_words(queue, texts),
            )
        )
    if whole is not None and whole.is_known:
        stated = _stated(whole, texts, is_list_whole=gauges.is_list_whole)
        lines.append(texts.t("gauges.queue_whole", **stated, day=_days(whole, texts)))
    return lines


def _stating_words(queue: Queue, texts: Texts) -> str:
    """Return how many facilities state the numbers; of each number where it is not the same."""
    if queue.stating_waiting == queue.stating_vacant:
        return texts.t("gauges.stated", stating=queue.stating, facilities=queue.facilities)
    return texts.t(
        "gauges.stated_apart",
        vacant=queue.stating_vacant,
        waiting=queue.stating_waiting,
        facilities=queue.facilities,
    )


def _stated(queue: Queue, texts: Texts, *, is_list_whole: bool) -> dict[str, str]:
    """Return both numbers, bounded as in a table: *at least* where a facility, or who is on no list, states none."""
    said = {
        "waiting": (queue.waiting_persons, queue.stating_waiting, queue.is_waiting_most),
        "vacant": (queue.vacant_places, queue.stating_vacant, queue.is_vacant_most),
    }
    columns = {"waiting": "waiting_persons", "vacant": "vacant_places"}
    return {
        name: write_figure(
            value,
            columns[name],
            texts,
            bound=bound_of(is_more=stating < queue.facilities or not is_list_whole, is_less=is_most),
        )
        for name, (value, stating, is_most) in said.items()
    }


def _days(queue: Queue, texts: Texts) -> str:
    """Return the day of a stock, or from when to when where registers state several."""
    if queue.oldest is None or queue.newest is None:
        return texts.t("as_of_unknown")
    if queue.oldest == queue.newest:
        return texts.t("as_of", date=queue.newest)
    return texts.t("gauges.days", oldest=queue.oldest, newest=queue.newest)


def _keep_line(gauges: Gauges, table: AreaTable, texts: Texts) -> str:
    known = {year: told for year, told in gauges.keep.items() if not math.isnan(told.value)}
    if not known:
        # A table has no such column where nobody projects its people; else what is not known are the places.
        is_of_people = not gauges.keep or gauges.is_places_known
        return texts.t("gauges.keep_no_forecast" if is_of_people else "gauges.keep_no_places")
    said = "; ".join(
        texts.t(
            "gauges.keep_year",
            year=str(year),
            places=write_figure(told.value, "places_to_keep", texts, bound=told.bound),
        )
        for year, told in known.items()
    )
    part = min(known.values(), key=lambda told: told.areas_known)
    parts = part_words(table.view, texts)
    key = "gauges.keep_planned" if table.view.scenario else "gauges.keep"
    line = texts.t(key, years=said, **parts)
    if part.areas_known == part.areas:
        return line
    return f"{line} {texts.t('gauges.keep_part', known=part.areas_known, total=part.areas, **parts)}"
