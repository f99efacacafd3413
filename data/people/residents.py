"""Residents of gminas by age at the end of a year: which years are known, which is now, and what is estimated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from geo.age_bands import part_of_band
from geo.teryt import CODE_DIGITS, COUNTRY, VOIVODESHIPS

CENSUS_YEAR: Final = 2021
"""Numbers of earlier years are not of the same people as later ones: the census counted anew."""
VARIANTS: Final = ["low", "high"]
_AGES: Final = (0, 60, 65, 70, 75, 80, 85)
_BANDS: Final = ["area_code", "age_from", "age_to", "persons", "counted_on"]


@dataclass(frozen=True, eq=False)
class YearOfResidents:
    """
    Residents of every gmina at the end of a year.

    Attributes
    ----------
    bands
        As `data.reading.people_queries.population` returns: a row a gmina and band of age, of one day, 31 December.
    is_projected
        Whether they are a projection, and not counted.
    estimated_ages
        Ages from which people of gminas are estimated by the bands of their powiat, and add up to it.
    source_codes
        Whose numbers they are.
    """

    bands: pd.DataFrame
    is_projected: bool = False
    estimated_ages: frozenset[int] = frozenset()
    source_codes: frozenset[str] = frozenset()


def last_year_end(today: date) -> int:
    """Return the year of the newest 31 December that is not after a day."""
    return today.year if (today.month, today.day) == (12, 31) else today.year - 1


def year_of_now(years: Iterable[int], today: date) -> int:
    """Return the year whose people are those of now: the newest that has ended, else the first; 0 for none."""
    known = sorted(years)
    return max((year for year in known if year <= last_year_end(today)), default=known[0] if known else 0)


def known_years(population: pd.DataFrame, residents: pd.DataFrame) -> tuple[int, ...]:
    """Return the years for which people of gminas are known by age, ascending."""
    by_age = _of_gminas(residents)
    years = {int(year) for year in by_age.loc[by_age["persons_65_plus"].notna(), "year"].unique()}
    return tuple(sorted(years | _days_of(population).keys()))


def residents_of_year(
    population: pd.DataFrame, residents: pd.DataFrame, year: int, *, age_from: int = 0
) -> YearOfResidents:
    """
    Return the residents of gminas of a year that is known.

    Parameters
    ----------
    population
        As `data.reading.people_queries.population` returns: a count by narrow bands.
    residents
        As `data.reading.people_queries.residents_by_year` returns; where it has the year, it is told.
    age_from
        The age that is asked for: bands begin at it, by an estimate where gminas do not tell it. Other ages are not
        estimated.
    """
    rows = residents[(residents["year"] == year) & (residents["variant"] == "main")]
    gminas = _of_gminas(rows)
    gminas = gminas[gminas["persons_65_plus"].notna()]
    if gminas.empty:
        day = _days_of(population).get(year)
        return YearOfResidents(population[population["counted_on"] == day] if day else population[:0])
    powiats = _from_ages(rows[rows["area_code"].str.len() == CODE_DIGITS["powiat"]])
    known, estimated = _from_ages(gminas), []
    if age_from not in known and (from_age := _estimated(known, powiats, age_from)) is not None:
        known[age_from] = from_age
        estimated.append(age_from)
    sources = set(gminas["source_code"])
    if estimated:
        sources |= set(rows.loc[rows["area_code"].str.len() == CODE_DIGITS["powiat"], "source_code"])
    return YearOfResidents(
        _bands(known, date(year, 12, 31)),
        is_projected=bool((gminas["kind"] == "projected").any()),
        estimated_ages=frozenset(estimated),
        source_codes=frozenset(sources),
    )


def variants_of_year(residents: pd.DataFrame, year: int, *, age_from: int) -> pd.DataFrame:
    """
    Return what the low and the high variant of a projection give instead of its main one.

    Parameters
    ----------
    residents
        As `data.reading.people_queries.residents_by_year` returns.

    Returns
    -------
    variants
        Columns `low` and `high`, persons of the age and older, by code of a powiat, a voivodeship and the country: the
        sum of all voivodeships. Never of gminas: the variants are of larger areas, and are spread over none. Empty
        where the year or the age is not told.
    """
    column, is_year = f"persons_{age_from}_plus", residents["year"] == year
    rows = residents[is_year & residents["variant"].isin(VARIANTS)]
    rows = rows[rows["area_code"].str.len() < CODE_DIGITS["gmina"]].dropna(subset=[column])
    # A band has two ends.
    wide = rows.pivot_table(column, "area_code", "variant", observed=True).reindex(columns=VARIANTS).dropna()
    voivodeships = wide[wide.index.str.len() == CODE_DIGITS["voivodeship"]]
    if COUNTRY not in wide.index and set(VOIVODESHIPS) <= set(voivodeships.index):
        wide.loc[COUNTRY] = voivodeships.sum()
    return wide.astype(float)


def newest_count(
    population: pd.DataFrame, residents: pd.DataFrame
) -> tuple[pd.Series, date | None, frozenset[str]]:
    """Return all residents by gmina as last counted, the day, and the sources (none for `population`)."""
    counted = _of_gminas(residents)
    counted = counted[counted["kind"] == "counted"]
    days = _days_of(population)
    newest = int(counted["year"].max()) if len(counted) else 0
    if newest > max(days, default=0):
        rows = counted[counted["year"] == newest]
        return rows.set_index("area_code")["persons"], date(newest, 12, 31), frozenset(rows["source_code"])
    day = days[max(days)] if days else None
    rows = population[population["counted_on"] == day]
    return rows.groupby("area_code")["persons"].sum(), day, frozenset()


def _of_gminas(residents: pd.DataFrame) -> pd.DataFrame:
    is_gmina = residents["area_code"].str.len() == CODE_DIGITS["gmina"]
    return residents[is_gmina & (residents["variant"] == "main")]


def _days_of(population: pd.DataFrame) -> dict[int, date]:
    """Return the days of a count by bands, by year."""
    return {day.year: day for day in population["counted_on"].unique()}


def _from_ages(rows: pd.DataFrame) -> dict[int, pd.Series]:
    """Return persons by area from each age that every row tells; nothing without any row."""
    if rows.empty:
        return {}
    by_area = rows.set_index("area_code").sort_index()
    columns = {age: f"persons_{age}_plus" if age else "persons" for age in _AGES}
    return {
        age: by_area[column].astype(float) for age, column in columns.items() if by_area[column].notna().all()
    }


def _estimated(known: dict[int, pd.Series], powiats: dict[int, pd.Series], age: int) -> pd.Series | None:
    """Return people from an age that gminas lack: of the band around it, the part that their powiat has."""
    low = max(other for other in known if other < age)
    high = min((other for other in known if other > age), default=None)
    if not {low, age, low if high is None else high} <= powiats.keys():
        return None

    def band(of: dict[int, pd.Series], first: int) -> pd.Series:
        return of[first] if high is None else of[first] - of[high]

    part = part_of_band(band(known, low), powiat_band=band(powiats, low), powiat_part=band(powiats, age))
    return part if high is None else part + known[high]


def _bands(known: dict[int, pd.Series], day: date) -> pd.DataFrame:
    """Return bands that follow each other from people from each age on."""
    ages = sorted(known)
    parts = [
        pd.DataFrame(
            {
                "area_code": known[low].index,
                "age_from": low,
                "age_to": pd.NA if high is None else high - 1,
                "persons": (known[low] if high is None else known[low] - known[high]).to_numpy(),
                "counted_on": day,
            }
        )
        for low, high in zip(ages, [*ages[1:], None], strict=True)
    ]
    return pd.concat(parts, ignore_index=True).astype({"age_to": "Int64"})[_BANDS]
