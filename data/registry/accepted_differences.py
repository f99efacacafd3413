"""Figures that differ from official ones and were taken all the same."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class AcceptedDifference:
    """Figures that differ from official ones, a sentence each, and why they were taken all the same."""

    reason: str
    figures: tuple[str, ...]


def accepted_differences(held: pd.DataFrame) -> tuple[AcceptedDifference, ...]:
    """
    Return what loads took although it differs from official figures.

    Parameters
    ----------
    held
        As `data.reading.release_queries.releases` returns; one load has several releases.
    """
    found = {
        (reason, tuple(figures))
        for reason, figures in zip(held["accepted_difference"], held["differences"], strict=True)
        if isinstance(reason, str) and figures
    }
    return tuple(AcceptedDifference(reason, figures) for reason, figures in sorted(found))
