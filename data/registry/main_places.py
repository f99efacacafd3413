"""Towns by which people find their way on a map: seats of powiats, and larger towns."""

import re
from typing import Final

import geopandas as gpd
import pandas as pd

from data.registry.registry import Registry
from data.store.names import fold
from geo.teryt import COUNTRY

LARGER_PERSONS: Final = 20_000
"""A town of so many people is shown though no office of a powiat is in it."""
MOST_OF_COUNTRY: Final = 120
"""On a map of the country there is room for no more, wherever one looks."""
_TOWN: Final = "miasto"
_TOWN_OF_ADDRESS: Final = re.compile(r"\d{2}-\d{3}\s+(?P<town>[^,]+?)(?:\s+\d+)?\s*$")
"""Of an office: the words behind the postal code."""


def main_places(registry: Registry, scope: str) -> gpd.GeoDataFrame:
    """
    Return towns of a scope, those of most people first.

    Parameters
    ----------
    scope
        A voivodeship, or `00` for the country, of which the first `MOST_OF_COUNTRY` are returned.

    Returns
    -------
    places
        `name`, `persons` (people of the town, missing when not known), `is_seat` (a powiat has its office in it, or it
        is a powiat itself) and geometry, EPSG:4326. A seat is known by the address of the powiat's office; a powiat of
        whose office nothing is known has none. Without localities there are no towns.
    """
    own = registry.own_gminas
    towns = own.localities[own.localities["kind"] == _TOWN].copy()
    towns["is_seat"] = towns.index.isin(_seats(registry, towns))
    persons = towns["population_persons"].astype("Float64")
    shown = towns[towns["is_seat"] | (persons >= LARGER_PERSONS).fillna(value=False).astype(bool)]
    if scope != COUNTRY:
        shown = shown[shown["voivodeship_code"] == scope]
    order = shown["population_persons"].astype("Float64").fillna(0)
    first = shown.loc[order.sort_values(ascending=False, kind="stable").index]
    if scope == COUNTRY:
        first = first.head(MOST_OF_COUNTRY)
    columns = first[["name", "population_persons", "is_seat", "geometry"]]
    places: gpd.GeoDataFrame = columns.rename(columns={"population_persons": "persons"}).reset_index(
        drop=True
    )
    return places


def _seats(registry: Registry, towns: gpd.GeoDataFrame) -> set[object]:
    """Return the index of the towns in which powiats have their offices, and of those that are powiats."""
    powiats = registry.areas_of_level("powiat")
    cities = powiats[powiats["kind"] == "city"]
    named = {
        (str(code)[:2], fold(str(name)))
        for code, name in zip(cities["area_code"], cities["name"], strict=True)
    }
    offices = registry.offices[registry.offices["area_code"].astype(str).str.len() == 4]
    for code, address in zip(offices["area_code"], offices["address"], strict=True):
        if match := _TOWN_OF_ADDRESS.search(str(address or "")):
            named.add((str(code)[:2], fold(match["town"])))
    keys = pd.Series(
        list(zip(towns["voivodeship_code"].astype(str), towns["name"].map(fold), strict=True)),
        index=towns.index,
        dtype=object,
    )
    known = keys[keys.isin(list(named))]
    # Of namesakes in one voivodeship the larger one is the seat.
    size = towns.loc[known.index, "population_persons"].astype("Float64").fillna(0).astype(float)
    return set(size.groupby(known).idxmax()) if len(known) else set()
