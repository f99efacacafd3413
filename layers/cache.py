"""What is computed once and shared by all sessions; the registry's fingerprint is part of every key."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

import pandas as pd
import streamlit as st
from sqlalchemy import Connection, Engine

from data.engine import open_engine, require_database, require_migrated
from data.patience import OF_PAGES
from data.place_search import Place
from data.registry import Registry, read_registry
from data.release_queries import registry_fingerprint
from data.settings import Settings
from data.sources.road_graph import read_road_network
from geo.road_network import RoadNetwork
from layers.area_table import AreaTable, build_area_table
from layers.export.caption import build_caption
from layers.export.files import export_bytes
from layers.indicators import LEVELS, SINCE
from layers.last_known import watch_of
from layers.maps import published_geometry
from layers.measures.series import people_series
from layers.measures.what_if import WhatIf, what_if
from layers.measures.world import World
from layers.messages import RegistryEmptyError
from layers.nearby import NearbyHelp, find_help
from layers.state import View
from layers.text import texts_of

Answer = TypeVar("Answer")


def open_registry(day: date | None = None) -> Registry:
    """
    Return the registry of now or of a day, read again only after a load has changed it.

    Raises
    ------
    RegistryMissingError, NotMigratedError, RegistryEmptyError
        If there is nothing to show yet; each says what to run.
    DatabaseSilentError
        If the database does not answer and this registry is not in memory.
    """
    fingerprint = last_answer(day, lambda connection: registry_fingerprint(connection, day))
    registry = _registry(_database_url(), fingerprint, day)
    if registry.areas.empty:
        raise RegistryEmptyError("expected areas in the database, found none; run `make data`")
    return registry


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
    # Streamlit lets one visitor at a time into a cached function; who waited for another asks the watch inside.
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
    registry = scenario_registry(registry, view)
    plain = view.of_numbers()
    earlier = None
    if view.since and SINCE in view.what.choices:
        earlier = open_registry(date.fromisoformat(view.since))
    day = view.date or _today()
    table = _area_table(_database_url(), registry.state.fingerprint, plain, day, registry, earlier)
    return replace(table, view=view)


def nearby_help(registry: Registry, view: View, place: Place, now: datetime) -> NearbyHelp:
    """Return the help near a place, as the resident's page shows it at that moment."""
    return find_help(
        registry, place, group=view.group, forms=view.forms, distance_km=view.distance_km, now=now
    )


def geometry_urls(registry: Registry) -> dict[str, str]:
    """Return the address of each level's geometry for the browser."""
    return _geometry_urls(_database_url(), registry.state.fingerprint, registry)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - "old" is about the calendar here


def _database_url() -> str:
    return Settings.from_environment().database_url


@st.cache_resource(show_spinner=False)
def _engine(url: str) -> Engine:
    return open_engine(url, patience=OF_PAGES)


@st.cache_resource(show_spinner=False)
def _ready_engine(url: str) -> Engine:
    engine = _engine(url)
    watch_of(engine).ask(lambda: require_migrated(engine))
    return engine


@st.cache_resource(show_spinner=False, max_entries=4)
def _registry(url: str, fingerprint: str, day: date | None) -> Registry:  # noqa: ARG001 - a key only
    return watch_of(_engine(url)).ask(lambda: read_registry(_ready_engine(url), day))


def scenario_registry(registry: Registry, view: View) -> Registry:
    """
    Return the registry as the view's scenario would have it, or as it is when there is none.

    Raises
    ------
    ScenarioError
        If the address holds no scenario that can be read.
    """
    return applied_scenario(registry, view.scenario).registry if view.scenario else registry


def applied_scenario(registry: Registry, packed: str) -> WhatIf:
    """Return a scenario packed for a link with the registry that it makes, applied once for all sessions."""
    return _what_if(_database_url(), registry.state.fingerprint, packed, registry)


@st.cache_resource(show_spinner=False, max_entries=8)
def _what_if(url: str, fingerprint: str, packed: str, _registry: Registry) -> WhatIf:  # noqa: ARG001 - keys only
    return what_if(_registry, packed)


@st.cache_resource(show_spinner=False, max_entries=64)
def _area_table(
    url: str,
    fingerprint: str,
    view: View,
    today: date,
    _registry: Registry,
    _earlier: Registry | None,
) -> AreaTable:
    world = _world(url, fingerprint, _registry)
    return build_area_table(_registry, view, today=today, world=world, earlier=_earlier)


@st.cache_resource(show_spinner=False, max_entries=4)
def _world(url: str, fingerprint: str, _registry: Registry) -> World:  # noqa: ARG001 - keys only
    world = World(_registry, network=_roads())
    # Half a second that every measure of distance needs: whoever opens the first page of a new state waits anyway.
    world.points(View())
    return world


def people_lines(registry: Registry, view: View) -> pd.DataFrame | None:
    """Return people of the group by year for the areas of a view, None where there is no line to draw."""
    return people_series(world_of(registry), view)


def world_of(registry: Registry) -> World:
    """Return what measures of a registry share; `scenario_registry` gives that of a scenario."""
    return _world(_database_url(), registry.state.fingerprint, registry)


def has_roads() -> bool:
    """Return whether the operator has given a road network."""
    return _roads() is not None


@st.cache_resource(show_spinner=False)
def _roads() -> RoadNetwork | None:
    path = Settings.from_environment().roads
    return read_road_network(path) if path else None


def printed(registry: Registry, table: AreaTable, lang: str, file_format: str) -> bytes:
    """Return the picture (`png`, `svg`) or the table (`xlsx`, `csv`) of a view."""
    return _printed(_database_url(), table.snapshot_id, table.view, lang, file_format, registry, table)


@st.cache_data(show_spinner=False, max_entries=32)
def _printed(
    url: str,  # noqa: ARG001
    snapshot_id: str,  # noqa: ARG001
    view: View,  # noqa: ARG001
    lang: str,
    file_format: str,
    _registry: Registry,
    _table: AreaTable,
) -> bytes:
    caption = build_caption(_table, texts_of(lang))
    areas = _registry.areas_of_level(_table.view.level)
    return export_bytes(_table, areas, _registry.areas, caption, file_format=file_format)


@st.cache_resource(show_spinner=False, max_entries=4)
def _geometry_urls(url: str, fingerprint: str, _registry: Registry) -> dict[str, str]:  # noqa: ARG001
    vintage = str(_registry.areas["boundary_vintage"].iloc[0])
    return {
        level: published_geometry(_registry.areas_of_level(level), level=level, vintage=vintage)
        for level in LEVELS
    }
