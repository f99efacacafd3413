"""Help at whose door and telephone a newer row of a list says that it is suspended, under another form of the kind."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from data.registry.registry import Registry
from data.store.names import fold
from data.store.visibility import is_public

_KIND_LETTERS = 3
"""Forms of one kind of help begin alike: a night shelter and a shelter are both `BEZ`."""
_DIGITS = 9
_Key = tuple[str, str, str, str]


def suspended_beside(registry: Registry, services: pd.DataFrame) -> list[date | None]:
    """
    Return for each service the day of a newer list that has the same door and telephone as suspended; None for none.

    Parameters
    ----------
    services
        Rows of `registry.services`.

    Notes
    -----
    A list may hold a house twice: an undated night shelter, and the shelter that it is part of, which a later row calls
    suspended. Nobody knows whether the first is open, so it is told with this day and stands behind the others.
    """
    every = registry.services
    days: dict[_Key, date] = {}
    for row in every[(every["status"] == "suspended") & every["dated_on"].notna()].to_dict("records"):
        if is_public(row["visibility"]):
            for key in _keys(row):
                days[key] = max(row["dated_on"], days.get(key, row["dated_on"]))
    if not days:
        return [None] * len(services)
    return [_newer(row, days) for row in services.to_dict("records")]


def _newer(row: dict[Any, Any], days: dict[_Key, date]) -> date | None:
    found = max((days[key] for key in _keys(row) if key in days), default=None)
    if found is None or row["status"] != "active":
        return None
    dated = row["dated_on"]
    return found if pd.isna(dated) or dated < found else None


def _keys(row: dict[Any, Any]) -> Iterator[_Key]:
    street, gmina = row["street_address"], row["gmina_code"]
    if not isinstance(street, str) or not isinstance(gmina, str):
        return
    for phone in row["phones"] or []:
        digits = re.sub(r"\D", "", phone)
        if len(digits) >= _DIGITS:
            yield row["support_form"][:_KIND_LETTERS], gmina, fold(street), digits[-_DIGITS:]
