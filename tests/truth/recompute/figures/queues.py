"""The registers' own queue and free places."""

import math
from functools import cached_property

import pandas as pd

from tests.truth.recompute.figures.supply import NEWEST_REGISTER, Supply
from tests.truth.recompute.registers.registers import COMPLETE


class Queues(Supply):
    """Free places and queues of the scope of a view."""

    @cached_property
    def _queues(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Rows of the registers of the scope that state free places or a queue: those for the group, and all."""
        registers, form = self.raw.registers, self.question.form
        own, everybody = registers.services(form, self.question.group), registers.homes
        if form == "CAL-DPS":
            own = pd.concat([own, registers.others(form, self.question.group)])
            everybody = pd.concat([everybody, registers.dps_lodzkie])
        return tuple(
            rows[rows["gmina_code"].fillna(rows["powiat_code"]).str.startswith(self._prefix)]
            for rows in (own, everybody)
        )

    def _stated(self, *columns: str) -> pd.DataFrame:
        own = self._queues[0]
        return own[own[list(columns)].notna().any(axis="columns")]

    def _stating(self, *columns: str) -> float:
        return self._stated(*columns).groupby(["source", "facility"]).ngroups

    @property
    def vacant(self) -> float:
        """Free places for the group in the scope: all of them, and all for it."""
        return math.nan if self._is_shared or self._is_part("vacant") else self._vacant

    @property
    def most_vacant(self) -> float:
        """The same where some are in homes for others too, or of no known profile."""
        return self._vacant if self._is_shared and not self._is_part("vacant") else math.nan

    @property
    def unsure_vacant(self) -> float:
        """The same where besides not all homes state them."""
        return self._vacant if self._is_shared and self._is_part("vacant") else math.nan

    @property
    def _vacant(self) -> float:
        return float(self._queues[0]["vacant"].sum())

    @cached_property
    def _is_shared(self) -> bool:
        own, asked = self._queues[0], self.question
        return bool((own["vacant"][self.raw.registers.is_shared(own, asked.form, asked.group)] > 0).any())

    def _is_part(self, column: str) -> bool:
        """Whether homes of the scope do not state a number: some on the lists, or, of the country, those on none."""
        return self._is_country or self._stating(column) < self.registered

    @property
    def _is_country(self) -> bool:
        return not self._prefix

    @property
    def waiting(self) -> float:
        """Persons waiting for them."""
        return math.nan if self._is_part("waiting") else self._waiting

    @property
    def least_waiting(self) -> float:
        """The same where not all homes state them."""
        return self._waiting if self._is_part("waiting") else math.nan

    @property
    def _waiting(self) -> float:
        return float(self._queues[0]["waiting"].sum())

    @property
    def all_vacant(self) -> float:
        """Free places of the form, also for others."""
        return math.nan if self._is_country else float(self._queues[1]["vacant"].sum())

    @property
    def unsure_all_vacant(self) -> float:
        """The same of the country, of which the lists are a part, and one is older than a year: that of Łódzkie."""
        rows = self._queues[1]
        some = rows[rows["vacant"] > 0]
        age = pd.Timestamp(NEWEST_REGISTER) - pd.to_datetime(some["as_of"])
        is_old = (age > pd.Timedelta(days=self.list_days)) & ~some["powiat_code"].str[:2].isin(
            COMPLETE[self.question.form]
        )
        return float(rows["vacant"].sum()) if self._is_country and is_old.any() else math.nan

    @property
    def all_waiting(self) -> float:
        """Persons waiting for them."""
        return math.nan if self._is_country else float(self._queues[1]["waiting"].sum())

    @property
    def least_all_waiting(self) -> float:
        """The same of the country, of which the lists are a part."""
        return float(self._queues[1]["waiting"].sum()) if self._is_country else math.nan

    @property
    def stating(self) -> float:
        """Facilities that state free places and a queue; one alone is told apart."""
        is_same = self.stating_vacant == self.stating_waiting
        return self._stating("vacant", "waiting") if is_same else math.nan

    @property
    def stating_vacant(self) -> float:
        """Facilities that state free places."""
        return self._stating("vacant")

    @property
    def stating_waiting(self) -> float:
        """Facilities that state a queue."""
        return self._stating("waiting")

    @property
    def queue_day(self) -> float:
        """The newest day of the registers' queues, as yyyymmdd."""
        return float(max(self._stated("vacant", "waiting")["as_of"]).replace("-", ""))

    @property
    def first_queue_day(self) -> float:
        """The oldest."""
        return float(min(self._stated("vacant", "waiting")["as_of"]).replace("-", ""))
