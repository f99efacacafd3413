"""Found sites in the files of the scenario that takes them: the places and sums of the files are those of the page."""

import csv
import io

import openpyxl
import pytest

from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.siting import siting_need
from layers.answers.measures.siting_found import find_sites
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.export.scenario_files import COLUMNS, SCENARIO_FORMATS, build_scenario_report, change_rows
from layers.export.table_book import table_xlsx
from layers.export.tables import table_csv
from layers.text import texts_of
from layers.words.caption import build_caption
from layers.words.siting_plan_words import changes_of
from tests.layers.words.test_siting_words import FIRST, LIMITS, VIEW, words
from tests.support.tiny_world import service, tiny_registry

PL = texts_of("pl")


@pytest.fixture(scope="module")
def registry():
    return tiny_registry([service(1, FIRST, capacity_places=15)])


@pytest.fixture(scope="module")
def asked(registry):
    gminas = registry.areas_of_level("gmina").set_index("area_code")
    return MeasureInputs(World(registry), VIEW.question, gminas[:2])


@pytest.fixture(scope="module")
def question(asked):
    return siting_need(asked)


@pytest.fixture(scope="module")
def found(asked, question):
    return find_sites(asked, question, LIMITS)


@pytest.fixture(scope="module")
def packed(found, question):
    return to_text(
        Scenario("Miejsca", "CAL-DPS", "older", tuple(changes_of(found.plan, question, VIEW.form)))
    )


@pytest.fixture(scope="module")
def table(registry, packed):
    made = apply_packed(registry, packed).registry
    return build_area_table(made, VIEW.with_changes(scenario=packed), world=World(made))


def test_the_files_of_the_scenario_open_as_many_places_as_the_page_says(registry, found, packed):
    view = VIEW.with_changes(scenario=packed)
    report = build_scenario_report(registry, view, apply_packed(registry, packed))
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in change_rows(report, PL)]
    told = SCENARIO_FORMATS["csv"].write(report, PL).decode("utf-8-sig")
    head = PL.t("scenario_file.places_after")
    written = [int(row[head]) for row in csv.DictReader(io.StringIO(told, newline=""), delimiter=";")]
    assert written == [row["places_after"] for row in rows] == found.plan.sites["places"].tolist() == [10]


def test_the_table_files_of_the_scenario_say_what_the_sentence_of_the_sites_says(
    registry,
    question,
    found,
    table,
):
    caption = build_caption(table, PL)
    missing = int(table.answer.missing_places.estimate)
    assert f"będzie brakować {missing} zamiast" in words(registry).answer(found, question)
    assert f"brakuje {missing} " in caption.title
    head = caption.columns["missing_places"]
    rows = csv.DictReader(
        io.StringIO(table_csv(table, caption).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert sum(int(row[head]) for row in rows) == missing
    sheet = openpyxl.load_workbook(io.BytesIO(table_xlsx(table, caption))).worksheets[1]
    lines = list(sheet.iter_rows(values_only=True))
    at = next(number for number, line in enumerate(lines) if head in line)
    column = lines[at].index(head)
    told = [line[column] for line in lines[at + 1 :] if isinstance(line[column], int | float)]
    assert (sum(told[:-1]), told[-1]) == (missing, missing), "rows, and the row of sums"
