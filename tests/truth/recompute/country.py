"""Areas and localities, from the files of boundaries and gazetteers."""

import json
import unicodedata
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyproj
import shapely

DIGITS = {"voivodeship": 2, "powiat": 4, "gmina": 6}
NEAR_M = 300.0
_PARENTS = {"120713": "120705", "200216": "200209"}
"""Gminas of 2025, and what each was part of: people were counted before, so both are told together."""
_TO_METRIC = pyproj.Transformer.from_crs(4326, 2180, always_xy=True)


def metric(longitudes: pd.Series, latitudes: pd.Series) -> np.ndarray:
    """Return x and y in EPSG:2180, one row a point."""
    return np.column_stack(_TO_METRIC.transform(np.asarray(longitudes, float), np.asarray(latitudes, float)))


@cache
def folded(name: str) -> str:
    """Return a name without diacritics, case and punctuation."""
    plain = unicodedata.normalize("NFKD", str(name).replace("ł", "l").replace("Ł", "L"))
    return "".join(letter for letter in plain.lower() if letter.isalnum())


class Country:
    """The gminas of 2026, the localities of PRNG with the gmina that they lie in and those of PRG."""

    def __init__(self, mirror: Path) -> None:
        self.mirror = mirror

    @cached_property
    def gminas(self) -> pd.DataFrame:
        """One row a gmina by its six digits: name, kind (1: a town), geometry in degrees. Parts are in their whole."""
        rows = self.councils.copy()
        for part, whole in _PARENTS.items():
            both = rows.loc[[whole, part], "geometry"]
            rows.loc[whole, "geometry"] = shapely.union_all(both.to_numpy())
        return rows.drop(index=list(_PARENTS))

    @cached_property
    def councils(self) -> pd.DataFrame:
        """The same with each part by itself: every gmina of 2026, as a council that can be asked."""
        return self._areas("boundaries/gminas_2026.geojson", 6)

    @cached_property
    def powiats(self) -> pd.DataFrame:
        """One row a powiat by its four digits: name, geometry in degrees."""
        return self._areas("boundaries/powiats_2019.geojson", 4)

    def _areas(self, path: str, digits: int) -> pd.DataFrame:
        features = json.loads((self.mirror / path).read_text(encoding="utf-8"))["features"]
        return pd.DataFrame(
            {
                "name": [feature["properties"]["name"] for feature in features],
                "kind": [str(feature["properties"]["terc"])[6:] for feature in features],
                "geometry": [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features],
            },
            index=[str(feature["properties"]["terc"])[:digits] for feature in features],
        ).sort_index()

    @cached_property
    def half_extent_m(self) -> pd.Series:
        """The radius of a circle as large as each gmina, in metres."""
        flat = shapely.transform(self.gminas["geometry"].to_numpy(), lambda xy: metric(xy[:, 0], xy[:, 1]))
        return pd.Series(np.sqrt(shapely.area(flat) / np.pi), index=self.gminas.index)

    def codes(self, level: str, scope: str = "00") -> list[str]:
        """Return the codes of a level in a scope, sorted."""
        found = sorted({code[: DIGITS[level]] for code in self.gminas.index})
        return [code for code in found if scope == "00" or code.startswith(scope)]

    def is_near(self, codes: pd.Series, longitudes: pd.Series, latitudes: pd.Series) -> np.ndarray:
        """Tell of which gminas a point is inside or so near to (300 m) that it says of no other."""
        shapes = self.gminas["geometry"].reindex(codes).to_numpy()
        flat = shapely.transform(shapes, lambda xy: metric(xy[:, 0], xy[:, 1]))
        return shapely.distance(flat, shapely.points(metric(longitudes, latitudes))) <= NEAR_M

    def gmina_at(self, longitudes: pd.Series, latitudes: pd.Series) -> np.ndarray:
        """Return the code of the gmina that each point lies in, empty outside all."""
        points = shapely.points(np.asarray(longitudes, float), np.asarray(latitudes, float))
        row, area = shapely.STRtree(self.gminas["geometry"].to_numpy()).query(points, predicate="intersects")
        found = np.full(len(points), "", dtype=object)
        # From the last to the first: a point on a border is of the lowest code.
        found[row[::-1]] = self.gminas.index.to_numpy()[area[::-1]]
        return found

    @cached_property
    def localities(self) -> pd.DataFrame:
        """PRNG: name, kind, stated gmina and powiat, point, `gmina_code` (by the point)."""
        rows = pd.read_csv(self.mirror / "gazetteer/localities_prng_2021.csv.gz", dtype={"id": str})
        rows["gmina_code"] = self.gmina_at(rows["lon"], rows["lat"])
        rows[["x", "y"]] = metric(rows["lon"], rows["lat"])
        rows["key"] = [folded(name) for name in rows["name"]]
        return rows

    @cached_property
    def addressed(self) -> pd.DataFrame:
        """PRG: localities with addresses, `gmina_code`, `key`, point and `radius_m`, how far off they may be."""
        rows = pd.read_csv(self.mirror / "gazetteer/prg_localities_2026.csv.gz", dtype={"teryt": str})
        rows["gmina_code"] = rows["teryt"].replace(_PARENTS)
        rows["key"] = [folded(name) for name in rows["locality"]]
        rows["radius_m"] = (1000 * 0.8 * rows["half_diag_km"]).clip(lower=100)
        return rows

    @cached_property
    def _radius_of_locality(self) -> dict[tuple[str, str], float]:
        rows = self.addressed
        return dict(zip(zip(rows["gmina_code"], rows["key"], strict=True), rows["radius_m"], strict=True))

    def locality_m(self, gmina: str, name: str) -> float:
        """Return how far from the middle of a locality of a gmina its places lie; missing where it has no addresses."""
        return self._radius_of_locality.get((gmina, folded(name)), np.nan)

    @cached_property
    def names(self) -> pd.DataFrame:
        """
        Every locality of either list: PRNG, and those with addresses in a gmina where PRNG has none of the name.

        `key`, `kind` (empty for the second), `gmina_code`, `lon`, `lat`. People live in those of PRNG only.
        """
        others = self.addressed
        own = pd.MultiIndex.from_frame(self.localities[["gmina_code", "key"]])
        is_lacking = ~pd.MultiIndex.from_frame(others[["gmina_code", "key"]]).isin(own)
        columns = ["key", "kind", "gmina_code", "lon", "lat"]
        both = [self.localities[columns], others[is_lacking].assign(kind="")[columns]]
        return pd.concat(both, ignore_index=True)
