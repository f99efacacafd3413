"""The areas and place names that other sources are placed in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import geopandas as gpd
import pandas as pd
from shapely import Point

from data.store.names import fold
from geo.crs import GEOGRAPHIC
from geo.joins import points_in_areas

TOWN = "miasto"


@dataclass(frozen=True)
class NamedPlace:
    """A locality as the gazetteer knows it; the point is in EPSG:4326."""

    kind: str
    gmina_code: str
    point: Point
    name: str = ""


@dataclass(frozen=True, eq=False)
class AreaIndex:
    """
    Areas of our boundaries by code and by name.

    Parameters
    ----------
    areas
        All levels: `area_code`, `level`, `name`, `kind`, `label_point`, geometry.
    parents
        6-digit code of a gmina that was divided off → the gmina that it was part of.
    renamed
        Later name of a powiat → its code.
    since
        Code of a gmina that was divided off → the first year of which codes are known that has it.
    other_names
        Name of a gmina in another year → the codes of the gminas that had or have it.
    """

    areas: gpd.GeoDataFrame
    parents: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[str, int] = field(default_factory=dict)
    other_names: Mapping[str, Collection[str]] = field(default_factory=dict)

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
        """
        6-digit gmina code of any vintage → gmina of our boundaries.

        One younger than they are is the gmina that it was part of. What an older code means of a gmina that they have
        in parts is told by `whole_of`.
        """
        own = {code: code for code in self.gminas["area_code"]}
        return {code: parent for code, parent in self.parents.items() if parent in own} | own

    @cached_property
    def people_area_of_code(self) -> dict[str, str]:
        """
        6-digit gmina code of any vintage → the gmina under whose code its people are kept.

        Parts of a gmina have the code of the whole: of most years only the people of the whole are known.
        """
        known = self.area_of_code
        return known | {part: whole for part, whole in self.parents.items() if whole in known}

    @cached_property
    def parts_of(self) -> dict[str, frozenset[str]]:
        """Gmina that our boundaries have in parts → the parts, its own code among them."""
        codes = set(self.gminas["area_code"])
        parts: dict[str, set[str]] = {}
        for part, whole in self.parents.items():
            if {part, whole} <= codes:
                parts.setdefault(whole, {whole}).add(part)
        return {whole: frozenset(codes) for whole, codes in parts.items()}

    def whole_of(self, codes: frozenset[str], day: date | None) -> frozenset[str]:
        """
        Return what gminas of a list are on our boundaries: of one divided after its day, also the parts.

        A list that tells no day may be of before.
        """
        return codes.union(
            part
            for code in codes
            for part in self.parts_of.get(code, ())
            if part != code and (day is None or day.year < self.since.get(part, day.year + 1))
        )

    def one_of(self, codes: frozenset[str]) -> str | None:
        """Return the gmina that all these were once, if they are all parts of one; else None."""
        return next((whole for whole, parts in self.parts_of.items() if codes == parts), None)

    @cached_property
    def other_names_of(self) -> dict[str, frozenset[str]]:
        """Gmina → its names in other years, and that of the gmina that it was part of."""
        names: dict[str, set[str]] = {}
        for name, codes in self.other_names.items():
            for code in codes:
                names.setdefault(code, set()).add(name)
        for whole, parts in self.parts_of.items():
            for part in parts - {whole}:
                names.setdefault(part, set()).update({self.name_of[whole]} | names.get(whole, set()))
        return {code: frozenset(known) for code, known in names.items()}

    @cached_property
    def name_of(self) -> dict[str, str]:
        """Name by area code."""
        return dict(zip(self.areas["area_code"], self.areas["name"], strict=True))

    @cached_property
    def kind_of(self) -> dict[str, str]:
        """Kind by area code: `urban`, `rural` or `urban_rural` of a gmina, `city` or `land` of a powiat."""
        return dict(zip(self.areas["area_code"], self.areas["kind"], strict=True))

    @cached_property
    def voivodeship_of_name(self) -> dict[str, str]:
        """Voivodeship code by folded name."""
        rows = self.areas[self.areas["level"] == "voivodeship"]
        return {fold(name): code for code, name in zip(rows["area_code"], rows["name"], strict=True)}

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
        codes = set(self.gminas["area_code"])
        for name, others in self.other_names.items():
            known = index.setdefault(fold(name), [])
            known += sorted(codes.intersection(others).difference(known))
        return index

    @cached_property
    def _gminas_by_prefix(self) -> dict[str, frozenset[str]]:
        index: dict[str, set[str]] = {}
        for code in self.gminas["area_code"]:
            for digits in (2, 4, len(code)):
                index.setdefault(code[:digits], set()).add(code)
        return {prefix: frozenset(codes) for prefix, codes in index.items()}

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
        """Return gminas that have or had a name within an area; a town and the gmina round it may share one."""
        return frozenset(code for code in self._gminas_by_name.get(fold(name), []) if code.startswith(within))

    def gminas_of(self, points: Sequence[Point | None]) -> list[str | None]:
        """Return the gmina in which each point lies, None outside all of them; ask for many points at once."""
        located = gpd.GeoSeries(list(points), crs=GEOGRAPHIC)
        joined = points_in_areas(located, self.gminas).area_code
        return [None if pd.isna(code) else str(code) for code in joined]

    def gminas_within(self, code: str) -> frozenset[str]:
        """Return the gminas of a voivodeship, a powiat or a gmina."""
        return self._gminas_by_prefix.get(code, frozenset())


class Gazetteer:
    """
    Localities by name, without diacritics, case or punctuation.

    Parameters
    ----------
    localities
        `name`, `kind`, `gmina_code`, `point`; those outside all gminas are left out.
    second
        `name`, `gmina_code`, `point` of another list, and `half_diagonal_m` of the box that holds the addresses.
        What it has in a gmina where the first has nothing of the name is added: a list that lacks one of two namesakes
        makes the other look like the only one.
    """

    def __init__(self, localities: pd.DataFrame, *, second: pd.DataFrame | None = None) -> None:
        self._by_name: dict[str, list[NamedPlace]] = {}
        self._by_gmina: dict[str, list[tuple[str, NamedPlace]]] = {}
        self._half_diagonal_m: dict[tuple[str, str], int] = {}
        inside = localities[localities["gmina_code"].notna()]
        columns = ["name", "kind", "gmina_code", "point"]
        for name, kind, gmina_code, point in inside[columns].itertuples(index=False):
            self._add(fold(name), NamedPlace(kind, gmina_code, point, name))
        if second is not None:
            self._add_lacking(second)

    def _add(self, folded: str, place: NamedPlace) -> None:
        self._by_name.setdefault(folded, []).append(place)
        self._by_gmina.setdefault(place.gmina_code, []).append((folded, place))

    def _add_lacking(self, second: pd.DataFrame) -> None:
        known = {(place.gmina_code, folded) for folded, places in self._by_name.items() for place in places}
        for name, gmina_code, point in second[["name", "gmina_code", "point"]].itertuples(index=False):
            if (gmina_code, folded := fold(name)) not in known:
                self._add(folded, NamedPlace("", gmina_code, point, name))
        if "half_diagonal_m" in second.columns:
            told = second.dropna(subset=["half_diagonal_m"])
            self._half_diagonal_m = {
                (gmina_code, fold(name)): round(metres)
                for name, gmina_code, metres in told[["name", "gmina_code", "half_diagonal_m"]].itertuples(
                    index=False
                )
            }

    @classmethod
    def empty(cls) -> "Gazetteer":
        """Return a gazetteer that knows no place: a name that is not in it says nothing then."""
        return cls(pd.DataFrame(columns=["name", "kind", "gmina_code", "point"]))

    def half_diagonal_m(self, name: str | None, *, gmina_code: str | None) -> int | None:
        """Return how far the addresses of a locality lie from its middle (99 of 100), None where nobody told."""
        return self._half_diagonal_m.get((gmina_code or "", fold(name or "")))

    @property
    def is_empty(self) -> bool:
        """Tell whether the gazetteer is empty."""
        return not self._by_name

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

    def named_in_parts(self, name: str, *, gmina_code: str) -> list[NamedPlace]:
        """
        Return the parts of a village that the gazetteer has only in parts.

        "Iwanowice" is Iwanowice Dworskie and Iwanowice Włościańskie. One locality alone is no part: Dąbrowa
        Mszadelska is another village than Dąbrowa.
        """
        start = f"{fold(name)} "
        parts = [place for folded, place in self._by_gmina.get(gmina_code, []) if folded.startswith(start)]
        return parts if len(parts) > 1 else []

    def all_within(self, gmina_codes: Iterable[str]) -> list[tuple[str, NamedPlace]]:
        """Return (folded name, place) of all localities of some gminas."""
        return [entry for code in gmina_codes for entry in self._by_gmina.get(code, [])]
