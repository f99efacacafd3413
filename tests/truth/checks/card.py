"""Every number of the printed card of one area."""

import re
from collections.abc import Iterator

import pandas as pd

from tests.truth.checks.disagreement import Disagreement
from tests.truth.recompute.figures.expected import Expected
from tests.truth.sentences import NUMBER, number_of


def wrong_card(view: str, said: dict, expected: Expected) -> Iterator[Disagreement]:
    """Yield numbers of a printed card that are not so: people, services, reach, forecast, neighbours."""
    card, language = said["card"], said["language"]
    for section, (cells, figures) in card_figures(card, expected).items():
        for words, figure in zip(cells, figures, strict=True):
            number = re.search(NUMBER, words)
            if number is None and pd.isna(figure):
                continue
            value, step = number_of(number[0], language) if number else (float("nan"), 1.0)
            if not abs(value - figure) < step:
                yield Disagreement(
                    view, f"card, {section}", words, f"{figure:.6g}", expected.file_of("persons")
                )


def card_figures(card: dict, expected: Expected) -> dict[str, tuple[list[str], list[float]]]:
    """Return the numbers of each section of a card in words, and the figures in the same order."""
    code = expected.question.chosen
    people, ages = expected.at(year=0), (60, 65, 70, 75, 80, 85)
    residents = expected.raw.people.residents
    share = people.persons[code] / residents[residents.index.str.startswith(code)].sum()
    now, later = (
        expected.at(indicator="places_per_1000", year=0),
        [expected.at(year=year) for year in (2030, 2035, 2040)],
    )
    coverage = expected.at(indicator="coverage_share").coverage[code]
    return {
        "people": ([pair[1] for pair in card["people"]["pairs"]], [people.persons[code], 100 * share]),
        "people by age": (
            card["people"]["bands"]["rows"][0],
            [expected.at(year=0, age_from=age).persons[code] for age in ages],
        ),
        "services": (
            [pair[1] for pair in card["services"]["pairs"][:3]],
            [now.facilities[code], now.places[code], now.rate[code]],
        ),
        "reach": ([card["reach"]["pairs"][0][1]], [100 * coverage]),
        "forecast": (card["forecast"]["rows"][0][1:], [view.persons[code] for view in later]),
    }
