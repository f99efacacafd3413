"""Edits of the scenario in the address, and what became of the last one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from data.scenarios import Change, Scenario, ScenarioError
from data.vocabulary import forms_for_group
from layers.text import Texts, texts_of
from layers.widgets.address import change_view, current_view
from layers.widgets.plain import plain
from layers.words.scenario_edits import packed_for_link, scenario_of, with_changes_added
from layers.words.scenario_words import error_words

CHANGES_ANCHOR: Final = "scenario-changes"
EFFECT_ANCHOR: Final = "scenario-effect"
"""Where on the page the list of changes and the comparison begin."""
_SAID: Final = "scenario_said"


def add_changes(changes: Sequence[Change]) -> None:
    """
    Add changes to the scenario in the address; fit for a widget's callback. What is wrong is said on the page.

    The page then shows the form of the last change, or its effect could not be seen; a scenario that had no change yet
    is about that form.
    """
    forms = [change.support_form for change in changes if change.support_form]
    form = forms[-1] if forms else ""

    def edit(scenario: Scenario, _: Texts) -> Scenario:
        if form in forms_for_group(scenario.need_group) and not scenario.changes:
            scenario = replace(scenario, support_form=form)
        return with_changes_added(scenario, changes)

    edit_scenario(edit, said="scenario.added", form=form)


def say_outcome() -> None:
    """Say once what became of the last edit."""
    said = st.session_state.pop(_SAID, None)
    if said is not None:
        is_good, sentence = said
        (st.success if is_good else st.warning)(plain(sentence))


def note_outcome(sentence: str, *, is_good: bool) -> None:
    """Keep a sentence for the next run, when the page is drawn anew."""
    st.session_state[_SAID] = (is_good, sentence)


def edit_scenario(edit: Callable[[Scenario, Texts], Scenario], *, said: str = "", form: str = "") -> None:
    """Put an edited scenario into the address, or keep the old one and say why."""
    view = current_view()
    texts = texts_of(view.lang, view.date)
    changes: tuple[Change, ...] = ()
    try:
        scenario = scenario_of(view, texts)
        changes = scenario.changes
        edited = edit(scenario, texts)
        packed = packed_for_link(edited, texts, beside=view.other_scenario)
    except ScenarioError as error:
        note_outcome(error_words(error, texts, changes=changes), is_good=False)
        return
    change_view(scenario=packed, form=form if form in forms_for_group(view.group) else view.form)
    if said:
        note_outcome(texts.t(said, count=len(edited.changes)), is_good=True)
