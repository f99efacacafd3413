"""The best sites in words: what is missing without and with a plan, how sure that is, and what it supposes."""

import math

import pandas as pd

from data.store.plain_text import plain_text
from data.vocabulary import is_wide
from geo.printed_numbers import LEAST, MOST
from geo.siting.goal import WorstFirst
from geo.siting.limits import SitingLimits
from geo.siting.plan import Outcome, SitingPlan
from layers.answers.area_table import unit_of
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.siting import WIDE_RESIDENTS, SitingObstacle, SitingQuestion
from layers.answers.measures.siting_found import FoundSites, missing_before
from layers.view.siting_request import WORST
from layers.view.view import View
from layers.words.gap_words import GapWords, amount_words, known_words, missing_amount, named_norm
from layers.words.question_words import way_of
from layers.words.scenario_words import ScenarioWords
from layers.words.siting_goal_words import areas_key, goal_sentences, outcome_values, proof_key


class SitingWords:
    """
    The words of a search for sites.

    Texts that come back are plain, on one line, and not escaped: names in them are of the data.

    Parameters
    ----------
    words
        The words of scenarios, with the names of the registry.
    """

    def __init__(self, words: ScenarioWords, view: View) -> None:
        self.words, self.view, self.texts = words, view, words.texts
        self.form, self.capacity = words.form(view.form), words.capacity(view.form)

    def obstacle(self, obstacle: SitingObstacle) -> str:
        """Return why a view cannot be asked for sites, and what to do instead."""
        return plain_text(self.texts.t(f"siting.obstacle_{obstacle.value}", form=self.form))

    def outcome(self, outcome: Outcome, question: SitingQuestion) -> str:
        """Return why there is no plan; for `FOUND` that there is one."""
        is_all_unsure = outcome is Outcome.NO_UNMET and float(pd.Series(question.unsure_persons).sum()) > 0
        key = "no_unmet_sure" if is_all_unsure and not question.is_unsure_counted else outcome.value
        if outcome is Outcome.NO_CANDIDATE and question.candidates.empty:
            key = "no_locality"
        sentence, values = self.sentence(question.before), outcome_values(question, self.words)
        return plain_text(self.texts.t(f"siting.outcome_{key}", way=self.way, sentence=sentence, **values))

    @property
    def way(self) -> str:
        """How far is near, as it follows "within reach"."""
        return way_of(self.view, self.texts)

    def answer(self, found: FoundSites, question: SitingQuestion) -> str:
        """Return what is missing without and with the plan, and within which way, in one or two sentences."""
        before, after = question.before.missing_places, found.after.missing_places
        is_same, is_range = before.estimate == after.estimate, bool(before.bound or after.bound)
        unit = unit_of(self.view.form)
        said = self.texts.t(
            "siting.answer_range" if is_range else "siting.answer_same" if is_same else "siting.answer",
            count=len(found.plan.sites),
            places=int(found.plan.sites["places"].sum()),
            capacity=self.capacity,
            way=self.way,
            to=named_norm(question.before.norm, self.texts),
            before=amount_words(before, unit, self.texts, answer=question.before),
            # What may be more or less is told as the effect of a scenario with these sites tells it.
            after=amount_words(after, unit, self.texts, answer=found.after)
            if is_range
            else int(after.estimate),
            closed=int(before.estimate - after.estimate),
        )
        estimates = self._estimates(question.before, found.after) if is_range else ""
        said = f"{said} {estimates}" if estimates else said
        rest = found.places - int(before.estimate - after.estimate)
        is_of_estimate = not is_range or (bool(estimates) and not question.is_unsure_counted)
        # That more are built than are missing is said with the size of the sites.
        if is_of_estimate and rest > 0 and not is_same and found.places <= missing_before(question):
            said = f"{said} {self.texts.t('siting.rest', capacity=self.capacity, rest=rest)}"
        if before.least == 0 and before.bound:
            said = f"{said} {self.texts.t('siting.perhaps_nothing')}"
        return plain_text(said)

    def _estimates(self, before: GapAnswer, after: GapAnswer) -> str:
        """Return the estimates beside the least and the most, where both are told and say more than these."""
        exact = [answer.missing_places for answer in (before, after)]
        is_told = all(answer.is_estimate_told for answer in (before, after))
        if not is_told or exact == [amount.told for amount in exact]:
            return ""
        numbers = {"before": int(exact[0].estimate), "after": int(exact[1].estimate)}
        return self.texts.t("siting.estimates", known=known_words((before, after), self.texts), **numbers)

    def size(self, found: FoundSites, question: SitingQuestion, limits: SitingLimits) -> list[str]:
        """
        Return how the places of a plan stand to what is missing, and why it has no more sites.

        Parameters
        ----------
        limits
            Those that were asked for; the plan may have been held to fewer places.
        """
        texts, sites, missing = self.texts, len(found.plan.sites), missing_before(question)
        said = []
        if found.places > missing:
            is_smallest = limits.places_count is None and found.places == sites * limits.least_places
            said.append(
                texts.t(
                    "siting.excess_smallest" if is_smallest else "siting.excess",
                    more=self._more(question, found.places),
                    missing=self._missing_in_all(question, missing),
                    least=limits.least_places,
                )
            )
        if found.spare_sites:
            said.append(texts.t("siting.spare", count=sites))
        elif not said and self.is_held(found, limits) and sites < (limits.sites_count or math.inf):
            said.append(texts.t("siting.held"))
        idle = int((found.closed_places == 0).sum())
        if idle:
            said.append(texts.t("siting.idle", count=idle))
        return [plain_text(sentence) for sentence in said]

    def _missing_in_all(self, question: SitingQuestion, missing: float) -> str:
        """Return what places are measured against, with its range: what may be more is not told alone."""
        if question.is_unsure_counted:
            return self.texts.t("at_most", value=self.missing(missing))
        before = question.before
        return amount_words(before.missing_places, unit_of(self.view.form), self.texts, answer=before)

    def _more(self, question: SitingQuestion, places: int) -> str:
        """Return by how much places are more than is told to be missing: where that may be more, this may be less."""
        told = question.before.told_places
        bound = MOST if question.is_unsure_counted else told.bound
        more = places - (missing_before(question) if question.is_unsure_counted else told.estimate)
        turned = {LEAST: "_most", MOST: "_least"}.get(bound, "")
        return self.texts.t(f"siting.more{turned}", value=self.texts.number(more))

    @staticmethod
    def is_held(found: FoundSites, limits: SitingLimits) -> bool:
        """Tell whether one more site would be more places than are missing, while their number was left open."""
        allowed = found.limits.places_count
        is_ours = limits.places_count is None and allowed is not None
        return is_ours and found.places + limits.least_places > (allowed or 0)

    def missing(self, count: float) -> str:
        """Return how many places are missing, in the unit of the form."""
        return missing_amount(count, unit_of(self.view.form), self.texts)

    def proof(self, plan: SitingPlan, question: SitingQuestion, *, seconds: float) -> str:
        """Tell whether a better plan may exist among the same candidates."""
        more = max(plan.bound_persons - plan.gained_persons, 0.0) / question.need.persons_per_place
        return self.texts.t(proof_key(plan, question), seconds=seconds, more=math.ceil(more))

    def goal_key(self, goal: str) -> str:
        """Return the key of the name of a goal; no gmina lacks a form by itself that people come to from anywhere."""
        return f"{goal}{areas_key(is_of_powiats=is_wide(self.view.form))}" if goal == WORST else goal

    def goal(self, question: SitingQuestion) -> list[str]:
        """Return what the goal did to the plan that was found."""
        return goal_sentences(question, self.words)

    @staticmethod
    def unsure_persons(question: SitingQuestion) -> int:
        """Return how many people nobody knows to lack a place: the whole number that tables tell."""
        persons = question.before.no_data_persons
        return 0 if math.isnan(persons) else int(persons)

    def sentence(self, answer: GapAnswer) -> str:
        """Return what an answer says, as a sentence begins; nothing where nothing is known."""
        if not answer.is_known:
            return ""
        said = GapWords(answer, self.texts, form=self.view.form, way=self.way).missing()
        return said[:1].upper() + said[1:]

    def notes(self, found: FoundSites, question: SitingQuestion) -> list[str]:
        """Return what the figures suppose, and what they do not know."""
        texts, plan = self.texts, found.plan
        notes = [
            texts.t("siting.note_norm", to=named_norm(question.before.norm, texts)),
            *self._candidates_note(plan, question),
            *self._worst_note(question),
            texts.t("siting.note_border"),
            texts.t("siting.note_shared"),
        ]
        unsure = self.unsure_persons(question)
        if unsure and not question.is_unsure_counted:
            near = min(round(found.unsure_near_persons), unsure)
            notes.append(texts.t("siting.note_unsure", persons=unsure, near=near))
        if plan.unknown_room_count:
            notes.append(texts.t("siting.note_unknown_room", count=plan.unknown_room_count))
        if plan.is_preselected:
            notes.append(texts.t("siting.note_preselected", count=plan.candidates_considered))
        return [plain_text(note) for note in notes]

    def _candidates_note(self, plan: SitingPlan, question: SitingQuestion) -> list[str]:
        if not plan.candidates_given:
            return []
        key = "siting.note_candidates_wide" if question.is_wide else "siting.note_candidates"
        return [self.texts.t(key, count=plan.candidates_given, residents=WIDE_RESIDENTS)]

    def _worst_note(self, question: SitingQuestion) -> list[str]:
        goal = question.asked_goal.goal
        if not isinstance(goal, WorstFirst):
            return []
        return [self.texts.t(f"siting.note_worst{areas_key(is_of_powiats=goal.is_of_powiats)}")]
