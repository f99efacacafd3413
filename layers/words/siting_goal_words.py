"""The goal of a search for sites in words: what came of it, and which areas needed a site."""

from collections.abc import Sequence
from typing import Any

from data.store.names import polish_order
from data.store.plain_text import plain_text
from geo.siting.goal import OneInEach, WorstFirst
from geo.siting.plan import SitingPlan
from layers.answers.measures.siting import SitingQuestion
from layers.words.scenario_words import ScenarioWords


def goal_sentences(question: SitingQuestion, words: ScenarioWords) -> list[str]:
    """Return what a goal did to the plan that was found; nothing where it is the most people."""
    texts, asked = words.texts, question.asked_goal
    if isinstance(asked.goal, WorstFirst):
        return [texts.t(f"siting.goal_worst_note{areas_key(is_of_powiats=asked.goal.is_of_powiats)}")]
    if not isinstance(asked.goal, OneInEach):
        return []
    if not asked.goal.area_codes:
        return [texts.t("siting.goal_each_all")]
    said = [texts.t("siting.goal_each_needed", **_needed(asked.goal.area_codes, words))]
    if asked.unsure_areas:
        said.append(texts.t("siting.goal_each_unsure", count=len(asked.unsure_areas)))
    return [plain_text(sentence) for sentence in said]


def outcome_values(question: SitingQuestion, words: ScenarioWords) -> dict[str, Any]:
    """Return what the sentences of outcomes say of the areas that need a site: those without a candidate, or all."""
    goal = question.asked_goal.goal
    codes = (goal.without_candidate() or goal.area_codes) if isinstance(goal, OneInEach) else ()
    return _needed(codes, words)


def proof_key(plan: SitingPlan, question: SitingQuestion) -> str:
    """Return the key of the sentence that says how sure it is that no plan is better."""
    goal = question.asked_goal.goal
    if isinstance(goal, WorstFirst):
        end = areas_key(is_of_powiats=goal.is_of_powiats)
        return f"siting.proven_worst{end}" if plan.is_proven else f"siting.not_proven_worst{end}"
    return "siting.proven" if plan.is_proven else "siting.not_proven"


def areas_key(*, is_of_powiats: bool) -> str:
    """Return how the keys of sentences end by whether the worst-off areas are powiats or gminas."""
    return "_powiats" if is_of_powiats else ""


def _needed(codes: Sequence[str], words: ScenarioWords) -> dict[str, Any]:
    names = sorted((words.area(code) for code in codes), key=polish_order)
    return {"count": len(names), "areas": ", ".join(names)}
