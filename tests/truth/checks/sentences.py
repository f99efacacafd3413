"""Every number of every sentence."""

from collections.abc import Iterator, Mapping

from tests.truth.checks.disagreement import Disagreement
from tests.truth.recompute.figures.expected import Expected
from tests.truth.sentences import Said, is_told, numbers_of

WHOLE_BY_GMINA = {"out_persons": 5, "no_data_persons": 15}
"""Sums of persons that were rounded in each gmina: how far they may be from the sum of the fractions."""


_LEAST = {"evidence": "least_evidence"}
"""Numbers of which only the ends are known: the least of each, beside the most."""
_PART = {
    "pl": "brakuje co najmniej części miejsca",
    "uk": "бракує щонайменше частини місця",
    "en": "at least a part of a place missing",
}
"""Words without a number that say one: less than one place is missing at least, and not none."""


def sentences(said: dict) -> Iterator[str]:
    """Yield every sentence of a view: title, subtitle, what stands under the map, notes."""
    yield said["title"]
    yield said["subtitle"]
    yield from said.get("summary", [])
    yield from said["notes"]


def check_sentences(view: str, said: dict, expected: Expected) -> list[Disagreement]:
    """Compare every number of every sentence."""
    return [
        line
        for sentence in sentences(said)
        for line in of_sentence(view, sentence, said["language"], expected)
    ]


def of_sentence(
    view: str,
    sentence: str,
    language: str,
    expected: Expected,
    *,
    within: Mapping[str, float] = WHOLE_BY_GMINA,
) -> Iterator[Disagreement]:
    """Compare every number of one sentence; `within`: how far whole numbers may be from the sum of fractions."""
    numbers = numbers_of(sentence, language)
    if _PART[language] in sentence and not expected.is_least_a_part:
        yield Disagreement(
            view, sentence, _PART[language], "one place or more, or none", "recompute/figures/"
        )
    if numbers is None:
        yield Disagreement(
            view, sentence, "a sentence of no pattern", "nothing", "tests/truth/sentences.toml"
        )
    for number in numbers or ():
        yield from _compared(view, sentence, number, expected, within)


def _compared(
    view: str, sentence: str, number: Said, expected: Expected, within: Mapping[str, float]
) -> Iterator[Disagreement]:
    is_share = number.name.endswith("_pct")
    name = number.name.removesuffix("_pct")
    if not hasattr(type(expected), name):
        yield Disagreement(
            view, sentence, number.words, f"nothing: no figure is called {name}", "recompute/figures/"
        )
        return
    figure = float(getattr(expected, name)) * (100 if is_share else 1)
    if name in _LEAST and getattr(expected, _LEAST[name]) <= number.value <= figure:
        return
    if not is_told(number, figure, within=within.get(name, 0)):
        yield Disagreement(
            view, sentence, f"{number.words} as {name}", f"{figure:.6g}", expected.file_of(name)
        )
