"""A plan for new sites in words: its sites in a table and on a map, and what it costs."""

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from data.scenarios.changes import Change
from data.scenarios.costs import UnitCosts
from data.store.plain_text import plain_text
from geo.siting.limits import SitingLimits
from geo.siting.plan import SITE_COLUMNS, SitingPlan
from layers.answers.measures.siting import SitingQuestion
from layers.answers.measures.siting_found import FoundSites, closed_by
from layers.text import Texts
from layers.words.siting_words import SitingWords


def plan_marks(said: SitingWords, found: FoundSites, question: SitingQuestion) -> pd.DataFrame:
    """Return the sites as a map names them: `number` as in the table, `label`, `details` and `legend`."""
    table = plan_table(said, found, question, None, UnitCosts())
    rows = []
    for number, cells in enumerate(table.iloc[:-1].itertuples(index=False), start=1):
        _, name, gmina, places, gained = cells
        heads = zip(table.columns[3:], (places, gained), strict=True)
        gained = said.counted_in(gained, found, question)
        details = [gmina, *(said.texts.t("map.value", name=head, value=value) for head, value in heads)]
        legend = said.texts.t(
            "siting.map_site", name=name, capacity=said.capacity, places=places, gained=gained
        )
        rows.append((number, name, details, legend))
    return pd.DataFrame(rows, columns=["number", "label", "details", "legend"])


def plan_table(
    said: SitingWords,
    found: FoundSites,
    question: SitingQuestion,
    limits: SitingLimits | None,
    costs: UnitCosts,
) -> pd.DataFrame:
    """
    Return the sites of a plan, numbered as on the map, with the written numbers, and their sums in the last row.

    By how much fewer places are missing is known of all sites together; it is shared out by the people of each.

    Columns of costs are there only where a cost is given.
    """
    texts = said.texts
    heads = [
        texts.t("siting.number"),
        texts.t("siting.site"),
        texts.t("siting.gmina"),
        texts.t("siting.places", capacity=said.capacity),
        said.counted_in(texts.t("siting.gained"), found, question),
    ]
    rows, sites = [], _sites(found)
    for number, site in enumerate(sites, start=1):
        place = question.candidates.iloc[int(site["candidate_row"])]
        names = [str(number), plain_text(place["name"]), said.words.area(str(place["gmina_code"]))]
        rows.append(names + _numbers(site, texts))
    sums = _sums(found, question)
    rows.append(["", texts.t("siting.sum"), "", *_numbers(sums, texts)])
    if limits is not None and costs != UnitCosts():
        heads += [
            texts.t("siting.build"),
            texts.t("siting.run"),
            texts.t("siting.per_zl", count=int(limits.years)),
        ]
        priced = zip(rows, [*sites, sums], strict=True)
        rows = [row + _costs(site, limits, costs, texts) for row, site in priced]
    return pd.DataFrame(rows, columns=heads)


def plan_money(
    said: SitingWords, found: FoundSites, question: SitingQuestion, limits: SitingLimits, costs: UnitCosts
) -> str:
    """Return what a plan costs and gives for it; nothing where no cost is given."""
    if costs == UnitCosts():
        return ""
    build, run, each = _costs(_sums(found, question), limits, costs, said.texts)
    if closed_by(question, found.after) > 0:
        each = said.counted_in(each, found, question)
    told = said.texts.t("siting.money", build=build, run=run, each=each, count=int(limits.years))
    return f"{told} {said.texts.t('siting.money_open')}" if None in vars(costs).values() else told


def _numbers(site: Mapping[Hashable, Any], texts: Texts) -> list[str]:
    return [texts.number(site["places"]), texts.number(site["closed_places"])]


def _costs(site: Mapping[Hashable, Any], limits: SitingLimits, costs: UnitCosts, texts: Texts) -> list[str]:
    """Return cost of building, of running a year, and of both for each place fewer missing, as they are known."""
    build, run, closed = (float(site[name]) for name in ("build_cost", "run_cost_per_year", "closed_places"))
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


def _sites(found: FoundSites) -> list[dict[Hashable, Any]]:
    """Return the sites of a plan with `closed_places`, whose sum is that of the plan."""
    return found.plan.sites.assign(closed_places=found.closed_places).to_dict("records")


def _sums(found: FoundSites, question: SitingQuestion) -> dict[Hashable, Any]:
    sums = dict(found.plan.sites[list(SITE_COLUMNS[1:])].sum())
    return {**sums, "closed_places": closed_by(question, found.after)}


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
