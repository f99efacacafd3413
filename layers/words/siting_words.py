"""The best sites in words: what is missing without and with a plan, how sure that is, and why some still is."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from data.scenarios.changes import Change
from data.scenarios.costs import UnitCosts
from data.store.plain_text import plain_text
from data.vocabulary import is_wide
from geo.printed_numbers import LEAST, MOST
from geo.siting.goal import WorstFirst
from geo.siting.limits import SitingLimits
from geo.siting.plan import SITE_COLUMNS, LeftReason, Outcome, SitingPlan
from geo.teryt import CODE_DIGITS
from geo.whole_numbers import apportion
from layers.answers.area_table import unit_of
from layers.answers.measures.gap_answer import GapAnswer
from layers.answers.measures.siting import WIDE_RESIDENTS, SitingObstacle, SitingQuestion
from layers.answers.measures.siting_found import FoundSites, closed_by, missing_before
from layers.view.siting_request import WORST
from layers.view.view import View
from layers.words.gap_words import GapWords, amount_words, known_words, missing_amount, named_norm
from layers.words.question_words import way_of
from layers.words.scenario_words import ScenarioWords
from layers.words.siting_goal_words import areas_key, goal_sentences, outcome_values, proof_key

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
        sentence, values = self._sentence(question.before), outcome_values(question, self.words)
        return plain_text(self.texts.t(f"siting.outcome_{key}", way=self.way, sentence=sentence, **values))

    @property
    def way(self) -> str:
        """How far is near, as it follows "within reach"."""
        return way_of(self.view, self.texts)

    def answer(self, found: FoundSites, question: SitingQuestion) -> str:
        """Return what is missing without and with the plan, in one or two sentences."""
        before, after = question.before.missing_places, found.after.missing_places
        is_same = before.estimate == after.estimate
        said = self.texts.t(
            "siting.answer_same" if is_same else "siting.answer",
            count=len(found.plan.sites),
            places=int(found.plan.sites["places"].sum()),
            capacity=self.capacity,
            to=named_norm(question.before.norm, self.texts),
            before=self._missing(before.estimate),
            after=int(after.estimate),
            closed=int(before.estimate - after.estimate),
        )
        rest = found.places - int(before.estimate - after.estimate)
        # That more are built than are missing is said with the size of the sites.
        if rest > 0 and not is_same and found.places <= missing_before(question):
            said = f"{said} {self.texts.t('siting.rest', capacity=self.capacity, rest=rest)}"
        known = known_words((question.before,), self.texts)
        if before.least == 0:
            said = f"{said} {self.texts.t('siting.perhaps_nothing', known=known)}"
        elif question.before.is_mostly_unknown and before.bound:
            said = f"{said} {self.texts.t('siting.of_known', known=known)}"
        if question.is_unsure_counted and not math.isnan(before.most):
            worst = {"most_before": int(before.most), "most_after": int(after.most)}
            said = f"{said} {self.texts.t('siting.certain', **worst)}"
        return plain_text(said)

    def closed(self, found: FoundSites, question: SitingQuestion) -> int:
        """Return by how much fewer places are missing with a plan; in the worst of worlds where that was asked for."""
        return closed_by(question, found.after)

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
                    more=self._more(question, found.places - missing),
                    missing=self._missing_in_all(question, missing),
                    least=limits.least_places,
                )
            )
        if found.spare_sites:
            said.append(texts.t("siting.spare", count=sites))
        elif not said and self._is_held(found, limits) and sites < (limits.sites_count or math.inf):
            said.append(texts.t("siting.held"))
        idle = int((found.closed_places == 0).sum())
        if idle:
            said.append(texts.t("siting.idle", count=idle))
        return [plain_text(sentence) for sentence in said]

    def _missing_in_all(self, question: SitingQuestion, missing: float) -> str:
        """Return what places are measured against, with its range: what may be more is not told alone."""
        if question.is_unsure_counted:
            return self.texts.t("at_most", value=self._missing(missing))
        return amount_words(question.before.missing_places, unit_of(self.view.form), self.texts)

    def _more(self, question: SitingQuestion, more: float) -> str:
        """Return by how much places are more than what is missing: where that may be more, this may be less."""
        bound = MOST if question.is_unsure_counted else question.before.missing_places.bound
        turned = {LEAST: "_most", MOST: "_least"}.get(bound, "")
        return self.texts.t(f"siting.more{turned}", value=self.texts.number(more))

    @staticmethod
    def _is_held(found: FoundSites, limits: SitingLimits) -> bool:
        """Tell whether one more site would be more places than are missing, while their number was left open."""
        allowed = found.limits.places_count
        is_ours = limits.places_count is None and allowed is not None
        return is_ours and found.places + limits.least_places > (allowed or 0)

    def _missing(self, count: float) -> str:
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

    def marks(self, found: FoundSites, question: SitingQuestion) -> pd.DataFrame:
        """Return the sites as a map names them: `number` as in the table, `label`, `details` and `legend`."""
        table = self.table(found, question, None, UnitCosts())
        rows = []
        for number, cells in enumerate(table.iloc[:-1].itertuples(index=False), start=1):
            _, name, gmina, places, gained = cells
            heads = zip(table.columns[3:], (places, gained), strict=True)
            details = [gmina, *(self.texts.t("map.value", name=head, value=value) for head, value in heads)]
            legend = self.texts.t(
                "siting.map_site", name=name, capacity=self.capacity, places=places, gained=gained
            )
            rows.append((number, name, details, legend))
        return pd.DataFrame(rows, columns=["number", "label", "details", "legend"])

    def table(
        self, found: FoundSites, question: SitingQuestion, limits: SitingLimits | None, costs: UnitCosts
    ) -> pd.DataFrame:
        """
        Return the sites of a plan, numbered as on the map, with the written numbers, and their sums in the last row.

        By how much fewer places are missing is known of all sites together; it is shared out by the people of each.

        Columns of costs are there only where a cost is given.
        """
        texts = self.texts
        heads = [
            texts.t("siting.number"),
            texts.t("siting.site"),
            texts.t("siting.gmina"),
            texts.t("siting.places", capacity=self.capacity),
            texts.t("siting.gained"),
        ]
        rows, sites = [], self._sites(found)
        for number, site in enumerate(sites, start=1):
            place = question.candidates.iloc[int(site["candidate_row"])]
            names = [str(number), plain_text(place["name"]), self.words.area(str(place["gmina_code"]))]
            rows.append(names + self._numbers(site))
        sums = self._sums(found, question)
        rows.append(["", texts.t("siting.sum"), "", *self._numbers(sums)])
        if limits is not None and costs != UnitCosts():
            heads += [
                texts.t("siting.build"),
                texts.t("siting.run"),
                texts.t("siting.per_zl", count=int(limits.years)),
            ]
            priced = zip(rows, [*sites, sums], strict=True)
            rows = [row + self._costs(site, limits, costs) for row, site in priced]
        return pd.DataFrame(rows, columns=heads)

    def money(
        self, found: FoundSites, question: SitingQuestion, limits: SitingLimits, costs: UnitCosts
    ) -> str:
        """Return what a plan costs and gives for it; nothing where no cost is given."""
        if costs == UnitCosts():
            return ""
        build, run, each = self._costs(self._sums(found, question), limits, costs)
        said = self.texts.t("siting.money", build=build, run=run, each=each, count=int(limits.years))
        if None in vars(costs).values():
            said = f"{said} {self.texts.t('siting.money_open')}"
        return said

    def left_unsure(self, question: SitingQuestion) -> str:
        """Return how many people are not counted because nobody knows whether they lack a place; empty for none."""
        persons = 0 if question.is_unsure_counted else self._unsure_persons(question)
        return self.texts.t("siting.left_unsure", count=persons) if persons else ""

    @staticmethod
    def _unsure_persons(question: SitingQuestion) -> int:
        """Return how many people nobody knows to lack a place: the whole number that tables tell."""
        persons = question.before.no_data_persons
        return 0 if math.isnan(persons) else int(persons)

    def left(self, found: FoundSites, question: SitingQuestion, limits: SitingLimits) -> list[LeftSentence]:
        """
        Return a sentence for each reason why places are still missing, in the order of the reasons.

        The places of all reasons add up to what is missing with the plan, shared out by the people left over.
        """
        rows = found.plan.left_over
        rows = rows.assign(places=self._left_places(found, question, rows["persons"]))
        said = []
        for reason in LeftReason:
            of_reason = rows[rows["reason"] == reason.value]
            is_unknown = reason is LeftReason.UNKNOWN_PERSONS
            places = math.nan if is_unknown else float(of_reason["places"].sum())
            if of_reason.empty or places == 0:
                continue
            is_held = reason in _OF_SIZE and self._is_held(found, limits)
            sentence = self.texts.t(
                f"siting.left_{'held' if is_held else reason.value}",
                count=of_reason["gmina_code"].nunique(),
                places="" if is_unknown else self._missing(places),
                way=self.way,
                least=limits.least_places,
                most=limits.most_places,
                capacity=self.capacity,
            )
            level = "powiat" if is_wide(self.view.form) and not is_unknown else "gmina"
            said.append(
                LeftSentence(reason, places, plain_text(f"{sentence} {self._where(of_reason, level=level)}"))
            )
        return said

    def nothing_left(self, found: FoundSites) -> str:
        """Return what is missing with the plan when no reason is told."""
        return plain_text(self.texts.t("siting.left_nobody", sentence=self._sentence(found.after)))

    def _sentence(self, answer: GapAnswer) -> str:
        """Return what an answer says, as a sentence begins; nothing where nothing is known."""
        if not answer.is_known:
            return ""
        said = GapWords(answer, self.texts, form=self.view.form, way=self.way).missing()
        return said[:1].upper() + said[1:]

    def _left_places(self, found: FoundSites, question: SitingQuestion, persons: pd.Series) -> pd.Series:
        """Return whole places of people left over that add up to what is missing with the plan."""
        amount = found.after.missing_places
        left = amount.most if question.is_unsure_counted and not math.isnan(amount.most) else amount.estimate
        known = persons.dropna()
        if known.sum() > 0 and not math.isnan(left):
            known = pd.Series(
                apportion((known * (left / known.sum())).to_numpy(float), left), index=known.index
            )
        return known.reindex(persons.index)

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
        unsure = self._unsure_persons(question)
        if unsure and not question.is_unsure_counted:
            near = min(round(found.unsure_near_persons), unsure)
            notes.append(texts.t("siting.note_unsure", persons=unsure, near=near))
        if plan.unknown_room_count:
            notes.append(texts.t("siting.note_unknown_room", count=plan.unknown_room_count))
        if plan.is_preselected:
            notes.append(texts.t("siting.note_preselected", count=plan.candidates_considered))
        return [plain_text(note) for note in notes]

    def _numbers(self, site: Mapping[Hashable, Any]) -> list[str]:
        return [self.texts.number(site["places"]), self.texts.number(site["closed_places"])]

    def _costs(self, site: Mapping[Hashable, Any], limits: SitingLimits, costs: UnitCosts) -> list[str]:
        """Return cost of building, of running a year, and of both for each place fewer missing, as they are known."""
        texts = self.texts
        build, run, closed = (
            float(site[name]) for name in ("build_cost", "run_cost_per_year", "closed_places")
        )
        is_build_open = [cost is None for cost in (costs.build_per_site_zl, costs.build_per_place_zl)]
        is_run_open = costs.run_per_place_zl_year is None
        not_given = texts.t("costs.not_given")
        said_build = not_given if all(is_build_open) else texts.t("costs.zl", value=texts.number(build))
        if any(is_build_open) and not all(is_build_open):
            said_build = texts.t("at_least", value=said_build)
        said_run = not_given if is_run_open else texts.t("costs.zl", value=texts.number(run))
        total = build + limits.years * run
        if total <= 0:
            return [said_build, said_run, texts.t("siting.no_cost")]
        if closed <= 0:
            return [said_build, said_run, texts.t("no_data")]
        said_each = texts.t("costs.zl", value=texts.number(math.ceil(round(total / closed, 6))))
        if any(is_build_open) or (is_run_open and limits.years > 0):
            said_each = texts.t("at_least", value=said_each)
        return [said_build, said_run, said_each]

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

    def _where(self, rows: pd.DataFrame, *, level: str) -> str:
        """Return the areas with most of the people of a reason, and how many more there are."""
        by_area = rows.groupby(rows["gmina_code"].str[: CODE_DIGITS[level]])["persons"].sum(min_count=1)
        by_area = by_area[by_area.isna() | (by_area >= _LEAST_PERSONS)]
        first = by_area.sort_values(ascending=False, kind="stable").head(_MOST_AREAS)
        if first.empty:
            return ""
        listed = ", ".join(self.words.area(str(code)) for code in first.index)
        more = len(by_area) - len(first)
        if more:
            return self.texts.t(f"siting.{level}_more", areas=listed, count=more)
        return self.texts.t("siting.areas", areas=listed)

    @staticmethod
    def _sites(found: FoundSites) -> list[dict[Hashable, Any]]:
        """Return the sites of a plan with `closed_places`, whose sum is that of the plan."""
        return found.plan.sites.assign(closed_places=found.closed_places).to_dict("records")

    def _sums(self, found: FoundSites, question: SitingQuestion) -> dict[Hashable, Any]:
        sums = dict(found.plan.sites[list(SITE_COLUMNS[1:])].sum())
        return {**sums, "closed_places": self.closed(found, question)}


def changes_of(plan: SitingPlan, question: SitingQuestion, form: str) -> Sequence[Change]:
    """
    Return a plan as changes for a scenario.

    Costs stay those of the view: a change that states its own would no longer follow them.
    """
    changes = []
    for site in plan.sites.to_dict("records"):
        place = question.candidates.iloc[int(site["candidate_row"])]
        changes.append(
            Change(
                kind="open",
                support_form=form,
                gmina_code=str(place["gmina_code"]),
                locality_key=str(place["locality_key"]),
                places=int(site["places"]),
            )
        )
    return changes
