"""The vocabulary is whole, in three languages, and narrows DPS profiles to their own groups."""

import re

import pytest

from data.schema import VISIBILITIES
from data.vocabulary import (
    LANGUAGES,
    forms_for_group,
    has_door,
    need_groups,
    need_groups_of,
    people_indicators,
    screen_groups,
    support_forms,
)

DI_CLASSES = {"community", "conditional", "institutional", "enabling"}


def test_there_are_fifty_forms_and_three_groups_on_screen():
    assert len(support_forms()) == 50
    assert screen_groups() == ("older", "disabled", "homeless")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_given_in_every_language(language):
    named = [*support_forms().values(), *need_groups().values(), *people_indicators()]
    assert all(entry.name[language].strip() for entry in named)


def test_ukrainian_names_are_ukrainian():
    latin_allowed = re.compile(r"\([A-ZŚ]+\)|ROPS|OPS|MRiPS|GUS BDL")
    for form in support_forms().values():
        assert not re.search(r"[A-Za-zĄ-ż]", latin_allowed.sub("", form.name["uk"])), form.code


def test_every_word_of_a_form_is_known():
    for form in support_forms().values():
        assert set(form.need_groups) <= set(need_groups()), form.code
        assert form.di_class in DI_CLASSES, form.code
        assert form.default_visibility in VISIBILITIES, form.code


def test_offices_that_direct_people_to_help_are_not_help():
    for group in screen_groups():
        assert not {"INS-OPS", "INS-CUS", "INS-PCPR"} & set(forms_for_group(group))


@pytest.mark.parametrize(
    ("form", "expected"), [("CAL-DPS", True), ("BEZ-STR", False), ("BEZ-MED", True), ("DOM-UO", False)]
)
def test_forms_without_a_door(form, expected):
    assert has_door(form) is expected


@pytest.mark.parametrize(
    ("subtype", "expected"),
    [
        ("dla osób w podeszłym wieku", ("older",)),
        ("dla dzieci i młodzieży niepełnosprawnych intelektualnie", ("disabled",)),
        ("dla osób przewlekle psychicznie chorych", ("mental_health",)),
        ("dla osób w podeszłym wieku oraz niepełnosprawnych fizycznie", ("older", "disabled")),
    ],
)
def test_dps_profile_narrows_the_groups(subtype, expected):
    assert need_groups_of("CAL-DPS", subtype) == expected


def test_unknown_profile_leaves_the_groups_of_the_form():
    assert need_groups_of("CAL-DPS", "profil nieznany") == support_forms()["CAL-DPS"].need_groups
    assert need_groups_of("DZI-SDS", None) == ("disabled", "mental_health")


DISRESPECTFUL = re.compile(
    r"\bbezdomni\b|\bbezdomnych\b(?<!osób bezdomnych)|\binwalid|\bstarcy\b|\bpensjonariusz"
    r"|\bdisabled people\b|\bthe homeless\b|бездомн(і|их) (?!людей)",
    re.IGNORECASE,
)


def test_names_speak_of_people_first():
    for entry in [*support_forms().values(), *need_groups().values(), *people_indicators()]:
        for language in LANGUAGES:
            assert not DISRESPECTFUL.search(entry.name[language]), entry.name[language]
