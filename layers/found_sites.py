"""Sites that were found, kept for all sessions: a search takes seconds and depends on its question alone."""

from collections.abc import Hashable

import streamlit as st

from data.registry import COUNTRY, Registry
from data.settings import Settings
from geo.siting_limits import SitingLimits
from layers.cache import scenario_registry, world_of
from layers.measures.asked import Asked
from layers.measures.siting import (
    FoundSites,
    SitingObstacle,
    SitingQuestion,
    find_others,
    find_sites,
    siting_need,
    siting_obstacle,
    usual_places,
)
from layers.siting_request import SitingRequest
from layers.state import View


def asked_view(view: View) -> View:
    """Return of a view what decides where the best sites are."""
    plain = view.of_numbers()
    return plain.with_changes(indicator="gap_share", level="gmina", method=View.method, since="")


def places_of_form(registry: Registry, view: View) -> tuple[int, int]:
    """Return the usual places of a facility of the view's form, to begin with."""
    return usual_places(_asked(registry, asked_view(view).with_changes(scenario="")))


def sites_question(registry: Registry, view: View, request: SitingRequest) -> SitingQuestion | SitingObstacle:
    """
    Return who lacks a place and where one could be opened, or why that cannot be told.

    Parameters
    ----------
    registry
        The registry of today. What a scenario in the view opens stands already; the norm stays that of today, because
        the median of the powiats moves with the places that a scenario opens.
    """
    plain = asked_view(view)
    today = _asked(registry, plain.with_changes(scenario=""))
    obstacle = siting_obstacle(today)
    if obstacle is not None:
        return obstacle
    plain = plain.with_changes(norm=today.norm.places_per_1000)
    applied = scenario_registry(registry, plain)
    key = (_url(), registry.state.fingerprint, plain, request.is_unsure_counted, request.is_wide)
    return _question(key, _asked(applied, plain))


def best_found(registry: Registry, view: View, question: SitingQuestion, limits: SitingLimits) -> FoundSites:
    """Return the best plan for a question of the view; looked for at the first time, which takes seconds."""
    return _best(_key(registry, view, question, limits), question, limits)


def others_found(
    registry: Registry, view: View, question: SitingQuestion, limits: SitingLimits
) -> list[FoundSites]:
    """Return other plans nearly as good as the best; looked for at the first time, which takes longer."""
    best = best_found(registry, view, question, limits)
    return _others(_key(registry, view, question, limits), question, limits, best)


def _asked(registry: Registry, view: View) -> Asked:
    gminas = registry.areas_of_level("gmina").set_index("area_code")
    scope = "" if view.scope == COUNTRY else view.scope
    inside = gminas[gminas.index.str.startswith(scope)]
    return Asked(world_of(registry), view, inside)


def _key(
    registry: Registry, view: View, question: SitingQuestion, limits: SitingLimits
) -> tuple[Hashable, ...]:
    norm = question.need.places_per_1000
    asked = (asked_view(view), norm, question.is_unsure_counted, question.is_wide, limits)
    return (_url(), registry.state.fingerprint, *asked)


def _url() -> str:
    return Settings.from_environment().database_url


@st.cache_resource(show_spinner=False, max_entries=8)
def _question(key: tuple[Hashable, ...], _asked: Asked) -> SitingQuestion:
    *_, is_unsure_counted, is_wide = key
    return siting_need(_asked, is_unsure_counted=bool(is_unsure_counted), is_wide=bool(is_wide))


@st.cache_resource(show_spinner=False, max_entries=32)
def _best(
    key: tuple[Hashable, ...],  # noqa: ARG001 - what the answer is kept under
    _question: SitingQuestion,
    _limits: SitingLimits,
) -> FoundSites:
    return find_sites(_question, _limits)


@st.cache_resource(show_spinner=False, max_entries=32)
def _others(
    key: tuple[Hashable, ...],  # noqa: ARG001 - what the answer is kept under
    _question: SitingQuestion,
    _limits: SitingLimits,
    _best: FoundSites,
) -> list[FoundSites]:
    return find_others(_question, _limits, _best)
