"""Where the people of each gmina live: at the addresses of the grid, the town and the villages as counted."""

from functools import cached_property

import numpy as np
import pandas as pd
import pyproj
import shapely

from tests.truth.recompute.country import _PARENTS, Country, folded, metric

_FROM_GRID = pyproj.Transformer.from_crs(3035, 2180, always_xy=True)
_OLDER = ("65-69", "70-74", "75-79", "80-84", "85 i więcej")


class Settlement:
    """The cells of the grid of addresses, with the share of the people of their gmina; see docs/method.md."""

    def __init__(self, country: Country) -> None:
        self.country = country

    @cached_property
    def homes(self) -> pd.DataFrame:
        """One row a cell and gmina: `gmina_code`, `x`, `y`, `share` of all residents, `older_share` of those of 65+."""
        cells = self._cells
        cells["in_town"] = self._in_town(cells)
        shares = [self._shares(here) for _, here in cells.groupby("gmina_code", sort=False)]
        return cells[["gmina_code", "x", "y"]].join(pd.concat(shares))

    @cached_property
    def _cells(self) -> pd.DataFrame:
        rows = pd.read_csv(
            self.country.mirror / "gazetteer/prg_addresses_1km_grid_2026.csv.gz", dtype={"teryt": str}
        )
        rows["gmina_code"] = rows["teryt"].replace(_PARENTS)
        rows = rows.sort_values(["gmina_code", "grid_id"], ignore_index=True)
        south, west = (1000 * rows["grid_id"].str.extract(rf"{way}(\d+)")[0].astype(int) for way in "NE")
        corners = [
            np.column_stack(_FROM_GRID.transform(west + east, south + north))
            for east, north in ((0, 0), (0, 1000), (1000, 1000), (1000, 0))
        ]
        squares = shapely.polygons(np.stack(corners, axis=1))
        parts = shapely.intersection(squares, self._shapes.reindex(rows["gmina_code"]).to_numpy())
        middle = shapely.centroid(np.where(shapely.is_empty(parts), squares, parts))
        return rows.assign(x=shapely.get_x(middle), y=shapely.get_y(middle))

    @cached_property
    def _shapes(self) -> pd.Series:
        """The gminas in metres."""
        shapes = self.country.gminas["geometry"]
        flat = shapely.transform(shapes.to_numpy(), lambda xy: metric(xy[:, 0], xy[:, 1]))
        return pd.Series(flat, index=shapes.index)

    @cached_property
    def _names(self) -> pd.DataFrame:
        """Towns and villages with their number of addresses; the town is called as its gmina."""
        rows = pd.read_csv(self.country.mirror / "gazetteer/prg_localities_2026.csv.gz", dtype={"teryt": str})
        rows["gmina_code"] = rows["teryt"].replace(_PARENTS)
        rows[["x", "y"]] = metric(rows["lon"], rows["lat"])
        called = self.country.councils["name"].reindex(rows["gmina_code"])
        rows["is_town"] = [
            folded(own) == folded(name) for own, name in zip(rows["locality"], called, strict=True)
        ]
        return rows

    def _in_town(self, cells: pd.DataFrame) -> pd.Series:
        """Fill the cells nearest to the town, in measures of its size and of that of the nearest village."""
        found = pd.Series(np.nan, index=cells.index)
        names = dict(list(self._names.groupby("gmina_code")))
        for code, here in cells.groupby("gmina_code"):
            there = names[code]
            towns = there[there["is_town"]]
            if towns.empty:
                continue
            east, north, count = (there[name].to_numpy(float) for name in ("x", "y", "addresses"))
            is_town = there["is_town"].to_numpy(bool)
            ranks = []
            for cell, x, y, addresses in zip(
                here.index, here["x"], here["y"], here["addresses"], strict=True
            ):
                far = ((east - x) ** 2 + (north - y) ** 2) ** 0.5 / count**0.5
                to_town, to_village = far[is_town].min(), min(far[~is_town], default=np.inf)
                ranks.append((to_town / to_village if to_village > 0 else np.inf, to_town, cell, addresses))
            left = float(towns["addresses"].sum())
            for _, _, cell, addresses in sorted(ranks):
                found[cell] = min(left, addresses)
                left -= found[cell]
        return found

    @cached_property
    def _parts(self) -> dict[str, dict[str, tuple[float, float]]]:
        """People of town and villages of urban-rural gminas: all at the end of 2024, those of 65 and more of 2020."""
        newer = pd.read_csv(
            self.country.mirror / "population/gus_population_gminas_2024-12-31.csv",
            dtype={"teryt7": str, "type": str},
        ).set_index("teryt7")["population"]
        older = pd.read_csv(
            self.country.mirror / "population/LUDN_2137_CTAB_20210625164329.csv",
            sep=";",
            dtype={"Kod": str},
            encoding="utf-8-sig",
        ).set_index("Kod")
        older = older[list(_OLDER)].astype(float).sum(axis=1)
        return {name: _sides(rows) for name, rows in (("share", newer), ("older_share", older))}

    def _shares(self, here: pd.DataFrame) -> pd.DataFrame:
        """Return the shares of the cells of one gmina."""
        code = here["gmina_code"].iloc[0]
        of_all = self._by_parts(here, self._parts["share"].get(code))
        of_older = self._by_parts(here, self._parts["older_share"].get(code, self._parts["share"].get(code)))
        return pd.DataFrame({"share": of_all, "older_share": of_older})

    @staticmethod
    def _by_parts(here: pd.DataFrame, parts: tuple[float, float] | None) -> pd.Series:
        addresses, town = here["addresses"].astype(float), here["in_town"]
        rural = addresses - town
        if parts is None or town.isna().any() or min(*parts, town.sum(), rural.sum()) <= 0:
            return addresses / addresses.sum()
        persons = parts[0] * town / town.sum() + parts[1] * rural / rural.sum()
        return persons / sum(parts)


def _sides(rows: pd.Series) -> dict[str, tuple[float, float]]:
    """Return people of the town (unit of type 4) and of the villages (5) by gmina."""
    by_code = rows.to_dict()
    return {
        code[:6]: (float(persons), float(by_code[f"{code[:6]}5"]))
        for code, persons in by_code.items()
        if code[6] == "4" and f"{code[:6]}5" in by_code
    }
