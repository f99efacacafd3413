"""Towns and villages: where they lie, in which gmina, and how many people live there."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import pandas as pd

from data.sources.readable import reader_of
from data.sources.staged import Staged, rejected_rows, require_columns
from data.store.names import fold
from geo.crs import GEOGRAPHIC
from geo.joins import points_in_areas

_PART_OF_GMINA = re.compile(r"-(?:obszar wiejski|miasto)\b.*")
"""PRNG sometimes names the part of an urban-rural gmina instead of the gmina."""


@reader_of("a CSV file of localities, or an archive with one")
def read_localities(
    path: Path, gminas: gpd.GeoDataFrame, *, other_names: Mapping[str, Collection[str]] = MappingProxyType({})
) -> Staged:
    """
    Read localities (PRNG) and find the gmina of each by point in polygon; the file has names only.

    Parameters
    ----------
    gminas
        Gminas with `area_code`, `name`, geometry, EPSG:4326.
    other_names
        Gmina → what it was called in other years, or what it was part of: a list of that year says so.

    Returns
    -------
    staged
        Records: columns of the table `locality`, with `point`; `gmina_code` is None outside all gminas.
    """
    table = pd.read_csv(path, dtype=str)
    columns = ["id", "name", "kind", "voivodeship", "powiat", "gmina", "lat", "lon"]
    require_columns(table, columns, file_name=path.name)
    latitude, longitude = (pd.to_numeric(table[column], errors="coerce") for column in ("lat", "lon"))
    is_usable = table["name"].notna() & latitude.notna() & longitude.notna()
    rejected = rejected_rows(
        [
            (str(position + 2), "missing_name_or_point", str(table.loc[position, "name"]))
            for position in table.index[~is_usable]
        ]
    )
    usable = table[is_usable].fillna("")
    points = gpd.GeoSeries.from_xy(
        longitude[is_usable], latitude[is_usable], index=usable.index, crs=GEOGRAPHIC
    )
    joined = points_in_areas(gpd.GeoDataFrame(geometry=points), gminas).area_code
    gmina_code = joined.astype(object).where(joined.notna(), None)
    names = {
        code: {fold(name), *map(fold, other_names.get(code, ()))}
        for code, name in zip(gminas["area_code"], gminas["name"], strict=True)
    }
    stated_name = usable["gmina"].str.replace(_PART_OF_GMINA, "", regex=True).map(fold)
    records = pd.DataFrame(
        {
            "source_key": usable["id"],
            "name": usable["name"],
            "kind": usable["kind"],
            "gmina_code": gmina_code,
            "stated_gmina_name": usable["gmina"],
            "stated_powiat_name": usable["powiat"],
            "stated_voivodeship_name": usable["voivodeship"],
            "is_gmina_name_agreed": [
                name in names.get(code, ()) for code, name in zip(gmina_code, stated_name, strict=True)
            ],
            "point": list(points),
        }
    ).reset_index(drop=True)
    return Staged(records, rejected, rows_read=len(table))


@reader_of("a CSV file of places")
def read_places(path: Path) -> Staged:
    """
    Read places with their population (GeoNames, one row a place, 6-digit gmina code in `admin3`).

    Returns
    -------
    staged
        Records: `row_reference`, `name`, `gmina_code`, `population_persons` (> 0), `is_section_of_town` (`PPLX`).
        Places without a population or a gmina are rejected.
    """
    # Quotes are plain characters in GeoNames.
    table = pd.read_csv(path, sep="\t", dtype=str, quoting=3)
    require_columns(table, ["name", "admin3", "population", "fcode"], file_name=path.name)
    persons = pd.to_numeric(table["population"], errors="coerce").fillna(0).astype(int)
    has_code = table["admin3"].fillna("").str.fullmatch(r"\d{6}")
    reason = pd.Series("", index=table.index)
    reason[persons <= 0] = "without_population"
    reason[~has_code] = "without_gmina_code"
    is_usable = reason == ""
    rejected = rejected_rows(
        [
            (str(position + 2), reason[position], str(table.loc[position, "name"]))
            for position in table.index[~is_usable]
        ]
    )
    records = pd.DataFrame(
        {
            "row_reference": [str(position + 2) for position in table.index[is_usable]],
            "name": table.loc[is_usable, "name"],
            "gmina_code": table.loc[is_usable, "admin3"],
            "population_persons": persons[is_usable],
            "is_section_of_town": table.loc[is_usable, "fcode"] == "PPLX",
        }
    ).reset_index(drop=True)
    return Staged(records, rejected, rows_read=len(table))


def no_places() -> Staged:
    """Return what there is to match where no file of places is at hand."""
    columns = ["row_reference", "name", "gmina_code", "population_persons", "is_section_of_town"]
    return Staged(pd.DataFrame(columns=columns), rejected_rows(), rows_read=0)


def match_population(
    localities: pd.DataFrame,
    places: Staged,
    *,
    area_of_code: Mapping[str, str],
    parts_of: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[pd.Series, Staged]:
    """
    Give localities the population of the place of the same gmina and name.

    A name is compared without diacritics, case and punctuation. When a gmina has two localities of the name,
    the only town (`miasto`) among them is meant; two villages stay without population. Of two places that
    mean one locality the larger is taken.

    Parameters
    ----------
    localities
        Records of `read_localities`.
    places
        As `read_places` returns.
    area_of_code
        6-digit gmina code of any vintage → code of a gmina of our boundaries.
    parts_of
        Gmina that our boundaries have in parts → the parts, in any of which a place of its code may be.

    Returns
    -------
    population_persons
        Int64, indexed like `localities`, missing where unknown.
    places
        The same places with those that matched nothing moved to the rejected.
    """
    kinds = localities["kind"].tolist()
    by_name: dict[tuple[str, str], list[int]] = {}
    for position, (code, name) in enumerate(zip(localities["gmina_code"], localities["name"], strict=True)):
        if code is not None:
            by_name.setdefault((code, fold(name)), []).append(position)
    population: dict[int, int] = {}
    refused: list[tuple[str, str, str]] = []
    kept: list[Any] = []
    largest_first = places.records.sort_values("population_persons", ascending=False, kind="stable")
    for index, place in zip(largest_first.index, largest_first.to_dict("records"), strict=True):
        gmina_code = area_of_code.get(place["gmina_code"], "")
        name = fold(place["name"])
        gminas = sorted(parts_of.get(gmina_code, {gmina_code}))
        here = [position for code in gminas for position in by_name.get((code, name), [])]
        if len(here) > 1:
            here = [position for position in here if kinds[position] == "miasto"] or here
        if len(here) == 1 and here[0] not in population:
            population[here[0]] = int(place["population_persons"])
            kept.append(index)
        else:
            # A section that is no locality of its own is counted in its town; GeoNames calls some villages so.
            unknown = "section_of_town" if place["is_section_of_town"] else "no_such_locality"
            reason = unknown if not here else "ambiguous_name" if len(here) > 1 else "same_locality_again"
            refused.append((place["row_reference"], reason, f"{place['name']}, {place['gmina_code']}"))
    persons = pd.Series(
        [population.get(position) for position in range(len(localities))],
        index=localities.index,
        dtype="Int64",
    )
    rejected = pd.concat([places.rejected, rejected_rows(refused)], ignore_index=True)
    return persons, Staged(places.records.loc[sorted(kept)], rejected, places.rows_read)
