"""Every number of the printed card of one area: computed again, or on the short list of what is not."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely

from tests.truth.checks.disagreement import Disagreement
from tests.truth.checks.sentences import WHOLE_BY_GMINA, of_sentence
from tests.truth.recompute.figures.area import ExpectedArea
from tests.truth.recompute.figures.expected import Expected
from tests.truth.sentences import NUMBER, number_of

NOT_COMPUTED = {
    "title": "the code of the area, as it was asked",
    "within": "the code of the area, as it was asked",
    "foot": "days, the address and a digest of the state",
    "office": "an address and a telephone, as the list of offices has them",
    "sources": "names, licences and days of sources",
    "triad.shares": "lengths of the bar; their words stand beside them",
    "quality.pairs.3": "a score is a choice of weights and no figure",
    "quality.pairs.4.0": "how many forms the vocabulary has",
}
"""What of a card no raw file gives, and why, by the beginning of its path."""
_AGES = (60, 65, 70, 75, 80, 85)
_YEARS = (2030, 2035, 2040)
_OTHER_FORMS = {
    "DZI-DDS": ("dzienny dom", "денний дім", "day home"),
    "DZI-KLS": ("klub", "клуб", "club"),
    "CAL-DPS": ("dom pomocy społecznej", "будинок соціальної допомоги", "care home"),
}
_MISSING = ("missing_places", "certain_missing_places", "floor_missing_places", "ceiling_missing_places",
            "least_missing_places", "most_missing_places")  # fmt: skip
_WITHIN = {**WHOLE_BY_GMINA, **dict.fromkeys((*_MISSING, "keep_2030", "keep_2035"), 1)}
"""Whole places are those of gminas by largest remainder: of one area they are less than one from the fraction."""
_KINDS = {
    "miejska": "1", "wiejska": "2", "miejsko-wiejska": "3",
    "міська": "1", "сільська": "2", "місько-сільська": "3",
    "urban": "1", "rural": "2", "urban-rural": "3",
}  # fmt: skip
"""What stands behind the name of a gmina that has a namesake, as the seventh digit of its code."""
_TOUCHING_DEGREES = 1e-6
_PARTS = ("served", "over", "out", "no_data")


@dataclass(frozen=True)
class Cell:
    """A number of the card by its path, with its figure and how far whole numbers of gminas may be from it."""

    path: str
    figure: float
    within: float = 0.0


def leaves(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text and number with a digit, with its path in the card."""
    if isinstance(part, dict | list):
        items = part.items() if isinstance(part, dict) else enumerate(part)
        for name, inner in items:
            yield from leaves(inner, f"{path}.{name}" if path else str(name))
    elif re.search("[0-9]", str(part)):
        yield path, str(part)


def wrong_card(view: str, said: dict, expected: Expected) -> Iterator[Disagreement]:
    """Yield numbers of a printed card that are not so, and those that nobody computes again."""
    card, language = said["card"], said["language"]
    area = ExpectedArea.of(expected)
    cells = {cell.path: cell for cell in card_cells(card, said, expected, area)}
    found = dict(leaves(card))
    for path, words in found.items():
        if path in cells:
            yield from _of_cell(view, words, cells[path], language, expected)
        elif not any(path == name or path.startswith(f"{name}.") for name in NOT_COMPUTED):
            whole = expected if path.startswith("notes.") else area
            yield from of_sentence(f"{view}, card, {path}", words, language, whole, within=_WITHIN)
    for path, cell in cells.items():
        if path not in found and not math.isnan(cell.figure):
            yield Disagreement(view, f"card, {path}", "no number", f"{cell.figure:.6g}", "registers/")


def _of_cell(view: str, words: str, cell: Cell, language: str, expected: Expected) -> Iterator[Disagreement]:
    day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", words)
    numbers = ["".join(day.groups())] if day else re.findall(NUMBER, words)
    value, step = number_of(numbers[0], language)
    if len(numbers) > 1 or not abs(value - cell.figure) < max(step, cell.within + 1e-9):
        yield Disagreement(
            view, f"card, {cell.path}", words, f"{cell.figure:.6g}", expected.file_of("persons")
        )


def card_cells(card: dict, said: dict, expected: Expected, area: ExpectedArea) -> Iterator[Cell]:
    """Yield the figures of all sections whose numbers stand alone."""
    yield Cell("answer", _shown(expected, expected.question.chosen))
    yield from _people(area)
    yield from _services(card, area)
    yield from _gap(card, area)
    yield from _reach(card, area)
    yield from _forecast(card, area)
    for row, kind in ((1, "day_per_1000"), (3, "round_the_clock_per_1000")):
        yield Cell(f"balance.classes.rows.{row}.1", area.kind_rate(kind).iloc[0])
    if left_out := len(said["notes"]) - len(card["notes"]["items"]):
        yield Cell("notes.more", left_out)
    yield Cell("quality.pairs.1.1", len(area.records))
    # All registers of these views are younger than a year.
    yield Cell("quality.pairs.2.1", 0.0)
    yield Cell("quality.pairs.4.1", area.complete_forms)
    for number, (name, _) in enumerate(card["neighbours"]["items"]):
        yield Cell(f"neighbours.items.{number}.1", _shown(expected, _neighbour(expected, name)))


def _neighbour(expected: Expected, said: str) -> str:
    """Return the code of the neighbour of a name: what stands in brackets tells namesakes that both are neighbours."""
    country, chosen = expected.raw.country, expected.question.chosen
    areas = country.gminas if len(chosen) == 6 else country.powiats
    base, _, bracket = said.removesuffix(")").partition(" (")
    is_near = (
        shapely.distance(areas["geometry"].to_numpy(), areas.loc[chosen, "geometry"]) < _TOUCHING_DEGREES
    )
    near = areas[is_near & (areas["name"].str.removeprefix("powiat ") == base) & (areas.index != chosen)]
    if len(near) > 1:
        near = near[near["kind"] == _KINDS[bracket.split(",")[0]]]
    (code,) = near.index
    return str(code)


def _shown(expected: Expected, code: str) -> float:
    """Return the answer of an area as it is printed."""
    is_share = expected.question.indicator in {"coverage_share", "gap_share"}
    return float(expected.value[code]) * (100 if is_share else 1)


def _people(area: ExpectedArea) -> Iterator[Cell]:
    now = area.at(year=0)
    yield Cell("people.pairs.0.1", now.persons.iloc[0])
    yield Cell("people.pairs.1.1", 100 * area.residents_share)
    for column, age in enumerate(_AGES):
        yield Cell(f"people.bands.columns.{column}", age)
        yield Cell(f"people.bands.rows.0.{column}", now.at(age_from=age).persons.iloc[0])


def _services(card: dict, area: ExpectedArea) -> Iterator[Cell]:
    now = area.at(indicator="places_per_1000")
    figures = (now.facilities.iloc[0], now.stated_places.iloc[0], now.rate.iloc[0], area.norm_missing_places)
    for row, figure in enumerate(figures):
        yield Cell(f"services.pairs.{row}.1", figure, within=area.parts if row == 3 else 0)
    for row, listed in enumerate(area.listed_rows.itertuples()):
        yield Cell(f"facilities.items.{row}.1", listed.places)
        yield Cell(f"facilities.items.{row}.2", int(listed.as_of.replace("-", "")))
    for row, (name, _) in enumerate(card["forms"]["items"]):
        (form,) = (form for form, words in _OTHER_FORMS.items() if name.lower().startswith(words))
        yield Cell(f"forms.items.{row}.1", area.at(form=form, norm=0.0).facilities.iloc[0])


def _gap(card: dict, area: ExpectedArea) -> Iterator[Cell]:
    gaps = area.gaps.iloc[0]
    told = gaps[list(_PARTS)].where(gaps[list(_PARTS)] >= area.nobody.iloc[0], 0.0)
    for row, part in enumerate(_PARTS):
        # "At least nobody" would say nothing: it is told that nobody knows.
        is_told = (
            part not in {"over", "out"}
            or gaps[part] > 0
            or gaps["most"] - gaps["least"] < area.nobody.iloc[0]
        )
        figure = gaps[part] if is_told else math.nan
        yield Cell(f"triad.rows.{row}.1", figure, within=area.gminas + 0.5)
        yield Cell(f"triad.rows.{row}.2", 100 * told[part] / told.sum() if is_told else math.nan)
    yield Cell("triad.pairs.0.1", area.norm)
    yield Cell("triad.pairs.1.1", gaps["least_out"], within=area.gminas + 0.5)
    yield Cell("triad.pairs.2.1", 100 * area.gap_share.iloc[0])
    missing = (area.missing_places, area.least_missing_places, area.most_missing_places)
    for row, figure in enumerate(missing[: len(card["triad"]["pairs"]) - 3]):
        yield Cell(f"triad.pairs.{row + 3}.1", figure, within=1)


def _reach(card: dict, area: ExpectedArea) -> Iterator[Cell]:
    own = area.at(own=True)
    figures = (
        100 * area.coverage.iloc[0],
        area.access.iloc[0],
        *(
            (100 * own.coverage.iloc[0], own.access.iloc[0], own.missing_places)
            if len(card["reach"]["pairs"]) > 2
            else ()
        ),
    )
    for row, figure in enumerate(figures):
        yield Cell(f"reach.pairs.{row}.1", figure, within=1 if row == 4 else 0)


def _forecast(card: dict, area: ExpectedArea) -> Iterator[Cell]:
    for column, year in enumerate(_YEARS, start=1):
        then = area.at(year=year)
        yield Cell(f"forecast.columns.{column}", year)
        yield Cell(f"forecast.rows.0.{column}", then.persons.iloc[0])
        # Variants are told of areas above gminas.
        variants = (then.low_persons, then.high_persons) if len(card["forecast"]["rows"]) > 4 else ()
        for row, persons in enumerate(variants, start=1):
            yield Cell(f"forecast.rows.{row}.{column}", persons.iloc[0])
        first = 1 + len(variants)
        yield Cell(f"forecast.rows.{first}.{column}", 100 * then.gap_share.iloc[0])
        yield Cell(f"forecast.rows.{first + 1}.{column}", then.missing_places, within=1)
        # Where no place is, there is no level that could be kept.
        if then.places.sum() > 0:
            keep = area.to_keep_of_parts(year).sum()
            yield Cell(f"forecast.rows.{first + 2}.{column}", keep, within=area.parts)
