"""All that a view says."""

from tests.truth.checks.card import wrong_card
from tests.truth.checks.disagreement import Disagreement
from tests.truth.checks.legend import unclassed
from tests.truth.checks.sentences import check_sentences
from tests.truth.checks.sites import wrong_effect, wrong_sites
from tests.truth.checks.table import check_table, wrong_parts
from tests.truth.recompute.figures.expected import Expected


def check_view(view: str, said: dict, expected: Expected) -> list[Disagreement]:
    """Compare all that a view says: sentences, table, classes, and of what was optimised what must hold."""
    found = check_sentences(view, said, expected) + check_table(view, said, expected)
    found += [*unclassed(view, said), *wrong_parts(view, said, expected)]
    if "siting" in said:
        found += wrong_sites(view, said, expected)
    if "effect" in said:
        found += wrong_effect(view, said["effect"], expected)
    if "card" in said:
        found += wrong_card(view, said, expected)
    if "other" in said:
        of_other = Expected(expected.raw, expected.question.of_other)
        found += check_view(f"{view}, the other", said["other"], of_other)
    return found
