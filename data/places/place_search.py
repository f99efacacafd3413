"""Finding a place by name: any locality or gmina, without diacritics and with typing errors."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from rapidfuzz import fuzz, process
from shapely import Point

from data.store.names import fold

_MIN_SIMILARITY = 66.0
"""Per cent of `rapidfuzz.fuzz.ratio`: two wrong letters in a name of six still match."""
_SIMILARITY_STEP = 10.0
"""Resembling names are ranked by steps of this many per cent; within a step a large town is likelier meant."""
_FUZZY_NAMES = 40
_NAMED = ("name", "kind", "gmina_code", "gmina_name", "powiat_name", "voivodeship_name")
_GMINA, _TOWN = "gmina", "miasto"
_KIND_WORDS = ("gmina ", "miasto ", "wies ")


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


@dataclass(frozen=True)
class PlaceMatch(Place):
    """A place found, with `score` from 0 to 100: 100 is the same name, above 90 it begins with the words."""

    score: float = 0.0


class PlaceIndex:
    """
    Search over all places of the registry.

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
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        for place in [*towns, *gmina_places]:
            if place.kind != _GMINA or (place.gmina_code, place.name) not in named_like_a_town:
                self._by_name[fold(place.name)].append(place)
        self._names = sorted(self._by_name)

    def get(self, key: str) -> Place | None:
        """Return the place of a key, or None."""
        return self._by_key.get(key)

    def found_by_name(self) -> list[Place]:
        """Return the places that a search by name finds: all but gminas named like a place of theirs."""
        return [place for name in self._names for place in self._by_name[name]]

    def find(self, text: str, *, limit: int = 8) -> list[PlaceMatch]:
        """
        Return places whose name is, begins with or resembles `text`, best first.

        Words after a comma narrow by gmina, powiat or voivodeship: "Nowa Wieś, krakowski". Equal matches are
        ordered towns first, then larger ones, then by the names of their voivodeship and powiat.
        """
        name, _, narrowing = text.partition(",")
        wanted = fold(name)
        for word in _KIND_WORDS:
            wanted = wanted.removeprefix(word)
        if not wanted:
            return []
        words = fold(narrowing).split()
        found = [
            (score, place)
            for score, known in self._similar_names(wanted)
            for place in self._by_name[known]
            if all(word in _surroundings(place) for word in words)
        ]
        found.sort(key=lambda item: _rank(*item))
        return [PlaceMatch(**vars(place), score=score) for score, place in found[:limit]]

    def _similar_names(self, wanted: str) -> list[tuple[float, str]]:
        scores = {wanted: 100.0} if wanted in self._by_name else {}
        start = bisect_left(self._names, wanted)
        for known in self._names[start : start + 200]:
            if not known.startswith(wanted):
                break
            scores.setdefault(known, 90.0 + 9.0 * len(wanted) / len(known))
        similar = process.extract(
            wanted, self._names, scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY, limit=_FUZZY_NAMES
        )
        for known, ratio, _ in similar:
            scores.setdefault(known, ratio // _SIMILARITY_STEP * _SIMILARITY_STEP * 0.9)
        return [(score, known) for known, score in scores.items()]


def _rank(score: float, place: Place) -> tuple[float, bool, int, str, str, str]:
    return (
        -score,
        place.kind not in {"miasto", _GMINA},
        -(place.population_persons or 0),
        place.voivodeship_name,
        place.powiat_name,
        place.name,
    )


def _surroundings(place: Place) -> str:
    return fold(f"{place.gmina_name} {place.powiat_name} {place.voivodeship_name}")


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
