"""What is asked when sites are looked for, as a value that decides the answer, and the question made of it."""

from dataclasses import dataclass

from geo.teryt import COUNTRY
from layers.answers.measures.inputs import Asked
from layers.answers.measures.siting import (
    SitingObstacle,
    SitingQuestion,
    siting_need,
    siting_obstacle,
    usual_places,
)
from layers.answers.measures.world import World
from layers.view.siting_request import MOST
from layers.view.view import View


@dataclass(frozen=True)
class SitesAsked:
    """
    What decides where the best sites are.

    Attributes
    ----------
    view
        As `asked_view` returns.
    is_unsure_counted, is_wide, goal
        As `layers.view.siting_request.SitingRequest` has them.
    """

    view: View
    is_unsure_counted: bool = False
    is_wide: bool = False
    goal: str = MOST


def asked_view(view: View) -> View:
    """Return of a view what decides where the best sites are."""
    plain = view.of_numbers()
    return plain.with_changes(indicator="gap_share", level="gmina", method=View.method, since="")


def pose_question(today: World, applied: World, asked: SitesAsked) -> SitingQuestion | SitingObstacle:
    """
    Return what is missing and where a facility could be opened, or why that cannot be told.

    Parameters
    ----------
    today
        The world of the registry.
    applied
        The same with the scenario of the view: what it opens stands already. The norm is that of today, because the
        median of the powiats moves with the places that a scenario opens (`layers.answers.measures.inputs.Asked.norm`).
    """
    obstacle = siting_obstacle(asked_of(today, asked.view.with_changes(scenario="")))
    if obstacle is not None:
        return obstacle
    return siting_need(
        asked_of(applied, asked.view),
        is_unsure_counted=asked.is_unsure_counted,
        is_wide=asked.is_wide,
        goal=asked.goal,
    )


def usual_places_of(today: World, view: View) -> tuple[int, int]:
    """Return the usual places of a facility of the view's form, to begin with."""
    return usual_places(asked_of(today, view.with_changes(scenario="")))


def asked_of(world: World, view: View) -> Asked:
    """Return a view with the gminas of its scope."""
    gminas = world.registry.areas_of_level("gmina").set_index("area_code")
    scope = "" if view.scope == COUNTRY else view.scope
    return Asked(world, view, gminas[gminas.index.str.startswith(scope)])
