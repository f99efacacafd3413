"""The gauges of whether places are enough, as sentences beside each other, and one where they disagree."""

import math

from geo.printed_numbers import bound_of
from layers.answers.area_table import AreaTable
from layers.answers.gauges import Gauges
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.queue import Queue
from layers.text import Texts
from layers.words.figures import write_figure
from layers.words.gap_words import GapWords, amount_words, named_norm
from layers.words.question_words import part_words, way_of
from layers.words.view_words import Wording


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
        [gap_line(gauges.gap, table, texts)],
        _queue_lines(gauges, texts, has_no_list=table.has_no_list),
        _keep_lines(gauges, table, texts),
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
        lacking = amount_words(missing, "", texts, answer=gauges.gap)
        return texts.t("gauges.gap_and_vacant", gap=lacking, vacant=texts.number(vacant))
    is_none = missing is not None and missing.estimate == 0 and not missing.bound
    if is_none and waiting > (0 if math.isnan(vacant) else vacant):
        return texts.t("gauges.queue_without_gap", waiting=texts.number(waiting))
    if waiting > 0 and vacant > 0:
        return texts.t("gauges.queue_and_vacant", waiting=texts.number(waiting), vacant=texts.number(vacant))
    return ""


def gap_line(gap: GapAnswer | None, table: AreaTable, texts: Texts) -> str:
    """Return what is missing to the level, of whose people and which places; or why that is not known."""
    t, norm = texts.t, table.norm
    if norm is None or not norm.is_known:
        return t("gauges.no_level")
    later = table.question.people.year
    is_planned = later and table.view.scenario
    subject = (
        t(f"gauges.later{'_planned' if is_planned else ''}", year=str(later)) if later else t("gauges.today")
    )
    if gap is None:
        return t("gauges.gap_unknown", subject=subject, level=named_norm(norm, texts))
    said = GapWords(gap, texts, form=table.view.form, way="").missing()
    # Another distance is another gap: the level alone does not tell which one this is.
    return t("gauges.gap", subject=subject, way=way_of(table.view, texts), said=said)


def _queue_lines(gauges: Gauges, texts: Texts, *, has_no_list: bool) -> list[str]:
    queue, whole = gauges.queue, gauges.whole_queue
    if not queue.is_known and not (whole and whole.is_known):
        if queue.facilities:
            return [texts.t("gauges.queue_unknown")]
        # Where no list is complete, one that names nothing does not say that nothing is there.
        if gauges.is_list_known:
            return [texts.t("gauges.queue_of_none")]
        return [texts.t("gauges.queue_without_list" if has_no_list else "gauges.queue_no_list")]
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
    """Return how many facilities state the numbers; of each number where it is not the same. One is not "1 of 1"."""
    if queue.facilities == 1:
        parts = {(1, 1): "", (0, 1): "_vacant", (1, 0): "_waiting"}
        return texts.t(f"gauges.stated_only{parts[queue.stating_waiting, queue.stating_vacant]}")
    if queue.stating_waiting == queue.stating_vacant:
        return texts.t("gauges.stated", stating=queue.stating, facilities=queue.facilities)
    # "The queue – 0" reads as a queue of nobody.
    ending = (
        ""
        if queue.stating_waiting and queue.stating_vacant
        else "_vacant"
        if queue.stating_vacant
        else "_waiting"
    )
    return texts.t(
        f"gauges.stated_apart{ending}",
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


def _keep_lines(gauges: Gauges, table: AreaTable, texts: Texts) -> list[str]:
    """Return how many places keep the level, and that parts of places were added before they were rounded up."""
    if gauges.is_nothing_to_keep:
        return [texts.t("gauges.keep_nothing")]
    parts = part_words(table.view, texts)
    if gauges.area_code and table.view.level == table.question.part_level:
        parts["each_part"] = texts.t("part.here")
    line = _keep_line(gauges, table, texts, parts)
    is_told = any(not math.isnan(told.value) for told in gauges.keep.values())
    key = "gauges.keep_shared" if gauges.area_code else "gauges.keep_rounded"
    return [line, texts.t(key, **parts)] if is_told else [line]


def _keep_line(gauges: Gauges, table: AreaTable, texts: Texts, parts: dict[str, str]) -> str:
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
    key = "gauges.keep_planned" if table.view.scenario else "gauges.keep"
    line = texts.t(key, years=said, **parts)
    if part.areas_known == part.areas:
        return line
    return f"{line} {texts.t('gauges.keep_part', known=part.areas_known, total=part.areas, **parts)}"
