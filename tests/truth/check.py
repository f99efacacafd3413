"""What a view says beside what the raw files give: every number that disagrees, or that nobody computes again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from tests.truth.recompute.expected import Expected
from tests.truth.sentences import NUMBER, Said, is_told, number_of, numbers_of

COLUMNS = {
    "demand_persons": "persons",
    "facilities_count": "facilities",
    "capacity_places": "places",
    "places_per_1000": "rate",
    "coverage_share": "coverage",
    "access_per_1000": "access",
}
"""Columns of a table, and the figure of each."""
_RELATIVE = 1e-6


@dataclass(frozen=True)
class Disagreement:
    """One line of the report."""

    view: str
    where: str
    said: str
    computed: str
    file: str

    def __str__(self) -> str:
        return f"{self.view}: {self.where}\n    said {self.said}, computed {self.computed} ({self.file})"


def sentences(said: dict) -> Iterator[str]:
    """Yield every sentence of a view: title, subtitle, what stands under the map, notes."""
    yield said["title"]
    yield said["subtitle"]
    yield from said.get("summary", [])
    yield from said["notes"]


def check_sentences(view: str, said: dict, expected: Expected) -> list[Disagreement]:
    """Compare every number of every sentence."""
    found = []
    for sentence in sentences(said):
        numbers = numbers_of(sentence, said["language"])
        if numbers is None:
            found.append(
                Disagreement(
                    view, sentence, "a sentence of no pattern", "nothing", "tests/truth/sentences.toml"
                )
            )
            continue
        found += [line for number in numbers for line in _compared(view, sentence, number, expected)]
    return found


def _compared(view: str, sentence: str, number: Said, expected: Expected) -> Iterator[Disagreement]:
    is_share = number.name.endswith("_pct")
    name = number.name.removesuffix("_pct")
    if not hasattr(type(expected), name):
        yield Disagreement(
            view, sentence, number.words, f"nothing: no figure is called {name}", "expected.py"
        )
        return
    figure = float(getattr(expected, name)) * (100 if is_share else 1)
    if not is_told(number, figure):
        yield Disagreement(
            view, sentence, f"{number.words} as {name}", f"{figure:.6g}", expected.file_of(name)
        )


def check_table(view: str, said: dict, expected: Expected) -> list[Disagreement]:
    """Compare every number of the table with its figure, and with its own words."""
    rows = pd.DataFrame(said["rows"]).set_index("area_code")
    found = []
    if list(rows.index) != list(expected.codes):
        found.append(
            Disagreement(view, "areas", str(len(rows)), str(len(expected.codes)), "gminas_2019.geojson")
        )
    for column, name in COLUMNS.items():
        if column not in rows:
            continue
        figures = getattr(expected, name).astype(float)
        for code, value in rows[column].astype(float).items():
            figure = figures.get(code, float("nan"))
            if not _is_equal(value, figure):
                where = f"{column} of {rows.loc[code, 'name']} ({code})"
                found.append(
                    Disagreement(view, where, f"{value:.6g}", f"{figure:.6g}", expected.file_of(name))
                )
    return found + list(_written_otherwise(view, said))


def _is_equal(value: float, figure: float) -> bool:
    if pd.isna(value) or pd.isna(figure):
        return bool(pd.isna(value) and pd.isna(figure))
    return abs(value - figure) <= _RELATIVE * max(1.0, abs(figure))


def _written_otherwise(view: str, said: dict) -> Iterator[Disagreement]:
    """Yield cells whose words tell another number than the cell holds."""
    for row in said["rows"]:
        for column, words in row["written"].items():
            number, value = re.search(NUMBER, words), row[column]
            if value is None or number is None:
                continue
            told, step = number_of(number[0], said["language"])
            held = value * 100 if "%" in words else value
            # Places are rounded up; a share is never rounded to nothing or to all.
            if abs(told - held) >= step:
                where = f"{column} of {row['name']} ({row['area_code']}), in words"
                yield Disagreement(view, where, words, f"{held:.6g}", "the table itself")
