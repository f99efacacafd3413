"""What areas are called of which each is asked how many places stand in it, as sentences name them."""

from layers.text import Texts
from layers.view.view import View


def part_words(view: View, texts: Texts) -> dict[str, str]:
    """
    Return the words of the parts of a view's areas, for texts.

    `each_part` and `of_parts` name them; `own_where` and `own_note` say where the places of an area stand: in itself,
    or in its parts, of which it is the sum; `kept_level` and `kept_when` say what added places keep: today's level,
    or that of a scenario.
    """
    level = view.question.part_level
    ending = "" if view.level == level else f"_{level}"
    return {
        "each_part": texts.t(f"part.each_{level}"),
        "of_parts": texts.t(f"part.of_{level}"),
        "own_where": texts.t(f"part.where{ending}"),
        "own_note": texts.t(f"part.note{ending}"),
        "kept_when": texts.t("part.when_planned" if view.scenario else "part.when_today"),
        "kept_level": texts.t("part.kept_planned" if view.scenario else "part.kept_today"),
    }
