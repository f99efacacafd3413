"""How services are organised: centres (CUS), social assistance offices (OPS), local plans."""

from functools import cached_property

import pandas as pd

from tests.truth.recompute.figures.view import View


class Organisation(View):
    """What lists say of the areas of a view."""

    @cached_property
    def _states(self) -> pd.Series:
        """What is known of a CUS in each gmina; `ops` only where the list of CUS is complete (Małopolska)."""
        registers = self.raw.registers
        found = registers.cus_states.reindex(self.codes)
        return found.mask(found.isna() & self.codes.isin(list(registers.ops_gminas)), "ops")

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
        return sum(plans.get(code) == "przyjęty" for code in self.codes)

    @property
    def plan_known_areas(self) -> float:
        """Areas of the level of whose plan anything is known."""
        return sum(code in self.raw.registers.plan_gminas for code in self.codes)

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
