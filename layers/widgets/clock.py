"""The page's clock. Computing modules are given the moment; only pages ask for it."""

from datetime import datetime

from data.opening_hours import POLISH_TIME


def polish_now() -> datetime:
    """Return the moment in Polish time, wherever the server stands."""
    return datetime.now(POLISH_TIME)
