"""Why places are still missing with a plan for new sites, a sentence for each reason."""

import math
from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.store.plain_text import plain_text
from data.vocabulary import is_wide
from geo.siting.limits import SitingLimits
from geo.siting.plan import LeftReason
from geo.teryt import CODE_DIGITS
from geo.whole_numbers import apportion
from layers.answers.measures.siting import SitingQuestion
from layers.answers.measures.siting_found import FoundSites, basis_of, missing_before
from layers.words.siting_words import SitingWords

_MOST_AREAS: Final = 5
_OF_SIZE: Final = (LeftReason.PLACES_COUNT, LeftReason.NOT_WORTH_A_SITE)
"""Reasons that one more site would not hold, were it not for the places that are missing in all."""
_LEAST_PERSONS: Final = 0.5
"""Fewer are crumbs of people spread over points, not somebody."""


@dataclass(frozen=True)
class LeftSentence:
    """Why places are still missing, as a sentence; `places` is missing (NaN) where people are not counted."""

    reason: LeftReason
    places: float
    text: str


def left_sentences(
    said: SitingWords, found: FoundSites, question: SitingQuestion, limits: SitingLimits
) -> list[LeftSentence]:
    """
    Return a sentence for each reason why places are still missing, in the order of the reasons.

    The places of all reasons add up to what is missing with the plan, shared out by the people left over.
    """
    rows = found.plan.left_over
    rows = rows.assign(places=_left_places(found, question, rows["persons"]))
    told = []
    for reason in LeftReason:
        of_reason = rows[rows["reason"] == reason.value]
        is_unknown = reason is LeftReason.UNKNOWN_PERSONS
        places = math.nan if is_unknown else float(of_reason["places"].sum())
        if of_reason.empty or places == 0:
            continue
        is_held = reason in _OF_SIZE and said.is_held(found, limits)
        told_places = "" if is_unknown else said.counted_in(said.missing(places), found, question)
        sentence = said.texts.t(
            f"siting.left_{_held(found, question) if is_held else reason.value}",
            count=of_reason["gmina_code"].nunique(),
            places=told_places,
            new=found.places,
            before=_missing_before(said, found, question),
            way=said.way,
            least=limits.least_places,
            most=limits.most_places,
            capacity=said.capacity,
        )
        level = "powiat" if is_wide(said.view.form) and not is_unknown else "gmina"
        told.append(
            LeftSentence(reason, places, plain_text(f"{sentence} {_where(said, of_reason, level=level)}"))
        )
    return told


def _held(found: FoundSites, question: SitingQuestion) -> str:
    """Return the key of why there are no more places: these are more than are missing, or more would be."""
    if found.places > missing_before(question):
        return "held_over"
    return "held_estimate" if basis_of(question, found.after) == "estimate" else "held"


def _missing_before(said: SitingWords, found: FoundSites, question: SitingQuestion) -> str:
    """Return what is missing without the plan, as far as the places left over are counted; empty for unknown."""
    missing = missing_before(question)
    return "" if math.isinf(missing) else said.counted_in(said.missing(missing), found, question)


def left_unsure(said: SitingWords, question: SitingQuestion) -> str:
    """Return how many people are not counted because nobody knows whether they lack a place; empty for none."""
    persons = 0 if question.is_unsure_counted else said.unsure_persons(question)
    return said.texts.t("siting.left_unsure", count=persons) if persons else ""


def nothing_left(said: SitingWords, found: FoundSites) -> str:
    """Return what is missing with the plan when no reason is told."""
    return plain_text(said.texts.t("siting.left_nobody", sentence=said.sentence(found.after)))


def _left_places(found: FoundSites, question: SitingQuestion, persons: pd.Series) -> pd.Series:
    """Return whole places of people left over that add up to what is missing with the plan."""
    amount = found.after.missing_places
    left = amount.most if question.is_unsure_counted and not math.isnan(amount.most) else amount.estimate
    known = persons.dropna()
    if known.sum() > 0 and not math.isnan(left):
        known = pd.Series(apportion((known * (left / known.sum())).to_numpy(float), left), index=known.index)
    return known.reindex(persons.index)


def _where(said: SitingWords, rows: pd.DataFrame, *, level: str) -> str:
    """Return the areas with most of the people of a reason, and how many more there are."""
    by_area = rows.groupby(rows["gmina_code"].str[: CODE_DIGITS[level]])["persons"].sum(min_count=1)
    by_area = by_area[by_area.isna() | (by_area >= _LEAST_PERSONS)]
    first = by_area.sort_values(ascending=False, kind="stable").head(_MOST_AREAS)
    if first.empty:
        return ""
    listed = ", ".join(said.words.area(str(code)) for code in first.index)
    more = len(by_area) - len(first)
    if more:
        return said.texts.t(f"siting.{level}_more", areas=listed, count=more)
    return said.texts.t("siting.areas", areas=listed)
