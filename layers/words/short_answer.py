"""The answer of one of two maps in one line above it: what differs there, while a whole sentence stands on the page."""

import math
from typing import Final

from data.store.plain_text import plain_text
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.gap_answer import GapAnswer
from layers.text import Texts
from layers.words.area_names import in_areas
from layers.words.gap_words import GapWords, amount_words, missing_amount
from layers.words.legend_words import LegendWords
from layers.words.standing_titles import standing
from layers.words.view_words import Wording

_LONGEST_HEADING: Final = 200
"""Letters that stand in two lines at a width of 1,366 px; a third line would be taken from the maps."""


def short_answer(table: AreaTable, texts: Texts) -> str:
    """
    Return the numbers of a table's title without what is the same on both maps.

    Empty where they say nothing without their sentence: where nothing is known, no area has none, or classes are words.
    """
    texts = texts.on_day(table.view.date)
    words = Wording(table, texts)
    if table.view.what.class_codes:
        return ""
    if table.question.is_what_stands:
        parts = standing(table, texts, words.values)
        return plain_text(texts.t("compare.short_stands", **parts)) if parts else ""
    if table.answer is not None and table.answer.is_known:
        return _amount_missing(table, table.answer, texts, way=words.way)
    zeros, label = int((table.class_of == 0).sum()), LegendWords(table, texts).zero_label()
    return f"{label}: {in_areas(table, texts, zeros)}" if zeros and label else ""


def heading_over_maps(table: AreaTable, title: str, texts: Texts) -> str:
    """Return the title of a table; of one that is long, where its answer stands over the map, what it is about."""
    is_long = len(title) > _LONGEST_HEADING and bool(short_answer(table, texts))
    return plain_text(Wording(table, texts.on_day(table.view.date)).subject()) if is_long else title


def _amount_missing(table: AreaTable, answer: GapAnswer, texts: Texts, *, way: str) -> str:
    """Return how many places are missing or may be, with the range, and of which gminas."""
    amount, unit, t = answer.told_places, unit_of(table.view.form), texts.t
    words = GapWords(answer, texts, form=table.view.form, way=way)
    is_perhaps = bool(amount.bound) and not amount.least
    is_untold = math.isnan(amount.most) or answer.has_no_list
    if (is_perhaps and is_untold) or not (amount.estimate or is_perhaps):
        said = words.missing()
        return said[:1].upper() + said[1:]
    if is_perhaps:
        # What may be nothing is not said to be missing.
        return t("compare.short_gap_perhaps", most=missing_amount(amount.most, unit, texts)) + words.part()
    return t("compare.short_gap", amount=amount_words(amount, unit, texts, answer=answer)) + words.part()
