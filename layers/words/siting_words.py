"""The best sites in words: what is missing without and with a plan, how sure that is, and what it supposes."""

import math

import pandas as pd

from data.scenarios.costs import UnitCosts
from data.store.plain_text import plain_text
from data.vocabulary import is_wide
from geo.siting.goal import WorstFirst
from geo.siting.limits import SitingLimits
from geo.siting.plan import Outcome, SitingPlan
from layers.answers.area_table import unit_of
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.siting import WIDE_RESIDENTS, SitingObstacle, SitingQuestion
from layers.answers.measures.siting_found import FoundSites, basis_of, missing_before
from layers.view.siting_request import WORST, SitingRequest
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

    def wrong_limits(self, request: SitingRequest) -> str:
        """Return why a request has no limits to search within (`SitingRequest.limits` raises)."""
        least, most = request.least_places or 0, request.most_places or math.inf
        return self.texts.t("siting.wrong_size" if least > most else "siting.no_limits")

    def unused_budget(self, request: SitingRequest, costs: UnitCosts) -> str:
        """Return that a budget limits nothing, and why; empty where it is used or there is none."""
        if request.budget_zl is None or request.is_budget_used(costs):
            return ""
        texts = self.texts
        # Without years a cost of running alone is paid from no budget.
        key = (
            "budget_pays_nothing"
            if costs.run_per_place_zl_year and not request.years
            else "budget_needs_costs"
        )
        budget = texts.t("costs.zl", value=texts.number(request.budget_zl))
        return plain_text(texts.t(f"siting.{key}", budget=budget))

    def outcome(self, outcome: Outcome, question: SitingQuestion) -> str:
        """Return why there is no plan; for `FOUND` that there is one."""
        is_all_unsure = outcome is Outcome.NO_UNMET and float(pd.Series(question.unsure_persons).sum()) > 0
        key = "no_unmet_sure" if is_all_unsure and not question.is_unsure_counted else outcome.value
        if outcome is Outcome.NO_CANDIDATE and question.candidates.empty:
            key = "no_locality"
        if outcome is Outcome.NO_GAIN and basis_of(question, question.before) == "estimate":
            key = "no_gain_estimate"
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
        return plain_text(f"{said} {self._idle_places(found, question, is_range=is_range)}")

    def _idle_places(self, found: FoundSites, question: SitingQuestion, *, is_range: bool) -> str:
        """
        Return how many of the new places lessen nothing; where that is not certain, how many may be so.

        Of numbers that are not certain there is a world in which the plan does least. Nothing is said of how much it
        does at most: in a world between those that are counted it may be more than in each of them.
        """
        before, after = question.before.missing_places, found.after.missing_places
        if before.least == 0 and before.bound:
            return self.texts.t("siting.perhaps_nothing")
        closed = int(before.minus(after).least)
        rest = found.places - closed
        if rest <= 0:
            return ""
        if is_range:
            key = "siting.rest_perhaps" if closed > 0 else "siting.rest_perhaps_all"
            return self.texts.t(key, capacity=self.capacity, rest=rest)
        # That more are built than are missing is said with the size of the sites.
        if closed > 0 and found.places <= missing_before(question):
            return self.texts.t("siting.rest", capacity=self.capacity, rest=rest)
        return ""

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
        of_estimate = "_estimate" if basis_of(question, found.after) == "estimate" else ""
        if found.places > missing:
            is_smallest = limits.places_count is None and found.places == sites * limits.least_places
            end = "_smallest" if is_smallest else ""
            said.append(self._excess(found, question, end=end, least=limits.least_places))
        if found.spare_sites:
            said.append(texts.t(f"siting.spare{of_estimate}", count=sites))
        elif not said and self.is_held(found, limits) and sites < (limits.sites_count or math.inf):
            said.append(texts.t(f"siting.held{of_estimate}"))
        idle = int((found.closed_places == 0).sum())
        if idle:
            said.append(texts.t(f"siting.idle{self._idle_end(found, question)}", count=idle))
        return [plain_text(sentence) for sentence in said]

    @staticmethod
    def _idle_end(found: FoundSites, question: SitingQuestion) -> str:
        """Return how certain it is that a site lessens nothing: certain, by an estimate that is told, or not known."""
        basis = basis_of(question, found.after)
        is_told = question.before.is_estimate_told and found.after.is_estimate_told
        return "" if not basis else "_estimate" if basis == "estimate" and is_told else "_unknown"

    def _excess(self, found: FoundSites, question: SitingQuestion, *, end: str, least: int) -> str:
        """Return that there are more new places than are missing; only perhaps where more may be missing than these."""
        before, missing = question.before.missing_places, missing_before(question)
        is_sure = not before.bound or found.places > before.most
        return self.texts.t(
            f"siting.excess{end}" if is_sure else f"siting.excess_perhaps{end}",
            more=self._more(question, found.places) if is_sure else "",
            missing=self._missing_in_all(question, missing),
            least=least,
        )

    def _missing_in_all(self, question: SitingQuestion, missing: float) -> str:
        """Return what places are measured against, with its range: what may be more is not told alone."""
        if question.is_unsure_counted:
            return self.texts.t("at_most", value=self.missing(missing))
        before = question.before
        return amount_words(before.missing_places, unit_of(self.view.form), self.texts, answer=before)

    def _more(self, question: SitingQuestion, places: int) -> str:
        """Return by how much places are more than are missing: at least, where so many are missing at most."""
        before = question.before.missing_places
        least = "_least" if before.bound else ""
        return self.texts.t(f"siting.more{least}", value=self.texts.number(places - before.most))

    @staticmethod
    def is_held(found: FoundSites, limits: SitingLimits) -> bool:
        """Tell whether one more site would be more places than are missing, while their number was left open."""
        allowed = found.limits.places_count
        is_ours = limits.places_count is None and allowed is not None
        return is_ours and found.places + limits.least_places > (allowed or 0)

    def missing(self, count: float) -> str:
        """Return how many places are missing, in the unit of the form."""
        return missing_amount(count, unit_of(self.view.form), self.texts)

    def counted_in(self, number: str, found: FoundSites, question: SitingQuestion) -> str:
        """Return a number of a plan with the world that it is counted in, where there are several."""
        basis = basis_of(question, found.after)
        return self.texts.t(f"siting.in_{basis}", number=number) if basis else number

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
