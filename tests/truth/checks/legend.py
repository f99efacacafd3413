"""The classes of a legend."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from tests.truth.checks.disagreement import Disagreement
from tests.truth.checks.table import COLUMNS
from tests.truth.sentences import NUMBER, number_of

_NEARLY_ALL = math.nextafter(100, 0)
_SHARES = [(0, 24.9), (25, 49.9), (50, 74.9), (75, _NEARLY_ALL), (100, 100)]
_CLASSED = {"coverage_share", "reached_residents", "access_per_1000", "gap_share"}


def unclassed(view: str, said: dict) -> Iterator[Disagreement]:
    """Yield classes of the legend that overlap, those of shares that are not the fixed ones, and values outside."""
    classes = [
        _ends(label, said["language"]) for label in said["legend"]["classes"] if re.search(NUMBER, label)
    ]
    if not classes:
        return
    legend = " ".join(said["legend"]["classes"])
    for (_, high), (low, _) in pairwise(classes):
        if low <= high:
            yield Disagreement(
                view, "classes of the legend", legend, f"{low:g} is not above {high:g}", "the legend"
            )
    if "%" in legend and classes != _SHARES:
        yield Disagreement(
            view, "classes of the legend", legend, f"the fixed ones {_SHARES}", "docs/method.md"
        )
    indicator = next((name for name in COLUMNS if said["columns"].get(name) and name in _CLASSED), "")
    for row in said["rows"]:
        number = re.search(NUMBER, row["written"].get(indicator, ""))
        if number is None:
            continue
        value, _ = number_of(number[0], said["language"])
        if value and sum(low <= value <= high for low, high in classes) != 1:
            yield Disagreement(view, f"class of {row['name']}", number[0], legend, "the legend")


def _ends(label: str, language: str) -> tuple[float, float]:
    """Return the lowest and the highest number of a class as it is printed; a class with words has no end."""
    numbers = [number_of(words, language)[0] for words in re.findall(NUMBER, label.replace("–", " "))]
    if "<100" in label:
        return numbers[0], _NEARLY_ALL
    return numbers[0], float("inf") if re.search(r"[^\W\d_]", label) else numbers[-1]
