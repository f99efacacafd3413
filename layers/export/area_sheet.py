"""
The card of one area on one A4 page: a tagged PDF (PDF/UA-1), typeset by Typst.

Words and numbers are handed over as data; `area_sheet.typ` is the only source that is read as code, so a name with the
marks of Typst's language is printed as it is written.
"""

import json
import math
import re
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import typst

from data.store.plain_text import plain_text
from data.vocabulary import support_forms
from geo.printed_numbers import MOST, UNSURE
from layers.answers.area_table import AreaTable
from layers.indicators.balance import BALANCE, BALANCE_CHANGE
from layers.text import Texts, texts_of
from layers.text.style import ACCENT, NO_DATA_LINE, TEXT, TEXT_QUIET
from layers.words.area_facts import AreaFacts, FacilityFact, Figure
from layers.words.area_facts.wording import (
    PARTS_COLOURS,
    if_unchanged_key,
    neighbour_names,
    no_lack_line,
    other_figures,
    progress_line,
    share_words,
    somewhere_lines,
    together_line,
    unconfirmed_line,
)
from layers.words.area_names import area_labels
from layers.words.caption import Caption, build_caption
from layers.words.figures import tells_nothing, write_figure
from layers.words.gauges import gauge_lines
from layers.words.gauges_over_time import bar_lines
from layers.words.known_places_words import newer_line
from layers.words.office_words import office_lines
from layers.words.view_words import Wording
from layers.words.year_words import estimated_ages_words, people_day_words, share_day_words

_TEMPLATE: Final = Path(__file__).with_name("area_sheet.typ")
_ALARM: Final = "#a3001b"
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
_PNG_DPI: Final = 150.0
_DAY_LETTERS: Final = {"day": 10, "month": 7, "year": 4}

_COMPILER = re.compile(rb"(Typst) [0-9.]+")


def area_sheet(facts: AreaFacts, caption: Caption | None = None, *, file_format: str = "pdf") -> bytes:
    """
    Return the card of an area as one A4 page.

    Parameters
    ----------
    caption
        Of the view's table, in the language to print; None makes it in the language of the view.
    file_format
        `pdf`, or `png` (150 dpi) for a look at it.

    Returns
    -------
    file
        The same for the same facts and caption: no clock is in it. Lists that do not fit end with how many more.

    Raises
    ------
    ValueError
        If the format is another.
    TypeError
        If the picture has several pages; the template clips what does not fit, so that it cannot.
    """
    if file_format not in {"pdf", "png"}:
        raise ValueError(f"expected pdf or png, found {file_format!r}")
    texts = texts_of(caption.language if caption else facts.view.lang)
    made = sheet_data(facts, caption or build_caption(facts.table, texts), texts)
    source, data = _TEMPLATE.read_bytes(), {"data": json.dumps(made, ensure_ascii=False, sort_keys=True)}
    # Another machine's fonts would break the lines elsewhere.
    compiler = partial(typst.compile, source, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=data)
    is_pdf = file_format == "pdf"
    page: object = (
        compiler(format="pdf", pdf_standards=["ua-1"]) if is_pdf else compiler(format="png", ppi=_PNG_DPI)
    )
    if not isinstance(page, bytes):
        raise TypeError(
            f"expected the bytes of one page, found {type(page).__name__}; see the levels of the sheet"
        )
    return _without_version(page) if is_pdf else page


def _without_version(page: bytes) -> bytes:
    """Return the file without the version of the compiler; of the same length, because a PDF counts its bytes."""
    return _COMPILER.sub(lambda found: found[1].ljust(len(found[0])), page)


@cache
def _fonts() -> typst.Fonts:
    """Return DejaVu Sans as matplotlib ships it: it has Polish and Ukrainian letters, and maps are set in it too."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def sheet_data(facts: AreaFacts, caption: Caption, texts: Texts) -> dict[str, Any]:
    """Return everything that the page prints, in words; lists at each of their lengths."""
    t = texts.t
    words = Wording(facts.table, texts)
    name, _, within = area_labels(facts.table.rows, texts)[facts.code].partition(", ")
    measured_on = facts.table.measured_on
    date = t("area_card.measured", date=measured_on) if measured_on else ""
    codes = "+".join(facts.registry.together.codes_of(facts.code))
    code = t("area_card.code", code=codes)
    level = t(f"area_card.level_{facts.view.level}")
    return {
        "lang": texts.lang,
        "title": t("area_card.title_of", name=plain_text(name), code=codes),
        "publisher": t("title"),
        "description": caption.subtitle,
        "warning": caption.warning or "",
        "over": f"{t('title')} · {t('area_card.title')} · {words.form} – {words.group}",
        "answer": _written(facts.answer[0], texts) if facts.answer else t("no_data"),
        "colours": {
            "text": TEXT,
            "quiet": TEXT_QUIET,
            "accent": ACCENT,
            "missing": NO_DATA_LINE,
            "alarm": _ALARM,
            "parts": list(PARTS_COLOURS[:3]),
        },
        "people": _people(facts, texts),
        "services": {
            "head": t("area_card.services"),
            "pairs": _pairs(facts.capacity, texts),
            "columns": [t(f"area_card.{column}") for column in ("facilities", "places", "day_head")],
            "notes": [*somewhere_lines(facts, texts), *filter(None, [unconfirmed_line(facts, texts)])],
            "others": t("area_card.other_forms"),
        },
        "together": together_line(facts, texts),
        "office": " ".join(office_lines(facts.offices, texts)),
        "triad": _triad(facts, texts),
        "reach": {
            "head": t("area_card.reach"),
            "pairs": _pairs(facts.reach, texts)
            + [[label, _written(figure, texts)] for figure, label in other_figures(facts, texts)],
        },
        "gauges": {
            "head": t("area_card.gauges"),
            "lines": gauge_lines(facts.gauges, facts.triad.gap.table, texts)
            if facts.gauges and facts.triad
            else [],
        },
        "over_time": _over_time(facts, texts),
        "balance": _balance(facts, texts),
        "forecast": _forecast(facts, texts),
        "organisation": {
            "head": t("area_card.organisation"),
            "pairs": _pairs(facts.organisation.figures, texts)
            + [list(progress_line(part, texts)) for part in facts.organisation.progress],
        },
        "quality": {"head": t("area_card.quality"), "pairs": _pairs(facts.quality, texts)},
        "neighbours": {
            "head": t("area_card.neighbours"),
            "what": caption.columns[facts.view.indicator],
            "none": t("area_card.no_neighbours"),
        },
        "sources_head": t("area_card.sources"),
        "unsure": t("area_card.unsure") if _has_unsure(facts) else "",
        "foot": " · ".join(
            part
            for part in (caption.as_of, date, caption.boundaries, caption.snapshot, caption.address)
            if part
        ),
        "levels": [
            _level(
                facts,
                caption,
                texts,
                limits,
                name=plain_text(name),
                within=" · ".join(part for part in (level, plain_text(within), code) if part),
            )
            for limits in _LEVELS
        ],
    }


def _level(
    facts: AreaFacts, caption: Caption, texts: Texts, limits: tuple[int, ...], *, name: str, within: str
) -> dict[str, Any]:
    """Return the lists of the page at one of their lengths."""
    facilities, forms, neighbours, notes, sources, letters = limits
    t, vocabulary = texts.t, support_forms()
    beside = [
        [
            _short(label, letters),
            _written(neighbour.figure, texts) if neighbour.figure else t("area_card.outside"),
        ]
        for neighbour, label in neighbour_names(facts, texts)
    ]
    others = [
        [
            _short(vocabulary[fact.form].name[texts.lang], letters),
            _count(fact.facilities_count, texts, is_least=fact.is_least),
        ]
        for fact in facts.other_forms
    ]
    lines = [_facility(fact, letters, texts) for fact in facts.facilities]
    told = [_short(note, 4 * letters) for note in caption.notes]
    return {
        "name": _short(name, 2 * letters),
        "within": _short(within, 2 * letters),
        "indicator": _short(caption.legend_title, 3 * letters),
        "facilities": _cut(lines, facilities, texts),
        "forms": _cut(others, forms, texts),
        "neighbours": _cut(beside, neighbours, texts),
        "notes": _cut(told, notes, texts),
        "sources": _cut(_sources(facts, texts, letters), sources, texts),
    }


def _facility(fact: FacilityFact, letters: int, texts: Texts) -> list[str]:
    """Return name, places and day of a facility; the day as short as a column of the page needs it."""
    places = fact.capacity_places
    day = fact.dated_on.isoformat()[: _DAY_LETTERS[fact.dated_precision or "day"]] if fact.dated_on else "–"
    return [
        _short(fact.name, letters),
        write_figure(places, "capacity_places", texts, bound=MOST if fact.is_for_others else ""),
        day,
    ]


def _sources(facts: AreaFacts, texts: Texts, letters: int) -> list[str]:
    """Return the sources of the whole card with their licences, as briefly as licences allow."""
    words = Wording(facts.table, texts)
    lines = [words.source_line(note) for note in facts.sources()]
    return [
        texts.t(
            "area_card.source",
            name=_short(line.name, letters),
            publisher=_short(line.publisher, letters * 2 // 3),
            licence=_short(line.licence, letters * 2 // 3),
            date=line.as_of or texts.t("as_of_unknown"),
        )
        for line in lines
    ]


def _people(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    t, people = texts.t, facts.people
    # A count of one night is of its day, which stands below; only what is told of every year is of today.
    key = "people_now" if people.bands else "people_counted"
    pairs = [[t(f"area_card.{key}", group=_group(facts.table, texts)), _written(people.now, texts)]]
    if facts.has_rates:
        share = t("no_data") if math.isnan(people.share) else texts.percent(people.share)
        pairs.append([t("explain.residents.name"), share])
    day = people_day_words(people.now.table.people, texts)
    notes = ([day] if day else []) if people.now.is_known else [t("explain.missing.people")]
    notes += [newer] if (newer := newer_line(people.now.table, facts.code, texts)) else []
    if facts.has_rates and not math.isnan(people.share):
        of_share = share_day_words(people.now.table, facts.registry, texts)
        notes += [of_share] if of_share else []
    if estimated := estimated_ages_words(people.counts_by_age, texts):
        notes.append(estimated)
    bands = {
        "columns": [t("area_card.age", age=band.age_from) for band in people.bands],
        "rows": [[_written(band.figure, texts) for band in people.bands]],
    }
    return {"head": t("area_card.people"), "pairs": pairs, "bands": bands, "notes": notes}


def _triad(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    t, triad = texts.t, facts.triad
    if triad is None:
        note = no_lack_line(facts, texts)
        return {"head": t("area_card.triad"), "shares": [], "rows": [], "pairs": [], "notes": [note]}
    shares = share_words(triad, texts) or ["–"] * len(triad.parts)
    is_named = triad.norm is not None and triad.norm.is_known
    norm = Wording(triad.gap.table, texts).values["norm"] if is_named else t("no_data")
    return {
        "head": t("area_card.triad"),
        "columns": [t("area_card.part"), t("area_card.persons"), t("area_card.share")],
        "shares": list(triad.shares),
        "rows": [
            [
                t(f"area_card.{part.column}"),
                _written(part, texts),
                "–" if part.is_known and tells_nothing(part.value, part.column, part.bound) else share,
            ]
            for part, share in zip(triad.parts, shares, strict=True)
        ],
        "pairs": [[t("area_card.norm"), norm], *_pairs((triad.gap, *triad.missing), texts)],
        "notes": [],
    }


def _over_time(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    """Return what changed of the queue and free places of the group; for more the page has no room."""
    lines = [line for register in facts.over_time for line in bar_lines(register, texts)]
    return {"lines": lines}


def _forecast(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    t, years = texts.t, facts.forecast
    head = t("area_card.forecast")
    if not years:
        return {"head": head, "columns": [], "rows": [], "notes": [t("area_card.no_forecast")]}
    columns = [figure.column for figure in years[0].figures]
    return {
        "head": head,
        "columns": [t(if_unchanged_key(facts), age=years[0].age_from), *(str(year.year) for year in years)],
        "rows": [
            [
                _name(years[0].figures[position], texts),
                *(_written(year.figures[position], texts) for year in years),
            ]
            for position in range(len(columns))
        ],
        "notes": [],
    }


def _balance(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    t, figures = texts.t, {figure.column: figure for figure in facts.balance}
    has_change = any(change in figures for change in BALANCE_CHANGE)
    columns = [t("area_card.per_1000"), t("area_card.now"), *([t("area_card.change")] if has_change else [])]
    rows = [
        [
            t(f"support_kind.{rate.removesuffix('_per_1000')}"),
            _written(figures[rate], texts),
            *([_written(figures[change], texts)] if has_change else []),
        ]
        for rate, change in zip(BALANCE, BALANCE_CHANGE, strict=True)
        if rate in figures
    ]
    return {
        "head": t("area_card.balance"),
        "pairs": [],
        "classes": {"columns": columns, "rows": rows},
    }


def _written(figure: Figure, texts: Texts) -> str:
    """Return a number as everywhere else; one that may be more or less gets a star, which the page explains once."""
    if (
        figure.bound != UNSURE
        or not figure.is_known
        or tells_nothing(figure.value, figure.column, figure.bound)
    ):
        return figure.written(texts)
    return f"{write_figure(figure.value, figure.column, texts)}*"


def _has_unsure(facts: AreaFacts) -> bool:
    """Tell whether any number of the page has the star."""
    shown = [
        *facts.answer[:1],
        *facts.capacity,
        *((*facts.triad.parts, facts.triad.gap, *facts.triad.missing) if facts.triad else ()),
        *facts.otherwise,
        *facts.reach,
        *facts.balance,
        *(figure for year in facts.forecast for figure in year.figures),
        *(neighbour.figure for neighbour in facts.neighbours if neighbour.figure),
    ]
    return any(figure.bound == UNSURE and figure.is_known for figure in shown)


def _group(table: AreaTable, texts: Texts) -> str:
    return Wording(table, texts).group


def _pairs(figures: Sequence[Figure], texts: Texts) -> list[list[str]]:
    return [[_name(figure, texts), _written(figure, texts)] for figure in figures]


def _name(figure: Figure, texts: Texts) -> str:
    return texts.t(f"export_column_{figure.column}", **Wording(figure.table, texts).values)


def _count(value: float, texts: Texts, *, is_least: bool) -> str:
    written = texts.number(value)
    return texts.t("at_least", value=written) if is_least else written


def _cut(items: Sequence[Any], most: int, texts: Texts) -> dict[str, Any]:
    """Return the first items of a list, and how many more there are in words."""
    rest = len(items) - most
    return {
        "items": list(items[:most]),
        "more": texts.t("planner.facilities_more", count=rest) if rest > 0 else "",
    }


def _short(text: str, most: int) -> str:
    """Return a text of one line, cut with an ellipsis; a word without end can be broken anywhere."""
    shown = plain_text(text)
    return shown if len(shown) <= most else f"{shown[: most - 1].rstrip()}…"
