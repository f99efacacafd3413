"""One area of a view: what its card says of it alone, at the norm of the whole view."""

from dataclasses import replace

import pandas as pd

from tests.truth.recompute.figures.expected import Expected
from tests.truth.recompute.registers.registers import COMPLETE

_FORMS = {"older": ("CAL-DPS", "DZI-KLS", "DZI-DDS"), "disabled": ("CAL-DPS", "DZI-SDS", "DZI-KSP")}
"""Forms for a group that any register lists completely."""
_SEATS_ON = "2024-02-05"


class ExpectedArea(Expected):
    """The figures of a view whose scope is the chosen area."""

    @classmethod
    def of(cls, expected: Expected) -> "ExpectedArea":
        """Return the area that is chosen in a view."""
        asked = expected.question
        return cls.asked(expected.raw, replace(asked, scope=asked.chosen, norm=expected.norm))

    @property
    def seats(self) -> float:
        """Organisations that the list has in the gmina; of these views none keeps a protected place."""
        country, code = self.raw.country, self.question.scope
        rows = pd.read_csv(country.mirror / f"registers/national/opp_{_SEATS_ON}.csv", dtype=str)
        gmina, powiat = country.gminas.loc[code, "name"], country.powiats.loc[code[:4], "name"]
        is_here = (rows["gmina"] == gmina.upper()) & (
            rows["powiat"] == powiat.removeprefix("powiat ").upper()
        )
        return int(is_here.sum())

    @property
    def seats_day(self) -> float:
        """The day of that list, as yyyymmdd."""
        return int(_SEATS_ON.replace("-", ""))

    @property
    def residents_share(self) -> float:
        """The part of the group in all residents."""
        people, is_older = self.raw.people, self.question.group == "older"
        residents = people.residents_now if is_older else people.residents
        inside = residents[residents.index.str.startswith(self.question.scope)]
        return self.at(year=0).persons.sum() / inside.sum()

    @property
    def norm_missing_places(self) -> float:
        """Places fewer than the norm gives that stand in the parts of the area."""
        return self.at(indicator="places_per_1000").shortfall_of_parts.sum()

    @property
    def parts(self) -> float:
        """Parts that are asked for themselves."""
        return len(self.raw.country.codes(self.part_level, self.question.scope))

    @property
    def records(self) -> pd.DataFrame:
        """The rows of the register that count for the group, one a profile."""
        rows = self.raw.registers.services(self.question.form, self.question.group)
        return rows[rows["gmina_code"].fillna(rows["powiat_code"]).str.startswith(self.question.scope)]

    @property
    def listed_rows(self) -> pd.DataFrame:
        """The facilities of the area: those with most places first."""
        here = self.at(indicator="facilities_count")._here
        return here[here["area"].isin(self.codes)].sort_values("places", ascending=False)

    @property
    def complete_forms(self) -> float:
        """Forms for the group that a register lists completely here."""
        return sum(self.question.scope[:2] in COMPLETE[form] for form in _FORMS[self.question.group])

    @property
    def cus_gminas(self) -> float:
        """Gminas of the area with a working CUS."""
        return self.at(level="gmina").cus_areas

    @property
    def gminas(self) -> float:
        """Gminas of the area."""
        return len(self.raw.country.codes("gmina", self.question.scope))

    @property
    def local_governments(self) -> float:
        """Its gminas that are no cities with rights of a powiat, and its own council."""
        return self.gminas + (len(self.question.scope) == 4)
