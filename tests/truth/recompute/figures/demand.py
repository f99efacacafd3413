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
            return people.older(asked.age_from, asked.year)
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
    def whole_persons(self) -> pd.Series:
        """The same in whole persons: a voivodeship's are shared out to its powiats, and theirs to their gminas."""
        gminas = self.gmina_persons.dropna().sort_index()
        whole = []
        for _, of_voivodeship in gminas.groupby(gminas.index.str[:2]):
            by_powiat = of_voivodeship.groupby(of_voivodeship.index.str[:4])
            totals = _shared_out(by_powiat.sum(), np.floor(of_voivodeship.sum() + 0.5))
            whole += [_shared_out(of_powiat, totals[code]) for code, of_powiat in by_powiat]
        found = _by_code(pd.concat(whole), self.digits).reindex(self.codes) if whole else self.persons
        # What was counted for an area itself is not changed by its gminas.
        return found.where((found - self.persons).abs() <= 1, self.persons)

    @property
    def residents_share(self) -> pd.Series:
        """The part of the group in all residents of each area, at the end of the same year."""
        residents = self.raw.people.residents_of(self.question.year)
        return self.persons / residents.groupby(residents.index.str[: self.digits]).sum().reindex(self.codes)

    @property
    def growth_2030(self) -> pd.Series:
        """By how many per cent more people there are in 2030 than now."""
        return self._growth(2030)

    @property
    def growth_2035(self) -> pd.Series:
        """In 2035."""
        return self._growth(2035)

    @property
    def growth_2040(self) -> pd.Series:
        """In 2040."""
        return self._growth(2040)

    @property
    def scope_share(self) -> float:
        """The part of the group in all residents of the scope."""
        residents = self.raw.people.residents_of(self.question.year)
        return self.scope_persons / residents[residents.index.str.startswith(self._scope)].sum()

    @property
    def scope_growth(self) -> float:
        """The part by which the people of the scope are more in 2040 than now."""
        older, age = self.raw.people.older, self.question.age_from
        then, now = (_of_scope(older(age, year), self._scope) for year in (2040, 0))
        return then / now - 1

    def _growth(self, year: int) -> pd.Series:
        older, age = self.raw.people.older, self.question.age_from
        then, now = (_by_code(older(age, other), self.digits) for other in (year, 0))
        return (100 * (then / now - 1)).reindex(self.codes)

    @property
    def low_persons(self) -> pd.Series:
        """People of each area by the low variant of the projection."""
        return self._variant("Niski").reindex(self.codes)

    @property
    def high_persons(self) -> pd.Series:
        """By the high variant."""
        return self._variant("Wysoki").reindex(self.codes)

    @property
    def scope_persons(self) -> float:
        """People of the whole scope."""
        here = self.gmina_persons
        return float(here[here.index.str.startswith(self._scope)].sum())

    @property
    def scope_low_persons(self) -> float:
        """People of the whole scope by the low variant: the sum of its powiats."""
        return self._of_scope("Niski")

    @property
    def scope_high_persons(self) -> float:
        """By the high variant."""
        return self._of_scope("Wysoki")

    @property
    def _scope(self) -> str:
        return "" if self.question.scope == "00" else self.question.scope

    def _variant(self, name: str) -> pd.Series:
        return self.raw.people.variant(name, self.question.age_from, self.question.year)

    def _of_scope(self, name: str) -> float:
        found = self._variant(name)
        return float(found[(found.index.str.len() == 4) & found.index.str.startswith(self._scope)].sum())

    @cached_property
    def home_persons(self) -> np.ndarray:
        """People of the group at each home of the country; where all residents are asked about, all of them."""
        homes, people = self.raw.homes, self.gmina_persons
        share = "older_share" if self.question.group == "older" else "share"
        if self.question.indicator == "reached_residents":
            people, share = self.raw.people.residents, "share"
        return (homes["gmina_code"].map(people) * homes[share]).to_numpy()

    @cached_property
    def home_area(self) -> pd.Series:
        """The area that each home lies in."""
        return self.raw.homes["gmina_code"].str[: self.digits]

    def _by_area(self, values: np.ndarray) -> pd.Series:
        return pd.Series(values).groupby(self.home_area.to_numpy()).sum().reindex(self.codes)

    @property
    def people_day(self) -> float:
        """The day on which the people were counted, or for which they are projected, as yyyymmdd."""
        asked = self.question
        if asked.group == "older":
            return (asked.year or self.raw.people.year_of_now) * 10_000 + 1231
        day = COUNTED_ON.get(asked.group) or self.raw.people.homeless_night(asked.scope)
        return int(day.replace("-", ""))

    @property
    def residents_day(self) -> float:
        """The day of the residents that an estimate is spread by, as yyyymmdd."""
        return int(COUNTED_ON["residents"].replace("-", ""))


def _by_code(persons: pd.Series, digits: int) -> pd.Series:
    return persons.groupby(persons.index.str[:digits]).sum()


def _of_scope(persons: pd.Series, beginning: str) -> float:
    return float(persons[persons.index.str.startswith(beginning)].sum())


def _shared_out(persons: pd.Series, total: float) -> pd.Series:
    """Round down, and give one more to the largest remainders until there are as many as in all."""
    fractions = persons.to_numpy()
    shares = np.floor(fractions + 1e-6)
    order = np.argsort((shares - fractions).round(6), kind="stable")
    shares[order[: int(total - shares.sum())]] += 1
    return pd.Series(shares, index=persons.index)
