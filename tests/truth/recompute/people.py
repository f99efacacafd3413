"""People of the three groups, by gmina, from the files of GUS and the published counts."""

from functools import cached_property

import numpy as np
import pandas as pd

from tests.truth.recompute.country import Country

COUNTED_ON = {"older": "2020-12-31", "disabled": "2021-03-31"}
_BANDS = {
    60: ("60-64", "65-69", "70 i więcej"),
    65: ("65-69", "70 i więcej"),
    70: ("70 i więcej",),
    75: ("75-79", "80-84", "85 i więcej"),
    80: ("80-84", "85 i więcej"),
    85: ("85 i więcej",),
}


class People:
    """How many people of a group live in each gmina; missing where nobody knows."""

    def __init__(self, country: Country) -> None:
        self.country = country

    @cached_property
    def _bands(self) -> pd.DataFrame:
        path = self.country.mirror / "population/LUDN_2137_CTAB_20210625164329.csv"
        rows = pd.read_csv(path, sep=";", dtype={"Kod": str}, encoding="utf-8-sig")
        # The seventh digit is the kind: 1, 2 and 3 are gminas, the others parts of one.
        rows = rows[rows["Kod"].str[6].isin(["1", "2", "3"])]
        return rows.set_index(rows["Kod"].str[:6])

    @cached_property
    def residents(self) -> pd.Series:
        """All residents of each gmina, 31 December 2020."""
        return self._bands["ogółem"].astype(float).sort_index()

    def older(self, age_from: int = 65) -> pd.Series:
        """Residents of an age and more, 31 December 2020."""
        return self._bands[list(_BANDS[age_from])].sum(axis="columns").astype(float).sort_index()

    @cached_property
    def projections(self) -> pd.Series:
        """Projected people by powiat, age and year; GUS for the powiats of Małopolska."""
        rows = pd.read_csv(
            self.country.mirror / "population/gus_projection_malopolska_powiats.csv", dtype={"rok": int}
        )
        rows = rows[rows["typ"] == "prognoza"]
        name_of = {name: code for code, name in self.country.powiats["name"].items() if code.startswith("12")}
        names = rows["powiat"].str.removeprefix("Powiat ").str.removeprefix("m. ")
        codes = [name_of.get(name) or name_of[f"powiat {name}"] for name in names]
        ages = rows["miara"].str.removesuffix("plus").astype(int)
        return pd.Series(
            rows["populacja"].to_numpy(float),
            index=pd.MultiIndex.from_arrays([codes, ages, rows["rok"]], names=["powiat", "age", "year"]),
        )

    def older_then(self, year: int, age_from: int = 65) -> pd.Series:
        """Projected people of each gmina: those of its powiat in the parts of today; missing without a projection."""
        now = self.older(age_from)
        of_powiat = now.groupby(now.index.str[:4]).transform("sum")
        then = {
            powiat: persons
            for (powiat, age, when), persons in self.projections.items()
            if age == age_from and when == year
        }
        projected = pd.Series([then.get(code[:4], np.nan) for code in now.index], index=now.index)
        return projected * now / of_powiat

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Published counts: `teryt`, `indicator`, `group`, `value`, `as_of`."""
        files = [
            self.country.mirror / f"population/demand_{level}.csv"
            for level in ("voivodeship", "powiat", "gmina")
        ]
        return pd.concat([pd.read_csv(file, dtype=str) for file in files], ignore_index=True)

    @cached_property
    def disabled_in_country(self) -> float:
        """People whose disability is recognised by law, census of 2021."""
        rows = self.counts[
            (self.counts["indicator"] == "disabled_legal_nsp2021") & (self.counts["teryt"] == "00")
        ]
        return float(rows["value"].iloc[0])

    def homeless(self, night: str) -> pd.Series:
        """People counted in one night, by code of voivodeship or gmina."""
        rows = self.counts[
            (self.counts["indicator"] == "homeless_count_mrpips")
            & (self.counts["group"] == "total")
            & (self.counts["as_of"] == night)
        ]
        return rows.set_index("teryt")["value"].astype(float)

    def homeless_night(self, scope: str) -> str:
        """The night of a view: of a voivodeship its newest, of the country that with most voivodeships."""
        rows = self.counts[
            (self.counts["indicator"] == "homeless_count_mrpips")
            & (self.counts["group"] == "total")
            & self.counts["as_of"].fillna("").str.fullmatch(r"\d{4}-\d\d-\d\d")
            & (self.counts["teryt"].str.len() == 2)
            & (self.counts["teryt"] != "00")
        ]
        if scope != "00":
            return str(rows.loc[rows["teryt"] == scope, "as_of"].max())
        nights = rows.groupby("as_of")["teryt"].nunique()
        return str(nights[nights == nights.max()].index.max())

    def estimated(self, total: float, counted: pd.Series, codes: list[str]) -> pd.Series:
        """Spread a total over the gminas without a count of their own, by their residents."""
        known = counted.reindex(codes)
        rest = self.residents.reindex(codes)[known.isna()]
        return known.fillna((total - known.sum()) * self.residents.reindex(codes) / rest.sum())
