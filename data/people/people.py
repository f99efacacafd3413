"""People of a group by area: counted at the level of the count, below it only as estimates that say so."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

from data.people.published_counts import BASES, counts_of, day_of, spread_by_residents
from data.people.residents import YearOfResidents
from geo.errors import OptionError
from geo.frames import as_floats, require_columns, require_unique
from geo.teryt import CODE_DIGITS, COUNTRY, VOIVODESHIPS, Level

OLDER_AGES: Final = (60, 65, 70, 75, 80, 85)
"""First years of age from which older people can be counted; GUS gives ages by five years, the last band 85+."""


@dataclass(frozen=True, eq=False)
class GroupPeople:
    """
    How many people of a group live in each area of a level, by one method and of one day.

    Attributes
    ----------
    persons
        Float, indexed by `area_code`, one row per area of the level in the scope. Missing means unknown.
    is_estimate
        Bool, same index. True where a part of the figure was spread from a larger area, by residents or by its bands.
    method_key
        `population_65` (by first year of age), with `_by_powiat` when gminas are an estimate by the bands of their
        powiat, the indicator of a published count, that indicator with `_by_residents` when any area is an estimate,
        `unknown` when nothing is known.
    indicator, base_level, counted_on
        The published figure, its level and its day; None when nothing is known.
    residents_on
        The day of the residents by which estimates were spread; None without estimates.
    source_urls
        Addresses of the published figures of the scope and of what it lies in, sorted.
    is_projected
        Whether they were not counted on that day but projected for it.
    """

    persons: pd.Series
    is_estimate: pd.Series
    method_key: str = "unknown"
    indicator: str | None = None
    base_level: str | None = None
    counted_on: date | None = None
    residents_on: date | None = None
    source_urls: tuple[str, ...] = ()
    is_projected: bool = False

    @property
    def unknown_count(self) -> int:
        """Areas whose people are unknown."""
        return int(self.persons.isna().sum())

    @property
    def has_estimates(self) -> bool:
        """Tell whether any area is an estimate; a caption must then say so."""
        return bool(self.is_estimate.any())


def people_of_group(
    group: str,
    *,
    level: str,
    areas: pd.DataFrame,
    population: pd.DataFrame,
    people_counts: pd.DataFrame,
    scope: str = COUNTRY,
    age_from: int = 65,
    is_estimated: bool = False,
    counted_on: date | None = None,
) -> GroupPeople:
    """
    Return the people of a group in each area of a level.

    Parameters
    ----------
    group
        `older`, `disabled` or `homeless`; people of any other group are unknown.
    level
        `gmina`, `powiat` or `voivodeship`.
    areas, population, people_counts
        As in `data.registry.registry.Registry`: of the whole country, whatever the scope.
    scope
        `00`, or the code of a voivodeship, powiat or gmina: only areas in it are answered. It also decides the day,
        see Notes.
    age_from
        Of older people: the first year of age, one of `OLDER_AGES`; there is no last one.
    is_estimated
        Whether figures may be spread below the level where they were counted. Without it, only what was
        counted in an area, or in every gmina of it, is known.
    counted_on
        Take the counts of this day instead of the day that Notes tell; of older people, the population of it.

    Returns
    -------
    people
        Estimates of all gminas sum to the published figure that they were spread from (to rounding of floats).

    Raises
    ------
    OptionError
        If the level is no level, the scope is smaller than its areas, or `age_from` is none of `OLDER_AGES`.
    FrameError
        If a column is missing, a gmina repeats or a published figure is negative.

    Notes
    -----
    Older people of an area are the sum of its gminas; a negative sum (an error of the publisher) makes them unknown.

    Counts of one method and one day only. For a voivodeship, or an area in it, it is the newest day for which that
    voivodeship has a count, without any the newest of its gminas; for the country the day for which most
    voivodeships have one, of several such days the newest. A day known by month or year only is no day. Two
    different figures of one area and day make it unknown.

    A published figure of T people is spread over the gminas without a count of their own by their residents r:
    `(T - counted in gminas) r_i / sum(r)`. Nothing is spread when residents of any of these gminas are unknown,
    when the gminas counted more than T, or when our gminas are not of all 16 voivodeships and T is the country's.
    """
    if level not in CODE_DIGITS:
        raise OptionError(f"expected a level of {', '.join(CODE_DIGITS)}, found {level!r}", level=level)
    if age_from not in OLDER_AGES:
        raise OptionError(f"expected one of the ages {OLDER_AGES}, found {age_from!r}", age_from=age_from)
    require_columns(areas, "area_code", "level", what="areas")
    gminas = pd.Index(areas.loc[areas["level"] == "gmina", "area_code"].astype("str")).sort_values()
    require_unique(gminas, what="gminas")
    if scope != COUNTRY and len(scope) > CODE_DIGITS[level]:
        message = f"expected a scope that holds whole areas of level {level}, found {scope!r}"
        raise OptionError(message, scope=scope, level=level)
    prefix = "" if scope == COUNTRY else scope
    known = pd.DataFrame({"persons": float("nan"), "is_estimate": False}, index=gminas)
    rows = _population_of_day(population, counted_on if group == "older" else None)
    rows_on = rows["counted_on"].iloc[0] if len(rows) else None
    if group == "older":
        known["persons"] = people_from_age(rows, age_from)
        method = f"population_{age_from}"
        answer = _added_up(known, level, prefix)
        # GUS has fewer than no residents of 85+ in two gminas; its powiats add them up, so ours are masked after it.
        answer["persons"] = answer["persons"].mask(answer["persons"] < 0)
        return _answer(answer, method, indicator=method, base="gmina", day=rows_on)
    basis = BASES.get(group)
    if basis is None:
        return _answer(_added_up(known, level, prefix), "unknown")

    counts = counts_of(people_counts, basis)
    day = counted_on.isoformat() if counted_on else day_of(counts, prefix)
    counts = counts[counts["as_of_text"] == day].set_index("area_code")
    known["persons"] = counts.loc[~counts["is_base"], "value"]
    if is_estimated:
        residents = _sums(rows).reindex(gminas)
        for code, total in counts.loc[counts["is_base"], "value"].items():
            inside = known.index.str.startswith("" if code == COUNTRY else str(code))
            if code != COUNTRY or set(VOIVODESHIPS) <= set(gminas.str[:2]):
                spread = spread_by_residents(float(total), known.loc[inside, "persons"], residents[inside])
                known.loc[spread.index, "persons"] = spread
                known.loc[spread.index, "is_estimate"] = True
    answer = _added_up(known, level, prefix)
    if level == basis.base_level:
        answer["persons"] = counts["value"].reindex(answer.index).fillna(answer["persons"])
        answer["is_estimate"] &= ~answer.index.isin(counts.index)
    is_here = [code == COUNTRY or code.startswith(prefix) or prefix.startswith(code) for code in counts.index]
    return _answer(
        answer,
        basis.indicator,
        indicator=basis.indicator,
        base=basis.base_level,
        day=date.fromisoformat(day) if day else None,
        residents_on=rows_on,
        source_urls=tuple(sorted(set(counts.loc[is_here, "source_url"].dropna()))),
    )


def older_people(
    of_year: YearOfResidents, age_from: int, *, level: Level, areas: pd.DataFrame
) -> GroupPeople:
    """
    Return older people of a year in each area of a level of the country.

    Parameters
    ----------
    of_year
        Residents of gminas, with bands that begin at `age_from` where that can be told.
    areas
        As in `people_of_group`.

    Returns
    -------
    people
        Powiats and larger areas are no estimate where their gminas are: gminas are estimated so that they add up. Nor
        is a gmina that is all of its powiat, a city with its rights: the powiat's number is its own.
    """
    people = people_of_group(
        "older",
        level=level,
        areas=areas,
        population=of_year.bands,
        people_counts=pd.DataFrame(),
        age_from=age_from,
    )
    is_estimated = age_from in of_year.estimated_ages
    if is_estimated and level == "gmina":
        powiats = people.persons.index.str[: CODE_DIGITS["powiat"]]
        is_estimate = people.persons.notna() & powiats.duplicated(keep=False)
        people = replace(people, is_estimate=is_estimate, method_key=f"{people.method_key}_by_powiat")
    return replace(people, is_projected=of_year.is_projected)


def people_from_age(population: pd.DataFrame, age_from: int) -> pd.Series:
    """
    Return residents of an age and older by gmina.

    Parameters
    ----------
    population
        Residents by gmina and age band, of one day: `area_code`, `age_from`, `age_to` (missing = open),
        `persons`.

    Returns
    -------
    persons
        Float, indexed by `area_code`, sorted. Missing where no band begins at that age, a band holds people
        both younger and older, the open band is missing, or a number is unknown. Negative where the publisher's
        bands are: right in sums of areas, and no number of people by itself.
    """
    require_columns(population, "area_code", "age_from", "age_to", "persons", what="population")
    codes, is_open = population["area_code"], population["age_to"].isna()
    is_older = population["age_from"] >= age_from
    is_across = ~is_older & (is_open | (population["age_to"] >= age_from).fillna(value=False).astype(bool))
    bands = {"begins": population["age_from"] == age_from, "ends": is_older & is_open, "is_across": is_across}
    has = pd.DataFrame(bands).groupby(codes).any()
    is_whole = has["begins"] & has["ends"] & ~has["is_across"]
    return _sums(population[is_older]).reindex(is_whole.index).where(is_whole)


def _sums(population: pd.DataFrame) -> pd.Series:
    """Return residents by gmina, missing where those of any band are."""
    persons = pd.Series(as_floats(population["persons"], what="persons"), index=population.index)
    return persons.groupby(population["area_code"]).sum(skipna=False)


def _population_of_day(population: pd.DataFrame, day: date | None) -> pd.DataFrame:
    """Return the population of one day, the newest by default: two days would be added up."""
    require_columns(population, "area_code", "persons", "counted_on", what="population")
    newest = population["counted_on"].max() if len(population) else None
    return population[population["counted_on"] == (day or newest)]


def _added_up(known: pd.DataFrame, level: str, prefix: str) -> pd.DataFrame:
    """Return areas of a level in the scope; one is unknown when any of its gminas is."""
    inside = known[known.index.str.startswith(prefix)]
    groups = inside.groupby(inside.index.str[: CODE_DIGITS[level]])
    persons = groups["persons"].sum(skipna=False)
    is_estimate = groups["is_estimate"].any() & persons.notna()
    return pd.DataFrame({"persons": persons, "is_estimate": is_estimate}).rename_axis("area_code")


def _answer(
    answer: pd.DataFrame,
    method_key: str,
    *,
    indicator: str | None = None,
    base: str | None = None,
    day: date | None = None,
    residents_on: date | None = None,
    source_urls: tuple[str, ...] = (),
) -> GroupPeople:
    persons, is_estimate = answer["persons"].astype(float), answer["is_estimate"].astype(bool)
    if persons.isna().all():
        return GroupPeople(persons, is_estimate)
    return GroupPeople(
        persons,
        is_estimate,
        method_key=f"{method_key}_by_residents" if is_estimate.any() else method_key,
        indicator=indicator,
        base_level=base,
        counted_on=day,
        residents_on=residents_on if is_estimate.any() else None,
        source_urls=source_urls,
    )
