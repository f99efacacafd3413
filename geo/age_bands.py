"""Bands of age: how many people of a gmina are in a part of a band that only its powiat tells."""

import numpy as np
import pandas as pd

from geo.frames import as_floats, require_not_negative, require_unique
from geo.teryt import CODE_DIGITS
from geo.whole_numbers import apportion


def part_of_band(band: pd.Series, *, powiat_band: pd.Series, powiat_part: pd.Series) -> pd.Series:
    """
    Estimate how many people of each gmina are in a part of a band of age.

    Parameters
    ----------
    band
        Whole persons in the band (70 to 79), indexed by gmina code (6 digits); missing = unknown.
    powiat_band, powiat_part
        Persons in the same band, and in the part of it (75 to 79), indexed by powiat code (4 digits).

    Returns
    -------
    part
        Indexed like `band`, whole persons, 0 to the band's. The gminas of a powiat add up to its part exactly. Missing
        in a powiat of which a number is unknown, or whose gminas do not add up to its band.

    Raises
    ------
    FrameError
        If a code repeats or a number is negative.

    Notes
    -----
    An **estimate**: it supposes that the band has the same ages in each gmina of a powiat. A powiat of B people in the
    band and P in its part gives a gmina of b people b P / B of them, in whole persons by largest remainders; of equal
    remainders the first code has the one.
    """
    for numbers, what in ((band, "band"), (powiat_band, "powiat_band"), (powiat_part, "powiat_part")):
        require_unique(numbers.index, what=f"codes of {what}")
        require_not_negative(numbers, what=what)
    persons = pd.Series(as_floats(band, what="band"), index=band.index).sort_index()
    part = pd.Series(np.nan, index=persons.index)
    for powiat, here in persons.groupby(persons.index.str[: CODE_DIGITS["powiat"]]):
        whole, wanted = (float(numbers.get(powiat, np.nan)) for numbers in (powiat_band, powiat_part))
        if here.isna().any() or np.isnan(wanted) or here.sum() != whole:
            continue
        values = as_floats(here, what="band")
        shares = values * wanted / whole if whole else values
        part[here.index] = apportion(shares, wanted, at_most=values)
    return part.reindex(band.index).rename("persons")
