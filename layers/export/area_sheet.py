"""
The card of one area on one A4 page: a tagged PDF (PDF/UA-1), typeset by Typst.

Words and numbers are handed over as data; `area_sheet.typ` is the only source that is read as code, so a name with the
marks of Typst's language is printed as it is written.
"""

import json
import re
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import typst

from data.store.plain_text import plain_text
from layers.export.sheet_lists import levels
from layers.export.sheet_sections import (
    balance_section,
    figure_pairs,
    forecast_section,
    over_time_section,
    people_section,
    triad_section,
    unsure_line,
    written,
)
from layers.text import Texts, texts_of
from layers.text.style import ACCENT, NO_DATA_LINE, TEXT, TEXT_QUIET
from layers.words.area_facts import AreaFacts
from layers.words.area_facts.wording import (
    PARTS_COLOURS,
    answer_name,
    apart_lines,
    other_figures,
    progress_line,
    seats_line,
    together_line,
)
from layers.words.area_names import area_labels
from layers.words.caption import Caption, build_caption
from layers.words.gauge_words import gauge_lines
from layers.words.office_words import office_lines
from layers.words.view_notes import ViewNotes
from layers.words.view_words import Wording

_TEMPLATE: Final = Path(__file__).with_name("area_sheet.typ")
_ALARM: Final = "#a3001b"
_PNG_DPI: Final = 150.0

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
    texts = texts_of(caption.language if caption else facts.view.lang, facts.view.date)
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


def _of_year(facts: AreaFacts, texts: Texts) -> str:
    """Return that most numbers of a sheet are of people of another year; empty where they are of now."""
    question = facts.view.question
    return (
        texts.t("area_card.of_year", year=str(question.year)) if question.year and question.has_years else ""
    )


def sheet_data(facts: AreaFacts, caption: Caption, texts: Texts) -> dict[str, Any]:
    """Return everything that the page prints, in words; lists at each of their lengths."""
    t = texts.t
    words = Wording(facts.table, texts)
    name, _, within = area_labels(facts.table.rows, texts)[facts.code].partition(", ")
    measured_on = facts.table.measured_on
    date = t("area_card.measured", date=measured_on) if measured_on else ""
    codes = "+".join(facts.registry.together.codes_of(facts.code))
    code = t("area_card.code", code=codes)
    level = t("area_card.level_gminas" if facts.is_together else f"area_card.level_{facts.view.level}")
    return {
        "lang": texts.lang,
        "title": t("area_card.title_of", name=plain_text(name), code=codes),
        "publisher": t("title"),
        "description": caption.subtitle,
        "warning": " ".join(
            filter(None, [caption.warning, *ViewNotes(words).of_scenario(), _of_year(facts, texts)])
        ),
        "over": f"{t('title')} · {t('area_card.title')} · {words.form} – {words.group}",
        "answer": written(facts.answer[0], texts) if facts.answer else t("no_data"),
        "colours": {
            "text": TEXT,
            "quiet": TEXT_QUIET,
            "accent": ACCENT,
            "missing": NO_DATA_LINE,
            "alarm": _ALARM,
            "parts": list(PARTS_COLOURS[:3]),
        },
        "people": people_section(facts, texts),
        "services": {
            "head": t("area_card.services"),
            "pairs": figure_pairs(facts.capacity, texts),
            "columns": [t(f"area_card.{column}") for column in ("facilities", "places", "day_head")],
            "notes": apart_lines(facts, texts),
            "others": t("area_card.other_forms"),
        },
        "together": together_line(facts, texts),
        "office": " ".join(office_lines(facts.offices, texts)),
        "seats": seats_line(facts, texts),
        "triad": triad_section(facts, texts),
        "reach": {
            "head": t("area_card.reach"),
            "pairs": figure_pairs(facts.reach, texts)
            + [[label, written(figure, texts)] for figure, label in other_figures(facts, texts)],
        },
        "gauges": {
            "head": t("area_card.gauges"),
            "lines": gauge_lines(facts.gauges, facts.triad.gap.table, texts)
            if facts.gauges and facts.triad
            else [],
        },
        "over_time": over_time_section(facts, texts),
        "balance": balance_section(facts, texts),
        "forecast": forecast_section(facts, texts),
        "organisation": {
            "head": t("area_card.organisation"),
            "pairs": figure_pairs(facts.organisation.figures, texts)
            + [list(progress_line(part, texts)) for part in facts.organisation.progress],
        },
        "quality": {"head": t("area_card.quality"), "pairs": figure_pairs(facts.quality, texts)},
        "neighbours": {
            "head": t("area_card.neighbours"),
            "what": answer_name(facts, texts, indicator=caption.columns[facts.view.indicator]),
            "none": t("area_card.no_neighbours"),
        },
        "sources_head": t("area_card.sources"),
        "unsure": unsure_line(facts, texts),
        "foot": " · ".join(
            part
            for part in (caption.as_of, date, caption.boundaries, caption.snapshot, caption.address)
            if part
        ),
        "levels": levels(
            facts,
            caption,
            texts,
            name=plain_text(name),
            within=" · ".join(part for part in (level, plain_text(within), code) if part),
        ),
    }
