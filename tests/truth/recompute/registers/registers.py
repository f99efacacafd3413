"""All registers, and which of them list all."""

import pandas as pd

from tests.truth.recompute.registers.day_support import DaySupport
from tests.truth.recompute.registers.history import History
from tests.truth.recompute.registers.homes import PROFILE
from tests.truth.recompute.registers.lists import Lists

COMPLETE = {
    "CAL-DPS": ("12", "04", "14", "18"),
    "DZI-SDS": ("12",),
    "DZI-KSP": ("12",),
    "DZI-KLS": ("12",),
    "DZI-DDS": ("12",),
    "INS-OPS": ("24",),
    "REI-WTZ": tuple(f"{code:02}" for code in range(2, 33, 2)),
}
"""Voivodeships whose register of a form lists all, as its publisher says."""
_PROFILES_OF_OTHERS = {
    "older": "psychicznie|intelektualnie|fizycznie|uzależnion",
    "disabled": "psychicznie|podeszłym wieku|uzależnion",
}
"""Words of the profiles of care homes that are for others than a group; the chronically ill count as older people."""
BRANCHES = ("120503", "120902", "121112", "121801")
"""Gminas where a house of another gmina has a branch (ŚDS): nothing of their own is no zero."""


class Registers(History, DaySupport, Lists):
    """One row a service at a facility; `facility` tells which rows are one place."""

    def services(self, form: str, group: str) -> pd.DataFrame:
        """Return the rows of the complete registers of a form that count for a group."""
        rows = {
            "CAL-DPS": lambda: self.homes,
            "DZI-SDS": lambda: self.sds_malopolskie,
            "DZI-KSP": lambda: self.sds_malopolskie,
            "DZI-KLS": lambda: self.senior_malopolskie,
            "DZI-DDS": lambda: self.senior_malopolskie,
            "REI-WTZ": lambda: self.wtz,
        }[form]()
        rows = rows[rows["form"] == form]
        if form == "DZI-SDS" and group == "disabled":
            # Types A and C are for people with mental disorders, B and D for people with disabilities.
            return rows[rows["subtype"].str.contains("[BD]")]
        if form != "CAL-DPS":
            return rows
        return rows[[self.may_be_for(subtype, group) for subtype in rows["subtype"]]]

    def others(self, form: str, group: str) -> pd.DataFrame:
        """Return the rows of registers that are read and not complete; those that may be for a group."""
        rows = {"CAL-DPS": self.dps_lodzkie}.get(form, self.sds_podkarpackie)
        rows = rows[rows["form"] == form]
        return rows[[self.may_be_for(text, group) for text in rows["text"]]] if form == "CAL-DPS" else rows

    def shared(self, form: str, group: str) -> pd.DataFrame:
        """Return the rows that count for a group and are for other people too, or name no profile; read or not."""
        rows = pd.concat([self.services(form, group), self.others(form, group)])
        return rows[self.is_shared(rows, form, group)]

    def not_for(self, form: str, group: str) -> pd.DataFrame:
        """Return the rows of the form whose profile is for others than a group, of every register that is read."""
        if form == "DZI-SDS":
            rows = self.sds_malopolskie[self.sds_malopolskie["form"] == form]
            return rows[rows["subtype"].str.contains("[AC]") & ~rows["subtype"].str.contains("[BD]")]
        if form != "CAL-DPS":
            return self.homes.iloc[:0]
        whole = self.homes[[not self.may_be_for(subtype, group) for subtype in self.homes["subtype"]]]
        # A house with a line for each of its profiles has one name before them.
        named = self.dps_lodzkie.assign(
            subtype=self.dps_lodzkie["text"].str.lower(),
            facility=self.dps_lodzkie["powiat_code"] + self.dps_lodzkie["text"].str.partition(" dla ")[0],
        )
        named = named[[not self.may_be_for(text, group) for text in named["text"]]]
        return pd.concat([whole, named])

    @staticmethod
    def is_shared(rows: pd.DataFrame, form: str, group: str) -> pd.Series:
        """Return which rows that count for a group are for other people too, or name no profile."""
        if form not in {"CAL-DPS", "DZI-SDS"}:
            return pd.Series(data=False, index=rows.index)
        said = rows["subtype"].fillna(rows["text"]) if "subtype" in rows else rows["text"]
        if form == "DZI-SDS":
            return said.str.contains("[AC]") | (rows["subtype"] == "")
        is_silent = ~said.str.lower().str.contains(PROFILE)
        return is_silent | said.str.lower().str.contains(_PROFILES_OF_OTHERS[group])

    def gminas_of(self, form: str) -> set[str]:
        """Return the gminas where a register that is read has the form, for whatever group."""
        if form != "CAL-DPS":
            rows = pd.concat([self.sds_malopolskie, self.senior_malopolskie, self.sds_podkarpackie, self.wtz])
            return set(rows.loc[rows["form"] == form, "gmina_code"].dropna())
        return {*self.homes["gmina_code"].dropna(), *self.dps_lodzkie["gmina_code"].dropna()}

    @property
    def unplaced_homes(self) -> set[str]:
        """Powiats with care homes of which nothing here tells the village."""
        homes = pd.concat([self.homes, self.dps_lodzkie])
        return set(homes.loc[homes["gmina_code"].isna(), "powiat_code"])
