"""Places that lists state, beside people counted in one night: of each voivodeship its own newest one."""

from functools import cached_property

import pandas as pd

from tests.truth.recompute.figures.supply import Supply


class KnownPlaces(Supply):
    """Numbers of different days, which stand beside each other."""

    @cached_property
    def known_places(self) -> pd.Series:
        """Places that facilities state; missing where none does."""
        stated = self._here.groupby("area")["places"].sum(min_count=1).reindex(self.codes)
        return stated.mask(self.facilities == 0, 0.0)

    @property
    def known_places_sum(self) -> float:
        """All of them."""
        return float(self.known_places.sum())

    @property
    def known_places_areas(self) -> float:
        """Areas where any is known."""
        return int((self.known_places > 0).sum())

    @cached_property
    def _newest(self) -> pd.DataFrame:
        """The newest count of each area: `value` and `as_of`."""
        counts = self.raw.people.counts
        rows = counts[(counts["indicator"] == "homeless_count_mrpips") & (counts["group"] == "total")]
        rows = rows[rows["as_of"].fillna("").str.fullmatch(r"\d{4}-\d\d-\d\d")].sort_values("as_of")
        return rows.groupby("teryt").last()[["value", "as_of"]]

    @property
    def counted_people(self) -> pd.Series:
        """People counted in each area."""
        return self._newest["value"].astype(float).reindex(self.codes)

    @property
    def counted_on(self) -> pd.Series:
        """The day of that, in ISO form."""
        return self._newest["as_of"].reindex(self.codes)

    @property
    def counted_areas(self) -> float:
        """Areas with a count."""
        return int(self.counted_people.notna().sum())

    @property
    def country_counted(self) -> float:
        """People counted in the country."""
        return float(self._newest.loc["00", "value"])

    @property
    def country_night(self) -> float:
        """The day of that, as yyyymmdd."""
        return self._night("00")

    def _night(self, code: str) -> float:
        return int(self._newest.loc[code, "as_of"].replace("-", ""))


def _people_of(code: str) -> property:
    return property(lambda told: float(told.counted_people[code]))


def _night_of(code: str) -> property:
    return property(lambda told: told._night(code))


for _code in ("08", "12", "14", "18", "20", "22", "24", "26", "28", "32"):
    # Sentences tell each voivodeship by itself.
    setattr(KnownPlaces, f"counted_{_code}", _people_of(_code))
    setattr(KnownPlaces, f"night_{_code}", _night_of(_code))
