"""What codes and names of other years mean on our boundaries, from the registers of codes of several years."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from data.places.world import AreaIndex


def area_index(
    areas: gpd.GeoDataFrame, codes: pd.DataFrame, *, parents: Mapping[str, str], renamed: Mapping[str, str]
) -> AreaIndex:
    """
    Return the areas of our boundaries, found by the codes and names of other years, too.

    Parameters
    ----------
    areas, parents, renamed
        As in `data.places.world.AreaIndex`.
    codes
        `gmina_code` (6 digits), `name`, `vintage` (a year): one row a gmina and year whose codes are known.
    """
    divided = codes[codes["gmina_code"].isin(list(parents))]
    since = divided.assign(year=divided["vintage"].astype(int)).groupby("gmina_code")["year"].min()
    own = dict(zip(areas["area_code"], areas["name"], strict=True))
    names = codes[["gmina_code", "name"]].drop_duplicates()
    is_other = names["name"] != names["gmina_code"].map(own).fillna(names["name"])
    other_names = names[is_other].groupby("name")["gmina_code"].agg(frozenset)
    return AreaIndex(
        areas,
        parents,
        renamed,
        since={str(code): int(year) for code, year in since.items()},
        other_names={str(name): gminas for name, gminas in other_names.items()},
    )
