"""How services are organised: centres (CUS), social assistance offices (OPS), local plans."""

from functools import cached_property

import pandas as pd

from tests.truth.recompute.figures.view import View


class Organisation(View):
    """What lists say of the councils of a view: each gmina by itself, also where people of two are told together."""

    @property
    def areas(self) -> float:
        """All areas of the view, or all councils where these are asked."""
        is_of_councils = self.question.indicator in {"organisation", "local_plan"}
        return len(self._councils) if is_of_councils else super().areas

    @cached_property
    def _councils(self) -> pd.Index:
        if self.question.level != "gmina":
            return self.codes
        codes = self.raw.country.councils.index
        return codes[codes.str.startswith(self._prefix)]

    @cached_property
    def _states(self) -> pd.Series:
        """What is known of a CUS in each gmina; `ops` only where the list of CUS is complete (Małopolska)."""
        registers = self.raw.registers
        found = registers.cus_states.reindex(self._councils)
        return found.mask(found.isna() & self._councils.isin(list(registers.ops_gminas)), "ops")

    @property
    def cus_areas(self) -> float:
        """Gminas with a working CUS."""
        return int((self._states == "cus").sum())

    @property
    def cus_preparing_areas(self) -> float:
        """Gminas with a planned one."""
        return int((self._states == "preparing").sum())

    @property
    def cus_without_areas(self) -> float:
        """Gminas with an OPS alone."""
        return int((self._states == "ops").sum())

    @property
    def cus_known_areas(self) -> float:
        """Gminas of which anything of it is known."""
        return int(self._states.notna().sum())

    @property
    def cus_unknown_areas(self) -> float:
        """The others."""
        return int(self._states.isna().sum())

    @property
    def plan_areas(self) -> float:
        """Areas of the level that have adopted a local plan."""
        plans = self.raw.registers.plan_gminas
        return sum(plans.get(code) == "przyjęty" for code in self._councils)

    @property
    def plan_known_areas(self) -> float:
        """Areas of the level of whose plan anything is known."""
        return sum(code in self.raw.registers.plan_gminas for code in self._councils)

    @property
    def plan_preparing_areas(self) -> float:
        """Areas that prepare one; the list has none."""
        return 0

    @property
    def plan_without_areas(self) -> float:
        """Areas that are listed as having none; the list has none."""
        return self.plan_known_areas - self.plan_areas

    @property
    def plan_unknown_areas(self) -> float:
        """The others."""
        return self.areas - self.plan_known_areas
