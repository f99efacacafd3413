"""
What is computed once and shared by all sessions; the registry's fingerprint is part of every key.

The registry of now is read here. Everything else that takes long is a job (`layers.jobs`): kept when it was made
before, else computed in a process of its own while the page waits in words.
"""

from collections.abc import Callable, Hashable
from datetime import date, datetime
from functools import partial
from typing import TypeVar

import pandas as pd
from sqlalchemy import Connection, Engine

from data.reading.editions import held_from
from data.reading.registry_state import registry_fingerprint
from data.registry.reading import Edition, read_registry, registry_of_edition
from data.registry.registry import Registry
from data.registry.work_items import items_fingerprint
from data.store.database_file import require_database
from data.store.engine import open_engine
from data.store.patience import OF_PAGES
from data.store.schema_revision import require_migrated
from layers.answers.about_figures import AboutFigures
from layers.answers.area_table import AreaTable
from layers.answers.errors import RegistryChangedError
from layers.answers.measures.applied_scenario import AppliedScenario, apply_packed
from layers.answers.measures.world import World
from layers.answers.table_building import measured_day
from layers.cache.computed import made, prepare
from layers.cache.last_known import watch_of
from layers.cache.once import once
from layers.cache.settings_in_use import settings_in_use
from layers.cache.together import Together
from layers.indicators.indicator import LEVELS, SINCE
from layers.jobs import work
from layers.jobs.bench import require_state
from layers.jobs.job import Compared, RegistryKey, TableKey, ViewKey, key_of
from layers.maps import published_geometry
from layers.view.question import Help, Question
from layers.view.view import View
from layers.words.area_facts import AreaFacts, area_facts
from layers.words.gauges_over_time import RegisterOverTime, registers_over_time
from layers.words.messages import RegistryEmptyError

Answer = TypeVar("Answer")


def open_registry(day: date | None = None) -> Registry:
    """
    Return the registry of now or of a day, read again only after a load has changed it.

    All days of one edition have one registry, and days on which the editions of now held have that of now.

    Raises
    ------
    RegistryMissingError, NotMigratedError, RegistryEmptyError
        If there is nothing to show yet; each says what to run.
    DatabaseSilentError
        If the database does not answer and this registry is not in memory.
    """
    try:
        key = _last_key(day)
        registry = _registry(_database_url(), key.now)
    except RegistryChangedError:
        key = _last_key(day)
        registry = _registry(_database_url(), key.now)
    if registry.areas.empty:
        raise RegistryEmptyError(
            "expected areas in the database, found none; run `python -m data load --commit --or-example`"
        )
    if key.held_from is None:
        return registry
    return _earlier_registry(_database_url(), key, registry, made(work.edition, key))


def state_of_now() -> str:
    """
    Return what tells the registry of now from that of before: another one after each change of what is shown.

    Raises
    ------
    RegistryMissingError, NotMigratedError, DatabaseSilentError
        As `open_registry`.
    """
    return _last_key(None).now


def _key_of_day(connection: Connection, *, day: date | None) -> RegistryKey:
    """Return the key of the registry of a day: the same for all days between two releases."""
    now = registry_fingerprint(connection)
    first_day = None if day is None else held_from(connection, day)
    then = now if first_day is None else registry_fingerprint(connection, first_day)
    return RegistryKey(now, now) if then == now else RegistryKey(then, now, first_day)


def _last_key(day: date | None) -> RegistryKey:
    """Return the key of a day; a silent database's last one only if nothing was heard of a later state since."""
    ask = partial(last_answer, ("registry", day), partial(_key_of_day, day=day))
    key = _asking(_database_url()).ask(ask) if day is None else ask()
    if database_silent_since() is None:
        # Keys of other days that were made before: what they show may be protected by now.
        watch_of(_engine(_database_url())).forget_all_but(
            lambda known: not isinstance(known, RegistryKey) or known.now == key.now
        )
    return key


def open_database() -> Engine:
    """
    Return the engine of the current registry, for the few pages that ask more than the registry holds.

    Raises
    ------
    RegistryMissingError, NotMigratedError
        If there is nothing to show yet; each says what to run.
    DatabaseSilentError
        If the database does not answer; at once when that is known already.
    """
    url = _database_url()
    require_database(_engine(url))
    # One visitor at a time computes it; who waited for another asks the watch inside.
    return watch_of(_engine(url)).ask(lambda: _ready_engine(url))


def last_answer(key: Hashable, question: Callable[[Connection], Answer]) -> Answer:
    """Return what the database answers, or while it is silent what it answered to this before."""

    def ask() -> Answer:
        with open_database().connect() as connection:
            return question(connection)

    return watch_of(_engine(_database_url())).last_answer(key, ask)


def database_silent_since() -> datetime | None:
    """Return when a database that does not answer now answered last; None while it answers."""
    return watch_of(_engine(_database_url())).silent_since()


def area_table(registry: Registry, view: View) -> AreaTable:
    """Return the table of a view; language, chosen area and resident's choices do not change its numbers."""
    table: AreaTable = made(work.area_table, _key_of_view(registry, view).table, at_hand=registry)
    return table.of_view(view)


def people_lines(registry: Registry, question: Question) -> pd.DataFrame | None:
    """Return people of the group by year for the areas of a question, None where there is no line to draw."""
    if question.group != "older" or not question.what.has_people:
        return None
    of = TableKey(key_of(registry), question)
    lines: pd.DataFrame | None = made(work.people_lines, of, at_hand=registry)
    return lines


def over_time(
    registry: Registry, of: Help, prefix: str, *, until: date | None
) -> tuple[RegisterOverTime, ...]:
    """Return what registers tell of an area over their days up to that of a view; a scenario changes none of it."""
    return _over_time(_database_url(), key_of(registry), of, prefix, until, registry)


def printed(registry: Registry, table: AreaTable, lang: str, file_format: str) -> bytes:
    """Return the picture (`png`, `svg`) or the table (`xlsx`, `csv`) of a view."""
    of = _key_of_view(registry, table.view)
    file: bytes = made(work.printed, of, lang, file_format, at_hand=registry)
    return file


def shown_picture(registry: Registry, table: AreaTable, lang: str) -> bytes:
    """Return the printed picture of a view in the size that the page shows it in (PNG)."""
    picture: bytes = made(work.shown_picture, _key_of_view(registry, table.view), lang, at_hand=registry)
    return picture


def card_of_area(registry: Registry, table: AreaTable, code: str) -> AreaFacts:
    """Return the card of an area of a table; `card_sections` computes its sections."""

    def table_of(view: View) -> AreaTable:
        return table if view == table.view else area_table(registry, view)

    world = World(scenario_registry(registry, table.view))
    return area_facts(world, table.view, code, today=table.measured_on or _today(), table_of=table_of)


def card_sections(registry: Registry, facts: AreaFacts, sections: tuple[str, ...]) -> None:
    """Compute sections of a card, each once for all sessions."""
    view = facts.view
    is_aged, is_since = view.question.is_of_knowledge or "quality" in sections, "balance" in sections
    of = _key_of_view(registry, view, is_aged=is_aged, is_since=is_since)
    facts.know(made(work.area_sections, of.table, facts.code, sections, at_hand=registry))


def printed_card(registry: Registry, facts: AreaFacts, lang: str) -> bytes:
    """Return the card of an area as a page of A4 (PDF)."""
    of = _key_of_view(registry, facts.view, is_aged=True, is_since=True)
    card: bytes = made(work.area_card, of, facts.code, lang, at_hand=registry)
    return card


def about_figures() -> AboutFigures:
    """Return the figures of the page about the data, read again only after something has changed them."""
    state = last_answer("about", _state_of_figures)
    figures: AboutFigures = made(work.about_figures, state)
    return figures


def _state_of_figures(connection: Connection) -> tuple[str, str]:
    return registry_fingerprint(connection), items_fingerprint(connection)


def _key_of_view(
    registry: Registry, view: View, *, is_aged: bool | None = None, is_since: bool | None = None
) -> ViewKey:
    """Return which view of what it is; the day of its ages and the day before are in it where they matter to it."""
    is_aged = view.question.is_of_knowledge if is_aged is None else is_aged
    is_since = SINCE in view.what.choices if is_since is None else is_since
    key, since = key_of(registry), None
    if is_since and view.since:
        day = date.fromisoformat(view.since)
        since = _last_key(day)
    measured_on = measured_day(registry, view.date, _today()) if is_aged else None
    return ViewKey(key, view, Compared(measured_on, since))


def geometry_urls(registry: Registry) -> dict[str, str]:
    """Return the address of each level's geometry for the browser."""
    return _geometry_urls(_database_url(), registry.state.fingerprint, registry)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - "old" is about the calendar here


def _database_url() -> str:
    return settings_in_use().database_url


@once(most=8)
def _asking(url: str) -> Together[RegistryKey]:  # noqa: ARG001 - a key only
    return Together()


@once(most=8, release=Engine.dispose)
def _engine(url: str) -> Engine:
    return open_engine(url, patience=OF_PAGES)


@once(most=8, release=Engine.dispose)
def _ready_engine(url: str) -> Engine:
    engine = _engine(url)
    watch_of(engine).ask(lambda: require_migrated(engine))
    return engine


@once(most=2)
def _registry(url: str, fingerprint: str) -> Registry:
    # By the time somebody asks, the processes that compute have read it, too.
    key = RegistryKey(fingerprint, fingerprint)
    prepare(work.warm, key)
    registry = watch_of(_engine(url)).ask(lambda: read_registry(_ready_engine(url)))
    # A load, or `protect`, may have come between: nothing is kept under the name of a state that it is not.
    require_state(registry.state.fingerprint, key)
    return registry


@once(most=4)
def _earlier_registry(url: str, key: RegistryKey, _now: Registry, _edition: Edition) -> Registry:  # noqa: ARG001
    return registry_of_edition(_now, _edition, key.held_from or date.min)


def scenario_registry(registry: Registry, view: View) -> Registry:
    """
    Return the registry as the view's scenario would have it, or as it is when there is none.

    Raises
    ------
    ScenarioError
        If the address holds no scenario that can be read.
    """
    return applied_scenario(registry, view.scenario).registry if view.scenario else registry


def applied_scenario(registry: Registry, packed: str) -> AppliedScenario:
    """Return a scenario packed for a link with the registry that it makes, applied once for all sessions."""
    return _applied_once(_database_url(), registry.state.fingerprint, packed, registry)


@once(most=8)
def _applied_once(url: str, fingerprint: str, packed: str, _registry: Registry) -> AppliedScenario:  # noqa: ARG001 - keys only
    return apply_packed(_registry, packed)


@once(most=64)
def _over_time(
    url: str,  # noqa: ARG001 - keys only
    key: RegistryKey,  # noqa: ARG001
    of: Help,
    prefix: str,
    until: date | None,
    _registry: Registry,
) -> tuple[RegisterOverTime, ...]:
    return registers_over_time(_registry, of, prefix, until=until)


def has_roads(registry: Registry) -> bool:
    """Tell whether there is a road network for the region: the operator's, or the example's own."""
    return settings_in_use().roads_of(is_invented=registry.state.is_invented) is not None


@once(most=4)
def _geometry_urls(url: str, fingerprint: str, _registry: Registry) -> dict[str, str]:  # noqa: ARG001
    vintage = str(_registry.areas["boundary_vintage"].iloc[0])
    return {
        level: published_geometry(_registry.named_areas(level), level=level, vintage=vintage)
        for level in LEVELS
    }
