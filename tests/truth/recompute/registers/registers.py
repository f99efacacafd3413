"""All registers, and which of them list all."""

import pandas as pd

from tests.truth.recompute.registers.day_support import DaySupport
from tests.truth.recompute.registers.homes import Homes, groups_of_profile
from tests.truth.recompute.registers.lists import Lists

COMPLETE = {
    "CAL-DPS": ("12", "04"),
    "DZI-SDS": ("12",),
    "DZI-KSP": ("12",),
    "DZI-KLS": ("12",),
    "DZI-DDS": ("12",),
    "INS-OPS": ("24",),
}
"""Voivodeships whose register of a form lists all, as its publisher says."""
BRANCHES = ("120503", "120902", "121112", "121801")
"""Gminas where a house of another gmina has a branch (ŚDS): nothing of their own is no zero."""


class Registers(Homes, DaySupport, Lists):
    """One row a service at a facility; `facility` tells which rows are one place."""

    def services(self, form: str, group: str) -> pd.DataFrame:
        """Return the rows of the complete registers of a form that count for a group."""
        rows = {
            "CAL-DPS": lambda: self.homes,
            "DZI-SDS": lambda: self.sds_malopolskie,
            "DZI-KSP": lambda: self.sds_malopolskie,
            "DZI-KLS": lambda: self.senior_malopolskie,
            "DZI-DDS": lambda: self.senior_malopolskie,
        }[form]()
        rows = rows[rows["form"] == form]
        if form == "DZI-SDS" and group == "disabled":
            # Types A and C are for people with mental disorders, B and D for people with disabilities.
            return rows[rows["subtype"].str.contains("[BD]")]
        if form != "CAL-DPS":
            return rows
        return rows[[group in groups_of_profile(subtype) for subtype in rows["subtype"]]]

    def gminas_of(self, form: str) -> set[str]:
        """Return the gminas where a register that is read has the form, for whatever group."""
        if form != "CAL-DPS":
            read = {"DZI-SDS", "DZI-KSP", "DZI-KLS", "DZI-DDS"} & {form}
            rows = (
                pd.concat([self.sds_malopolskie, self.senior_malopolskie]) if read else self.compiled.iloc[:0]
            )
            return set(rows.loc[rows["form"] == form, "gmina_code"].dropna())
        return {*self.homes["gmina_code"].dropna(), *self.dps_lodzkie["gmina_code"].dropna()}

    @property
    def unplaced_homes(self) -> set[str]:
        """Powiats with care homes of which nothing here tells the village."""
        homes = pd.concat([self.homes, self.dps_lodzkie])
        return set(homes.loc[homes["gmina_code"].isna(), "powiat_code"])
