"""Rows of lists that are so old that what they name may have closed since: no "at least" can be told of them."""

import numpy as np
import pandas as pd

from data.quality.areas import claimed_voivodeships
from data.registry.registry import Registry
from data.store.origins import SCENARIO
from data.store.own_sheets import is_own_sheet
from data.vocabulary import support_forms
from layers.answers.measures.field_records import PLACES, other_records_of


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
    is_old = _is_old(services["support_form"], services["dated_on"], registry)
    return is_old & ~_is_of_complete(services, registry) & (services["source_code"] != SCENARIO)


def is_places_old(services: pd.DataFrame, registry: Registry) -> pd.Series:
    """
    Tell of which rows nobody knows whether their places are still so many, though they are still there.

    Their places are of another list than the row (`layers.answers.measures.field_records`), and of a record that is
    too old, as `may_be_gone` has it. A list that is complete tells its number of its own day, and so does an
    operator's own sheet and whoever put a number right.

    Parameters
    ----------
    services
        `support_form`, `voivodeship_code`, and what `other_records_of` takes of `capacity_places`.

    Returns
    -------
    is_places_old
        bool, indexed like `services`; of a registry without any day none.
    """
    others = other_records_of(services, PLACES)
    others = others[~others["source_code"].map(is_own_sheet).astype(bool)]
    coverage = registry.register_coverage
    complete = set(
        coverage[["support_form", "voivodeship_code", "source_code"]].itertuples(index=False, name=None)
    )
    here = services.loc[others.index, ["support_form", "voivodeship_code"]].assign(
        source_code=others["source_code"]
    )
    is_of_complete = [key in complete for key in here.itertuples(index=False, name=None)]
    is_old = _is_old(here["support_form"], others["dated_on"], registry) & ~np.array(
        is_of_complete, dtype=bool
    )
    return is_old.reindex(services.index, fill_value=False)


def _is_of_complete(services: pd.DataFrame, registry: Registry) -> pd.Series:
    """Tell which rows stand where a list of their form is complete."""
    coverage = registry.register_coverage
    claimed = {form: claimed_voivodeships(coverage, form) for form in services["support_form"].unique()}
    return pd.Series(
        [
            code in claimed[form]
            for form, code in zip(services["support_form"], services["voivodeship_code"], strict=True)
        ],
        index=services.index,
        dtype=bool,
    )


def _is_old(forms: pd.Series, dated_on: pd.Series, registry: Registry) -> pd.Series:
    """Tell which records of forms are too old on the day of the data, or state no day."""
    day = registry.state.as_of
    if day is None:
        return pd.Series(data=False, index=forms.index)
    days = forms.map(lambda form: support_forms()[form].review_days).astype(float)
    due = pd.to_datetime(dated_on) + pd.to_timedelta(days, unit="D")
    return ~(due >= pd.Timestamp(day))
