"""Facts of forms: each told in every language or named as not known, marked as sure as their source is, with a law."""

import csv
import re
import shutil

import pytest

from data.vocabulary import FOLDER, support_forms
from data.vocabulary.form_facts import FACTS, common_steps, form_facts
from data.vocabulary.languages import LANGUAGES
from data.vocabulary.lines import VocabularyError

COMPILED = {"what": "what_it_is", "cost": "who_pays_and_cost_rule", "steps": "how_to_get_it"}
NUMBER = re.compile(r"\d+(?:,\d+)?")


@pytest.fixture(scope="module")
def compiled(mirror):
    with (mirror / "forms_facts.csv").open(encoding="utf-8", newline="") as file:
        return {row["form_code"]: row for row in csv.DictReader(file)}


def test_every_form_has_each_fact_or_says_that_nobody_knows_it():
    assert set(form_facts()) == set(support_forms())
    missing = {
        (form, fact) for form, facts in form_facts().items() for fact in FACTS if fact not in facts.told
    }
    assert missing == {("DZI-COM", "cost"), ("MIE-NM", "cost")}


def test_a_fact_is_missing_where_the_compiled_facts_have_none(compiled):
    for form, facts in form_facts().items():
        for fact, column in COMPILED.items():
            assert (fact in facts.told) == bool(compiled[form][column].strip()), (form, fact)


@pytest.mark.parametrize("form", support_forms())
def test_what_the_compiled_facts_are_not_sure_of_is_marked(compiled, form):
    facts = form_facts()[form]
    if compiled[form]["certainty"] != "A":
        assert facts.unsure, form


@pytest.mark.parametrize("form", support_forms())
def test_no_number_is_told_that_the_compiled_facts_do_not_have(compiled, form):
    """Amounts, shares and days are theirs, in every language; a month of 2025 is written out where they abbreviate."""
    known = set(NUMBER.findall(" ".join(compiled[form].values()).replace(".", " "))) | {"112"}
    whole = {sentence for step in common_steps().values() for sentence in step.words.values()}
    for said in form_facts()[form].told.values():
        for language, sentences in said.items():
            for sentence in set(sentences) - whole:
                plain = re.sub(r"(?<=\d),(?=\d{3})", "", sentence) if language == "en" else sentence
                plain = re.sub(r"(\d)\.(\d\d) zł", r"\1,\2 zł", plain)
                assert set(NUMBER.findall(plain)) <= known, (form, language, sentence)


def test_languages_tell_the_same_numbers():
    for form, facts in form_facts().items():
        for fact, said in facts.told.items():
            numbers = {
                language: sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[,.](?=\d)", "", " ".join(sentences))))
                for language, sentences in said.items()
            }
            assert all(found == numbers["pl"] for found in numbers.values()), (form, fact, numbers)


def test_amounts_say_since_when_they_are():
    for form, facts in form_facts().items():
        for sentences in facts.told.values():
            for sentence in sentences["pl"]:
                assert not re.search(r"\d zł", sentence) or "2025" in sentence, form


def test_a_law_is_named_by_act_and_article_and_a_form_without_one_by_a_page():
    """No consolidated text of the act on social assistance: it is replaced each year, its articles are not."""
    for form, facts in form_facts().items():
        assert facts.law or facts.source_url.startswith("http"), form
        for law in facts.law:
            assert "Dz.U" not in law, form
            assert re.search(r"art\. \d|§ \d|program|rozporządzenie", law), (form, law)


def test_a_common_step_brings_its_law():
    assert "Kodeks postępowania administracyjnego, art. 127, 129" in form_facts()["DOM-UO"].law
    assert common_steps()["appeal"].words["uk"] in form_facts()["DOM-UO"].told["steps"]["uk"]
    assert not any("Kodeks" in law for law in form_facts()["BEZ-NOC"].law)


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("=ask_ops|=interview|", "=ask_ops|=wywiad|", "steps_"),
        ("whom;steps,cost,", "whom;steps,,", "cost_"),
        (",2026-11\n", ",jesienią\n", "as_of"),
        ("DOM-UO,", "DOM-XX,", "code"),
        (",https://dmws.pl/klub-seniora/,", ",,", "source_url"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, old, new, column):
    folder = shutil.copytree(FOLDER, tmp_path / "vocabulary")
    file = folder / "form_facts.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(VocabularyError, match=rf"form_facts\.csv, line \d+, column {column}"):
        form_facts(folder)


def test_languages_are_those_of_the_pages():
    for facts in form_facts().values():
        for said in facts.told.values():
            assert set(said) == set(LANGUAGES)
