"""
What is computed in a process of its own: functions of a bench and of values, named by `layers.jobs.job.Job`.

What draws prints is imported where it is used: pages name these functions, and matplotlib is half a second of their
start. The processes that compute have imported it before the first visitor (`layers.jobs.pool`).
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from data.registry.reading import Edition, read_edition
from geo.siting.limits import SitingLimits
from layers.answers.about_figures import AboutFigures, read_about_figures
from layers.answers.area_table import AreaTable
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.series import people_series
from layers.answers.measures.siting import SitingObstacle, SitingQuestion
from layers.answers.measures.siting_found import FoundSites, find_others, find_sites
from layers.answers.siting_question import SitesAsked, inputs_of_sites, pose_question, usual_places_of
from layers.export.area_sheet import area_sheet
from layers.export.files import export_bytes
from layers.export.queue_sheet import queue_sheet
from layers.export.shown import for_page
from layers.jobs.bench import Bench, require_state
from layers.jobs.job import RegistryKey, TableKey, ViewKey
from layers.text import texts_of
from layers.view.question import Question
from layers.view.view import View
from layers.words.area_facts import AreaFacts, area_facts
from layers.words.caption import build_caption


def warm(bench: Bench, key: RegistryKey) -> None:
    """Make ready what nearly every job begins with."""
    _ = bench.world(key, "").points


def edition(bench: Bench, key: RegistryKey) -> Edition:
    """Return what the releases of a day decide of a registry."""
    if key.held_from is None:
        raise ValueError(f"expected the key of an earlier edition, found {key}")
    read = read_edition(bench.engine, key.held_from)
    require_state(read.state.fingerprint, key)
    return read


def about_figures(bench: Bench, fingerprints: tuple[str, ...]) -> AboutFigures:
    """Return the figures of the page about the data; fingerprints tell its states apart."""
    del fingerprints
    return read_about_figures(bench.engine)


def area_table(bench: Bench, of: TableKey) -> AreaTable:
    """Return the table of a view."""
    return bench.table(of)


def people_lines(bench: Bench, of: TableKey) -> pd.DataFrame | None:
    """Return people of the group by year for the areas of a view, None where there is no line to draw."""
    return people_series(bench.world(of.registry, of.question.scenario), of.question)


def area_sections(bench: Bench, of: TableKey, code: str, sections: tuple[str, ...]) -> dict[str, Any]:
    """Return sections of the card of an area by their name."""
    facts = _facts(bench, ViewKey(of.registry, View.asking(of.question), of.compared), code)
    return {section: getattr(facts, section) for section in sections}


def area_card(bench: Bench, of: ViewKey, code: str, lang: str) -> bytes:
    """Return the card of an area as a page of A4 (PDF)."""
    facts = _facts(bench, of, code)
    return area_sheet(facts, build_caption(facts.table, texts_of(lang, of.view.date)))


def printed(bench: Bench, of: ViewKey, lang: str, file_format: str) -> bytes:
    """Return the picture or the table of a view as a file."""
    from layers.export.map_names import map_names  # noqa: PLC0415 - as the head of this file says

    def file() -> bytes:
        table, registry = _table(bench, of), bench.registry(of.registry)
        areas, caption = (
            registry.areas_of_level(of.view.level),
            build_caption(table, texts_of(lang, of.view.date)),
        )
        towns = map_names(registry, of.view)
        queue = queue_sheet(registry, table, texts_of(lang, of.view.date)) if file_format == "xlsx" else None
        return export_bytes(
            table, areas, registry.areas, caption, file_format=file_format, towns=towns, queue=queue
        )

    return bench.keep(("printed", of, lang, file_format), file)


def shown_picture(bench: Bench, of: ViewKey, lang: str) -> bytes:
    """Return the printed picture of a view in the size that a page shows it in (PNG)."""
    return for_page(printed(bench, of, lang, "png"))


def usual_places(bench: Bench, key: RegistryKey, question: Question) -> tuple[int, int]:
    """Return the usual places of a facility of the question's form."""
    return usual_places_of(bench.world(key, ""), question)


def sites_question(bench: Bench, key: RegistryKey, asked: SitesAsked) -> SitingQuestion | SitingObstacle:
    """Return what is missing and where a facility could be opened, or why that cannot be told."""
    return bench.keep(
        ("question", key, asked),
        lambda: pose_question(bench.world(key, ""), bench.world(key, asked.question.scenario), asked),
    )


def best_sites(bench: Bench, key: RegistryKey, asked: SitesAsked, limits: SitingLimits) -> FoundSites:
    """Return the best plan for a question that has no obstacle."""
    question = _question(bench, key, asked)
    return bench.keep(
        ("best", key, asked, limits),
        lambda: find_sites(_inputs_of_sites(bench, key, asked), question, limits),
    )


def other_sites(bench: Bench, key: RegistryKey, asked: SitesAsked, limits: SitingLimits) -> list[FoundSites]:
    """Return other plans nearly as good as the best."""
    best = best_sites(bench, key, asked, limits)
    return find_others(_inputs_of_sites(bench, key, asked), _question(bench, key, asked), best)


def _inputs_of_sites(bench: Bench, key: RegistryKey, asked: SitesAsked) -> MeasureInputs:
    return inputs_of_sites(bench.world(key, asked.question.scenario), asked.question)


def _question(bench: Bench, key: RegistryKey, asked: SitesAsked) -> SitingQuestion:
    question = sites_question(bench, key, asked)
    if isinstance(question, SitingObstacle):
        raise TypeError(f"expected a question for sites, found the obstacle {question.value}")
    return question


def _table(bench: Bench, of: ViewKey) -> AreaTable:
    """Return the table of a view with everything that its address says."""
    return bench.table(of.table).of_view(of.view)


def _facts(bench: Bench, of: ViewKey, code: str) -> AreaFacts:
    world = bench.world(of.registry, of.view.scenario)
    today = of.compared.measured_on or date.today()  # noqa: DTZ011 - "old" is about the calendar here
    return area_facts(
        world, of.view, code, today=today, table_of=lambda view: _table(bench, replace(of, view=view))
    )
