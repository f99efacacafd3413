"""The people of the group: how many live in each area and at each home."""

from functools import cached_property

import numpy as np
import pandas as pd

from tests.truth.recompute.figures.view import View
from tests.truth.recompute.people import COUNTED_ON


class Demand(View):
    """The people of the group of a view."""

    @cached_property
    def gmina_persons(self) -> pd.Series:
        """People of the group in each gmina of the country in the year of the view; missing where unknown."""
        people, asked = self.raw.people, self.question
        if asked.group == "older":
            return (
                people.older_then(asked.year, asked.age_from) if asked.year else people.older(asked.age_from)
            )
        codes = list(self.raw.country.gminas.index)
        if asked.group == "disabled":
            if not asked.is_estimate:
                return pd.Series(np.nan, index=codes)
            return people.estimated(people.disabled_in_country, pd.Series(dtype=float), codes)
        counted = people.homeless(people.homeless_night(asked.scope))
        found = counted.reindex(codes)
        if asked.is_estimate:
            for code, total in counted[counted.index.str.len() == 2].items():
                inside = [own for own in codes if code != "00" and own.startswith(code)]
                if inside:
                    found[inside] = people.estimated(total, counted, inside)
        return found

    @cached_property
    def persons(self) -> pd.Series:
        """People of the group in each area."""
        asked, gminas = self.question, self.gmina_persons
        sums = gminas.groupby(gminas.index.str[: self.digits]).sum(skipna=False)
        found = sums.reindex(self.codes)
        if asked.group == "homeless" and asked.level == "voivodeship":
            counted = self.raw.people.homeless(self.raw.people.homeless_night(asked.scope))
            found = counted.reindex(self.codes).fillna(found)
        return found

    @cached_property
    def home_persons(self) -> np.ndarray:
        """
        People of the group at each home of the country.

        Of a later year, people of gminas without a projection are those of today: they use the same facilities.
        """
        gminas = self.gmina_persons
        if self.question.year:
            gminas = gminas.fillna(self.raw.people.older(self.question.age_from))
        homes = self.raw.homes
        return (homes["gmina_code"].map(gminas) * homes["share"]).to_numpy()

    @cached_property
    def home_area(self) -> pd.Series:
        """The area that each home lies in."""
        return self.raw.homes["gmina_code"].str[: self.digits]

    def _by_area(self, values: np.ndarray) -> pd.Series:
        return pd.Series(values).groupby(self.home_area.to_numpy()).sum().reindex(self.codes)

    @property
    def people_day(self) -> float:
        """The day on which the people were counted, as yyyymmdd."""
        asked = self.question
        day = COUNTED_ON.get(asked.group) or self.raw.people.homeless_night(asked.scope)
        return int(day.replace("-", ""))

    @property
    def residents_day(self) -> float:
        """The day of the residents that an estimate is spread by, as yyyymmdd."""
        return int(COUNTED_ON["older"].replace("-", ""))
