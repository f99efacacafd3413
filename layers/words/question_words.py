"""What a view asks, in words: how far is near, and which parts of areas are asked how many places they have."""

from layers.text import Texts
from layers.view.view import View


def way_of(view: View, texts: Texts) -> str:
    """Return how far is near, and that only residents of the own gmina are counted where it is so."""
    way = way_of_anybody(view, texts)
    return texts.t("way.own", way=way) if view.question.is_own else way


def way_of_anybody(view: View, texts: Texts) -> str:
    """Return how far is near, whoever is counted."""
    if view.travel != "line":
        return texts.t(f"way.{view.travel}", count=view.minutes)
    if view.detour_pct == View.detour_pct:
        return texts.t("way.line", distance_km=view.distance_km)
    return texts.t("way.detour", distance_km=view.distance_km, factor=view.detour_pct / 100)


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
