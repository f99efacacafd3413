"""What new sites are asked about: what is missing, and where a new facility could stand."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.vocabulary import has_door
from geo.allocation import allocate
from geo.crs import to_metric
from geo.reach import Reach
from geo.siting.need import SitingNeed
from geo.teryt import COUNTRY
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.gaps import gap_answer, triad_of
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.siting_goal import AskedGoal, asked_goal
from layers.answers.measures.supply import Supply, reach_of
from layers.view.siting_request import MOST

WIDE_RESIDENTS: Final = 1_000
"""With a wide search, localities of at least so many known residents are candidates, too."""
_FEWEST_KNOWN = 4
_PLACES_WHEN_UNKNOWN = (10, 30)


class SitingObstacle(StrEnum):
    """Why no sites can be looked for."""

    NO_DOOR = "no_door"  # the form comes to people or answers by phone; it has no site
    COUNTRY = "country"  # a plan is made for a voivodeship
    NO_PEOPLE = "no_people"  # it is not known how many people of the group live in any gmina
    NO_NORM = "no_norm"  # without a norm nothing is missing


@dataclass(frozen=True, eq=False)
class SitingQuestion:
    """
    What is missing in a scope, and where new facilities could be opened.

    Attributes
    ----------
    need
        For `geo.siting.siting`; its demand points are those of the scope alone.
    candidates
        Localities in the order of candidates: `locality_key`, `name`, `gmina_code`, EPSG:2180.
    unsure_persons
        Of each demand point: people of no data in the gap triad; missing where unknown.
    before
        What is missing before any site is opened: the answer that the heading of the view tells.
    is_unsure_counted, is_wide
        As they were asked for.
    asked_goal
        What the sites are for.
    """

    need: SitingNeed
    candidates: gpd.GeoDataFrame
    unsure_persons: NDArray[np.float64]
    before: GapAnswer
    is_unsure_counted: bool
    is_wide: bool
    asked_goal: AskedGoal


def siting_obstacle(inputs: MeasureInputs) -> SitingObstacle | None:
    """Return why no sites can be looked for, or None."""
    question = inputs.question
    if not has_door(question.form):
        return SitingObstacle.NO_DOOR
    if question.scope == COUNTRY and len(inputs.registry.areas_of_level("voivodeship")) > 1:
        return SitingObstacle.COUNTRY
    if inputs.world.demand_persons(question.people)[inputs.is_in_scope].isna().all():
        return SitingObstacle.NO_PEOPLE
    return None if inputs.norm.is_known else SitingObstacle.NO_NORM


def siting_need(
    inputs: MeasureInputs, *, is_unsure_counted: bool = False, is_wide: bool = False, goal: str = MOST
) -> SitingQuestion:
    """
    Gather people, existing facilities and candidates of a question that has no obstacle.

    Parameters
    ----------
    is_unsure_counted
        Whether the search also serves people of no data. Without it a plan is the best one for the known gap.
    goal
        One of `layers.view.siting_request.GOALS`.

    Notes
    -----
    People have places in the whole country first, as the gap triad shares them. Who lives beyond the border keeps the
    place that this gives: facilities have only the rest of their room for the scope, and all who are gained live in it.
    The people left over are therefore those that the triad counts in the scope.
    """
    question, world = inputs.question, inputs.world
    inside = inputs.is_in_scope.to_numpy(dtype=bool)
    norm = inputs.norm.places_per_1000
    reach, persons = world.reach(question), world.demand_persons(question.people)
    places = world.supply(question.help).facilities["capacity_places"]
    triad = triad_of(inputs)
    placed = allocate(triad["served_persons"], places * (1000.0 / norm), reach)
    abroad = np.bincount(
        reach.facility,
        weights=placed.persons_of_pair * ~inside[reach.demand],
        minlength=reach.facility_count,
    )
    is_near = np.zeros(reach.facility_count, dtype=bool)
    is_near[reach.facility[inside[reach.demand]]] = True
    left_places = (places - abroad * (norm / 1000.0)).clip(lower=0)[is_near]

    here = triad[inside]
    known = here["served_persons"] + here["over_capacity_persons"] + here["out_of_reach_persons"]
    points = world.points[inside].reset_index(drop=True)
    counted = persons.to_numpy(float)[inside] if is_unsure_counted else known.to_numpy(float)
    candidates = candidate_localities(inputs, is_wide=is_wide)
    return SitingQuestion(
        need=SitingNeed(
            demand=pd.DataFrame({"gmina_code": points["gmina_code"], "demand_persons": counted}),
            existing=part_of_reach(reach, is_demand=inside, is_facility=is_near),
            existing_places=left_places.reset_index(drop=True),
            candidates=reach_of(
                points,
                as_supply(candidates, world.supply(question.help)),
                question.way,
                network=world.network_of(question.way),
            ),
            places_per_1000=norm,
        ),
        candidates=candidates,
        unsure_persons=here["no_data_persons"].to_numpy(float),
        before=gap_answer(inputs),
        is_unsure_counted=is_unsure_counted,
        is_wide=is_wide,
        asked_goal=asked_goal(inputs, goal, candidates),
    )


def candidate_localities(inputs: MeasureInputs, *, is_wide: bool) -> gpd.GeoDataFrame:
    """
    Return where in the scope a site may stand: the main locality of each gmina, and with `is_wide` all larger ones.

    The main one bears the name of its gmina; of several, or where none does, it is the one with most known residents,
    and where none are known, the one nearest to the middle of the gmina. A gmina of which no locality is listed has no
    candidate.
    """
    gminas = inputs.world.gminas
    scope = inputs.question.scope_code
    localities = inputs.registry.localities
    localities = localities[localities["gmina_code"].notna() & localities.geometry.notna()]
    localities = localities[localities["gmina_code"].str.startswith(scope)]
    localities = to_metric(localities[localities["gmina_code"].isin(gminas.index)])
    of_gmina = gminas.loc[localities["gmina_code"]]
    middle = to_metric(gpd.GeoSeries(of_gmina["label_point"].to_numpy(), crs=gminas.crs))
    residents = localities["population_persons"].astype("Float64").astype(float)
    order = pd.DataFrame(
        {
            "is_other_name": localities["name"].to_numpy() != of_gmina["name"].to_numpy(),
            "fewer": -residents.fillna(0.0).to_numpy(),
            "middle_m": localities.geometry.distance(
                gpd.GeoSeries(middle.to_numpy(), index=localities.index, crs=middle.crs)
            ).to_numpy(),
            "key": localities["locality_key"].astype(str).to_numpy(),
        },
        index=localities.index,
    ).sort_values(["is_other_name", "fewer", "middle_m", "key"])
    is_candidate = ~localities["gmina_code"].reindex(order.index).duplicated()
    is_candidate = is_candidate.reindex(localities.index)
    if is_wide:
        is_candidate |= residents >= WIDE_RESIDENTS
    columns = ["locality_key", "name", "gmina_code", "geometry"]
    return localities.loc[is_candidate, columns].reset_index(drop=True)


def usual_places(inputs: MeasureInputs) -> tuple[int, int]:
    """
    Return the places that the middle half of the facilities of the form have, as far as they are known.

    Where fewer than 4 are known, 10 to 30: a range to begin with, not a fact.
    """
    known = inputs.world.supply(inputs.question.help).facilities["capacity_places"].dropna()
    known = known[known >= 1]
    if len(known) < _FEWEST_KNOWN:
        return _PLACES_WHEN_UNKNOWN
    least, most = known.quantile([0.25, 0.75])
    return round(float(least)), round(float(most))


def part_of_reach(reach: Reach, *, is_demand: NDArray[np.bool_], is_facility: NDArray[np.bool_]) -> Reach:
    """Return the pairs between some demand points and some facilities, both counted anew from 0."""
    facility = reach.facility
    is_in = is_demand[reach.demand] & is_facility[facility]
    counts = np.bincount(facility[is_in], minlength=reach.facility_count)[is_facility]
    new_row = np.cumsum(is_demand, dtype=np.int32) - 1
    return replace(
        reach,
        first=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        demand=new_row[reach.demand[is_in]].astype(np.int32),
        cost=reach.cost[is_in],
        demand_count=int(is_demand.sum()),
        is_demand_off=reach.is_demand_off[is_demand],
        is_facility_off=reach.is_facility_off[is_facility],
    )


def as_supply(candidates: gpd.GeoDataFrame, standing: Supply) -> Supply:
    """Return candidates as facilities with a door, so that the way to them is found as to those that stand."""
    rows = np.arange(len(candidates))
    return Supply(
        facilities=pd.DataFrame({"facility_id": rows, "gmina_code": candidates["gmina_code"]}),
        points=gpd.GeoDataFrame({"row": rows}, geometry=candidates.geometry.to_numpy(), crs=candidates.crs),
        served=((),) * len(candidates),
        agreements=standing.agreements,
    )
