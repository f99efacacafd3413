"""What new sites are for, as a planner names it, and as the search takes it."""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd

from data.store.smallest_area import smallest_area
from data.vocabulary import is_wide
from geo.siting.goal import Goal, MostPeople, OneInEach, WorstFirst
from layers.answers.measures.inputs import MeasureInputs
from layers.view.siting_request import EACH, WORST

_POWIAT_DIGITS: Final = 4


@dataclass(frozen=True)
class AskedGoal:
    """
    A goal for `geo.siting.siting`, and what is not known of it.

    Attributes
    ----------
    goal
        For the search.
    unsure_areas
        With one in each powiat: powiats without a listed facility whose list is not complete, so that one may stand
        there.
    """

    goal: Goal
    unsure_areas: tuple[str, ...] = ()

    @property
    def needs_sites(self) -> bool:
        """Tell whether sites are asked for areas that have none, also where that lessens no lack."""
        return isinstance(self.goal, OneInEach) and bool(self.goal.area_codes)


def asked_goal(inputs: MeasureInputs, name: str, candidates: gpd.GeoDataFrame) -> AskedGoal:
    """
    Return the goal of a name for the scope of a question.

    Parameters
    ----------
    candidates
        In the order of the need: `gmina_code`.
    """
    if name == WORST:
        # No gmina lacks a form by itself that people come to from anywhere.
        return AskedGoal(WorstFirst(digits=_POWIAT_DIGITS) if is_wide(inputs.question.form) else WorstFirst())
    if name != EACH:
        return AskedGoal(MostPeople())
    scope = inputs.question.scope_code
    gminas = inputs.world.gminas.index.to_series()
    powiats = gminas[gminas.str.startswith(scope)].str[:_POWIAT_DIGITS].drop_duplicates().sort_values()
    stand_in = smallest_area(inputs.services).str[:_POWIAT_DIGITS]
    needed = tuple(powiats[~powiats.isin(stand_in)])
    is_complete = inputs.world.known_areas(inputs.question.help, "powiat")
    return AskedGoal(
        OneInEach(needed, tuple(candidates["gmina_code"].str[:_POWIAT_DIGITS])),
        tuple(code for code in needed if not is_complete.get(code, default=False)),
    )
