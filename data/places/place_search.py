"""The places that a person may mean: every locality and gmina, by key and by name (`data.finding` searches them)."""

from collections import defaultdict
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from shapely import Point

_NAMED = ("name", "kind", "gmina_code", "gmina_name", "powiat_name", "voivodeship_name")
_GMINA, _TOWN = "gmina", "miasto"


@dataclass(frozen=True)
class Place:
    """
    A locality or a gmina that a person may mean; `point` is in EPSG:4326.

    `middle` says what the point is the middle of: `town`, `locality`, or `gmina` where no locality has its name.
    """

    key: str
    """`l:` and the locality's key, or `g:` and the gmina's code."""
    name: str
    kind: str
    gmina_code: str
    gmina_name: str
    powiat_name: str
    voivodeship_name: str
    population_persons: int | None
    point: Point
    middle: str = "locality"


class PlaceIndex:
    """
    All places of the registry.

    Parameters
    ----------
    localities
        As `data.reading.area_queries.localities` returns.
    gminas
        As `data.reading.area_queries.areas(level="gmina")` returns. Of a gmina and a town or village of the same name
        inside it, a search finds the locality only: it stands for both. So a link to the gmina is measured from there,
        too: people and help are there and not in the middle of its area (in Kraków 4.4 km from the town), and the
        same person would be told other distances by a search and by a link.
    """

    def __init__(self, localities: gpd.GeoDataFrame, gminas: pd.DataFrame) -> None:
        located = localities[localities["gmina_code"].notna()]
        towns = _locality_places(located)
        gmina_places = _gmina_places(gminas, _named_like_gminas(towns))
        self._by_key = {place.key: place for place in [*towns, *gmina_places]}
        named_like_a_town = {(town.gmina_code, town.name) for town in towns}
        self._found_by_name = [
            place
            for place in [*towns, *gmina_places]
            if place.kind != _GMINA or (place.gmina_code, place.name) not in named_like_a_town
        ]

    def get(self, key: str) -> Place | None:
        """Return the place of a key, or None."""
        return self._by_key.get(key)

    def found_by_name(self) -> list[Place]:
        """Return the places that a search by name finds: all but gminas named like a place of theirs."""
        return self._found_by_name


def _locality_places(located: gpd.GeoDataFrame) -> list[Place]:
    return [
        Place(
            key=f"l:{row['locality_key']}",
            population_persons=None if pd.isna(row["population_persons"]) else int(row["population_persons"]),
            point=row["geometry"],
            middle="town" if row["kind"] == _TOWN else "locality",
            **{column: row[column] for column in _NAMED},
        )
        for row in located.to_dict("records")
    ]


def _named_like_gminas(localities: list[Place]) -> dict[tuple[str, str], Place]:
    """Return (gmina, name) → the one locality that is meant by it: a town before villages, none of two villages."""
    of_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in localities:
        of_name[place.gmina_code, place.name].append(place)
    meant = {
        key: [place for place in places if place.kind == _TOWN] or places for key, places in of_name.items()
    }
    return {key: places[0] for key, places in meant.items() if len(places) == 1}


def _gmina_places(gminas: pd.DataFrame, localities: dict[tuple[str, str], Place]) -> list[Place]:
    """Return the gminas as places, each at the locality of its name in it, else in the middle of its area."""
    own = {
        str(code): localities.get((code, name))
        for code, name in zip(gminas["area_code"], gminas["name"], strict=True)
    }
    return [
        Place(
            key=f"g:{row['area_code']}",
            name=row["name"],
            kind=_GMINA,
            gmina_code=row["area_code"],
            gmina_name=row["name"],
            powiat_name=row["powiat_name"],
            voivodeship_name=row["voivodeship_name"],
            population_persons=None,
            point=middle.point if (middle := own[row["area_code"]]) else row["label_point"],
            middle=middle.middle if middle else _GMINA,
        )
        for row in gminas.to_dict("records")
    ]
