"""Where a record comes from: a register, a list, something that only speaks for a place, or a scenario."""

import pandas as pd

ORIGINS = ("register", "list", "polling_station")
"""
A register of an office; a list that anybody made of what others say; the address of a polling station, which some homes
are on an election day. From the most trusted to the least.
"""
EVIDENCE = ("polling_station",)
"""
Origins that nobody who knows the place stands behind: it was there on a day. Such a record is shown as not confirmed
and is never counted, neither as a facility nor against a register that is complete.
"""


def is_evidence(origin: str | None) -> bool:
    """Tell whether a record only speaks for a place being there."""
    return origin in EVIDENCE


SCENARIO = "scenario"
"""`source_code` of services that no source has: a scenario opens them."""


def is_opened(services: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which services a scenario opens."""
    return (services["source_code"] == SCENARIO).fillna(value=False).astype(bool)
