"""
What is missing to a norm: one answer, in whole places and persons, that every output of a view tells.

Heading, table, card, siting, the effect of a scenario and its costs are all sums of the same whole numbers of gminas.
"""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from geo.gaps import LIST, OLD, PARTS, PLACES, PROFILE, REASONS, TOWN, gap_triad, gaps_by_area
from geo.printed_numbers import LEAST, MOST
from geo.whole_gaps import Beside, missing_places, whole_gaps
from layers.answers.measures.coarse_reach import hanging_of
from layers.answers.measures.gap_answer import NO_LIST, Amount, GapAnswer, is_part_of_one
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured, bound_where
from layers.answers.measures.nobody import HAIR_PERSONS, nobody_of
from layers.answers.measures.reached import bounds_of
from layers.answers.measures.shortfall import own_shortfall
from layers.answers.measures.uncertain_points import uncertain_points
from layers.indicators.gap_share import SURELY_OUT, TRIAD

PEOPLE_UNKNOWN: Final = "people"
"""The last reason why a number is unsure: how many people live somewhere is not known; the others are in `geo.gaps`."""
BEYOND_REASONS: Final = (TOWN, PROFILE, OLD)
"""Why people beyond a border may take, or leave, places within it."""
EXACT: Final = "exact_"
"""Begins the name of a part of the people before it was rounded: shares are made of these."""
_DECIMALS: Final = 9


def gap_answer(
    inputs: MeasureInputs, *, gminas: pd.DataFrame | None = None, triad: pd.DataFrame | None = None
) -> GapAnswer:
    """
    Return the answer for the scope of a question, the same at each level.

    Parameters
    ----------
    gminas, triad
        As `whole_gaps_of` and `triad_of` return them; given where places are tried that do not stand yet.
    """
    nothing = Amount(np.nan, np.nan, np.nan)
    if not inputs.norm.is_known:
        return GapAnswer(inputs.norm, nothing, nothing, np.nan, np.nan, (), 0, 0)
    gminas = whole_gaps_of(inputs) if gminas is None else gminas
    inside = gminas[gminas.index.str.startswith(inputs.question.scope_code)]
    unknown = int(inside["demand_persons"].isna().sum())
    if unknown == len(inside):
        return GapAnswer(
            inputs.norm, nothing, nothing, np.nan, np.nan, (PEOPLE_UNKNOWN,), unknown, len(inside)
        )
    sums = inside.sum()
    most_factor = np.nan if unknown else 1.0
    least, known, most = (float(sums[name]) for name in PLACES)
    places = Amount(least, known, most * most_factor)
    persons = Amount(
        float(sums["least_out_of_reach_persons"]),
        float(sums["out_of_reach_persons"]),
        float(sums["most_out_of_reach_persons"] * most_factor),
    )
    # Told as whole places, a part of one is one: which is so is asked only where one is told.
    exact = _exact_places(inputs, triad) if 1 in (least, known) else dict.fromkeys(PLACES, np.nan)
    reasons: tuple[str, ...] = ()
    if places.bound or persons.bound:
        reasons = _reasons(inputs, triad_of(inputs) if triad is None else triad, unknown)
    if inputs.has_no_list:
        # "Incomplete lists" would be said of lists that nobody has.
        reasons = tuple(NO_LIST if reason == LIST else reason for reason in reasons)
    return GapAnswer(
        inputs.norm,
        places,
        persons,
        float(sums["no_data_persons"]),
        float(sums["demand_persons"]),
        reasons,
        unknown,
        len(inside),
        is_least_a_part=is_part_of_one(least, exact[PLACES[0]]),
        is_estimate_a_part=is_part_of_one(known, exact[PLACES[1]]),
    )


def _exact_places(inputs: MeasureInputs, triad: pd.DataFrame | None) -> dict[str, float]:
    """Return the places that are missing in the scope before they are rounded, by the columns of `PLACES`."""
    gaps = _gaps_of(inputs) if triad is None else gmina_gaps(inputs, triad)
    inside = gaps[gaps.index.str.startswith(inputs.question.scope_code)]
    sums = missing_places(inside, norm_per_1000=inputs.norm.places_per_1000).sum()
    return {name: float(sums[name]) for name in PLACES}


def measure_gaps(inputs: MeasureInputs) -> Measured:
    """
    Return the gap of each area to the norm, without which there is none.

    Columns: those of `layers.indicators.gap_share.TRIAD` (persons; they add up to the group's people), `SURELY_OUT` and
    `geo.gaps.PLACES`, all whole numbers of gminas added up; of fractions `gap_share`, the missing places in all that
    the norm asks for, the persons that both are made of, `gap_persons`, `least_gap_persons`, `most_gap_persons`, and
    each part of the people before it was rounded, `exact_` and its name.

    Of an area in which the people of some gminas are not known the others are told, as *at least*, like in the answer
    of the whole scope: nobody can tell the most then, nor a share. Where the places beside it tell nothing, the share
    tells nothing either; nor does one that would be at most all of them.
    """
    index = inputs.areas.index
    names = [*TRIAD, SURELY_OUT, *PLACES]
    if not inputs.norm.is_known:
        nothing = pd.DataFrame(np.nan, index=index, columns=[*names, "gap_share"])
        return Measured(nothing, answer=gap_answer(inputs))
    persons, whole = (_gaps_of_areas(frame, inputs) for frame in (_gaps_of(inputs), whole_gaps_of(inputs)))
    is_part = _has_unknown(_gaps_of(inputs), inputs)
    gap = persons["over_capacity_persons"] + persons["out_of_reach_persons"]
    unserved = gap + persons["no_data_persons"]
    least, most = (persons[f"{name}_gap_persons"] for name in ("least", "most"))
    people = persons["demand_persons"]
    nobody = nobody_of(people)
    is_more, is_less = (most - gap >= nobody) | is_part, gap - least >= nobody
    # Sums of fractions: without rounding, nobody left would be a hair of a person, and everybody more than all.
    share = (gap / people.where(people > 0)).round(_DECIMALS).clip(0, 1)
    # "At least none" tells nothing, so it is no data.
    is_told = (gap > HAIR_PERSONS) | ~is_more
    is_nothing = whole["missing_places"].eq(0) & (whole["most_missing_places"] > 0)
    # "At most all of them" tells nothing either.
    is_all = share.eq(1) & is_less
    is_share_told = is_told & ~is_part & ~is_nothing & ~is_all & inputs.persons.notna()
    columns = whole[names].assign(
        gap_share=share.where(is_share_told),
        gap_persons=gap,
        least_gap_persons=least,
        most_gap_persons=most,
        **{f"{EXACT}{part}": persons[part] for part in TRIAD},
    )
    known = columns["missing_places"].where(is_told)
    columns["missing_places"] = known
    columns["most_missing_places"] = columns["most_missing_places"].mask(is_part)
    out, least_out, most_out = (whole[f"{name}out_of_reach_persons"] for name in ("", "least_", "most_"))
    return Measured(
        columns,
        {
            "gap_share": bounds_of(is_more & is_share_told, is_less & is_share_told),
            # Less than one place may be missing where the most is rounded to none.
            "most_missing_places": bound_where(
                whole["most_missing_places"].eq(0)
                & (most * inputs.norm.places_per_1000 > 1000 * HAIR_PERSONS),
                MOST,
            ),
            "missing_places": bounds_of_places(
                whole,
                known,
                persons,
                norm_per_1000=inputs.norm.places_per_1000,
                is_part=is_part & is_told,
            ),
            # Who has nothing in reach by the point of a town may have a facility there, and no place in it.
            "over_capacity_persons": bounds_of(is_more | (least_out < out), is_less),
            # Who is out of reach of every list is so for certain; of those with no data some may be, too.
            "out_of_reach_persons": bounds_of((most_out > out) | is_part, least_out < out),
            SURELY_OUT: bound_where(is_part, LEAST),
            "no_data_persons": bound_where(is_part, LEAST),
            "served_persons": bounds_of((unserved - least >= nobody) | is_part, most - unserved >= nobody),
        },
        answer=gap_answer(inputs),
    )


def bounds_of_places(
    whole: pd.DataFrame,
    known: pd.Series,
    persons: pd.DataFrame,
    *,
    norm_per_1000: float,
    is_part: pd.Series,
) -> pd.Series:
    """
    Return the bounds of the places that are missing as far as is known.

    Whole numbers are shared out among areas, so what is said of one is held against its fractions: "at most 6" is false
    of an area that may lack 6.4, and "0" of one whose share is 0.6 %.

    Parameters
    ----------
    whole, known
        At least and at most, columns of `geo.gaps.PLACES`, and as far as is known, all in whole places.
    persons
        Of the same areas, unrounded: the parts of the gap and `most_gap_persons`.
    is_part
        Where the people of some gminas are not known, and the others are told.
    """
    norm = norm_per_1000 / 1000
    exact = persons["over_capacity_persons"] + persons["out_of_reach_persons"]
    is_fewer = whole["least_missing_places"] < known
    is_above = persons["most_gap_persons"] * norm > known + HAIR_PERSONS
    is_more = (whole["most_missing_places"] > known) | (is_fewer & is_above) | is_part
    is_below_one = whole["most_missing_places"].eq(0) & (exact * norm > HAIR_PERSONS)
    return bounds_of(is_more, is_fewer).mask(is_below_one, MOST)


def triad_shares(rows: pd.DataFrame) -> tuple[float, ...]:
    """
    Return the shares of the parts of the people of areas, of numbers that are not rounded; empty for nobody.

    Who is nobody in print is in no share: beside "0 people" stood 0.0002 %, and 99.9998 % beside all of them.
    """
    names = [f"{EXACT}{part}" for part in TRIAD]
    if not set(names) <= set(rows) or rows[names].isna().all(axis=None):
        return ()
    sums = rows[names].sum()
    nobody = nobody_of(pd.Series([sums.sum()])).iloc[0]
    told = sums.where(sums >= nobody, 0.0)
    return tuple(told / told.sum()) if told.sum() > 0 else ()


def whole_gaps_of(inputs: MeasureInputs) -> pd.DataFrame:
    """Return persons and missing places of each gmina of the country at the norm of the question, in whole numbers."""
    norm = inputs.norm.places_per_1000
    return inputs.world.keep(
        ("whole gaps", norm, inputs.question.catchments),
        lambda: whole_gaps(
            _gaps_of(inputs),
            norm_per_1000=norm,
            beside=_beside(inputs),
        ),
    )


def _beside(inputs: MeasureInputs) -> Beside | None:
    """
    Return what the whole numbers of a question are made beside: today's, of a scenario.

    Where only a gmina's own residents come, it is what is missing in the gmina itself: told as one number where all of
    them have its places in reach.
    """
    if inputs.world.today is not inputs.world:
        return beside_today(inputs)
    if not inputs.question.is_own:
        return None
    exact, whole = own_shortfall(inputs)
    return Beside(exact.to_frame(PLACES[0]), whole.to_frame(PLACES[0]))


def beside_today(inputs: MeasureInputs) -> Beside:
    """Return what is missing today in gminas: a scenario that only adds places is told to widen no gap."""
    today = replace(inputs, world=inputs.world.today)
    exact = missing_places(_gaps_of(today), norm_per_1000=inputs.norm.places_per_1000)
    return Beside(exact, whole_gaps_of(today)[list(PLACES)])


def triad_of(inputs: MeasureInputs) -> pd.DataFrame:
    """Return the gap triad at each demand point of the country, at the norm of the question."""
    question, world = inputs.question, inputs.world
    return world.keep(
        ("triad", inputs.norm.places_per_1000, inputs.question.catchments),
        lambda: gap_triad(
            world.demand_persons(question.people),
            world.supply(question.help).group_places,
            world.reach(question),
            norm_per_1000=inputs.norm.places_per_1000,
            is_uncertain=uncertain_points(world, question),
            hanging=hanging_of(world, question),
        ),
    )


def _gaps_of(inputs: MeasureInputs) -> pd.DataFrame:
    """Return the persons of the triad of each gmina of the country, unrounded; missing where the year has no people."""
    return inputs.world.keep(
        ("gaps", inputs.norm.places_per_1000, inputs.question.catchments),
        lambda: gmina_gaps(inputs, triad_of(inputs)),
    )


def gmina_gaps(inputs: MeasureInputs, triad: pd.DataFrame) -> pd.DataFrame:
    """
    Add up a triad by gmina.

    Gminas whose people are not known in the year asked for are missing: at their points are the people of today, who
    take part and are not told (`layers.answers.measures.world.World.demand_persons`).
    """
    world, question = inputs.world, inputs.question
    gaps = gaps_by_area(triad, world.demand_persons(question.people), world.points["gmina_code"])
    return gaps.mask(world.gmina_people(question.people).reindex(gaps.index).isna())


def _gaps_of_areas(gminas: pd.DataFrame, inputs: MeasureInputs) -> pd.DataFrame:
    """Add up the known gminas of each area of the question; missing where none is known."""
    codes = gminas.index.str[: inputs.digits]
    return gminas.groupby(codes).sum(min_count=1).reindex(inputs.areas.index)


def _has_unknown(gminas: pd.DataFrame, inputs: MeasureInputs) -> pd.Series:
    """Tell in which areas of the question some gminas are known and others are not."""
    is_known = gminas["demand_persons"].notna().groupby(gminas.index.str[: inputs.digits])
    return (is_known.any() & ~is_known.all()).reindex(inputs.areas.index, fill_value=False)


def _reasons(inputs: MeasureInputs, triad: pd.DataFrame, unknown_gminas: int) -> tuple[str, ...]:
    """Return why it is not known exactly, in the order of `geo.gaps.REASONS`."""
    has_people = (triad[list(PARTS)].sum(axis="columns") > 0) & inputs.is_in_scope.set_axis(triad.index)
    met = set(triad.loc[has_people, "reason"].unique())
    found = tuple(reason for reason in REASONS if reason in met)
    if unknown_gminas:
        found = (*found, PEOPLE_UNKNOWN)
    # Nothing within the scope is unsure: it is people beyond its border who may take, or leave, its places.
    beyond = set(triad["reason"].unique())
    return found or tuple(reason for reason in BEYOND_REASONS if reason in beyond) or BEYOND_REASONS[:1]
