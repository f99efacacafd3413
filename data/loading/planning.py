"""Planning the sources that are not registers: areas, codes, localities, people."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from data.catalogue import Catalogue, Kind, Source
from data.loading.people_plans import (
    plan_grid,
    plan_history,
    plan_local_plans,
    plan_offices,
    plan_organization_seats,
    plan_projection,
    plan_residents,
    plan_residents_by_year,
)
from data.loading.plan import Plan, work_item
from data.places.likely_fix import add_likely_fixes
from data.places.postal_places import PostalPlaces
from data.places.vintages import area_index
from data.places.world import AreaIndex, Gazetteer
from data.sources.country import (
    address_localities,
    boundaries,
    localities,
    people_counts,
    population,
    postcodes,
    teryt_register,
)
from data.sources.fetch import FoundFile, SourceMissingError, named_file
from data.sources.registers.register_totals import read_official_totals
from data.sources.staged import SourceFormatError, Staged, rejected_rows
from data.store.query_frames import Row, plain_rows
from data.store.schema import Area, AreaCode, Locality, OfficialTotal, PeopleCount, Population

_AREA_COLUMNS = [
    "level",
    "area_code",
    "teryt_code",
    "name",
    "kind",
    "powiat_code",
    "voivodeship_code",
    "boundary_vintage",
    "people_code",
    "area_km2",
    "geometry",
    "geometry_simplified",
    "label_point",
]
_POPULATION_COLUMNS = ["area_code", "age_from", "age_to", "persons"]


class Foundation:
    """
    The sources that all others stand on, each read once and only when something needs it.

    Parameters
    ----------
    catalogue, files
        The sources and where their files were found, by source code. Without localities there are no places of a name
        and without their population no weights of towns; localities with addresses and postal codes help to place
        where they are at hand.
    """

    def __init__(self, catalogue: Catalogue, files: Mapping[str, FoundFile]) -> None:
        self._catalogue = catalogue
        self._files = files

    def plan(self, source: Source) -> Plan:
        """Plan a source of any kind but a register."""
        on_areas = {
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
            return on_areas[source.kind](source, self._files[source.code], self.areas)
        planners = {
            "boundaries": self._plan_boundaries,
            "teryt": self._plan_terc,
            "crosswalk": self._plan_crosswalk,
            "localities": self._plan_localities,
            "places_population": self._plan_places,
            "address_localities": self._plan_address_localities,
            "postcodes": self._plan_postcodes,
            "population": self._plan_population,
            "people_counts": self._plan_people_counts,
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
            raise SourceMissingError(
                f"{source.code}: expected {named_file(source)}, which was loaded before, found it neither in the "
                "mirror nor in the cache; what has to be read now stands on it. Nothing was changed. Put the file "
                "back, or load what there is into an empty database.",
                paths=[source.newest.path],
            )
        return file.path

    def _plan(self, source: Source, staged: Staged, **parts: Any) -> Plan:
        rows_accepted = parts.pop("rows_accepted", len(staged.records))
        return Plan(
            source=source,
            file=self._files[source.code],
            as_of=source.newest.as_of,
            rows_read=staged.rows_read,
            rows_accepted=rows_accepted,
            rejected=staged.rejected,
            **parts,
        )

    def _plan_boundaries(self, source: Source) -> Plan:
        known = self.areas.people_area_of_code
        codes = self.areas.areas["area_code"]
        areas = self.areas.areas.assign(people_code=[known.get(code, code) for code in codes])
        counts = areas["level"].value_counts()
        figures = {f"{level}s": int(counts.get(level, 0)) for level in ("gmina", "powiat", "voivodeship")}
        staged = Staged(self.areas.gminas, rejected_rows(), rows_read=figures["gminas"])
        return self._plan(source, staged, rows={Area: plain_rows(areas[_AREA_COLUMNS])}, figures=figures)

    def _plan_terc(self, source: Source) -> Plan:
        return self._plan(source, self._terc, rows={AreaCode: self._code_rows(self._codes_of_terc)})

    def _plan_crosswalk(self, source: Source) -> Plan:
        staged = self._crosswalk
        rows = self._code_rows(staged.records)
        younger = staged.records[~staged.records["gmina_code"].isin(self.areas.codes)].drop_duplicates(
            "gmina_code"
        )
        items = tuple(
            work_item(
                "gmina_younger_than_boundaries",
                code,
                {"name": name, "since_vintage": vintage, "parent_code": self.areas.area_of_code.get(code)},
            )
            for code, name, vintage in younger[["gmina_code", "name", "vintage"]].itertuples(index=False)
        )
        accepted = staged.rows_read - len(staged.rejected)
        return self._plan(source, staged, rows={AreaCode: rows}, work_items=items, rows_accepted=accepted)

    def _code_rows(self, codes: pd.DataFrame) -> list[Row]:
        known = self.areas.area_of_code
        return [
            {
                "vintage": vintage,
                "teryt_code": teryt_code,
                "name": name,
                "area_code": known.get(gmina_code),
                "is_parent": gmina_code in known and known[gmina_code] != gmina_code,
            }
            for vintage, teryt_code, name, gmina_code in codes[
                ["vintage", "teryt_code", "name", "gmina_code"]
            ].itertuples(index=False)
        ]

    def _plan_localities(self, source: Source) -> Plan:
        staged = self._localities
        persons, _ = self._town_population
        records = staged.records.assign(population_persons=persons)
        disagreeing = records[~records["is_gmina_name_agreed"]]
        items = tuple(
            work_item(
                "locality_gmina_disagrees" if row["gmina_code"] else "locality_outside_areas",
                row["source_key"],
                {
                    "name": row["name"],
                    "stated_gmina": row["stated_gmina_name"],
                    "stated_powiat": row["stated_powiat_name"],
                    "stated_voivodeship": row["stated_voivodeship_name"],
                    "latitude": row["point"].y,
                    "longitude": row["point"].x,
                    "gmina_of_point": row["gmina_code"],
                    "gmina_of_point_name": self.areas.name_of.get(row["gmina_code"] or ""),
                },
            )
            for row in plain_rows(disagreeing)
        )
        figures = {"localities": len(records)}
        return self._plan(
            source,
            staged,
            rows={Locality: plain_rows(records)},
            # What a list says of itself hangs on no other list.
            work_items=tuple(add_likely_fixes(items, self.areas, Gazetteer(staged.records))),
            figures=figures,
        )

    def _plan_places(self, source: Source) -> Plan:
        _, places = self._town_population
        return self._plan(source, places)

    def _plan_address_localities(self, source: Source) -> Plan:
        return self._plan(source, self._address_localities)

    def _plan_postcodes(self, source: Source) -> Plan:
        return self._plan(source, self._postcodes)

    def _plan_population(self, source: Source) -> Plan:
        staged = population.read_population(
            self._path("population"), area_of_code=self.areas.people_area_of_code
        )
        records = staged.records
        repeated = records.duplicated(["area_code", "age_from"])
        if repeated.any():
            codes = ", ".join(records.loc[repeated, "area_code"].unique()[:5])
            raise SourceFormatError(f"{source.code}: expected each gmina once; these come again: {codes}.")
        rows = plain_rows(records[_POPULATION_COLUMNS].assign(counted_on=source.newest.as_of))
        persons = records["persons"]
        figures = {"persons": int(persons.sum())} | {
            f"persons_{age}_plus": int(persons[records["age_from"] >= age].sum()) for age in (65, 80)
        }
        by_gmina = records.groupby("area_code").agg(
            persons=("persons", "sum"), total=("total_persons", "first")
        )
        items = [
            work_item(
                "population_total_differs",
                str(code),
                {"stated": int(row["total"]), "computed": int(row["persons"])},
            )
            for code, row in by_gmina[by_gmina["persons"] != by_gmina["total"]].iterrows()
        ]
        asked = {self.areas.people_area_of_code[code] for code in self.areas.gminas["area_code"]}
        without = sorted(asked - set(by_gmina.index))
        items += [
            work_item("gmina_without_population", code, {"name": self.areas.name_of[code]})
            for code in without
        ]
        return self._plan(
            source,
            staged,
            rows={Population: rows},
            work_items=tuple(items),
            figures=figures,
            rows_accepted=len(by_gmina),
        )

    def _plan_people_counts(self, source: Source) -> Plan:
        staged = people_counts.read_people_counts(self._files[source.code].path, known_areas=self.areas.codes)
        return self._plan(source, staged, rows={PeopleCount: plain_rows(staged.records)})

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
        return self._plan(source, staged, rows={OfficialTotal: rows}, rows_accepted=accepted)
