"""Who is nobody in print: a cell with one house at a border makes nothing of its powiat unsure."""

from typing import Final

import numpy as np
import pandas as pd

HAIR_PERSONS: Final = 1e-6
"""Sums of fractions differ in their last digits: less than this is no difference."""
_PERSONS: Final = 0.5
_SHARE: Final = 0.0005


def nobody_of(people: pd.Series) -> pd.Series:
    """Return how many persons are somebody among so many people: fewer than half a one and 0.05 % are nobody."""
    return pd.Series(np.clip(people * _SHARE, HAIR_PERSONS, _PERSONS), index=people.index)
