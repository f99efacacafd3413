"""All that a view says."""

from tests.truth.checks.card import wrong_card
from tests.truth.checks.disagreement import Disagreement
from tests.truth.checks.legend import unclassed
from tests.truth.checks.over_time import wrong_history
from tests.truth.checks.sentences import check_sentences
from tests.truth.checks.sites import wrong_effect, wrong_sites
from tests.truth.checks.table import check_table, wrong_parts
from tests.truth.recompute.figures.expected import Expected

CHECKED = {
    *(
        "title",
        "heading",
        "subtitle",
        "summary",
        "notes",
        "rows",
        "siting",
        "effect",
        "card",
        "other",
        "over_time",
    )
}
"""Parts of a view whose numbers are computed again."""
NOT_COMPUTED = {
    "address": "what was asked",
    "language": "what was asked",
    "as_of": "the days of registers, told in the notes; of shelters and plans tried by tests of their own",
    "snapshot_id": "a digest",
    "sources": "names, licences and days of sources",
    "columns": "heads of columns: they repeat the norm and the distance of the sentences",
    "page": "the page of the link",
    "lost": "nothing of these addresses may be lost",
    "norm": "told in the notes, and computed there",
    "legend": "classes must not overlap and must hold every printed value; where they begin is a choice",
}
"""Parts that are not, and why."""


def check_view(view: str, said: dict, expected: Expected) -> list[Disagreement]:
    """Compare all that a view says: sentences, table, classes, and of what was optimised what must hold."""
    found = [
        Disagreement(view, part, "a part of a view", "nothing", "checks/view.py")
        for part in said
        if part not in CHECKED and part not in NOT_COMPUTED
    ]
    if not said["title"].startswith(said["heading"]):
        found.append(
            Disagreement(view, "heading", said["heading"], said["title"], "the title of the same view")
        )
    if said.get("lost"):
        found.append(Disagreement(view, "lost", "; ".join(said["lost"]), "nothing", "the address"))
    found += [*check_sentences(view, said, expected), *check_table(view, said, expected)]
    found += [*unclassed(view, said), *wrong_parts(view, said, expected)]
    if "siting" in said:
        found += wrong_sites(view, said, expected)
    if "effect" in said:
        found += wrong_effect(view, said["effect"], expected)
    if "card" in said:
        found += wrong_card(view, said, expected)
    if "over_time" in said:
        found += wrong_history(view, said["over_time"], expected)
    if "other" in said:
        of_other = Expected.asked(expected.raw, expected.question.of_other)
        if of_other.question.scope != expected.question.scope:
            # Both are measured to the norm of the first.
            of_other = of_other.at(norm=expected.norm)
        found += check_view(f"{view}, the other", said["other"], of_other)
    return found
