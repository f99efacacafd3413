"""
Gminas that are told together: parts of one that was divided after its people were counted.

Nobody knows how many people live in a part alone. Whatever rests on people is told of the union of the parts, under the
code of the gmina that they were; facilities stand in their own gmina, and are counted in the union.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import geopandas as gpd
import pandas as pd
import shapely

Frame = TypeVar("Frame", pd.DataFrame, gpd.GeoDataFrame)

JOINED = " + "
"""Between the names of parts: no word, so that it is the same in every language."""


@dataclass(frozen=True)
class Part:
    """A gmina that is told together with others."""

    area_code: str
    name: str
    teryt_code: str


@dataclass(frozen=True)
class ToldTogether:
    """
    Which gminas are told together.

    Attributes
    ----------
    parts
        Code of the gmina that was divided → its parts, the one that kept the code first.
    """

    parts: Mapping[str, Sequence[Part]] = field(default_factory=dict)

    @classmethod
    def of_areas(cls, areas: pd.DataFrame) -> "ToldTogether":
        """Read it from areas: `area_code`, `name`, `teryt_code` and `people_code`, missing where it is the own code."""
        if "people_code" not in areas:
            return cls()
        whole = areas["people_code"].fillna(areas["area_code"])
        wholes = sorted(set(whole[whole != areas["area_code"]]))
        parts = {}
        for code in wholes:
            rows = areas[whole == code]
            found = [
                Part(*row)
                for row in rows[["area_code", "name", "teryt_code"]].itertuples(index=False, name=None)
            ]
            parts[str(code)] = tuple(sorted(found, key=lambda part: (part.area_code != code, part.area_code)))
        return cls(parts)

    @cached_property
    def whole_of(self) -> dict[str, str]:
        """Code of a part → the code under which it is told; of no other gmina."""
        return {part.area_code: code for code, parts in self.parts.items() for part in parts}

    def within(self, codes: Collection[str]) -> "ToldTogether":
        """Return those that areas of some codes tell together."""
        return ToldTogether({code: parts for code, parts in self.parts.items() if code in codes})

    def code_of(self, code: str) -> str:
        """Return the code under which an area of any level is told."""
        return self.whole_of.get(code, code)

    def codes_of(self, code: str) -> tuple[str, ...]:
        """Return the codes of the areas that are told under a code."""
        return tuple(part.area_code for part in self.parts.get(code, ())) or (code,)

    def areas(self, areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return areas with each union in the place of its parts: named by all of them, and as large."""
        if not self.parts:
            return areas
        codes = areas["area_code"]
        columns = {
            name: areas[name].tolist() for name in ("name", "teryt_code", "area_km2", areas.geometry.name)
        }
        for code, parts in self.parts.items():
            (at,) = codes.index[codes == code]
            rows = areas[codes.isin(self.codes_of(code))]
            columns["name"][at] = JOINED.join(part.name for part in parts)
            columns["teryt_code"][at] = "+".join(part.teryt_code for part in parts)
            columns["area_km2"][at] = rows["area_km2"].sum()
            columns[areas.geometry.name][at] = shapely.coverage_union_all(rows.geometry.to_numpy())
        joined = areas.assign(**columns)
        return joined[~codes.isin(set(self.whole_of) - set(self.parts))].reset_index(drop=True)

    def rows(self, rows: Frame, column: str = "gmina_code") -> Frame:
        """Return rows of which those of a part are of the union."""
        if not self.parts or rows.empty:
            return rows
        return rows.assign(**{column: rows[column].replace(self.whole_of)})

    def covered(self, service_areas: pd.DataFrame) -> pd.DataFrame:
        """
        Return the areas that services cover (`service_id`, `area_code`): a union where they cover all its parts.

        One that covers a part covers not the union, of whose people nobody knows how many are in which part.
        """
        is_part = service_areas["area_code"].isin(self.whole_of)
        if not is_part.any():
            return service_areas
        found = service_areas[is_part].groupby("service_id", sort=False)["area_code"].agg(set)
        whole = [
            (service, code)
            for service, covered in found.items()
            for code in self.parts
            if covered.issuperset(self.codes_of(code))
        ]
        added = pd.DataFrame(whole, columns=["service_id", "area_code"])
        return pd.concat([service_areas[~is_part], added], ignore_index=True)

    def excepted(self, codes: Collection[str]) -> list[str]:
        """Return gminas that a list leaves out: a union with any of its parts."""
        return sorted({self.code_of(code) for code in codes})
