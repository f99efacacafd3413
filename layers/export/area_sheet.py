"""
The card of one area on one A4 page: a tagged PDF (PDF/UA-1), typeset by Typst.

Words and numbers are handed over as data; `area_sheet.typ` is the only source that is read as code, so a name with the
marks of Typst's language is printed as it is written.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import typst

from data.export.plain import plain_text
from data.vocabulary import support_forms
from layers.area_facts import AreaFacts, Figure
from layers.area_facts.wording import (
    PARTS_COLOURS,
    facility_line,
    neighbour_names,
    neighbour_value,
    progress_line,
)
from layers.area_table import AreaTable
from layers.export.caption import Caption, build_caption
from layers.export.wording import Wording
from layers.style import ACCENT, NO_DATA_LINE, TEXT, TEXT_QUIET
from layers.text import Texts, texts_of
from layers.widgets.area_names import area_labels

_TEMPLATE: Final = Path(__file__).with_name("area_sheet.typ")
_ALARM: Final = "#a3001b"
_LEVELS: Final = ((12, 10, 16, 10, 8, 90), (8, 8, 12, 8, 7, 80), (6, 6, 8, 6, 6, 70), (4, 4, 6, 5, 5, 60), (3, 2, 4, 3, 4, 50),
                  (2, 0, 2, 2, 3, 40), (1, 0, 0, 1, 2, 40))  # fmt: skip
"""
Most facilities, other forms, neighbours, notes, sources and letters of a name: the first row that fits is printed.
"""
_PNG_DPI: Final = 150


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
    """
    if file_format not in {"pdf", "png"}:
        raise ValueError(f"expected pdf or png, found {file_format!r}")
    texts = texts_of(caption.language if caption else facts.view.lang)
    made = sheet_data(facts, caption or build_caption(facts.table, texts), texts)
    is_pdf = file_format == "pdf"
    page = typst.compile(
        _TEMPLATE.read_bytes(),
        format=file_format,
        font_paths=_fonts(),
        # Another machine's fonts would break the lines elsewhere.
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(made, ensure_ascii=False, sort_keys=True)},
        **({"pdf_standards": ["ua-1"]} if is_pdf else {"ppi": float(_PNG_DPI)}),
    )
    if isinstance(page, list):
        raise ValueError(f"expected one page, found {len(page)}")  # noqa: TRY004 - the value, not its type, is wrong
    return bytes(page)


@cache
def _fonts() -> typst.Fonts:
    """Return DejaVu Sans as matplotlib ships it: it has Polish and Ukrainian letters, and maps are set in it too."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def sheet_data(facts: AreaFacts, caption: Caption, texts: Texts) -> dict[str, Any]:
    """Return everything that the page prints, in words; lists at each of their lengths."""
    t, registry = texts.t, facts.registry
    words = Wording(facts.table, texts)
    name, _, within = area_labels(facts.table, registry, texts)[facts.code].partition(", ")
    date = texts.date(facts.table.measured_on) if facts.table.measured_on else ""
    code = t("area_card.code", code=facts.code)
    return {
        "lang": texts.lang,
        "title": t("area_card.title_of", name=plain_text(name), code=facts.code),
        "publisher": t("title"),
        "description": caption.subtitle,
        "warning": caption.warning or "",
        "over": f"{t('title')} · {t('area_card.title')} · {words.form} – {words.group}",
        "answer": facts.answer[0].written(texts) if facts.answer else t("no_data"),
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
            "others": t("area_card.other_forms"),
        },
        "triad": _triad(facts, texts),
        "reach": {"head": t("area_card.reach"), "pairs": _pairs(facts.reach, texts)},
        "balance": {"head": t("area_card.balance"), "pairs": _pairs(facts.balance, texts)},
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
        "foot": " · ".join(
            part for part in (caption.as_of, date, caption.boundaries, caption.snapshot, caption.address) if part
        ),
        "levels": [
            _level(facts, caption, texts, limits, name=f"{plain_text(name)}", within=f"{plain_text(within)} · {code}".lstrip(" ·"))
            for limits in _LEVELS
        ],
    }


def _level(
    facts: AreaFacts, caption: Caption, texts: Texts, limits: tuple[int, ...], *, name: str, within: str
) -> dict[str, Any]:
    """Return the lists of the page at one of their lengths."""
    facilities, forms, neighbours, notes, sources, letters = limits
    forms_of_group = support_forms()
    beside = [
        [_short(label, letters), neighbour_value(neighbour, texts)]
        for neighbour, label in neighbour_names(facts, texts)
    ]
    others = [
        [_short(forms_of_group[fact.form].name[texts.lang], letters), _count(fact.facilities_count, texts, is_least=fact.is_least)]
        for fact in facts.other_forms
    ]
    lines = [_short(facility_line(fact, facts.table, texts), letters + 40) for fact in facts.facilities]
    told = [_short(note, 4 * letters) for note in caption.notes]
    return {
        "name": _short(name, 2 * letters),
        "within": _short(within, 2 * letters),
        "indicator": _short(caption.legend_title, 3 * letters),
        "facilities": _cut(lines, facilities, texts),
        "forms": _cut(others, forms, texts),
        "neighbours": _cut(beside, neighbours, texts),
        "notes": _cut(told, notes, texts),
        "sources": _cut([_short(line.text, 2 * letters) for line in _sources(facts, texts)], sources, texts),
    }


def _sources(facts: AreaFacts, texts: Texts) -> list[Any]:
    words = Wording(facts.table, texts)
    return [words.source_line(note) for note in facts.sources()]


def _people(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    t, people = texts.t, facts.people
    pairs = [[t("area_card.people_now", group=_group(facts.table, texts)), people.now.written(texts)]]
    pairs += [
        [t("area_card.people_from", age=band.age_from), band.figure.written(texts)] for band in people.bands
    ]
    is_known = people.share == people.share  # noqa: PLR0124 - NaN is the missing number
    pairs.append([t("explain.residents.name"), texts.percent(people.share) if is_known else t("no_data")])
    notes = [] if people.now.is_known else [t("explain.missing.people")]
    return {"head": t("area_card.people"), "pairs": pairs, "notes": notes}


def _triad(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    t, triad = texts.t, facts.triad
    shares = [texts.percent(share) for share in triad.shares] or ["–"] * len(triad.parts)
    norm = Wording(triad.gap.table, texts).values["norm"]
    return {
        "head": t("area_card.triad"),
        "columns": [t("area_card.part"), t("area_card.persons"), t("area_card.share")],
        "shares": list(triad.shares),
        "rows": [
            [t(f"area_card.{part.column}"), part.written(texts), share]
            for part, share in zip(triad.parts, shares, strict=True)
        ],
        "pairs": [[t("area_card.norm"), norm], *_pairs((triad.gap, triad.missing), texts)],
        "notes": [],
    }


def _forecast(facts: AreaFacts, texts: Texts) -> dict[str, Any]:
    t, years = texts.t, facts.forecast
    head = t("area_card.forecast")
    if not years:
        return {"head": head, "head_row": [], "rows": [], "notes": [t("area_card.no_forecast")], "columns": []}
    columns = [figure.column for figure in years[0].figures]
    return {
        "head_title": head,
        "head": head,
        "columns": [t("area_card.if_unchanged", age=years[0].age_from), *(str(year.year) for year in years)],
        "rows": [
            [_name(years[0].figures[position], texts), *(year.figures[position].written(texts) for year in years)]
            for position in range(len(columns))
        ],
        "notes": [],
    }


def _group(table: AreaTable, texts: Texts) -> str:
    return Wording(table, texts).group


def _pairs(figures: Sequence[Figure], texts: Texts) -> list[list[str]]:
    return [[_name(figure, texts), figure.written(texts)] for figure in figures]


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
