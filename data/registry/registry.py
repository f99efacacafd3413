"""The registry as one dated whole, as pages ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import geopandas as gpd
import pandas as pd

from data.people.residents import (
    YearOfResidents,
    known_years,
    newest_count,
    residents_of_year,
    variants_of_year,
    year_of_now,
)
from data.people.settlement import Places
from data.places.place_search import PlaceIndex
from data.reading.cost_queries import COST_COLUMNS
from data.reading.registry_state import RegistryState
from data.reading.stated_vacancies import no_stated_vacancies
from data.registry.accepted_differences import AcceptedDifference
from data.registry.told_together import ToldTogether
from data.vocabulary import people_indicators
from geo.crs import GEOGRAPHIC
from geo.teryt import COUNTRY

BY_YEAR_COLUMNS = ["area_code", "age_from", "age_to", "year", "kind", "persons", "source_code"]
RESIDENT_COLUMNS = [
    "area_code",
    "year",
    "kind",
    "variant",
    "persons",
    *(f"persons_{age}_plus" for age in (60, 65, 70, 75, 80, 85)),
    "source_code",
]
OFFICE_COLUMNS = ["area_code", "name", "address", "phone", "website", "as_of", "source_code"]
SEAT_COLUMNS = ["krs", "name", "gmina_code", "as_of", "source_code"]
PLAN_COLUMNS = ["area_code", "unit_name", "status", "as_of_text", "source_url", "note", "source_code"]
CELL_COLUMNS = ["gmina_code", "persons", "persons_65_plus", "geometry"]
ADDRESS_COLUMNS = ["gmina_code", "addresses", "town_addresses", "geometry"]
TOWN_PART_COLUMNS = [
    "gmina_code",
    *(f"{side}_persons{ages}" for ages in ("", "_65_plus") for side in ("town", "rural")),
    "source_code",
]
AGREEMENT_COLUMNS = ["support_form", "gmina_code", "admitted_code"]
STOP_COLUMNS = ["service_id", "name", "opening_hours", "opening_hours_text", "geometry"]


def _no_cells() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns=CELL_COLUMNS, geometry="geometry", crs=GEOGRAPHIC)


def _no_addresses() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns=ADDRESS_COLUMNS, geometry="geometry", crs=GEOGRAPHIC)


@dataclass(frozen=True, eq=False)
class Registry:
    """
    One state of the registry; frames are as the SELECTs of `data.reading` return them.

    `held_from` is the day from which the edition held that this is the registry of
    (`data.reading.editions.held_from`), None for that of now: all days of one edition, or of one
    earlier month of a file, have one registry. `now` is the fingerprint of the registry of now that areas and people of
    an earlier one are from, empty for that of now itself.
    `today` is the day it was read: people of now are those of the newest 31 December that is not after it.
    `moved_places` are handles of records that speak as part of another facility by now → its handle.
    `sources_of_now` are all that are loaded now: the lists of an earlier day, and what a later file says of it, are
    named by them where `sources` has them not. `days` are those from which releases of registers held, the latest
    first. `stated_vacancies` is what registers stated on all of their days, whatever day this is the registry of.
    `agreements` are gminas that take in residents of other areas; only scenarios have them. `unchanged` is the registry
    that a scenario was made of, None for one that is no scenario; `misfits` counts its changes that this registry has
    no place for, wholly or in part. `together` are the gminas that are told together, each union one row of `areas`;
    `by_gmina` is the registry with every gmina by itself, None where it is no other.
    """

    state: RegistryState
    areas: gpd.GeoDataFrame
    localities: gpd.GeoDataFrame
    services: gpd.GeoDataFrame
    service_areas: pd.DataFrame
    register_coverage: pd.DataFrame
    population: pd.DataFrame
    people_counts: pd.DataFrame
    sources: pd.DataFrame
    residents_by_year: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=RESIDENT_COLUMNS))
    today: date = date.max
    stops: gpd.GeoDataFrame = field(default_factory=lambda: gpd.GeoDataFrame(columns=STOP_COLUMNS))
    held_from: date | None = None
    now: str = ""
    sources_of_now: pd.DataFrame | None = None
    days: tuple[date, ...] = ()
    accepted_differences: tuple[AcceptedDifference, ...] = ()
    moved_places: Mapping[str, str] = field(default_factory=dict)
    population_by_year: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=BY_YEAR_COLUMNS))
    local_plans: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=PLAN_COLUMNS))
    grid_cells: gpd.GeoDataFrame = field(default_factory=_no_cells)
    address_cells: gpd.GeoDataFrame = field(default_factory=_no_addresses)
    town_parts: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=TOWN_PART_COLUMNS))
    offices: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=OFFICE_COLUMNS))
    organization_seats: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=SEAT_COLUMNS))
    known_costs: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COST_COLUMNS))
    stated_vacancies: pd.DataFrame = field(default_factory=no_stated_vacancies)
    unchanged: "Registry | None" = None
    misfits: int = 0
    agreements: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=AGREEMENT_COLUMNS))
    together: ToldTogether = field(default_factory=ToldTogether)
    by_gmina: "Registry | None" = None

    @cached_property
    def named_sources(self) -> pd.DataFrame:
        """Return `sources` and, below them and without a day, those of now that have no release in this registry."""
        if self.sources_of_now is None:
            return self.sources
        others = self.sources_of_now[~self.sources_of_now["source_code"].isin(self.sources["source_code"])]
        if others.empty:
            return self.sources
        return pd.concat([self.sources, others.assign(as_of=None)], ignore_index=True)

    @property
    def own_gminas(self) -> "Registry":
        """The same registry with every gmina by itself, where facilities stand; nobody is counted in it."""
        return self.by_gmina or self

    @property
    def services_of_gminas(self) -> gpd.GeoDataFrame:
        """The services, each with its own gmina, also where its people are told with others'."""
        if not self.together.parts:
            return self.services
        own = self.own_gminas.services.set_index("service_id")["gmina_code"]
        told = self.services["gmina_code"]
        codes = self.services["service_id"].map(own).astype(told.dtype)
        # What a scenario moved elsewhere stands there.
        is_own = codes.replace(self.together.whole_of) == told
        return self.services.assign(gmina_code=codes.where(is_own, told))

    @property
    def sources_of_variants(self) -> frozenset[str]:
        """The sources of low and high variants."""
        rows = self.residents_by_year
        return frozenset(rows.loc[rows["variant"] != "main", "source_code"])

    def variants_of(self, year: int, *, age_from: int) -> pd.DataFrame:
        """Return the low and the high variant of a year after now by area above gminas; empty where there are none."""
        rows = self.residents_by_year if year > self.year_of_now else self.residents_by_year[:0]
        return variants_of_year(rows, year, age_from=age_from)

    def areas_of_level(self, level: str) -> gpd.GeoDataFrame:
        """Return the areas of one level, in the order of their codes."""
        return self.areas_by_code(level).reset_index().reindex(columns=self.areas.columns)

    def areas_by_code(self, level: str) -> gpd.GeoDataFrame:
        """Return the areas of one level, indexed by `area_code`."""
        if level not in self._areas_by_code:
            areas = self.areas[self.areas["level"] == level]
            self._areas_by_code[level] = areas.set_index("area_code")
        # Whoever changes what it was given changes no other: values are copied then, and not before.
        return self._areas_by_code[level].copy(deep=False)

    @cached_property
    def _areas_by_code(self) -> dict[str, gpd.GeoDataFrame]:
        return {}

    def named_areas(self, level: str) -> gpd.GeoDataFrame:
        """
        Return `areas_of_level` with `town_persons`, the people of the largest town of each; missing without one.

        All people of an urban gmina are a town's; of others those of the locality that is one.
        """
        localities, gminas = self.localities, self.areas_of_level("gmina").set_index("area_code")
        towns = localities[localities["kind"] == "miasto"].groupby("gmina_code")["population_persons"].max()
        persons = self.residents.reindex(gminas.index).where(gminas["kind"] == "urban")
        persons = persons.fillna(towns.astype("Float64").astype(float).reindex(gminas.index))
        areas, column = self.areas_of_level(level), f"{level}_code"
        if level != "gmina":
            persons = persons.groupby(gminas[column]).max()
        return areas.assign(town_persons=areas["area_code"].map(persons))

    @cached_property
    def places(self) -> PlaceIndex:
        """The search over place names, each in its own gmina."""
        own = self.own_gminas
        return PlaceIndex(own.localities, own.areas_of_level("gmina"))

    @cached_property
    def _newest_count(self) -> tuple[pd.Series, date | None, frozenset[str]]:
        return newest_count(self.population, self.residents_by_year)

    @property
    def settlement(self) -> Places:
        """What is known of where in a gmina people live."""
        return Places(self.grid_cells, self.address_cells, self.localities, self.town_parts)

    @property
    def residents(self) -> pd.Series:
        """All residents by gmina, as last counted."""
        return self._newest_count[0]

    @property
    def residents_on(self) -> date | None:
        """The day of `residents`; None without any."""
        return self._newest_count[1]

    @property
    def sources_of_residents(self) -> frozenset[str]:
        """The sources of `residents` that are not of kind `population`."""
        return self._newest_count[2]

    @cached_property
    def resident_years(self) -> tuple[int, ...]:
        """Years for which people of gminas are known by age, ascending."""
        return known_years(self.population, self.residents_by_year)

    @cached_property
    def counted_years(self) -> tuple[int, ...]:
        """Those of `resident_years` of which people were counted and not projected."""
        counted = self.residents_by_year[self.residents_by_year["kind"] == "counted"]
        return known_years(self.population, counted)

    @cached_property
    def year_of_now(self) -> int:
        """The year at whose end people of now are told; 0 when nobody is known by age."""
        return year_of_now(self.resident_years, self.today)

    def residents_of(self, year: int, *, age_from: int = 0) -> YearOfResidents:
        """Return the residents of gminas by age at the end of one of `resident_years`."""
        return residents_of_year(self.population, self.residents_by_year, year, age_from=age_from)

    def known_people(self, group: str, scope: str) -> pd.DataFrame:
        """
        Return published figures about a group in a scope, newest first, each at its own level.

        Columns: `area_code`, `indicator`, `subgroup`, `value`, `unit`, `as_of_text`, `source_url`, `note`. For a
        voivodeship those of Poland come too: often nothing else is known.
        """
        wanted = {
            (known.indicator, known.subgroup) for known in people_indicators() if known.need_group == group
        }
        counts = self.people_counts
        is_wanted = pd.Series(
            [pair in wanted for pair in zip(counts["indicator"], counts["subgroup"], strict=True)],
            index=counts.index,
            dtype=bool,
        )
        is_upper_level = counts["area_code"].str.len() == 2
        is_here = is_upper_level & ((scope == COUNTRY) | counts["area_code"].isin([scope, COUNTRY]))
        rows = counts[is_wanted & is_here].sort_values(
            "as_of_text", ascending=False, na_position="last", kind="stable"
        )
        return rows.drop_duplicates(["area_code", "indicator", "subgroup"]).sort_values(
            ["area_code", "indicator"]
        )
