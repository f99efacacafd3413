"""Every number that a scenario tells is the same alone, beside today, beside another scenario and in a file."""

import csv
import io
import re
from itertools import permutations

import pypdf
import pytest

from data.scenarios.changes import Change
from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from layers.answers.measures.applied_scenario import apply_packed
from layers.answers.measures.world import World
from layers.answers.scenario_effect import effect_of
from layers.answers.table_building import build_area_table
from layers.export.area_sheet import area_sheet
from layers.export.tables import table_csv
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts import Figure, area_facts
from layers.words.caption import build_caption
from layers.words.effect_words import effect_sentence
from layers.words.gap_words import GapWords
from layers.words.question_words import way_of
from tests.support.tiny_world import AS_OF, GMINAS, service, tiny_registry

FIRST, SECOND, _ = GMINAS
HOME = "register:00000000000000aa"
PL = texts_of("pl")
# At 33 per 1,000 the 200 and 100 people need 6.6 and 3.3 places: nothing comes out whole.
VIEW = View(scope="12", indicator="gap_share", norm=33.0, distance_km=2, level="gmina").with_changes()


def opened(gmina, places):
    return Change(
        kind="open", support_form="CAL-DPS", gmina_code=gmina, locality_key=gmina[-1], places=places
    )


PLANS = {
    "none": (),
    "first": (opened(FIRST, 1),),
    "both": (opened(FIRST, 2), opened(SECOND, 1)),
    "closed": (Change(kind="close", facility=HOME), opened(SECOND, 2)),
}
PAIRS = [("none", "both"), ("first", "both"), ("both", "first"), ("closed", "first")]


@pytest.fixture(scope="module")
def registry():
    return tiny_registry([service(1, FIRST, capacity_places=3, facility_handle=HOME)])


def packed(name):
    return to_text(Scenario(name, "CAL-DPS", "older", PLANS[name])) if PLANS[name] else ""


def table(registry, name, today=None, **changes):
    """Return the table of a scenario; alone where no world of today is given that others share."""
    view = VIEW.with_changes(scenario=packed(name), **changes)
    made = apply_packed(registry, packed(name)).registry if PLANS[name] else registry
    return build_area_table(made, view, world=World(made, today=today) if PLANS[name] else today)


@pytest.fixture(scope="module")
def alone(registry):
    return {name: table(registry, name) for name in PLANS}


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_scenario_tells_the_same_alone_and_beside_any_other(registry, alone, first, second):
    today = World(registry)
    pair = [table(registry, name, today) for name in (first, second)]
    for name, beside in zip((first, second), pair, strict=True):
        assert beside.answer == alone[name].answer
        assert beside.rows.equals(alone[name].rows)
        assert build_caption(beside, PL).title == build_caption(alone[name], PL).title


@pytest.mark.parametrize(("first", "second"), list(permutations(PLANS, 2)))
def test_the_effect_is_what_two_answers_told_alone_differ_by(alone, first, second):
    before, after = alone[first], alone[second]
    effect = effect_of(before, after)
    assert effect.before["missing_places"] == before.answer.missing_places
    assert effect.after["missing_places"] == after.answer.missing_places
    told = before.answer.missing_places.estimate - after.answer.missing_places.estimate
    assert effect.closed.estimate == told == effect.areas["closed_places"].sum()


@pytest.mark.parametrize("name", PLANS)
def test_heading_sentence_table_and_file_of_a_scenario_say_one_number(alone, name):
    made, today = alone[name], alone["none"]
    caption, amount = build_caption(made, PL), made.answer.missing_places
    words = GapWords(made.answer, PL, form=made.view.form, way=way_of(made.view, PL))
    assert words.missing() in caption.title
    assert words.places(amount.estimate) in effect_sentence(today, made, PL)
    rows = csv.DictReader(
        io.StringIO(table_csv(made, caption).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    written = [row[caption.columns["missing_places"]] for row in rows]
    assert sum(int(value) for value in written) == made.rows["missing_places"].sum() == amount.estimate


@pytest.mark.parametrize("name", PLANS)
def test_the_printed_card_of_a_scenario_says_the_number_of_its_row(registry, name):
    """The parts of the heading are the rows, and what is printed of one of them is the same number."""
    made = table(registry, name, level="powiat")
    caption = build_caption(made, PL)
    changed = apply_packed(registry, packed(name)).registry if PLANS[name] else registry
    world = World(changed, today=World(registry)) if PLANS[name] else World(registry)
    for code in made.rows.index:
        facts = area_facts(world, made.view, code, today=AS_OF)
        told = next(figure for figure in facts.answer if figure.column == "missing_places").written(PL)
        assert told == Figure(made, code, "missing_places").written(PL)
        page = pypdf.PdfReader(io.BytesIO(area_sheet(facts, caption))).pages[0].extract_text()
        assert re.search(rf"brakuje\D*{re.escape(told)}", " ".join(page.split())), page
