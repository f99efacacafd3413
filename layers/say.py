"""What a page of the application says, as data: sentences, numbers and their words, for scripts and for checks."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final
from weakref import WeakKeyDictionary

import pandas as pd

from data.registry.registry import Registry
from data.scenarios.costs import UnitCosts
from geo.errors import OptionError
from geo.siting.plan import Outcome
from geo.teryt import COUNTRY
from layers.answers.area_table import AreaTable
from layers.answers.gauges import has_gauges, scope_gauges
from layers.answers.measures.measured import PartClass
from layers.answers.measures.memory import Memory
from layers.answers.measures.queue_history import QueueHistory
from layers.answers.measures.siting import SitingObstacle
from layers.answers.measures.siting_found import find_sites
from layers.answers.measures.stocks import STATING
from layers.answers.measures.world import World
from layers.answers.scenario_effect import effect_of
from layers.answers.shared_classes import to_level_of_first, with_shared_classes
from layers.answers.siting_question import (
    SitesAsked,
    inputs_of_sites,
    pose_question,
    question_of_sites,
    usual_places_of,
)
from layers.answers.table_building import build_area_table
from layers.export.area_sheet import sheet_data
from layers.indicators import KINDS
from layers.text import Texts, texts_of
from layers.view.compared_view import other_choices, second_view
from layers.view.reading import told_view
from layers.view.siting_request import read_siting
from layers.view.unit_costs import read_unit_costs
from layers.view.view import View
from layers.widgets.summary import inequality_lines, progress_line
from layers.words.area_facts import area_facts
from layers.words.caption import Caption, build_caption, table_columns
from layers.words.effect_words import effect_notes, effect_rows, effect_sentence
from layers.words.figures import write_cell, write_figure
from layers.words.gauge_words import gauge_head, gauge_lines
from layers.words.gauges_over_time import register_lines, register_name, registers_over_time
from layers.words.scenario_words import ScenarioWords
from layers.words.siting_left_words import left_sentences, left_unsure
from layers.words.siting_words import SitingWords

_NAMES: Final = ("name", "powiat_name", "voivodeship_name")
_TABLES: Final[WeakKeyDictionary[World, Memory]] = WeakKeyDictionary()
"""What was computed for views of a world, as long as it lives: most views in one call differ in their words alone."""
_OF_THE_PAGE: Final = ("colours", "lang", "levels")
"""Parts of a printed card that say nothing."""


WorldOf = Callable[[View], tuple[World, Registry | None]]
"""Gives the world of a view, with its day and scenario, and the registry that it is compared with."""


def say_view(view: View, world_of: WorldOf) -> dict[str, Any]:
    """
    Return everything that a view says, in its language, with the numbers that it says it of.

    Returns
    -------
    said
        Plain values, ready for JSON: `title` (`heading`, the part of it that a page shows large), `subtitle`, `notes`,
        `legend`, `summary` (sentences under the map), `norm`, `columns` (their heads), `rows` (numbers by column;
        `written`: the same in words, with their bounds), `sources`; where registers tell it `over_time`, what each
        states on its days; the printed `card` where an area
        is chosen, `effect` of a scenario on the gap, `siting` where new sites are asked for, and `other`, the second
        view of a comparison. A row of several gminas has the class of each in `parts`, where councils are asked.
    """
    texts = texts_of(view.lang, view.date)
    world, _ = world_of(view)
    view = told_view(view, world.registry)
    table = _table(view, world_of)
    caption = build_caption(table, texts)
    said = _said(table, caption, texts) | {"summary": _summary(view, table, world_of, texts)}
    if registers := _over_time(table, world.registry, texts):
        said["over_time"] = registers
    if view.chosen in table.rows.index:
        facts = area_facts(
            world, view, view.chosen, today=_today(view), table_of=lambda wanted: _table(wanted, world_of)
        )
        card = sheet_data(facts, caption, texts)
        said["card"] = {name: part for name, part in card.items() if name not in _OF_THE_PAGE} | card[
            "levels"
        ][0]
    # Where the data have no area of the scope, as of a link of another region, nothing can be changed there.
    is_compared = len(table.rows) > 0 and table.norm is not None and table.norm.is_known
    if view.scenario and is_compared:
        said["effect"] = _effect(view, world_of, texts)
    if view.siting and len(table.rows):
        said["siting"] = _siting(view, world_of, texts)
    if view.other:
        # What cannot stand beside the first gives way as on the page; `lost_of_address` says so.
        offered = other_choices(view, world.registry)
        code = view.other if view.other in offered else offered[0]
        norm = table.norm.places_per_1000 if table.norm is not None and table.norm.is_known else None
        # In the words and classes of the page: a level that nobody set is no target of this view.
        other = to_level_of_first(_table(second_view(view, code, norm=norm), world_of), table)
        if other.view.indicator == table.view.indicator:
            _, other = with_shared_classes(table, other)
        said["other"] = _said(other, build_caption(other, texts), texts)
    return said


def _today(view: View) -> date:
    return view.date or date.today()  # noqa: DTZ011 - whether a date is old is about the calendar here


def _table(view: View, world_of: WorldOf) -> AreaTable:
    """Return the table of a view, made once for all views of a world that ask the same."""
    (world, earlier), today = world_of(view), _today(view)

    def made() -> AreaTable:
        return build_area_table(world.registry, view, today=today, world=world, earlier=earlier)

    tables = _TABLES.setdefault(world, Memory())
    return tables.keep((view.question, view.since, today), made).of_view(view)


def _said(table: AreaTable, caption: Caption, texts: Texts) -> dict[str, Any]:
    """Return the words and numbers of one table."""
    has_rates = table.view.what.has_rates
    shown = KINDS if has_rates else table_columns(table)
    columns = [column for column in table.rows.columns if column in KINDS and column in shown]
    bounds = table.bounds.to_dict("index")
    norm, parts = table.norm, table.parts
    return {
        "address": caption.address,
        "language": texts.lang,
        "title": caption.whole_title,
        "heading": caption.title,
        "subtitle": caption.subtitle,
        "notes": list(caption.notes),
        "legend": {
            "title": caption.legend_title,
            "unit": caption.legend_unit,
            "date": caption.legend_date,
            "zero": caption.zero_label,
            "classes": list(caption.class_labels),
            "no_data": caption.no_data_legend,
        },
        "as_of": caption.as_of,
        "snapshot_id": caption.snapshot_id,
        "norm": norm.places_per_1000 if norm is not None and norm.is_known else None,
        "sources": [source.text for source in caption.sources],
        "columns": {column: caption.columns[column] for column in columns},
        "rows": [
            {
                "area_code": code,
                **{name: _plain(row[name]) for name in _NAMES},
                **{column: _plain(_day_or(row[column], column)) for column in columns},
                "written": {
                    column: write_cell(row, column, texts, bound=bounds[code][column]) for column in columns
                },
                **({"parts": _parts(parts[code], table, texts)} if code in parts else {}),
            }
            for code, row in table.rows.to_dict("index").items()
        ],
    }


def _parts(parts: tuple[PartClass, ...], table: AreaTable, texts: Texts) -> list[dict[str, Any]]:
    """Return the class of each gmina of an area that is several of them, as `rows` have numbers and words."""
    column = table.view.indicator
    return [
        {
            "area_code": part.area_code,
            "name": part.name,
            column: _plain(part.value),
            "written": {column: write_figure(part.value, column, texts)},
        }
        for part in parts
    ]


def _day_or(value: Any, column: str) -> Any:
    """Return a number of a column; of one of days the day in ISO form."""
    is_day = KINDS[column] == "day" and not pd.isna(value)
    return date.fromordinal(int(value)).isoformat() if is_day else value


def _summary(view: View, table: AreaTable, world_of: WorldOf, texts: Texts) -> list[str]:
    """Return the sentences under the map: gauges, inequality, and how far plans and centres are."""
    world, _ = world_of(view)
    gauges = []
    if has_gauges(table):
        whole = _table(view.with_changes(level="voivodeship", indicator="places_per_1000"), world_of)
        gap = _table(view.with_changes(indicator="gap_share"), world_of)
        gauges = [
            gauge_head(gap, texts),
            *gauge_lines(scope_gauges(world.registry, gap, whole), gap, texts),
        ]
    lines = (*gauges, *inequality_lines(table, texts), progress_line(world.registry, table, texts))
    return [line for line in lines if line]


def _over_time(table: AreaTable, registry: Registry, texts: Texts) -> list[dict[str, Any]]:
    """Return what each register of the scope states on its days: sentences, and the numbers that they are of."""
    if not has_gauges(table):
        return []
    prefix = "" if table.view.scope == COUNTRY else table.view.scope
    return [
        {
            "source_code": register.source_code,
            "register": register_name(registry, register.source_code, texts),
            "sentences": register_lines(register, texts),
            "stocks": _stocks(register.history),
            **({"whole_stocks": _stocks(register.whole)} if register.whole else {}),
        }
        for register in registers_over_time(registry, table.question.help, prefix, until=table.view.date)
    ]


def _stocks(history: QueueHistory) -> list[dict[str, Any]]:
    """Return the days of a register with their numbers."""
    return [
        {
            "day": stock.day.isoformat(),
            "facilities": stock.facilities,
            **{name: _plain(number) for name, number in stock.numbers.items()},
            **{STATING[name]: count for name, count in stock.stating.items()},
        }
        for stock in history.stocks
    ]


def _effect(view: View, world_of: WorldOf, texts: Texts) -> dict[str, Any]:
    """Return what the scenario of a view does to the gap, at the norm of today."""
    gaps = view.with_changes(indicator="gap_share")
    before = _table(gaps.with_changes(scenario=""), world_of)
    if before.norm is not None and before.norm.is_known:
        gaps = gaps.with_changes(norm=before.norm.places_per_1000)
    after = _table(gaps, world_of)
    effect = effect_of(before, after)
    names = texts.t("scenario.state_before"), texts.t("scenario.state_after")
    return {
        **{name: _told(getattr(effect, name)) for name in ("before", "after", "closed")},
        "sentences": [effect_sentence(before, after, texts), *effect_notes(effect, texts, names=names)],
        "rows": [
            {"column": column, "name": name, "written": list(cells)}
            for column, name, cells in effect_rows(before, effect, texts)
        ],
    }


def _siting(view: View, world_of: WorldOf, texts: Texts) -> dict[str, Any]:
    """Return the best sites that are found for what a view asks, and what is said of them."""
    world, _ = world_of(view)
    request = read_siting(view.siting)
    asked = SitesAsked(
        question_of_sites(view), request.is_unsure_counted, is_wide=request.is_wide, goal=request.goal
    )
    words = SitingWords(ScenarioWords(world.today.registry, texts), view)
    question = pose_question(world.today, world, asked)
    if isinstance(question, SitingObstacle):
        return {"sentences": [words.obstacle(question)], "sites": []}
    costs = read_unit_costs(view.costs).get(view.form, UnitCosts())
    unused = [said] if (said := words.unused_budget(request, costs)) else []
    try:
        limits = request.limits(costs, usual_places=usual_places_of(world.today, asked.question))
    except OptionError:
        return {"sentences": [words.wrong_limits(request)], "sites": []}
    found = find_sites(inputs_of_sites(world, asked.question), question, limits)
    if found.plan.outcome is not Outcome.FOUND:
        return {"sentences": [*unused, words.outcome(found.plan.outcome, question)], "sites": []}
    places = question.candidates.iloc[found.plan.sites["candidate_row"].to_numpy()]
    return {
        "sentences": [*unused, words.answer(found, question), *words.size(found, question, limits)],
        "left": [sentence.text for sentence in left_sentences(words, found, question, limits)],
        "left_unsure": left_unsure(words, question),
        "sites": [
            {"locality_key": key, "gmina_code": gmina, "places": int(count)}
            for key, gmina, count in zip(
                places["locality_key"], places["gmina_code"], found.plan.sites["places"], strict=True
            )
        ],
    }


def _told(value: Any) -> Any:
    """Return numbers and what they are at least and at most as plain values."""
    if isinstance(value, Mapping):
        return {name: _told(part) for name, part in value.items()}
    return {name: _plain(part) for name, part in asdict(value).items()}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: null where it is missing."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
