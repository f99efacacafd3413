"""Planning the sources of areas: boundaries, codes of several years and localities."""

import pandas as pd

from data.catalogue import Source
from data.loading.plan import Plan, plan_of, work_item
from data.places.likely_fix import add_likely_fixes
from data.places.world import AreaIndex, Gazetteer
from data.sources.fetch import FoundFile
from data.sources.staged import Staged, rejected_rows
from data.store.query_frames import Row, plain_rows
from data.store.schema import Area, AreaCode, Locality

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


def plan_boundaries(source: Source, file: FoundFile, areas: AreaIndex) -> Plan:
    """Plan the boundaries: areas of all three levels."""
    known = areas.people_area_of_code
    codes = areas.areas["area_code"]
    rows = areas.areas.assign(people_code=[known.get(code, code) for code in codes])
    counts = rows["level"].value_counts()
    figures = {f"{level}s": int(counts.get(level, 0)) for level in ("gmina", "powiat", "voivodeship")}
    staged = Staged(areas.gminas, rejected_rows(), rows_read=figures["gminas"])
    return plan_of(source, file, staged, rows={Area: plain_rows(rows[_AREA_COLUMNS])}, figures=figures)


def plan_terc(
    source: Source, file: FoundFile, areas: AreaIndex, *, staged: Staged, codes: pd.DataFrame
) -> Plan:
    """Plan the codes of one year; `codes` are those of its gminas."""
    return plan_of(source, file, staged, rows={AreaCode: _code_rows(codes, areas)})


def plan_crosswalk(source: Source, file: FoundFile, areas: AreaIndex, *, staged: Staged) -> Plan:
    """Plan the codes of other years, and say which gminas are younger than the boundaries."""
    rows = _code_rows(staged.records, areas)
    younger = staged.records[~staged.records["gmina_code"].isin(areas.codes)].drop_duplicates("gmina_code")
    items = tuple(
        work_item(
            "gmina_younger_than_boundaries",
            code,
            {"name": name, "since_vintage": vintage, "parent_code": areas.area_of_code.get(code)},
        )
        for code, name, vintage in younger[["gmina_code", "name", "vintage"]].itertuples(index=False)
    )
    accepted = staged.rows_read - len(staged.rejected)
    return plan_of(source, file, staged, rows={AreaCode: rows}, work_items=items, rows_accepted=accepted)


def plan_localities(
    source: Source, file: FoundFile, areas: AreaIndex, *, staged: Staged, persons: pd.Series
) -> Plan:
    """Plan the localities, with the people of towns, and say which state another gmina than that of their point."""
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
                "gmina_of_point_name": areas.name_of.get(row["gmina_code"] or ""),
            },
        )
        for row in plain_rows(disagreeing)
    )
    figures = {"localities": len(records)}
    return plan_of(
        source,
        file,
        staged,
        rows={Locality: plain_rows(records)},
        # What a list says of itself hangs on no other list.
        work_items=tuple(add_likely_fixes(items, areas, Gazetteer(staged.records))),
        figures=figures,
    )


def _code_rows(codes: pd.DataFrame, areas: AreaIndex) -> list[Row]:
    known = areas.area_of_code
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
