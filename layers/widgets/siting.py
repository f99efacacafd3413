"""The best sites for new facilities: what is asked, the answer with its alternatives, and who is left over."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import streamlit as st

from data.registry.registry import Registry
from data.scenarios import Change
from data.scenarios.costs import UnitCosts
from data.vocabulary import has_door
from geo.errors import OptionError
from geo.siting.limits import SitingLimits
from geo.siting.plan import Outcome
from geo.teryt import COUNTRY
from layers.answers.measures.siting import SitingObstacle, SitingQuestion
from layers.answers.measures.siting_found import (
    OTHERS_COUNT,
    OTHERS_SECONDS,
    WITHIN_SHARE,
    FoundSites,
    closed_by,
    search_seconds,
)
from layers.answers.siting_question import question_of_sites
from layers.cache.sites import best_found, others_found, places_of_form, sites_question
from layers.view.siting_request import (
    WORST,
    SitingRequest,
    read_siting,
)
from layers.view.view import View
from layers.widgets.address import current_view
from layers.widgets.plain import plain
from layers.widgets.scenario.edit import CHANGES_ANCHOR, EFFECT_ANCHOR
from layers.widgets.siting_choices import show_siting_choices
from layers.widgets.siting_map import show_siting_map
from layers.words.scenario_edits import scenario_of
from layers.words.scenario_words import ScenarioWords
from layers.words.siting_left_words import left_sentences, left_unsure, nothing_left
from layers.words.siting_plan_words import changes_of, plan_money, plan_table
from layers.words.siting_words import SitingWords

AddChanges = Callable[[Sequence[Change]], None]
_ASKED: Final = "siting_asked"
_OTHERS: Final = "siting_others"
_ADDED: Final = "siting_added"
_PRESSED: Final = "pressed"


@dataclass(frozen=True)
class _Added:
    """The scenario before and after sites were added, how many changes it has now, and which plan was added."""

    before: str
    after: str
    count: int
    plan: str


@dataclass(frozen=True, eq=False)
class _Search:
    """What is asked, in numbers and in words, and what becomes of an answer that is liked."""

    registry: Registry
    view: View
    request: SitingRequest
    limits: SitingLimits
    costs: UnitCosts
    said: SitingWords
    on_add: AddChanges
    services: gpd.GeoDataFrame | None
    added: _Added | None = None

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What decides the answer: it is shown as long as this stays as it was when the button was pressed."""
        return (self.registry.state.fingerprint, question_of_sites(self.view), self.request, self.limits)


def show_siting(
    registry: Registry,
    view: View,
    words: ScenarioWords,
    *,
    on_add: AddChanges,
    services: gpd.GeoDataFrame | None = None,
) -> None:
    """
    Draw the question for sites, and its answer when the button has been pressed for it.

    Parameters
    ----------
    registry
        The registry of today; a scenario of the view is applied to it here.
    on_add
        Takes the sites of a plan as changes for the scenario; called as a callback of a button.
    services
        The facilities that stand, as a map takes them; None for none beside the sites.

    Notes
    -----
    The search is a job of at most the seconds of `layers.answers.measures.siting`. Whoever changes anything on the
    page or leaves it gets no answer, and the job is ended when another needs its process.
    """
    texts, said = words.texts, SitingWords(words, view)
    with st.container(border=True, key="siting"):
        st.header(plain(texts.t("siting.heading")), anchor=False)
        obstacle = _quick_obstacle(registry, view)
        if obstacle is not None:
            _forget_press()
            st.info(plain(said.obstacle(obstacle)))
            return
        st.markdown(plain(texts.t("siting.intro", form=said.form)))
        request, usual = read_siting(view.siting), places_of_form(registry, view)
        costs = show_siting_choices(view, request, usual, said)
        try:
            limits = request.limits(costs, usual_places=usual)
        except OptionError:
            _forget_press()
            st.warning(plain(said.wrong_limits(request)))
            return
        if unused := said.unused_budget(request, costs):
            st.warning(plain(unused))
        search = _Search(registry, view, request, limits, costs, said, on_add, services)
        st.button(texts.t("siting.find"), type="primary", key="siting_find", on_click=_press, args=(_ASKED,))
        shown = _as_added(search)
        if _is_pressed_for(_ASKED, search.key) or st.session_state.get(_ASKED) == shown.key:
            _show_answer(search if st.session_state[_ASKED] == search.key else shown)


def _as_added(search: _Search) -> _Search:
    """Return the search as it was before its sites were added, where nothing else has changed since."""
    added = st.session_state.get(_ADDED)
    if added is None or added.after != search.view.scenario:
        return search
    return replace(search, view=search.view.with_changes(scenario=added.before), added=added)


def _press(key: str) -> None:
    """
    Note that a button was pressed.

    What it asks is known when the page is drawn next and not before: with the press, or while the page was still being
    drawn, something else may have been changed, and the answer would be to a question that nobody sees.
    """
    st.session_state[key] = _PRESSED


def _forget_press() -> None:
    """Forget a press where there is nothing to ask."""
    for key in (_ASKED, _OTHERS):
        if st.session_state.get(key) == _PRESSED:
            del st.session_state[key]


def _is_pressed_for(key: str, asked: tuple[Hashable, ...]) -> bool:
    """Tell whether a button was pressed for a question; pressed just now, it is for the one that the page shows."""
    if st.session_state.get(key) == _PRESSED:
        st.session_state[key] = asked
    return bool(st.session_state.get(key) == asked)


def _add(search: _Search, plan: str, changes: Sequence[Change]) -> None:
    """Add the sites of a plan, and remember what the scenario was, so that they stay to be seen."""
    before = current_view().scenario
    search.on_add(changes)
    after = current_view()
    if after.scenario != before:
        count = len(scenario_of(after, search.said.texts).changes)
        st.session_state[_ADDED] = _Added(before, after.scenario, count, plan)


def _quick_obstacle(registry: Registry, view: View) -> SitingObstacle | None:
    """Return what keeps the question from being asked; the rest is told when it is."""
    if not has_door(view.form):
        return SitingObstacle.NO_DOOR
    is_whole = view.scope == COUNTRY and len(registry.areas_of_level("voivodeship")) > 1
    return SitingObstacle.COUNTRY if is_whole else None


def _show_answer(search: _Search) -> None:
    said, texts, request = search.said, search.said.texts, search.request
    seconds = search_seconds(is_wide=request.is_wide, goal=request.goal)
    with st.spinner(texts.t("siting.finding", seconds=seconds), show_time=True):
        question = sites_question(search.registry, search.view, search.request)
        if isinstance(question, SitingObstacle):
            st.info(plain(said.obstacle(question)))
            return
        found = best_found(search.registry, search.view, search.request, search.limits)
    if found.plan.outcome is Outcome.FOUND:
        st.markdown(f"**{plain(said.answer(found, question))}**")
        for sentence in said.size(found, question, search.limits):
            st.markdown(plain(sentence))
        for sentence in said.goal(question):
            st.markdown(plain(sentence))
        st.markdown(plain(said.proof(found.plan, question, seconds=seconds)))
        show_siting_map(
            found,
            question,
            search.registry,
            said,
            services=search.services,
            key="best",
            is_added=search.added is not None and search.added.plan == "best",
        )
        _show_plan(search, question, found, key="best")
        # How near another plan is to this one is told in people, which is not what the worst-off come first by.
        if request.goal != WORST:
            _show_others(search, question)
    else:
        st.info(plain(said.outcome(found.plan.outcome, question)))
    st.subheader(plain(texts.t("siting.left")), anchor=False)
    sentences = [sentence.text for sentence in left_sentences(said, found, question, search.limits)]
    for sentence in [*(sentences or [nothing_left(said, found)]), left_unsure(said, question)]:
        if sentence:
            st.markdown(f"- {plain(sentence)}")
    with st.expander(texts.t("siting.notes")):
        for note in said.notes(found, question):
            st.markdown(f"- {plain(note)}")


def _show_plan(search: _Search, question: SitingQuestion, found: FoundSites, *, key: str) -> None:
    said, texts = search.said, search.said.texts
    table = plan_table(said, found, question, search.limits, search.costs)
    # Names and heads are text, and a table reads Markdown.
    table.columns = [plain(head) for head in table.columns]
    st.table(table.map(plain), hide_index=True, alt=texts.t("siting.table"))
    money = plan_money(said, found, question, search.limits, search.costs)
    st.markdown(plain(money or texts.t("siting.costs_missing")))
    changes = changes_of(found.plan, question, search.view.form)
    is_added = search.added is not None and search.added.plan == key
    st.button(
        texts.t("siting.is_added" if is_added else "siting.add"),
        key=f"siting_add_{key}",
        on_click=_add,
        args=(search, key, changes),
        disabled=search.added is not None,
    )
    if is_added and search.added is not None:
        links = " · ".join(
            f"[{texts.t(f'siting.see_{name}')}](#{anchor})"
            for name, anchor in (("changes", CHANGES_ANCHOR), ("effect", EFFECT_ANCHOR))
        )
        st.success(f"{plain(texts.t('siting.added', count=search.added.count))}\n\n{links}")


def _show_others(search: _Search, question: SitingQuestion) -> None:
    texts = search.said.texts
    share = texts.percent(WITHIN_SHARE)
    st.button(
        texts.t("siting.find_others", share=share),
        key="siting_find_others",
        on_click=_press,
        args=(_OTHERS,),
    )
    if not _is_pressed_for(_OTHERS, search.key):
        return
    seconds = OTHERS_COUNT * OTHERS_SECONDS[question.is_wide]
    with st.spinner(texts.t("siting.finding", seconds=seconds), show_time=True):
        others = others_found(search.registry, search.view, search.request, search.limits)
    said = "siting.others" if others else "siting.no_others"
    st.markdown(plain(texts.t(said, count=len(others), share=share)))
    for number, other in enumerate(others, start=1):
        label = texts.t(
            "siting.other",
            number=number,
            count=len(other.plan.sites),
            closed=search.said.counted_in(texts.number(closed_by(question, other.after)), other, question),
        )
        with st.expander(label):
            if question.is_unsure_counted:
                st.markdown(plain(search.said.answer(other, question)))
            # Drawn when it is seen: a map in a folded box would have no size.
            if st.toggle(texts.t("siting.map"), key=f"siting_map_shown_{number}"):
                show_siting_map(
                    other,
                    question,
                    search.registry,
                    search.said,
                    services=search.services,
                    key=str(number),
                    is_added=search.added is not None and search.added.plan == str(number),
                )
            _show_plan(search, question, other, key=str(number))
