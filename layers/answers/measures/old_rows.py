"""Rows of lists that are so old that what they name may have closed since: no "at least" can be told of them."""

import pandas as pd

from data.quality.areas import claimed_voivodeships
from data.registry.registry import Registry
from data.store.origins import SCENARIO
from data.vocabulary import support_forms


def may_be_gone(services: pd.DataFrame, registry: Registry) -> pd.Series:
    """
    Tell of which rows nobody knows whether the facility is still there on the day of the data.

    That day is the newest of which any register speaks (`RegistryState.as_of`). A row is too old when the days that a
    record of its form stays fresh (`review_days` of the vocabulary) have passed since its own day, and when it states
    no day. A list that is complete tells its number of its own day, and what a scenario opens is of no list.

    Parameters
    ----------
    services
        `support_form`, `voivodeship_code`, `source_code` and `dated_on` (missing = nobody states a day).

    Returns
    -------
    may_be_gone
        bool, indexed like `services`; of a registry without any day none.
    """
    day = registry.state.as_of
    if day is None:
        return pd.Series(data=False, index=services.index)
    coverage = registry.register_coverage
    claimed = {form: claimed_voivodeships(coverage, form) for form in services["support_form"].unique()}
    is_complete = pd.Series(
        [
            code in claimed[form]
            for form, code in zip(services["support_form"], services["voivodeship_code"], strict=True)
        ],
        index=services.index,
        dtype=bool,
    )
    days = services["support_form"].map(lambda form: support_forms()[form].review_days).astype(float)
    due = pd.to_datetime(services["dated_on"]) + pd.to_timedelta(days, unit="D")
    is_old = ~(due >= pd.Timestamp(day))
    return is_old & ~is_complete & (services["source_code"] != SCENARIO)
