"""What is asked when sites are looked for, as a value that decides the answer, and the question made of it."""

from dataclasses import dataclass, replace

from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.siting import (
    SitingObstacle,
    SitingQuestion,
    siting_need,
    siting_obstacle,
    usual_places,
)
from layers.answers.measures.world import World
from layers.view.question import Question
from layers.view.siting_request import MOST
from layers.view.view import View


@dataclass(frozen=True)
class SitesAsked:
    """
    What decides where the best sites are.

    Attributes
    ----------
    question
        As `question_of_sites` returns.
    is_unsure_counted, is_wide, goal
        As `layers.view.siting_request.SitingRequest` has them.
    """

    question: Question
    is_unsure_counted: bool = False
    is_wide: bool = False
    goal: str = MOST


def question_of_sites(view: View) -> Question:
    """Return of a view what decides where the best sites are: the gap of gminas."""
    return view.with_changes(indicator="gap_share", level="gmina", method=View.method, since="").question


def pose_question(today: World, applied: World, asked: SitesAsked) -> SitingQuestion | SitingObstacle:
    """
    Return what is missing and where a facility could be opened, or why that cannot be told.

    Parameters
    ----------
    today
        The world of the registry.
    applied
        The same with the scenario of the view: what it opens stands already. The norm is that of today, because the
        median of the powiats moves with the places that a scenario opens
        (`layers.answers.measures.inputs.MeasureInputs.norm`).
    """
    obstacle = siting_obstacle(inputs_of_sites(today, replace(asked.question, scenario="")))
    if obstacle is not None:
        return obstacle
    return siting_need(
        inputs_of_sites(applied, asked.question),
        is_unsure_counted=asked.is_unsure_counted,
        is_wide=asked.is_wide,
        goal=asked.goal,
    )


def usual_places_of(today: World, question: Question) -> tuple[int, int]:
    """Return the usual places of a facility of the question's form, to begin with."""
    return usual_places(inputs_of_sites(today, replace(question, scenario="")))


def inputs_of_sites(world: World, question: Question) -> MeasureInputs:
    """Return what measures of a question are made of, with the gminas of its scope."""
    gminas = world.registry.areas_of_level("gmina").set_index("area_code")
    return MeasureInputs(world, question, gminas[gminas.index.str.startswith(question.scope_code)])
