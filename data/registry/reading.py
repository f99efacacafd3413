"""Reading the registry: the edition of a day, with the areas and people of now."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, Engine

from data.reading import (
    area_queries,
    cost_queries,
    office_queries,
    organization_queries,
    people_queries,
    service_queries,
)
from data.reading.editions import held_from
from data.reading.loaded_sources import describe_sources
from data.reading.merged_services import read_services
from data.reading.record_handles import protected_handles
from data.reading.registry_state import RegistryState, registry_fingerprint, registry_state
from data.reading.release_queries import release_days, releases
from data.reading.stated_vacancies import stated_vacancies
from data.registry.accepted_differences import AcceptedDifference, accepted_differences
from data.registry.moved_places import moved_places
from data.registry.registry import Registry
from data.registry.told_together import ToldTogether
from data.scenarios.scenario import facility_handles
from data.store.transactions import one_moment

LAST_YEAR = 2040
"""The last year that gminas are projected to; of later ones nothing is asked."""


@dataclass(frozen=True, eq=False)
class Edition:
    """What the releases that held on a day decide of a registry; its areas and people are always those of now."""

    state: RegistryState
    services: gpd.GeoDataFrame
    service_areas: pd.DataFrame
    register_coverage: pd.DataFrame
    sources: pd.DataFrame
    stops: gpd.GeoDataFrame
    accepted_differences: tuple[AcceptedDifference, ...]
    moved_places: Mapping[str, str]


def read_registry(engine: Engine, day: date | None = None) -> Registry:
    """
    Read the registry in one transaction, so that all its parts agree.

    With a `day`, facilities and claims are those of the releases that held then; areas and people stay those of
    now, so that maps of two days can be compared.
    """
    with one_moment(engine) as connection:
        own = Registry(
            **_parts(_edition(connection, day)),
            areas=area_queries.areas(connection),
            localities=area_queries.localities(connection),
            population=people_queries.population(connection),
            people_counts=people_queries.people_counts(connection),
            held_from=held_from(connection, day) if day else None,
            now=registry_fingerprint(connection) if day else "",
            sources_of_now=describe_sources(releases(connection)) if day else None,
            days=release_days(connection),
            population_by_year=people_queries.population_by_year(connection),
            residents_by_year=people_queries.residents_by_year(connection, last_year=LAST_YEAR),
            today=date.today(),  # noqa: DTZ011 - years end by the calendar here
            local_plans=office_queries.local_plans(connection),
            grid_cells=people_queries.grid_cells(connection),
            address_cells=people_queries.address_cells(connection),
            town_parts=people_queries.town_parts(connection),
            offices=office_queries.offices(connection),
            organization_seats=organization_queries.organization_seats(connection),
            known_costs=cost_queries.known_costs(connection),
            stated_vacancies=stated_vacancies(connection),
        )
    return told_together(own)


def told_together(own: Registry) -> Registry:
    """Return a registry of every gmina by itself as it is told: parts of a divided gmina as one area."""
    together = ToldTogether.of_areas(own.areas)
    if not together.parts:
        return own
    coverage = own.register_coverage
    return replace(
        own,
        areas=together.areas(own.areas),
        localities=together.rows(own.localities),
        services=together.rows(own.services),
        service_areas=together.covered(own.service_areas),
        register_coverage=coverage.assign(
            except_area_codes=coverage["except_area_codes"].map(together.excepted)
        ),
        grid_cells=together.rows(own.grid_cells),
        address_cells=together.rows(own.address_cells),
        organization_seats=together.rows(own.organization_seats),
        stated_vacancies=together.rows(own.stated_vacancies),
        together=together,
        by_gmina=own,
    )


def read_edition(engine: Engine, day: date) -> Edition:
    """Read in one transaction what the releases that held on a day decide."""
    with one_moment(engine) as connection:
        return _edition(connection, day)


def registry_of_edition(now: Registry, edition: Edition, first_day: date) -> Registry:
    """Return the registry of an edition that held from `first_day`, with the areas and people of the one of now."""
    own = replace(
        now.own_gminas,
        **_parts(edition),
        held_from=first_day,
        now=now.state.fingerprint,
        sources_of_now=now.sources,
    )
    return told_together(own)


def _parts(edition: Edition) -> dict[str, Any]:
    return {part.name: getattr(edition, part.name) for part in fields(edition)}


def _edition(connection: Connection, day: date | None) -> Edition:
    services = read_services(connection, day)
    services["facility_handle"] = facility_handles(services, protected_handles(connection))
    held = releases(connection, day)
    return Edition(
        state=registry_state(connection, services, day),
        services=services.drop(columns=["record_key", "service_key", "organization_key", "phone_records"]),
        service_areas=service_queries.service_areas(connection, day),
        register_coverage=service_queries.register_coverage(connection, day),
        sources=describe_sources(held),
        stops=service_queries.mobile_stops(connection, day),
        accepted_differences=accepted_differences(held),
        moved_places=moved_places(connection, services),
    )
