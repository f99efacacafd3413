"""Every number of a table: its figure, its own words, and the parts of a group's people."""

import re
from collections.abc import Iterator

import pandas as pd

from tests.truth.checks.disagreement import Disagreement
from tests.truth.recompute.figures.expected import Expected
from tests.truth.sentences import NUMBER, number_of, numbers_of

COLUMNS = {
    "demand_persons": "persons",
    "low_persons": "low_persons",
    "high_persons": "high_persons",
    "facilities_count": "facilities",
    "capacity_places": "stated_places",
    "places_per_1000": "rate",
    "coverage_share": "coverage",
    "reached_residents": "coverage",
    "known_places": "known_places",
    "counted_people": "counted_people",
    "access_per_1000": "access",
    "gap_share": "gap_share",
    "people": "persons",
    "residents_share": "residents_share",
    "people_growth_2030": "growth_2030",
    "people_growth_2035": "growth_2035",
    "people_growth_2040": "growth_2040",
}
"""Columns of a table, and the figure of each."""
PARTS = {
    "served_persons": "served",
    "over_capacity_persons": "over",
    "out_of_reach_persons": "out",
    "no_data_persons": "no_data",
}
"""The parts of a group's people, and the figure of each."""
_SURELY_OUT = "least_out_of_reach_persons"
"""The column of the people of whom the heading tells that they have nothing in reach."""
_SUMS = ("norm_missing_places", "places_to_keep_2030", "places_to_keep_2035")
"""Columns of whole places that are added up from parts."""
_KINDS = {"day_per_1000", "round_the_clock_per_1000"}
"""Kinds of support whose places are computed again; of the others no list states places in these views."""
NOT_COMPUTED = {
    "area_code": "the code of the area",
    "places_to_keep": "by area; the sum of the scope is computed where a sentence tells it",
    "waiting_persons": "by area; the sum of the scope is computed where a sentence tells it",
    "vacant_places": "by area; the sum of the scope is computed where a sentence tells it",
    "least_missing_places": "by area; the sum of the scope is computed where a sentence tells it",
    "most_missing_places": "by area; the sum of the scope is computed where a sentence tells it",
    "organisation": "a class; how many areas have it is computed",
    "local_plan": "a class; how many areas have it is computed",
    "knowledge": "a class; how many areas have it is computed",
    "known_forms_count": "computed on the card of an area",
    "records_count": "computed on the card of an area",
    "overdue_count": "hangs on the day of the calendar",
    "completeness_score": "a score is a choice of weights and no figure",
    "freshness_score": "a score is a choice of weights and no figure",
    "place_score": "a score is a choice of weights and no figure",
    "source_score": "a score is a choice of weights and no figure",
    "quality_score": "a score is a choice of weights and no figure",
}
"""Columns of tables that are not computed again area by area, and why."""
_RELATIVE = 1e-6
_OF_LISTS = {"facilities_count", "capacity_places", "known_places", "places_per_1000"}
"""Columns of what stands there, which are neither exact nor "at least" where lists are old."""
_UNSURE = {"pl": "(niepewne)", "uk": "(непевно)", "en": "(uncertain)"}


def check_table(view: str, said: dict, expected: Expected) -> list[Disagreement]:
    """Compare every number of the table with its figure, and with its own words."""
    rows = pd.DataFrame(said["rows"]).set_index("area_code")
    found = []
    if list(rows.index) != list(expected.codes):
        found.append(
            Disagreement(view, "areas", str(len(rows)), str(len(expected.codes)), "gminas_2026.geojson")
        )
    for column, name in COLUMNS.items():
        if column not in rows:
            continue
        figures = getattr(expected, name).astype(float)
        if column == "gap_share":
            figures = figures.mask(_tells_no_places(rows))
        for code, value in rows[column].astype(float).items():
            figure = figures.get(code, float("nan"))
            if not (
                _is_whole_of(value, figure)
                if column in {"demand_persons", "people"}
                else _is_equal(value, figure)
            ):
                where = f"{column} of {rows.loc[code, 'name']} ({code})"
                found.append(
                    Disagreement(view, where, f"{value:.6g}", f"{figure:.6g}", expected.file_of(name))
                )
    if "counted_on" in rows:
        days = rows["counted_on"].fillna("").compare(expected.counted_on.fillna(""))
        found += [
            Disagreement(view, f"counted_on of {code}", day.self, day.other, "demand_voivodeship.csv")
            for code, day in days.iterrows()
        ]
    for column in _KINDS & set(rows):
        found += _unequal(view, column, rows, expected.kind_rate(column))
    found += _wrongly_sure(view, said, expected)
    return [*found, *_wrong_sums(view, rows, expected), *_unread(view, said), *_written_otherwise(view, said)]


def _wrongly_sure(view: str, said: dict, expected: Expected) -> Iterator[Disagreement]:
    """Yield numbers of what stands there that are of old rows that are told as sure, and the other way."""
    word = _UNSURE[said["language"]]
    for row in said["rows"]:
        code = row["area_code"]
        for column in _OF_LISTS & set(row["written"]):
            if row[column] is None:
                continue
            # The places of another list may be old, and the facility is there all the same.
            is_old = expected.may_be_gone[code] or (
                column != "facilities_count" and expected.places_are_old[code]
            )
            is_told, is_so = word in row["written"][column], bool(is_old)
            own, stated = (figures.get(code) for figures in (expected.own_places, expected.stated_places))
            if is_told != is_so and not (is_told and own != stated):
                where, words = f"{column} of {row['name']} ({code})", row["written"][column]
                yield Disagreement(
                    view, where, words, word if is_so else f"without {word}", "the days of rows"
                )


def _tells_no_places(rows: pd.DataFrame) -> pd.Series:
    """Tell where the places of a row are "at least none": the share beside them must tell nothing either."""
    known, most = (rows[name].astype(float) for name in ("missing_places", "most_missing_places"))
    return known.eq(0) & (most > 0)


def _wrong_sums(view: str, rows: pd.DataFrame, expected: Expected) -> Iterator[Disagreement]:
    """
    Yield areas that are not the sum of their parts, and columns that do not add up to the number of the scope.

    Each part is a whole number by largest remainder in its voivodeship, so it is less than one from the fraction.
    """
    parts = {
        "norm_missing_places": (expected.shortfall_of_parts, lambda: expected.shortfall),
        "places_to_keep_2030": (expected.to_keep_of_parts(2030), lambda: expected.keep_2030),
        "places_to_keep_2035": (expected.to_keep_of_parts(2035), lambda: expected.keep_2035),
    }
    for column in [name for name in parts if name in rows and rows[name].notna().any()]:
        of_parts, whole = parts[column]
        by_area = of_parts.groupby(of_parts.index.str[: expected.digits])
        sums, counts = by_area.sum(min_count=1), by_area.size()
        for code, value in rows[column].astype(float).items():
            told, figure = pd.isna(value), sums.get(code, float("nan"))
            if told != pd.isna(figure) or abs(value - figure) >= counts.get(code, 1):
                where = f"{column} of {rows.loc[code, 'name']} ({code})"
                yield Disagreement(view, where, f"{value:.6g}", f"{figure:.6g}", expected.file_of("places"))
        if rows[column].sum() != whole():
            where = f"{column} of all areas"
            yield Disagreement(
                view, where, f"{rows[column].sum():g}", f"{whole():g}", expected.file_of("places")
            )


def _unequal(view: str, column: str, rows: pd.DataFrame, figures: pd.Series) -> Iterator[Disagreement]:
    """Yield the areas whose number is not the figure."""
    for code, value in rows[column].astype(float).items():
        if not _is_equal(value, figures[code]):
            where = f"{column} of {rows.loc[code, 'name']} ({code})"
            yield Disagreement(view, where, f"{value:.6g}", f"{figures[code]:.6g}", "registers/")


def _unread(view: str, said: dict) -> Iterator[Disagreement]:
    """Yield columns with numbers that are neither computed again nor on the list of those that are not."""
    known = {*COLUMNS, *PARTS, *_KINDS, *NOT_COMPUTED, *_SUMS, "missing_places", _SURELY_OUT}
    numbers = {name for row in said["rows"] for name, value in row.items() if isinstance(value, int | float)}
    for column in sorted(numbers - known):
        yield Disagreement(view, column, "a column of numbers", "nothing", "tests/truth/checks/table.py")


def _is_equal(value: float, figure: float) -> bool:
    if pd.isna(value) or pd.isna(figure):
        return bool(pd.isna(value) and pd.isna(figure))
    return abs(value - figure) <= _RELATIVE * max(1.0, abs(figure))


def _is_whole_of(value: float, figure: float) -> bool:
    """Whether a whole number stands for a fraction: largest remainders move it by less than one."""
    return _is_equal(value, figure) or (value == round(value) and abs(value - figure) < 1)


def _written_otherwise(view: str, said: dict) -> Iterator[Disagreement]:
    """Yield cells whose words tell another number than the cell holds."""
    for row in said["rows"]:
        for column, words in row["written"].items():
            number, value = re.search(NUMBER, words), row[column]
            if value is None or number is None or column == "counted_on":
                continue
            told, step = number_of(number[0], said["language"])
            if value == 0 and told == 1 and column in {"missing_places", "most_missing_places"}:
                continue  # "less than 1": something that is rounded to nothing may be missing
            held = value * 100 if "%" in words else value
            # Places are rounded up; a share is never rounded to nothing or to all.
            if abs(told - held) >= step:
                where = f"{column} of {row['name']} ({row['area_code']}), in words"
                yield Disagreement(view, where, words, f"{held:.6g}", "the table itself")


def wrong_parts(view: str, said: dict, expected: Expected) -> Iterator[Disagreement]:
    """
    Yield what of an optimised answer cannot be: parts that are not all people, more served than there is room for.

    Persons and places of an area are whole numbers of its gminas, so each may be off by one a gmina.
    """
    rows = pd.DataFrame(said["rows"]).set_index("area_code")
    if "served_persons" not in rows:
        return
    gminas = (
        pd.Series(1, index=expected.home_area.groupby(expected.raw.homes["gmina_code"]).first())
        .groupby(level=0)
        .sum()
    )
    file = expected.file_of("places")
    for code, row in rows.iterrows():
        where = f"{row['name']} ({code})"
        parts = row[list(PARTS)].sum()
        if pd.notna(row["demand_persons"]) and parts != row["demand_persons"]:
            yield Disagreement(view, f"parts of {where}", f"{parts:g}", f"{row['demand_persons']:g}", file)
        for column, part in (PARTS | {_SURELY_OUT: "least_out"}).items():
            figure = expected.gaps.loc[code, part]
            if abs(row[column] - figure) > gminas[code] + 0.5:
                yield Disagreement(view, f"{column} of {where}", f"{row[column]:g}", f"{figure:.6g}", file)
        places = expected.gaps.loc[code, "gap"] * expected.norm / 1000
        if pd.notna(row["missing_places"]) and abs(row["missing_places"] - places) > 1 + _RELATIVE:
            yield Disagreement(
                view, f"missing_places of {where}", f"{row['missing_places']:g}", f"{places:.6g}", file
            )
    told = [
        number.value
        for number in numbers_of(said["title"], said["language"]) or ()
        if number.name == "out_persons"
    ]
    if told and rows[_SURELY_OUT].sum() != told[0]:
        where = f"{_SURELY_OUT} of all areas"
        yield Disagreement(view, where, f"{rows[_SURELY_OUT].sum():g}", f"{told[0]:g}", "the heading")
    missing = rows["missing_places"]
    if missing.notna().all() and missing.sum() != expected.missing_places:
        where = "missing_places of all areas"
        yield Disagreement(view, where, f"{missing.sum():g}", f"{expected.missing_places:g}", file)
    if rows["served_persons"].sum() > expected.served_most_here + len(expected.raw.country.gminas):
        yield Disagreement(
            view, "served_persons of all areas", f"{rows['served_persons'].sum():g}",
            f"at most {expected.served_most_here:g} by a greatest flow", file,
        )  # fmt: skip
