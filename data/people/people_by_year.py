"""How many people of an age and older an area had and will have: a line of years, each point with its source."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from geo.errors import FrameError
from geo.frames import require_columns
from geo.teryt import COUNTRY

_SERIES: Final = ["source_code", "kind", "year"]
_COLUMNS: Final = ["area_code", "year", "persons", "kind", "source_code", "is_sum_of_parts"]


def people_by_year(by_year: pd.DataFrame, areas: pd.DataFrame, *, age_from: int = 65) -> pd.DataFrame:
    """
    Return people of an age and older by area and year.

    Parameters
    ----------
    by_year
        As `data.reading.people_queries.population_by_year` returns; bands of one source may overlap.
    areas
        Areas of all levels: `area_code`, `level`, `voivodeship_code`.
    age_from
        First year of age; there is no last one.

    Returns
    -------
    line
        `area_code` (4 or 2 digits, `00` is Poland), `year` (its end), `persons`, `kind` (`counted` or `projected`),
        `source_code`, `is_sum_of_parts`: True where the area's figure is the sum of its powiats or voivodeships, all
        of which that source has; sorted by area, year, kind and source. Sources are never mixed: one year may have
        two rows, of two sources, and a year that no source tells has none.

    Raises
    ------
    FrameError
        If one source tells a band of an area and year twice.
    """
    require_columns(
        by_year, *_SERIES, "area_code", "age_from", "age_to", "persons", what="population by year"
    )
    require_columns(areas, "area_code", "level", "voivodeship_code", what="areas")
    known: dict[tuple[str, str, int], dict[str, tuple[int, bool]]] = {}
    for key, bands in _bands(by_year, age_from).items():
        source, kind, year, area_code = key
        persons = _persons_from(bands, age_from)
        if persons is not None:
            known.setdefault((source, kind, year), {})[area_code] = (persons, False)
    powiats = areas[areas["level"] == "powiat"]
    parts = {
        str(code): frozenset(rows["area_code"]) for code, rows in powiats.groupby("voivodeship_code")
    } | {COUNTRY: frozenset(areas.loc[areas["level"] == "voivodeship", "area_code"])}
    rows = [
        (area_code, year, persons, kind, source, is_sum)
        for (source, kind, year), of_area in known.items()
        for area_code, (persons, is_sum) in _with_sums(of_area, parts).items()
    ]
    line = pd.DataFrame(rows, columns=_COLUMNS)
    return line.sort_values(["area_code", "year", "kind", "source_code"], ignore_index=True)


def _bands(
    by_year: pd.DataFrame, age_from: int
) -> dict[tuple[str, str, int, str], dict[int, dict[int | None, int]]]:
    """Return persons by first and last year of age, for each source, kind, year and area."""
    wanted = by_year[by_year["age_from"] >= age_from]
    found: dict[tuple[str, str, int, str], dict[int, dict[int | None, int]]] = {}
    for source, kind, year, area_code, low, high, persons in wanted[
        [*_SERIES, "area_code", "age_from", "age_to", "persons"]
    ].itertuples(index=False):
        starting = found.setdefault((source, kind, int(year), area_code), {}).setdefault(int(low), {})
        end = None if pd.isna(high) else int(high)
        if end in starting:
            raise FrameError(
                f"expected each band once, found {low}-{'' if end is None else end} of {area_code} in {year} twice in "
                f"{source}; load the source again",
                source=source,
                codes=[area_code],
            )
        starting[end] = int(persons)
    return found


def _persons_from(bands: Mapping[int, Mapping[int | None, int]], age_from: int) -> int | None:
    """Add up bands that follow each other from an age to the open one; None when they leave a gap."""
    total, age = 0, age_from
    while True:
        here = bands.get(age)
        if not here:
            return None
        if None in here:
            return total + here[None]
        end = min(end for end in here if end is not None)
        total += here[end]
        age = end + 1


def _with_sums(
    of_area: Mapping[str, tuple[int, bool]], parts: Mapping[str, frozenset[str]]
) -> dict[str, tuple[int, bool]]:
    """Return figures with those of voivodeships and of Poland that their parts add up to."""
    found = dict(of_area)
    for whole in sorted(parts, key=lambda code: code == COUNTRY):  # voivodeships before the country
        codes = parts[whole]
        if whole not in found and codes and codes <= found.keys():
            found[whole] = (sum(found[code][0] for code in codes), True)
    return found
