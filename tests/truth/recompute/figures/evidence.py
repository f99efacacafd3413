"""Addresses of polling stations where a facility may be: in no number, and told beside them."""

import pandas as pd

from tests.truth.recompute.figures.view import View
from tests.truth.recompute.registers.registers import COMPLETE

_ALSO_READ = {"CAL-DPS": ("10",), "DZI-SDS": ("18",), "DZI-KSP": ("18",)}
"""Voivodeships whose register of a form is read, but not complete."""


class Evidence(View):
    """
    The addresses that a view tells.

    Several addresses may be of one facility, or of one that a list names: who merges them by name and street counts
    fewer. So in a gmina with another row of the form the number has two ends, and elsewhere it is exact.
    """

    @property
    def evidence(self) -> float:
        """How many there are at most."""
        return len(self._addresses)

    @property
    def least_evidence(self) -> float:
        """How many there are at least."""
        rows = self._addresses
        listed = self.raw.registers.compiled
        listed = pd.concat([listed[~listed["is_evidence"]], self.raw.registers.evidence])
        of_gmina = listed.loc[listed["form"] == self.question.form, "gmina_code"].value_counts()
        unplaced = self.raw.registers.unplaced_homes if self.question.form == "CAL-DPS" else set()
        is_alone = rows["gmina_code"].map(of_gmina).eq(1)
        return int((is_alone & ~rows["powiat_code"].isin(unplaced)).sum())

    @property
    def _addresses(self) -> pd.DataFrame:
        """Those of the form; where a register is read and has the form in the same gmina, they are its homes."""
        rows = self.raw.registers.evidence
        read = {*COMPLETE.get(self.question.form, ()), *_ALSO_READ.get(self.question.form, ())}
        has_home = rows["gmina_code"].isin(self.raw.registers.gminas_of(self.question.form))
        is_home = rows["powiat_code"].str[:2].isin(read) & has_home
        here = rows[(rows["form"] == self.question.form) & ~is_home]
        return here[here["powiat_code"].str.startswith(self._prefix)]
