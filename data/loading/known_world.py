"""The areas and localities that a file is checked against before anything is loaded."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from data.catalogue import REAL_CATALOGUE, read_catalogue
from data.loading.planning import Foundation
from data.loading.register_plan import PlaceSources
from data.own_catalogue import catalogue_in_use, whole_catalogue
from data.places.vintages import area_index
from data.places.world import AreaIndex, Gazetteer
from data.reading import area_queries
from data.reading.editions import current
from data.source_kinds import Kind
from data.sources.country.address_localities import read_address_localities
from data.sources.fetch import find_files
from data.store.schema import Area, AreaCode
from data.store.schema_revision import has_no_schema, is_migrated
from data.store.settings import Settings, example_catalogue
from geo.errors import SupportMapError

_OF_AREAS: tuple[Kind, ...] = ("boundaries", "teryt", "crosswalk")
_OF_NAMES: tuple[Kind, ...] = ("localities", "address_localities", "postcodes")
"""A trial asks whether places exist, and needs no street."""


@dataclass(frozen=True)
class KnownWorld:
    """Areas with their gazetteer, and the words for where they are from; without them, the words say why."""

    world: PlaceSources | None
    words: str


def known_world(engine: Engine, settings: Settings, *, voivodeship_code: str | None) -> KnownWorld:
    """
    Return what places of the voivodeship can be checked against.

    The database is asked first, then the sources in mirror and cache (nothing is downloaded), then the example
    region. One that lacks the voivodeship of the register cannot tell which of its areas exist.
    """
    reasons = []
    for where, world, reason in _candidates(engine, settings):
        if world is None:
            reasons.append(f"{where}: {reason}")
        elif voivodeship_code is not None and voivodeship_code not in world.areas.codes:
            reasons.append(f"{where}: no voivodeship {voivodeship_code}")
        else:
            if world.gazetteer.is_empty:
                return KnownWorld(
                    world, f"areas are those of {where}; localities were NOT checked: it has none"
                )
            return KnownWorld(world, f"areas and localities are those of {where}")
    return KnownWorld(
        None,
        f"areas and localities were NOT checked ({'; '.join(reasons)}). Load the areas with `python -m data load "
        "--commit`, or put the sources in the folder of SUPPORT_MAP_MIRROR.",
    )


def _candidates(engine: Engine, settings: Settings) -> Iterator[tuple[str, PlaceSources | None, str]]:
    yield "the database", *_attempted(lambda: _places_of_database(engine, settings), "nothing is loaded")
    yield (
        "the sources",
        *_attempted(lambda: _places_of_sources(REAL_CATALOGUE, settings), "files are missing"),
    )
    catalogue = example_catalogue()
    example = replace(settings, mirror=catalogue.parent)
    yield (
        "the example region",
        *_attempted(lambda: _places_of_sources(catalogue, example), "files are missing"),
    )


def _attempted(find: Callable[[], PlaceSources | None], nothing: str) -> tuple[PlaceSources | None, str]:
    try:
        return find(), nothing
    except SupportMapError as error:
        return None, str(error).splitlines()[0]
    except DBAPIError as error:
        return None, f"it refused: {str(error.orig).strip()}"


def _places_of_database(engine: Engine, settings: Settings) -> PlaceSources | None:
    if has_no_schema(engine) or not is_migrated(engine):
        return None
    with engine.connect() as connection:
        if connection.execute(select(Area.id).where(current(Area)).limit(1)).first() is None:
            return None
        catalogue = read_catalogue()
        areas = area_index(
            area_queries.areas(connection, is_simplified=False),
            area_queries.codes_of_years(connection),
            parents=_parents(connection) | catalogue.only("crosswalk").parents,
            renamed=catalogue.only("teryt").renamed,
        )
        localities = area_queries.localities(connection).rename_geometry("point")
    return PlaceSources(areas, Gazetteer(localities, second=_second_list(areas, settings)))


def _second_list(areas: AreaIndex, settings: Settings) -> pd.DataFrame | None:
    """Return the localities with addresses from mirror or cache, None without: a load keeps no rows of them."""
    sources = whole_catalogue(settings.catalogue).of_kind("address_localities")
    found, _ = find_files(sources, replace(settings, is_download_allowed=False))
    for files in found.values():
        return read_address_localities(files[-1].path, area_of_code=areas.area_of_code).records
    return None


def _parents(connection: Connection) -> dict[str, str]:
    """Return gminas younger than the boundaries, and what each was part of."""
    query = select(AreaCode.teryt_code, AreaCode.area_code).where(current(AreaCode), AreaCode.is_parent)
    return {code[:6]: parent for code, parent in connection.execute(query) if parent is not None}


def _places_of_sources(catalogue_path: Path, settings: Settings) -> PlaceSources | None:
    catalogue = read_catalogue(catalogue_path)
    if not catalogue.is_invented:
        catalogue = catalogue_in_use(settings, catalogue_path=catalogue_path)
    wanted = [source for source in catalogue.source if source.kind in {*_OF_AREAS, *_OF_NAMES}]
    found, missing = find_files(wanted, replace(settings, is_download_allowed=False))
    if any(source.kind in _OF_AREAS for source in missing):
        return None
    newest = {code: files[-1] for code, files in found.items()}
    foundation = Foundation(catalogue, newest, cache=settings.cache)
    return PlaceSources(foundation.areas, foundation.gazetteer, foundation.postcodes)
