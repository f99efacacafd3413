"""Sites that were found, kept for all sessions: a search takes seconds and depends on its question alone."""

from dataclasses import replace

from data.registry.registry import Registry
from geo.siting.limits import SitingLimits
from layers.answers.measures.siting import SitingObstacle, SitingQuestion
from layers.answers.measures.siting_found import FoundSites
from layers.answers.siting_question import SitesAsked, question_of_sites
from layers.cache.computed import made
from layers.jobs import work
from layers.jobs.job import key_of
from layers.view.siting_request import SitingRequest
from layers.view.view import View


def places_of_form(registry: Registry, view: View) -> tuple[int, int]:
    """Return the usual places of a facility of the view's form, to begin with."""
    plain = replace(question_of_sites(view), scenario="")
    usual: tuple[int, int] = made(work.usual_places, key_of(registry), plain, at_hand=registry)
    return usual


def sites_question(registry: Registry, view: View, request: SitingRequest) -> SitingQuestion | SitingObstacle:
    """
    Return what is missing and where a facility could be opened, or why that cannot be told.

    Parameters
    ----------
    registry
        The registry of today; a scenario of the view is applied to it.
    """
    question: SitingQuestion | SitingObstacle = made(
        work.sites_question, key_of(registry), _asked(view, request), at_hand=registry
    )
    return question


def best_found(registry: Registry, view: View, request: SitingRequest, limits: SitingLimits) -> FoundSites:
    """Return the best plan for a question of the view; looked for at the first time, which takes seconds."""
    best: FoundSites = made(
        work.best_sites, key_of(registry), _asked(view, request), limits, at_hand=registry
    )
    return best


def others_found(
    registry: Registry, view: View, request: SitingRequest, limits: SitingLimits
) -> list[FoundSites]:
    """Return other plans nearly as good as the best; looked for at the first time, which takes longer."""
    others: list[FoundSites] = made(
        work.other_sites, key_of(registry), _asked(view, request), limits, at_hand=registry
    )
    return others


def _asked(view: View, request: SitingRequest) -> SitesAsked:
    return SitesAsked(
        question_of_sites(view),
        is_unsure_counted=request.is_unsure_counted,
        is_wide=request.is_wide,
        goal=request.goal,
    )
