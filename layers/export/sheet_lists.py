"""The lists of the printed sheet of an area, at several lengths: the first ones that fit the page are printed."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from data.store.plain_text import plain_text
from data.vocabulary import support_forms
from geo.printed_numbers import MOST
from layers.export.sheet_sections import written
from layers.text import Texts
from layers.words.area_facts import AreaFacts, FacilityFact
from layers.words.area_facts.wording import answer_name, neighbour_names
from layers.words.caption import Caption
from layers.words.figures import write_figure
from layers.words.place_words import known_to_words
from layers.words.view_words import Wording

_LEVELS: Final = (
    (11, 8, 13, 8, 18, 90),
    (9, 7, 12, 7, 18, 80),
    (8, 6, 11, 6, 16, 70),
    (7, 6, 10, 5, 16, 70),
    (6, 5, 9, 5, 14, 65),
    (6, 5, 8, 4, 12, 60),
    (5, 4, 8, 4, 10, 60),
    (5, 4, 7, 3, 9, 55),
    (4, 4, 6, 3, 8, 50),
    (3, 3, 5, 2, 6, 45),
    (2, 2, 4, 2, 4, 40),
    (1, 0, 2, 1, 3, 40),
)
"""Most facilities, other forms, neighbours, notes, sources, letters of a name; the first row that fits is printed."""
_DANGLING: Final = " (,;:–-„“«"
"""Signs that say nothing at the end of what was cut."""
_DAY_LETTERS: Final = {"day": 10, "month": 7, "year": 4}


def levels(
    facts: AreaFacts, caption: Caption, texts: Texts, *, name: str, within: str
) -> list[dict[str, Any]]:
    """Return the lists of the page at each of their lengths, the longest first."""
    return [_level(facts, caption, texts, limits, name=name, within=within) for limits in _LEVELS]


def _level(
    facts: AreaFacts, caption: Caption, texts: Texts, limits: tuple[int, ...], *, name: str, within: str
) -> dict[str, Any]:
    """Return the lists of the page at one of their lengths."""
    facilities, forms, neighbours, notes, sources, letters = limits
    t, vocabulary = texts.t, support_forms()
    beside = [
        [
            shortened(label, letters),
            written(neighbour.figure, texts) if neighbour.figure else t("area_card.outside"),
        ]
        for neighbour, label in neighbour_names(facts, texts)
    ]
    others = [
        [
            shortened(vocabulary[fact.form].name[texts.lang], letters),
            write_figure(fact.facilities_count, "facilities_count", texts, bound=fact.bound),
        ]
        for fact in facts.other_forms
    ]
    lines = [facility_cells(fact, letters, texts) for fact in facts.facilities]
    told = [shortened(note, 4 * letters) for note in caption.notes]
    return {
        "name": shortened(name, 2 * letters),
        "within": shortened(within, 2 * letters),
        "indicator": shortened(answer_name(facts, texts, indicator=caption.legend_title), 3 * letters),
        "facilities": cut_list(lines, facilities, texts),
        "forms": cut_list(others, forms, texts),
        "neighbours": cut_list(beside, neighbours, texts),
        "notes": cut_list(told, notes, texts),
        "sources": cut_list(_sources(facts, texts, letters), sources, texts),
    }


def facility_cells(fact: FacilityFact, letters: int, texts: Texts) -> list[str]:
    """Return name, places, day (as short as its column needs it) and, where it is no door, grade of a facility."""
    places = write_figure(
        fact.capacity_places, "capacity_places", texts, bound=MOST if fact.is_for_others else ""
    )
    # Nobody states what is unknown; a bare day beside the one of the row would not tell whose it is.
    for of in () if math.isnan(fact.capacity_places) else fact.places_of:
        day = _short_day(of.day, of.precision) if of else texts.t("other_list.undated")
        places = texts.t("other_list.places_brief", places=places, day=day)
    day = _short_day(fact.dated_on, fact.dated_precision or "day") if fact.dated_on else "–"
    return [
        shortened(fact.name, letters),
        places,
        day,
        known_to_words(vars(fact), texts),
    ]


def _short_day(day: date, precision: str) -> str:
    return day.isoformat()[: _DAY_LETTERS[precision]]


def _sources(facts: AreaFacts, texts: Texts, letters: int) -> list[str]:
    """Return the sources of the whole card with their licences, as briefly as licences allow."""
    words = Wording(facts.table, texts)
    lines = [words.source_line(note) for note in facts.sources()]
    return [
        texts.t(
            "area_card.source",
            name=shortened(line.name, letters),
            publisher=shortened(line.publisher, letters * 2 // 3),
            licence=shortened(line.licence, letters * 2 // 3),
            date=line.as_of or texts.t("as_of_unknown"),
        )
        for line in lines
    ]


def cut_list(items: Sequence[Any], most: int, texts: Texts) -> dict[str, Any]:
    """Return the first items of a list, and how many more there are in words."""
    rest = len(items) - most
    return {
        "items": list(items[:most]),
        "more": texts.t("planner.facilities_more", count=rest) if rest > 0 else "",
    }


def shortened(text: str, most: int) -> str:
    """Return a text of one line, cut behind a word with an ellipsis; a word without end can be broken anywhere."""
    shown = plain_text(text)
    if len(shown) <= most:
        return shown
    kept, is_whole = shown[: most - 1], shown[most - 1].isspace()
    words = kept if is_whole else kept.rpartition(" ")[0]
    # Where the last word is most of the text, nothing is told without a part of it.
    return f"{(words if 2 * len(words) >= most else kept).rstrip(_DANGLING)}…"
