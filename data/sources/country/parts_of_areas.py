"""Rows of a file of boundaries that have one code: parts of one area, joined, or two areas, refused."""

from typing import Final

import geopandas as gpd
import shapely

from data.sources.staged import SourceFormatError
from data.store.names import fold
from geo.crs import to_metric

_MOST_TOLD = 5
_TOUCH_M2: Final = 1.0
"""Parts of one area may overlap by so much: the last decimals of their borders."""


def joined_parts(gminas: gpd.GeoDataFrame, file_name: str, told: list[str]) -> gpd.GeoDataFrame:
    """
    Return one row for each code; rows of one code are joined where they can only be parts of one area, which is said.

    Exports write an exclave, or the other bank of a river, as a row of its own. Two rows of one code that have other
    names, or lie one upon the other, are not that: one of the codes is wrong, or the area is there twice.

    Parameters
    ----------
    gminas
        `terc`, `name`, polygons.
    told
        Gets a line of what was joined.

    Raises
    ------
    SourceFormatError
        With the codes, names and rows (counted from 1) of what is no part of one area.
    """
    is_repeated = gminas["terc"].duplicated(keep=False)
    if not is_repeated.any():
        return gminas
    repeated = gminas[is_repeated]
    if wrong := [
        _words(str(code), rows) for code, rows in repeated.groupby("terc", sort=True) if not _are_parts(rows)
    ]:
        more = f"\n  and {len(wrong) - _MOST_TOLD} more" if len(wrong) > _MOST_TOLD else ""
        raise SourceFormatError(
            f"{file_name}: expected each code once, or in rows that are parts of one area; found {len(wrong)} codes "
            "whose rows have other names or lie one upon the other:\n"
            + "\n".join(f"  {line}" for line in wrong[:_MOST_TOLD])
            + f"{more}\nCorrect the code of the wrong row, or take it out.",
            codes=sorted(set(repeated["terc"])),
        )
    codes = sorted(set(repeated["terc"]))
    named = ", ".join(codes[:_MOST_TOLD]) + (" …" if len(codes) > _MOST_TOLD else "")
    told.append(
        f"{len(codes)} codes stand in several rows, parts of one gmina each, which were joined: {named}"
    )
    return gminas.dissolve(by="terc", as_index=False)


def _are_parts(rows: gpd.GeoDataFrame) -> bool:
    """Tell whether rows have one name and no land in common."""
    if len({fold(name) for name in rows["name"] if name}) > 1:
        return False
    shapes = shapely.make_valid(to_metric(rows).geometry.to_numpy())
    together = shapely.area(shapely.union_all(shapes))
    return bool(shapely.area(shapes).sum() - together <= _TOUCH_M2)


def _words(code: str, rows: gpd.GeoDataFrame) -> str:
    where = ", ".join(
        f"row {row + 1} {name}".strip() for row, name in zip(rows.index, rows["name"], strict=True)
    )
    return f"{code}: {where}"
