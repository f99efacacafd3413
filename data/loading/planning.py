"""Planning the sources that are not registers: areas, codes, localities, people."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import pandas as pd

from data.catalogue import Catalogue, Source
from data.loading.address_plans import plan_address_grid
from data.loading.area_plans import plan_boundaries, plan_crosswalk, plan_localities, plan_terc
from data.loading.people_plans import (
    plan_grid,
    plan_history,
    plan_known_costs,
    plan_local_plans,
    plan_offices,
    plan_organization_seats,
    plan_people_counts,
    plan_population,
    plan_projection,
    plan_residents,
    plan_residents_by_year,
)
from data.loading.plan import Plan, plan_of
from data.places.address_index import AddressIndex
from data.places.address_index_file import ensure_index, index_figures, index_path, is_whole
from data.places.postal_places import PostalPlaces
from data.places.vintages import area_index
from data.places.world import AreaIndex, Gazetteer
from data.source_kinds import Kind
from data.sources.country import (
    address_localities,
    boundaries,
    localities,
    population,
    postcodes,
    teryt_register,
    town_parts,
)
from data.sources.fetch import FoundFile, SourceMissingError, named_file
from data.sources.registers.register_totals import read_official_totals
from data.sources.staged import Staged, rejected_rows
from data.store.query_frames import plain_rows
from data.store.schema import OfficialTotal


class Foundation:
    """
    The sources that all others stand on, each read once and only when something needs it.

    Parameters
    ----------
    catalogue, files
        The sources and where their files were found, by source code. Without localities there are no places of a name
        and without their population no weights of towns; localities with addresses and postal codes help to place
        where they are at hand, and so do streets and addresses.
    cache
        Folder in which the indexes of addresses are kept; each is made when it is missing.
    """

    def __init__(self, catalogue: Catalogue, files: Mapping[str, FoundFile], *, cache: Path) -> None:
        self._catalogue = catalogue
        self._files = files
        self._cache = cache

    def plan(self, source: Source) -> Plan:
        """Plan a source of any kind but a register."""
        file = self._files[source.code]
        on_areas = {
            "boundaries": plan_boundaries,
            "people_counts": plan_people_counts,
            "known_costs": plan_known_costs,
            "population_grid": plan_grid,
            "population_history": plan_history,
            "population_projection": plan_projection,
            "residents": plan_residents,
            "residents_by_year": plan_residents_by_year,
            "local_plans": plan_local_plans,
            "offices": plan_offices,
            "organization_seats": plan_organization_seats,
        }
        if source.kind in on_areas:
            return on_areas[source.kind](source, file, self.areas)
        planners = {
            "teryt": self._plan_terc,
            "crosswalk": self._plan_crosswalk,
            "localities": self._plan_localities,
            "places_population": self._plan_places,
            "address_localities": self._plan_address_localities,
            "address_grid": self._plan_address_grid,
            "postcodes": self._plan_postcodes,
            "address_streets": self._plan_addresses,
            "addresses": self._plan_addresses,
            "population": self._plan_population,
            "official_totals": self._plan_official_totals,
        }
        return planners[source.kind](source)

    @cached_property
    def areas(self) -> AreaIndex:
        """Areas by code and name."""
        source = self._catalogue.only("boundaries")
        gminas = boundaries.read_gminas(self._path("boundaries"))
        built = boundaries.build_areas(gminas, self._terc.records, vintage=str(source.vintage))
        codes = pd.concat([self._codes_of_terc, self._crosswalk.records], ignore_index=True)
        return area_index(
            built,
            codes,
            parents=self._catalogue.only("crosswalk").parents,
            renamed=self._catalogue.only("teryt").renamed,
        )

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Localities by name, with those that only the second list has; none where the first is not at hand."""
        if not self._has("localities"):
            return Gazetteer.empty()
        second = self._address_localities.records if self._has("address_localities") else None
        return Gazetteer(self._localities.records, second=second)

    @cached_property
    def postcodes(self) -> PostalPlaces | None:
        """Places by postal code, when a file of them is at hand."""
        if not self._has("postcodes"):
            return None
        return PostalPlaces(self._postcodes.records, self.areas, self.gazetteer)

    @cached_property
    def addresses(self) -> AddressIndex | None:
        """Doors and streets, those of the files with doors first; None where no file of them is at hand."""
        sources = [*self._catalogue.of_kind("addresses"), *self._catalogue.of_kind("address_streets")]
        paths = [self._index(source) for source in sources if source.code in self._files]
        return AddressIndex(paths, area_of_code=self.areas.area_of_code) if paths else None

    def _index(self, source: Source) -> Path:
        """
        Return the index of a source of addresses.

        Raises
        ------
        SourceMissingError
            If it has to be made from a file that was loaded before and is not at hand now.
        """
        file = self._files[source.code]
        path = index_path(self._cache, file.sha256)
        if not file.is_at_hand and not is_whole(path):
            raise _not_at_hand(source)
        return ensure_index(file.path, source.kind, self._cache, sha256=file.sha256)

    @cached_property
    def _postcodes(self) -> Staged:
        return postcodes.read_postcodes(self._path("postcodes"), self.areas.gminas)

    @cached_property
    def _address_localities(self) -> Staged:
        return address_localities.read_address_localities(
            self._path("address_localities"), area_of_code=self.areas.area_of_code
        )

    @cached_property
    def _terc(self) -> Staged:
        return teryt_register.read_terc(self._path("teryt"))

    @cached_property
    def _codes_of_terc(self) -> pd.DataFrame:
        gminas = self._terc.records.query("level == 'gmina'")
        vintage = self._catalogue.only("teryt").vintage
        return gminas.assign(gmina_code=gminas["teryt_code"].str[:6], vintage=vintage)

    @cached_property
    def _crosswalk(self) -> Staged:
        source = self._catalogue.only("crosswalk")
        return teryt_register.read_crosswalk(self._path("crosswalk"), vintages=source.vintages)

    @cached_property
    def _localities(self) -> Staged:
        return localities.read_localities(
            self._path("localities"), self.areas.gminas, other_names=self.areas.other_names_of
        )

    @cached_property
    def _town_population(self) -> tuple[pd.Series, Staged]:
        places = (
            localities.read_places(self._path("places_population"))
            if self._has("places_population")
            else localities.no_places()
        )
        return localities.match_population(
            self._localities.records,
            places,
            area_of_code=self.areas.area_of_code,
            parts_of=self.areas.parts_of,
        )

    def _has(self, kind: Kind) -> bool:
        return any(source.code in self._files for source in self._catalogue.of_kind(kind))

    def _path(self, kind: Kind) -> Path:
        """
        Return the file of a kind of which there is one source.

        Raises
        ------
        SourceMissingError
            If it was loaded before, is not at hand now, and something that stands on it has to be read.
        """
        source = self._catalogue.only(kind)
        file = self._files[source.code]
        if not file.is_at_hand:
            raise _not_at_hand(source)
        return file.path

    def _plan_terc(self, source: Source) -> Plan:
        return plan_terc(
            source, self._files[source.code], self.areas, staged=self._terc, codes=self._codes_of_terc
        )

    def _plan_crosswalk(self, source: Source) -> Plan:
        return plan_crosswalk(source, self._files[source.code], self.areas, staged=self._crosswalk)

    def _plan_localities(self, source: Source) -> Plan:
        persons, _ = self._town_population
        return plan_localities(
            source, self._files[source.code], self.areas, staged=self._localities, persons=persons
        )

    def _plan_places(self, source: Source) -> Plan:
        _, places = self._town_population
        return plan_of(source, self._files[source.code], places)

    def _plan_address_localities(self, source: Source) -> Plan:
        return plan_of(source, self._files[source.code], self._address_localities)

    def _plan_address_grid(self, source: Source) -> Plan:
        localities = self._address_localities.records if self._has("address_localities") else None
        return plan_address_grid(source, self._files[source.code], self.areas, localities=localities)

    def _plan_postcodes(self, source: Source) -> Plan:
        return plan_of(source, self._files[source.code], self._postcodes)

    def _plan_addresses(self, source: Source) -> Plan:
        lines, rejected = index_figures(self._index(source))
        staged = Staged(pd.DataFrame(), rejected_rows(rejected), rows_read=lines)
        accepted = lines - len(rejected)
        return plan_of(
            source,
            self._files[source.code],
            staged,
            figures={source.kind: accepted},
            rows_accepted=accepted,
        )

    def _plan_population(self, source: Source) -> Plan:
        known = self.areas.people_area_of_code
        path = self._path("population")
        staged = population.read_population(path, area_of_code=known)
        parts = town_parts.read_town_parts_by_age(path, area_of_code=known)
        return plan_population(source, self._files[source.code], self.areas, staged=staged, parts=parts)

    def _plan_official_totals(self, source: Source) -> Plan:
        staged = read_official_totals(self._files[source.code].path, columns=source.columns)
        day = source.newest.as_of
        rows = [
            row
            | {
                "support_forms": list(source.support_forms),
                "tolerance_pct": source.tolerance_pct.get(str(row["quantity"])),
                "as_of_text": day.isoformat() if day else None,
            }
            for row in plain_rows(staged.records)
        ]
        accepted = staged.rows_read - len(staged.rejected)
        return plan_of(
            source, self._files[source.code], staged, rows={OfficialTotal: rows}, rows_accepted=accepted
        )


def _not_at_hand(source: Source) -> SourceMissingError:
    return SourceMissingError(
        f"{source.code}: expected {named_file(source)}, which was loaded before, found it neither in the "
        "mirror nor in the cache; what has to be read now stands on it. Nothing was changed. Put the file "
        "back, or load what there is into an empty database.",
        paths=[source.newest.path],
    )
