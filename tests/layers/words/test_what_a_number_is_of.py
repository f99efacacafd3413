"""Whose people, of which day and year, and of which profile a number is: said beside it, by hand on square gminas."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.scenarios.changes import Change
from data.scenarios.scenario import Scenario
from data.scenarios.text import to_text
from data.vocabulary import support_forms
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.profiles import profiles_of_form
from layers.answers.table_building import build_area_table
from layers.text import texts_of
from layers.view.view import View
from layers.words.area_facts.wording import answer_name, balance_lines
from layers.words.caption import build_caption
from layers.words.class_titles import classes_title
from layers.words.gauge_words import gap_line
from layers.words.legend_words import LegendWords
from layers.words.others_words import others_lines, others_notes
from layers.words.view_notes import ViewNotes
from layers.words.view_words import Wording
from tests.golden.world import world_table
from tests.layers.export.test_area_sheet import facts_of
from tests.support.tiny_world import GMINAS, service, tiny_registry

FIRST, SECOND, THIRD = GMINAS
PL = texts_of("pl")
EVERYWHERE = (("CAL-DPS", "12"), ("CAL-DPS", "24"))


def table(services, *, claims=EVERYWHERE, **view):
    shown = View().with_changes(**{"level": "powiat", **view})
    return build_area_table(tiny_registry(services, claims=claims), shown)


def home(number, gmina, places, profile):
    groups = ["older", "chronically_ill"] if "somatycznie" in profile else ["older"]
    return service(number, gmina, capacity_places=places, need_groups=groups, subtype=profile)


def of_two_profiles():
    """Return 40 places for older people, and 60 for chronically ill ones, which are counted for them by our choice."""
    return [
        home(1, FIRST, 40, "dla osób w podeszłym wieku"),
        home(2, SECOND, 60, "dla osób przewlekle somatycznie chorych"),
    ]


def test_places_counted_by_our_choice_are_told_with_what_is_left_without_them():
    """2,362 of the 3,352 places for older people of Małopolskie are for chronically ill ones, and no page said so."""
    told = table(of_two_profiles(), scope="12")
    assert told.rows["capacity_places"].sum() == 100
    note = others_notes(told, PL)[0]
    assert "osoby przewlekle somatycznie chore (liczba miejsc: 60)" in note
    assert note.endswith("Bez nich tylko dla tej grupy: 40.")
    code = told.rows.index[0]
    assert others_lines(told, code, PL)[0] == note


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_no_place_is_counted_by_choice_nothing_is_said_of_it(lang):
    told = table(of_two_profiles()[:1], scope="12")
    assert told.others.by_choice is None
    assert not [note for note in others_notes(told, texts_of(lang)) if "56a" in note]


def test_the_article_of_the_note_is_that_of_the_one_form_with_such_profiles():
    shared = {form for form in support_forms() for one in profiles_of_form(form) if len(one.need_groups) > 1}
    assert shared == {"CAL-DPS"}, "say in the note by which article another form joins two profiles"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_balance_on_a_card_of_another_year_is_of_the_present_people(lang):
    texts = texts_of(lang)

    facts = facts_of(indicator="people", age_from=65)
    later = replace(facts, table=replace(facts.table, view=facts.view.with_changes(year=2035)))
    assert texts.t("area_card.balance_of_now", year="2035") in balance_lines(later, texts)
    assert not [line for line in balance_lines(facts, texts) if "2035" in line]


def test_people_of_one_day_are_told_to_be_of_that_day_where_newer_counts_stand_apart():
    """853 people "where the number is known" stood beside six gminas with a newer one."""
    told = table([], group="homeless", indicator="people", form="BEZ-SCH")
    rows = told.rows.assign(value=pd.Series([853.0, None], index=told.rows.index), people=853)
    told = replace(told, rows=rows)
    assert "tam, gdzie tę liczbę znamy" in build_caption(told, PL).title
    newer = replace(told, newer_counts={told.rows.index[1]: None})
    assert "tam, gdzie znamy liczbę z tego dnia" in Wording(newer, PL).title()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_estimated_people_are_an_estimate_in_the_title(lang):
    told = table(of_two_profiles(), indicator="gap_share", norm=5.0)
    estimates = replace(told.people, is_estimate=pd.Series(data=True, index=told.people.is_estimate.index))
    asked = replace(told, people=estimates, view=told.view.with_changes(is_estimate=True))
    said = texts_of(lang).t("export_title_estimate", group="").strip()
    assert said in build_caption(asked, texts_of(lang)).whole_title
    assert said not in build_caption(told, texts_of(lang)).whole_title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_median_of_fewer_than_half_of_powiats_does_not_say_what_is_usual_in_the_others(lang):
    """2.13 of 22 powiats of one voivodeship was "what is usual" in 380."""
    texts = texts_of(lang)
    told = table(of_two_profiles(), indicator="gap_share")
    notes = []
    for known in (1, 2):
        default = replace(told.norm.default, areas_known=known, areas_count=4)
        norm = replace(told.norm, default=default, own_per_1000=None)
        (note,) = ViewNotes(Wording(replace(told, norm=norm), texts)).norm()
        notes.append(note)
    few = {"pl": "mniej niż połowa", "uk": "менше половини", "en": "fewer than half"}[lang]
    assert [few in note for note in notes] == [True, False]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_zero_for_own_residents_is_zero_in_their_own_gmina(lang):
    own = {"pl": "własnej gminie", "uk": "своїй гміні", "en": "own gmina"}[lang]
    day = [service(1, FIRST, support_form="DZI-DDS")]
    claims = (("DZI-DDS", "12"), ("DZI-DDS", "24"))
    for indicator in ("coverage_share", "access_per_1000"):
        told = table(day, claims=claims, form="DZI-DDS", indicator=indicator, own=True, level="gmina")
        zero = LegendWords(told, texts_of(lang)).zero_label()
        assert zero is not None
        assert own in zero
        anybody = table(day, claims=claims, form="DZI-DDS", indicator=indicator, level="gmina")
        assert own not in str(LegendWords(anybody, texts_of(lang)).zero_label())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_gap_of_another_year_says_of_when_the_places_are(lang):
    texts = texts_of(lang)
    told = table(of_two_profiles(), indicator="gap_share", norm=5.0)

    later = replace(told, view=told.view.with_changes(year=2035))
    assert gap_line(told.answer, later, texts).startswith(texts.t("gauges.later", year="2035"))
    change = Change(kind="open", support_form="CAL-DPS", gmina_code=FIRST, locality_key="1", places=10)
    packed = to_text(Scenario("Dom", "CAL-DPS", "older", (change,)))
    planned = replace(told, view=told.view.with_changes(year=2035, scenario=packed))
    assert gap_line(told.answer, planned, texts).startswith(texts.t("gauges.later_planned", year="2035"))


def test_a_state_that_is_known_nowhere_here_is_of_no_day():
    """ "The plan is known of none of 183 gminas" stood under "data as of 21 May 2024", rows of another voivodeship."""
    told = table([], indicator="local_plan", level="gmina")
    assert told.class_of.isna().all()
    dated = replace(told, as_of=date(2024, 5, 21))
    assert "2024" not in build_caption(dated, PL).as_of


def test_councils_whose_state_is_unknown_are_not_among_those_without_a_centre():
    told = world_table(view=View(scope="12", indicator="organisation"))
    classes = pd.Series([3, 1, None, 1], index=told.rows.index, dtype="Int64")
    shown = replace(told, rows=told.rows.assign(is_complete=True), classes=told.classes)
    shown.__dict__["class_of"] = classes
    title = classes_title(shown, PL)
    assert "na 3 z danymi" in title


def test_a_level_that_an_address_names_stays_where_another_number_is_shown():
    view = View.from_query({"level": "voivodeship", "form": "DZI-KLS", "indicator": "known_places"})
    assert (view.indicator, view.level) == ("people", "voivodeship")


def test_the_number_of_people_of_a_printed_card_names_its_year():
    facts = facts_of(indicator="people", age_from=65)
    later = replace(facts, table=replace(facts.table, view=facts.view.with_changes(year=2035)))
    assert answer_name(facts, PL, indicator="Liczba osób") == "Liczba osób"
    assert answer_name(later, PL, indicator="Liczba osób") == "Liczba osób (rok 2035)"
