"""Addresses of polling stations where a facility may be: in no number, and told beside them."""

import re

import pandas as pd

from tests.truth.recompute.figures.view import View
from tests.truth.recompute.registers.registers import COMPLETE
from tests.truth.recompute.registers.stations import door


class Evidence(View):
    """
    The addresses that a view tells.

    One place may have several addresses, and be one that a list names: at the same street and number ("5" and "5/7") it
    is the same, at the same number of another street of the gmina ("Wspólna 2" in a village that had no streets before)
    it may be. So the number has two ends.
    """

    @property
    def evidence(self) -> float:
        """How many places there are at most: those of one street and number are one."""
        rows = self._addresses
        named = set(self._named["gmina_code"] + self._named["street"] + self._named["number"])
        keys = rows["gmina_code"] + rows["street"] + rows["number"]
        is_told = rows["number"].eq("") | ~(keys.isin(named) | keys.duplicated())
        return int(is_told.sum())

    @property
    def least_evidence(self) -> float:
        """How many there are at least: those of one number of a gmina may be one, and so may those without a number."""
        rows, named = self._addresses, self._named
        unplaced = self.raw.registers.unplaced_homes if self.question.form == "CAL-DPS" else set()
        of_gmina = named[named["number"] == ""]["gmina_code"]
        is_sure = rows["number"].ne("") & ~rows["gmina_code"].isin(of_gmina)
        rows = rows[is_sure & ~rows["powiat_code"].isin(unplaced)]
        keys = rows["gmina_code"] + " " + rows["number"]
        return int((~keys.isin(named["gmina_code"] + " " + named["number"]) & ~keys.duplicated()).sum())

    @property
    def _named(self) -> pd.DataFrame:
        """Facilities of the form that lists and registers name, by gmina, street and number."""
        registers = self.raw.registers
        listed = registers.compiled[~registers.compiled["is_evidence"]]
        # Whoever they are for: a home for others stands at its address, too.
        read = registers.dps_lodzkie if self.question.form == "CAL-DPS" else registers.sds_podkarpackie
        read = read[read["form"] == self.question.form]
        read = read.assign(door=[door(text) for text in read["text"]])
        rows = pd.concat([listed[listed["form"] == self.question.form], read])
        return _in_parts(rows[rows["gmina_code"].notna()])

    @property
    def _addresses(self) -> pd.DataFrame:
        """Those of the form; where a complete register has the form in the same gmina, they are its homes."""
        rows = self.raw.registers.evidence
        has_home = rows["gmina_code"].isin(self.raw.registers.gminas_of(self.question.form))
        is_home = rows["powiat_code"].str[:2].isin(COMPLETE.get(self.question.form, ())) & has_home
        here = rows[(rows["form"] == self.question.form) & ~is_home]
        here = here[here["powiat_code"].str.startswith(self._prefix)]
        if self.question.form == "CAL-DPS":
            # The name of a house may say that it is for others.
            may_be_for = self.raw.registers.may_be_for
            here = here[[may_be_for(text, self.question.group) for text in here["text"]]]
        # A register names a village of which the powiat has two: its home is at this door all the same.
        homes = self.raw.registers.homes if self.question.form == "CAL-DPS" else here.iloc[:0]
        homes = _in_parts(homes.assign(door=[door(text) for text in homes["text"]]))
        homes = set(homes["powiat_code"] + homes["street"] + homes["number"]) - set(homes["powiat_code"])
        rows = _in_parts(here)
        return rows[~(rows["powiat_code"] + rows["street"] + rows["number"]).isin(homes)]


def _in_parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the last word of their street and the first digits of their number, empty where unknown."""
    doors = [found if isinstance(found, tuple) else ("", "") for found in rows["door"]]
    numbers = [re.match(r"\d*", number)[0] for _, number in doors]
    streets = [street for street, _ in doors]
    return rows.assign(street=pd.array(streets, dtype="str"), number=pd.array(numbers, dtype="str"))
