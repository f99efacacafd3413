"""What is asked when sites are looked for, as a value that decides the answer, and the question made of it."""

from dataclasses import dataclass

from data.registry import COUNTRY
from layers.measures.asked import Asked
from layers.measures.siting import (
    SitingObstacle,
    SitingQuestion,
    siting_need,
    siting_obstacle,
    usual_places,
)
from layers.measures.siting_goal import MOST
from layers.measures.world import World
from layers.state import View


@dataclass(frozen=True)
class SitesAsked:
    """
    What decides where the best sites are.

    Attributes
    ----------
    view
        As `asked_view` returns.
    is_unsure_counted, is_wide, goal
        As `layers.siting_request.SitingRequest` has them.
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
    Return who lacks a place and where one could be opened, or why that cannot be told.

    Parameters
    ----------
    today
        The world of the registry.
    applied
        The same with the scenario of the view: what it opens stands already. The norm stays that of today, because the
        median of the powiats moves with the places that a scenario opens.
    """
    before = _asked(today, asked.view.with_changes(scenario=""))
    obstacle = siting_obstacle(before)
    if obstacle is not None:
        return obstacle
    view = asked.view.with_changes(norm=before.norm.places_per_1000)
    return siting_need(
        _asked(applied, view),
        is_unsure_counted=asked.is_unsure_counted,
        is_wide=asked.is_wide,
        goal=asked.goal,
    )


def usual_places_of(today: World, view: View) -> tuple[int, int]:
    """Return the usual places of a facility of the view's form, to begin with."""
    return usual_places(_asked(today, view.with_changes(scenario="")))


def _asked(world: World, view: View) -> Asked:
    gminas = world.registry.areas_of_level("gmina").set_index("area_code")
    scope = "" if view.scope == COUNTRY else view.scope
    return Asked(world, view, gminas[gminas.index.str.startswith(scope)])
