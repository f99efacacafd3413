"""The areas and place names that other sources are placed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import pandas as pd
from shapely import Point

from data.names import fold

TOWN = "miasto"


@dataclass(frozen=True)
class NamedPlace:
    """A locality as the gazetteer knows it; the point is in EPSG:4326."""

    kind: str
    gmina_code: str
    point: Point


@dataclass(frozen=True, eq=False)
class AreaIndex:
    """
    Areas of our boundaries by code and by name.

    Parameters
    ----------
    areas
        All levels: `area_code`, `level`, `name`, `kind`, `label_point`, geometry.
    parents
        6-digit code of a gmina younger than the boundaries → the gmina that it was part of.
    renamed
        Later name of a powiat → its code.
    """

    areas: gpd.GeoDataFrame
    parents: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def gminas(self) -> gpd.GeoDataFrame:
        """Gminas only."""
        return self.areas[self.areas["level"] == "gmina"].reset_index(drop=True)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of all areas."""
        return frozenset(self.areas["area_code"])

    @cached_property
    def area_of_code(self) -> dict[str, str]:
        """6-digit gmina code of any vintage → gmina of our boundaries."""
        own = {code: code for code in self.gminas["area_code"]}
        return own | {code: parent for code, parent in self.parents.items() if parent in own}

    @cached_property
    def name_of(self) -> dict[str, str]:
        """Name by area code."""
        return dict(zip(self.areas["area_code"], self.areas["name"], strict=True))

    @cached_property
    def label_points(self) -> dict[str, Point]:
        """Label point by area code."""
        return dict(zip(self.areas["area_code"], self.areas["label_point"], strict=True))

    @cached_property
    def _powiats(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        powiats = self.areas[self.areas["level"] == "powiat"]
        index: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for code, name, kind in zip(powiats["area_code"], powiats["name"], powiats["kind"], strict=True):
            names = {fold(name), *(fold(later) for later, renamed in self.renamed.items() if renamed == code)}
            for known in names:
                index.setdefault((code[:2], known), []).append((code, kind))
        return index

    @cached_property
    def _gminas_by_name(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for code, name in zip(self.gminas["area_code"], self.gminas["name"], strict=True):
            index.setdefault(fold(name), []).append(code)
        return index

    def powiat(self, name: str, *, voivodeship_code: str, is_city: bool | None = None) -> str | None:
        """
        Return the powiat of a bare name ("krakowski", "Kraków") in a voivodeship, or None.

        Land powiats of one name lie in several voivodeships, and "krakowski" is not "Kraków": names are
        compared whole.
        """
        found = self._powiats.get((voivodeship_code, fold(name)), [])
        wanted = [code for code, kind in found if is_city is None or (kind == "city") == is_city]
        return wanted[0] if len(wanted) == 1 else None

    def gminas_named(self, name: str, *, within: str) -> frozenset[str]:
        """Return gminas of a name within an area; a town and the gmina round it may share one."""
        return frozenset(code for code in self._gminas_by_name.get(fold(name), []) if code.startswith(within))

    def gminas_within(self, code: str) -> frozenset[str]:
        """Return the gminas whose code begins with `code`."""
        return frozenset(gmina for gmina in self.gminas["area_code"] if gmina.startswith(code))


class Gazetteer:
    """
    Localities by name, without diacritics, case or punctuation.

    Parameters
    ----------
    localities
        `name`, `kind`, `gmina_code`, `point`; those outside all gminas are left out.
    """

    def __init__(self, localities: pd.DataFrame) -> None:
        self._by_name: dict[str, list[NamedPlace]] = {}
        inside = localities[localities["gmina_code"].notna()]
        columns = ["name", "kind", "gmina_code", "point"]
        for name, kind, gmina_code, point in inside[columns].itertuples(index=False):
            self._by_name.setdefault(fold(name), []).append(NamedPlace(kind, gmina_code, point))

    def named(self, name: str, *, within: Iterable[str]) -> list[NamedPlace]:
        """
        Return localities of a name whose gmina's code begins with one of `within`.

        A town among villages of the same name stands alone: who means the village says so in another column.
        """
        prefixes = tuple(within)
        found = [
            place for place in self._by_name.get(fold(name), []) if place.gmina_code.startswith(prefixes)
        ]
        towns = [place for place in found if place.kind == TOWN]
        return towns if len(towns) == 1 else found
