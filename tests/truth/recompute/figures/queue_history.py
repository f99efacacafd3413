"""The queue and free places of Małopolska's register of care homes over its days."""

from functools import cached_property

import pandas as pd

from tests.truth.recompute.figures.queues import Queues


class QueueHistory(Queues):
    """What the scope of a view has for its group on the first, the last, and the days in between."""

    @cached_property
    def history(self) -> pd.DataFrame:
        """Sums by day, ascending."""
        registers = self.raw.registers
        rows = registers.history_malopolskie
        rows = rows[rows["powiat_code"].str.startswith(self._prefix)]
        rows = rows[[registers.may_be_for(subtype, self.question.group) for subtype in rows["subtype"]]]
        return rows.groupby("day")[["places", "vacant", "waiting"]].sum(min_count=1)

    @property
    def history_first_day(self) -> float:
        """The first day, as yyyymmdd."""
        return float(self.history.index[0].replace("-", ""))

    @property
    def history_last_day(self) -> float:
        """The last."""
        return float(self.history.index[-1].replace("-", ""))

    @property
    def vacant_first(self) -> float:
        """Free places on the first day."""
        return float(self.history["vacant"].iloc[0])

    @property
    def vacant_last(self) -> float:
        """Those on the last."""
        return float(self.history["vacant"].iloc[-1])

    @property
    def vacant_by(self) -> float:
        """How much lies between."""
        return abs(self.vacant_last - self.vacant_first)

    @property
    def vacant_least(self) -> float:
        """The fewest free places of any day."""
        return float(self.history["vacant"].min())

    @property
    def vacant_least_day(self) -> float:
        """The first day that has as few."""
        return float(self.history["vacant"].idxmin().replace("-", ""))

    @property
    def waiting_first(self) -> float:
        """People waiting on the first day."""
        return float(self.history["waiting"].iloc[0])

    @property
    def waiting_last(self) -> float:
        """Those on the last."""
        return float(self.history["waiting"].iloc[-1])

    @property
    def waiting_by(self) -> float:
        """How much lies between."""
        return abs(self.waiting_last - self.waiting_first)
