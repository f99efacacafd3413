"""Forecast: the people of a group in a later year, and the places that would keep today's level."""

from typing import Literal

import pandas as pd

from geo.errors import OptionError
from geo.frames import as_floats, require_columns, require_none_left, require_not_negative, require_unique
from geo.teryt import CODE_DIGITS


def projected_people(people: pd.Series, projections: pd.DataFrame, *, year: int) -> pd.Series:
    """
    Spread the projected people of powiats over their gminas as they live now.

    Parameters
    ----------
    people
        Persons of the group now, indexed by gmina code (6 digits); missing = unknown. All gminas of a powiat: one
        that is not there gets nobody.
    projections
        One row per powiat and year: `powiat_code` (4 digits), `year`, `projected_persons` (missing =
        unknown) of the same group: not of those above the age of retirement when `people` are 65 and more.
    year
        Which year; there is no reading between years.

    Returns
    -------
    projected_persons
        Indexed like `people`, persons (a fraction as a rule). The gminas of a powiat add up to its projection. Missing
        for all gminas of a powiat that has no projection for the year, has a gmina whose people are
        unknown, or has nobody of the group now.

    Raises
    ------
    FrameError
        If a column is missing, a gmina or a powiat's year repeats, a code is of another level or a number is negative.
    OptionError
        If the table has rows but none of the year.

    Notes
    -----
    An **estimate** by constant shares (the simplest of the share methods in Smith, Tayman and Swanson 2013): it
    supposes that each gmina keeps its present share in the people of its powiat.
    """
    require_columns(projections, "powiat_code", "year", "projected_persons", what="projections")
    require_unique(people.index, what="gminas with people")
    require_not_negative(people, what="people")
    _require_digits(people.index, "gmina")
    years = sorted(int(found) for found in projections["year"].dropna().unique())
    if len(projections) and year not in years:
        raise OptionError(f"expected a projected year, one of {years}, found {year}", year=year, years=years)
    rows = projections[projections["year"] == year].set_index("powiat_code")["projected_persons"]
    require_unique(rows.index, what=f"powiats projected for {year}")
    require_not_negative(rows, what="projected_persons")
    _require_digits(rows.index, "powiat")

    persons = pd.Series(as_floats(people, what="people"), index=people.index)
    powiats = _containing(people.index, "powiat")
    # A sum that skipped unknown gminas would give their people to the others.
    now = persons.groupby(powiats).transform("sum").where(persons.notna().groupby(powiats).transform("all"))
    then = as_floats(rows.reindex(powiats), what="projected_persons")
    return (persons / now.where(now > 0) * then).rename("projected_persons")


def summed_people(people: pd.Series, *, level: Literal["powiat", "voivodeship"]) -> pd.Series:
    """
    Add up the people of gminas to larger areas.

    Returns
    -------
    persons
        Indexed by the code of the powiat or voivodeship, sorted. Missing where the people of any of its gminas are.

    Raises
    ------
    FrameError
        If a code repeats or is not a gmina's, or a number is negative.
    """
    require_unique(people.index, what="gminas with people")
    require_not_negative(people, what="people")
    _require_digits(people.index, "gmina")
    persons = pd.Series(as_floats(people, what="people"), index=people.index)
    areas = _containing(people.index, level)
    return persons.groupby(areas).sum().where(persons.notna().groupby(areas).all()).rename("persons")


def growth_factor(people_now: pd.Series, people_then: pd.Series) -> pd.Series:
    """
    Return how many people there will be for each one now.

    Parameters
    ----------
    people_now, people_then
        Persons of the group, indexed by area code; missing = unknown, as are areas that `people_then` does not mention.

    Returns
    -------
    growth_factor
        Indexed like `people_now`; 1 means no change, 1.2 a fifth more. 1 where there is nobody now and then; missing
        where there is nobody now but somebody then: no factor makes people of none.

    Raises
    ------
    FrameError
        If a code repeats or a number is negative.
    """
    require_unique(people_now.index, what="areas with people now")
    require_unique(people_then.index, what="areas with people then")
    require_not_negative(people_now, what="people_now")
    require_not_negative(people_then, what="people_then")
    now = pd.Series(as_floats(people_now, what="people_now"), index=people_now.index)
    then = pd.Series(as_floats(people_then.reindex(now.index), what="people_then"), index=now.index)
    factor = (then / now.where(now > 0)).mask((now == 0) & (then == 0), 1.0)
    return factor.rename("growth_factor")


def places_to_keep_level(
    capacity_places: pd.Series, people_now: pd.Series, people_then: pd.Series
) -> pd.DataFrame:
    """
    Return how many places would keep today's places per 1,000 people.

    Parameters
    ----------
    capacity_places
        Places now, indexed by area code; missing = unknown.
    people_now, people_then
        Persons of the group now and in the later year, indexed by area code; areas not mentioned are unknown.

    Returns
    -------
    places
        Indexed like `capacity_places`. Places are fractions, rounded up only where they are shown.

        - `people_growth_share`: growth of people as a share of those now, -1 or more (0.2 = a fifth more).
        - `places_per_1000_now`, `places_per_1000_then`: the rate now, and then if no place is added.
        - `needed_places`: places that keep the rate: capacity × people then / people now.
        - `extra_places`: `needed_places` above the present ones; 0 where people become fewer, never negative.
        - `is_falling` (boolean): people become fewer, so that fewer places would do; missing where not known.

        Missing where what they are made of is. Rate and places are missing where there are no people
        now, the rate then where there are none then. No places now need none then: keeping the level is no goal there.

    Raises
    ------
    FrameError
        If a code repeats or a number is negative.
    """
    require_unique(capacity_places.index, what="areas with places")
    require_not_negative(capacity_places, what="capacity_places")
    codes = capacity_places.index
    require_unique(people_now.index, what="areas with people now")
    factor = growth_factor(people_now.reindex(codes), people_then)
    now = pd.Series(as_floats(people_now.reindex(codes), what="people_now"), index=codes)
    then = pd.Series(as_floats(people_then.reindex(codes), what="people_then"), index=codes)
    places = pd.Series(as_floats(capacity_places, what="capacity_places"), index=codes)
    needed = (places * factor).where(now > 0)
    is_falling = (then < now).astype("boolean").mask(now.isna() | then.isna())
    return pd.DataFrame(
        {
            "people_growth_share": factor - 1.0,
            "places_per_1000_now": 1000.0 * places / now.where(now > 0),
            "places_per_1000_then": 1000.0 * places / then.where(then > 0),
            "needed_places": needed,
            "extra_places": (needed - places).clip(lower=0.0),
            "is_falling": is_falling,
        }
    )


def _containing(gmina_codes: pd.Index, level: str) -> pd.Index:
    """Return the code of the powiat or voivodeship that each gmina lies in."""
    digits = CODE_DIGITS[level]
    codes: pd.Index = pd.Index([code[:digits] for code in gmina_codes], name="area_code", dtype="str")
    return codes


def _require_digits(codes: pd.Index, level: str) -> None:
    digits = CODE_DIGITS[level]
    require_none_left(
        [code for code in codes if not (isinstance(code, str) and len(code) == digits and code.isdigit())],
        what=f"codes other than of a {level} ({digits} digits, as text)",
        remedy="use TERYT codes of this level, with their leading zero",
    )
