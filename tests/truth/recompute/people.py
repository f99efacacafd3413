"""People of the three groups, by gmina, from the files of GUS and the published counts."""

from datetime import date
from functools import cached_property

import pandas as pd

from tests.truth.recompute.country import Country

COUNTED_ON = {"disabled": "2021-03-31", "residents": "2024-12-31"}
_TEN_YEARS = {60: ("60-69", "70-79", "80+"), 70: ("70-79", "80+"), 80: ("80+",)}
"""Groups of gminas; those of powiats are of five years."""
_FIVE_YEARS = ("60-64", "65-69", "70-74", "75-79", "80-84", "85-89", "90+")
_AROUND = {75: (70, 80), 85: (80, 0)}
"""Ages that gminas do not tell, with those around them."""


class People:
    """How many people of a group live in each gmina; missing where nobody knows."""

    def __init__(self, country: Country) -> None:
        self.country = country
        today = date.today()  # noqa: DTZ011 - years end by the calendar here
        self.year_of_now = today.year if (today.month, today.day) == (12, 31) else today.year - 1

    def _table(self, name: str, code: str) -> pd.DataFrame:
        """Return both sexes by code and group of ages; a column for each year."""
        rows = pd.read_csv(self.country.mirror / f"population/{name}.csv.gz", dtype={code: str})
        rows = rows[rows["sex"] == "T"].assign(code=rows[code].str[:6])
        return rows.drop_duplicates(["code", "age_group"]).set_index(["age_group", "code"]).sort_index()

    @cached_property
    def _gminas(self) -> pd.DataFrame:
        return self._table("gus_projection_gmina_2022_2040", "teryt7")

    @cached_property
    def _powiats(self) -> pd.DataFrame:
        return self._table("gus_projection_powiat_2022_2060", "teryt4")

    @cached_property
    def residents(self) -> pd.Series:
        """All residents of each gmina, as last counted: 31 December 2024."""
        path = self.country.mirror / "population/gus_population_gminas_2024-12-31.csv"
        rows = pd.read_csv(path, dtype={"teryt7": str, "type": str})
        # The seventh digit is the kind: 1, 2 and 3 are gminas, the others parts of one.
        rows = rows[rows["type"].isin(["1", "2", "3"])]
        return rows.set_index(rows["teryt7"].str[:6])["population"].astype(float).sort_index()

    @property
    def residents_now(self) -> pd.Series:
        """All residents of each gmina in the year of now."""
        return self.residents_of(0)

    def residents_of(self, year: int) -> pd.Series:
        """All residents of each gmina at the end of a year, 0 for now."""
        return self._gminas.loc["total", str(year or self.year_of_now)].astype(float).sort_index()

    def older(self, age_from: int = 65, year: int = 0) -> pd.Series:
        """Residents of an age and more at the end of a year, 0 for now: counted in 2022, then projected."""
        column = str(year or self.year_of_now)
        if age_from in _AROUND:
            return self._estimated_age(age_from, column)
        groups = _TEN_YEARS.get(age_from, (f"{age_from}+",))
        return sum(self._gminas.loc[group, column] for group in groups).astype(float).sort_index()

    def _estimated_age(self, age_from: int, column: str) -> pd.Series:
        """Share out the people of a powiat by a wider group of its gminas, in whole persons."""
        low, high = _AROUND[age_from]
        year = int(column)
        above = self.older(high, year) if high else 0.0
        band = self.older(low, year) - above

        def of_powiats(first: int, last: int) -> pd.Series:
            groups = [group for group in _FIVE_YEARS if first <= int(group[:2]) < (last or 999)]
            return sum(self._powiats.loc[group, column] for group in groups)

        whole, part = of_powiats(low, high), of_powiats(age_from, high)
        found = {}
        for powiat, codes in band.groupby(band.index.str[:4]).groups.items():
            exact = {code: band[code] * part[powiat] / whole[powiat] for code in codes}
            shares = {code: int(share + 1e-9) for code, share in exact.items()}
            left = int(part[powiat]) - sum(shares.values())
            for code in sorted(codes, key=lambda own: (-round(exact[own] - shares[own], 6), own))[:left]:
                shares[code] += 1
            found |= shares
        return (pd.Series(found, dtype=float) + above).sort_index()

    @cached_property
    def _variants(self) -> pd.DataFrame:
        path = self.country.mirror / "population/gus_projection_alt_scenarios_2022_2060.csv.gz"
        rows = pd.read_csv(path, dtype={"teryt": str})
        return rows[rows["sex"] == "T"].set_index(["scenario", "age_group", "teryt"]).sort_index()

    def variant(self, name: str, age_from: int, year: int) -> pd.Series:
        """People of an age and more of powiats and voivodeships by the low or the high variant."""
        return self._variants.loc[(name, f"{age_from}+"), str(year)].astype(float)

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
