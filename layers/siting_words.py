"""The best sites in words: what a plan gives, how sure that is, who is left over and why."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from data.export.plain import plain_text
from data.scenarios.changes import Change
from data.scenarios.costs import UnitCosts
from geo.siting_left import LeftReason
from geo.siting_limits import SitingLimits
from geo.siting_plan import SITE_COLUMNS, Outcome, SitingPlan
from geo.teryt import VOIVODESHIPS
from layers.measures.siting import WIDE_RESIDENTS, FoundSites, SitingObstacle, SitingQuestion
from layers.scenario_words import ScenarioWords
from layers.siting_goal_words import goal_sentences, outcome_values, proof_key
from layers.state import View

_MOST_GMINAS: Final = 5
_LEAST_PERSONS: Final = 0.5
"""Fewer would be written as 0; they are crumbs of people spread over points, not somebody."""


@dataclass(frozen=True)
class LeftSentence:
    """Why people are left over, as a sentence; `persons` is missing (NaN) where their number is not known."""

    reason: LeftReason
    persons: float
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
        values = outcome_values(question, self.words)
        return plain_text(self.texts.t(f"siting.outcome_{key}", way=self.way, **values))

    @property
    def way(self) -> str:
        """How far is near, as it follows "within reach"."""
        view, texts = self.view, self.texts
        if view.travel != "line":
            return texts.t(f"way.{view.travel}", count=view.minutes)
        if view.detour_pct == View.detour_pct:
            return texts.t("way.line", distance_km=view.distance_km)
        return texts.t("way.detour", distance_km=view.distance_km, factor=view.detour_pct / 100)

    def answer(self, found: FoundSites, question: SitingQuestion) -> str:
        """Return what the plan gives, in one or two sentences."""
        plan = found.plan
        before, gained = round(plan.unmet_before_persons), round(plan.gained_persons)
        said = self.texts.t(
            "siting.answer_unsure" if question.is_unsure_counted else "siting.answer",
            count=len(plan.sites),
            places=int(plan.sites["places"].sum()),
            capacity=self.capacity,
            before=before,
            after=max(before - gained, 0),
            gained=gained,
            share=self.texts.percent(plan.gained_persons / plan.unmet_before_persons),
        )
        if question.is_unsure_counted:
            certain = min(round(found.certain_persons), gained)
            said = f"{said} {self.texts.t('siting.certain', certain=certain, unsure=gained - certain)}"
        return plain_text(said)

    def proof(self, plan: SitingPlan, *, seconds: float) -> str:
        """Return whether a better plan may exist among the same candidates."""
        more = max(plan.bound_persons - plan.gained_persons, 0.0)
        return self.texts.t(proof_key(plan), seconds=seconds, more=math.ceil(more))

    def goal(self, question: SitingQuestion) -> list[str]:
        """Return what the goal did to the plan that was found."""
        return goal_sentences(question, self.words)

    def marks(self, plan: SitingPlan, question: SitingQuestion) -> pd.DataFrame:
        """Return the sites as a map names them: `number` as in the table, `label`, `details` and `legend`."""
        table = self.table(plan, question, None, UnitCosts())
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
        self, plan: SitingPlan, question: SitingQuestion, limits: SitingLimits | None, costs: UnitCosts
    ) -> pd.DataFrame:
        """
        Return the sites of a plan, numbered as on the map, with the written numbers, and their sums in the last row.

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
        rows = []
        for number, site in enumerate(plan.sites.to_dict("records"), start=1):
            place = question.candidates.iloc[int(site["candidate_row"])]
            names = [str(number), plain_text(place["name"]), self.words.area(str(place["gmina_code"]))]
            rows.append(names + self._numbers(site))
        rows.append(["", texts.t("siting.sum"), "", *self._numbers(_sums(plan))])
        if limits is not None and costs != UnitCosts():
            heads += [
                texts.t("siting.build"),
                texts.t("siting.run"),
                texts.t("siting.per_zl", count=int(limits.years)),
            ]
            sites = [*plan.sites.to_dict("records"), _sums(plan)]
            rows = [row + self._costs(site, limits, costs) for row, site in zip(rows, sites, strict=True)]
        return pd.DataFrame(rows, columns=heads)

    def money(self, plan: SitingPlan, limits: SitingLimits, costs: UnitCosts) -> str:
        """Return what a plan costs and gives for it; nothing where no cost is given."""
        if costs == UnitCosts():
            return ""
        build, run, each = self._costs(_sums(plan), limits, costs)
        said = self.texts.t("siting.money", build=build, run=run, each=each, count=int(limits.years))
        if None in vars(costs).values():
            said = f"{said} {self.texts.t('siting.money_open')}"
        return said

    def left_unsure(self, question: SitingQuestion) -> str:
        """Return how many people are not counted because nobody knows whether they lack a place; empty for none."""
        persons = 0 if question.is_unsure_counted else round(float(pd.Series(question.unsure_persons).sum()))
        return self.texts.t("siting.left_unsure", count=persons) if persons else ""

    def left(self, plan: SitingPlan, limits: SitingLimits) -> list[LeftSentence]:
        """Return a sentence for each reason why people are still not served, in the order of the reasons."""
        said = []
        for reason in LeftReason:
            rows = plan.left_over[plan.left_over["reason"] == reason.value]
            persons = float(rows["persons"].sum(skipna=False)) if len(rows) else 0.0
            if rows.empty or persons < _LEAST_PERSONS:
                continue
            number = rows["gmina_code"].nunique() if math.isnan(persons) else round(persons)
            sentence = self.texts.t(
                f"siting.left_{reason.value}",
                count=number,
                way=self.way,
                least=limits.least_places,
                most=limits.most_places,
                capacity=self.capacity,
            )
            text = plain_text(f"{sentence} {self._gminas(rows)}")
            said.append(LeftSentence(reason, persons, text))
        return said

    def notes(self, found: FoundSites, question: SitingQuestion) -> list[str]:
        """Return what the figures suppose, and what they do not know."""
        texts, plan = self.texts, found.plan
        notes = [
            texts.t("siting.note_norm", norm=texts.number(question.need.places_per_1000, decimals=2)),
            texts.t(
                "siting.note_candidates_wide" if question.is_wide else "siting.note_candidates",
                count=plan.candidates_given,
                residents=WIDE_RESIDENTS,
            ),
            *([texts.t("siting.note_worst")] if plan.area_shares is not None else []),
            texts.t("siting.note_border"),
            texts.t("siting.note_shared"),
        ]
        unsure = round(float(pd.Series(question.unsure_persons).sum()))
        if unsure and not question.is_unsure_counted:
            near = min(round(found.unsure_near_persons), unsure)
            notes.append(texts.t("siting.note_unsure", persons=unsure, near=near))
        if plan.unknown_room_count:
            notes.append(texts.t("siting.note_unknown_room", count=plan.unknown_room_count))
        if question.is_upper_bound:
            notes.append(texts.t("siting.note_at_most"))
        if question.is_lower_bound:
            notes.append(texts.t("siting.note_at_least"))
        if plan.is_preselected:
            notes.append(texts.t("siting.note_preselected", count=plan.candidates_considered))
        return [plain_text(note) for note in notes]

    def _numbers(self, site: Mapping[Hashable, Any]) -> list[str]:
        return [self.texts.number(site["places"]), self.texts.number(site["gained_persons"])]

    def _costs(self, site: Mapping[Hashable, Any], limits: SitingLimits, costs: UnitCosts) -> list[str]:
        """Return cost of building, cost of running a year, and people gained for 1,000 zł, as they are known."""
        texts = self.texts
        build, run, gained = (
            float(site[name]) for name in ("build_cost", "run_cost_per_year", "gained_persons")
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
        each = 1000 * gained / total
        decimals = 0 if each >= 10 else min(max(1 - math.floor(math.log10(each)), 0), 5) if each > 0 else 0
        said_each = texts.number(each, decimals=decimals)
        if any(is_build_open) or (is_run_open and limits.years > 0):
            said_each = texts.t("at_most", value=said_each)
        return [said_build, said_run, said_each]

    def _gminas(self, rows: pd.DataFrame) -> str:
        """Return the gminas with most of the people of a reason, and how many more there are."""
        by_gmina = rows.groupby("gmina_code")["persons"].sum(min_count=1)
        by_gmina = by_gmina[by_gmina.isna() | (by_gmina >= _LEAST_PERSONS)]
        first = by_gmina.sort_values(ascending=False, kind="stable").head(_MOST_GMINAS)
        if first.empty:
            return ""
        names = [
            self.words.area(str(code))
            if math.isnan(persons)
            else self.texts.t(
                "siting.gmina_persons", gmina=self.words.area(str(code)), persons=round(persons)
            )
            for code, persons in first.items()
        ]
        listed = ", ".join(names)
        more = len(by_gmina) - len(first)
        if more:
            return self.texts.t("siting.gminas_more", gminas=listed, count=more)
        return self.texts.t("siting.gminas", gminas=listed)


def _sums(plan: SitingPlan) -> dict[Hashable, Any]:
    return dict(plan.sites[list(SITE_COLUMNS[1:])].sum())


def changes_of(plan: SitingPlan, question: SitingQuestion, form: str) -> Sequence[Change]:
    """
    Return a plan as changes for a scenario; nothing where a gmina has a code that no scenario can name.

    Costs stay those of the view: a change that states its own would no longer follow them.
    """
    changes = []
    for site in plan.sites.to_dict("records"):
        place = question.candidates.iloc[int(site["candidate_row"])]
        if str(place["gmina_code"])[:2] not in VOIVODESHIPS:
            return []
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
