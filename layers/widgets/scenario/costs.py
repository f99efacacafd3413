"""What a scenario costs beside what it changes: each change, and each place fewer missing."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from data.registry.registry import Registry
from data.scenarios import Scenario, ScenarioCosts, scenario_costs
from layers.answers.area_table import AreaTable
from layers.answers.cost_report import forms_of_scenario
from layers.answers.cost_sources import area_of_changes
from layers.answers.measures.gap_answer import Amount
from layers.answers.scenario_effect import EffectFigure, cost_per_place, effect_of
from layers.text import Texts
from layers.view.unit_costs import read_unit_costs
from layers.view.view import View
from layers.widgets.navigation import page_of
from layers.widgets.offered_costs import show_offered_costs, show_who_pays
from layers.widgets.plain import plain
from layers.widgets.scenario.sides import Side, html_table
from layers.words.effect_words import write_amount
from layers.words.figures import BOUND_TEXTS
from layers.words.known_costs_words import PAID_BY_LAW
from layers.words.scenario_words import ScenarioWords


def show_costs(
    registry: Registry, view: View, sides: Sequence[Side], today: AreaTable, words: ScenarioWords
) -> None:
    """Draw what each scenario costs, change by change and in all, and the way to the page of costs."""
    texts = words.texts
    st.subheader(plain(texts.t("scenario.costs")), anchor=False)
    unit_costs = read_unit_costs(view.costs)
    priced = [
        (
            side,
            side.scenario,
            scenario_costs(side.scenario, unit_costs, registry.services, left_out=side.left_out),
        )
        for side in sides
        if side.scenario is not None
    ]
    shown = []
    for _, scenario, costs in priced:
        shown.append(cost_table(scenario, costs, words))
    heads = [texts.t("scenario.costs"), *(scenario.title for _, scenario, _ in priced)]
    summary = [_summary(costs, effect_of(today, side.table).closed.told, texts) for side, _, costs in priced]
    capacity = words.capacity(view.form)
    labels = [
        texts.t(f"scenario.cost_{name}", capacity=capacity)
        for name in ("build", "run", "gained", "each", "each_year")
    ]
    rows = [
        (escape(label), [column[position] for column in summary]) for position, label in enumerate(labels)
    ]
    st.html("".join(shown) + html_table(texts.t("scenario.costs_caption"), heads, rows))
    forms = dict.fromkeys(
        str(form) for _, _, costs in priced for form in costs.changes["support_form"].dropna()
    )
    area_code = view.chosen or next((area_of_changes(scenario, registry) for _, scenario, _ in priced), "")
    show_offered_costs(registry, view, list(forms), area_code, texts, place="scenario")
    if any(PAID_BY_LAW in forms_of_scenario(scenario, registry.services) for _, scenario, _ in priced):
        show_who_pays(texts, place="scenario")
    is_open = any(costs.is_build_at_least or costs.is_run_at_least for _, _, costs in priced)
    if is_open:
        st.markdown(plain(texts.t("scenario.costs_open")))
    with st.container(key="scenario_to_costs"):
        st.page_link(
            page_of("costs", texts), label=texts.t("scenario.to_costs"), query_params=view.to_query()
        )


def cost_table(scenario: Scenario, costs: ScenarioCosts, words: ScenarioWords) -> str:
    """Return what each change costs, as an HTML table."""
    texts = words.texts
    rows = []
    for row in costs.changes.to_dict("records"):
        change = scenario.changes[int(row["change"]) - 1]
        build = None if pd.isna(row["build_zl"]) else float(row["build_zl"])
        run = None if pd.isna(row["run_zl_year"]) else float(row["run_zl_year"])
        cells = [
            write_zl(build, texts, bound="least" if row["is_build_at_least"] else ""),
            write_zl(run, texts),
        ]
        named = f"{row['change']}. {words.change(change, scenario)}"
        if row["is_left_out"]:
            named = texts.t("scenario.cost_left_out", change=named)
        rows.append((escape(named), cells))
    heads = [texts.t("scenario.change"), texts.t("scenario.cost_build"), texts.t("scenario.cost_run")]
    return html_table(texts.t("scenario.costs_of", title=scenario.title), heads, rows)


def _summary(costs: ScenarioCosts, closed: Amount, texts: Texts) -> list[str]:
    """Return the costs of a scenario in all, by how much fewer places are missing, and both for each of them."""
    build_bound = "least" if costs.is_build_at_least else ""
    each = cost_per_place(costs.build_zl, closed, is_cost_at_least=costs.is_build_at_least)
    each_year = cost_per_place(costs.run_zl_year, closed, is_cost_at_least=False)
    run = write_zl(costs.run_zl_year, texts)
    if costs.run_zl_year is None:
        run = texts.t(
            "scenario.cost_run_open",
            added=write_zl(costs.added_run_zl_year, texts),
            saved=write_zl(costs.saved_run_zl_year, texts),
        )
        if not costs.added_run_zl_year and not costs.saved_run_zl_year:
            run = texts.t("scenario.cost_unknown")
    return [
        write_zl(costs.build_zl, texts, bound=build_bound),
        run,
        write_amount(closed, texts, plus=""),
        _write_each(each, closed, texts),
        _write_each(each_year, closed, texts),
    ]


def _write_each(each: EffectFigure, closed: Amount, texts: Texts) -> str:
    if pd.isna(each.value):
        is_nobody = closed.estimate <= 0 and not closed.bound
        return texts.t("scenario.nobody_more" if is_nobody else "scenario.cost_unknown")
    return write_zl(each.value, texts, bound=each.bound)


def write_zl(value: float | None, texts: Texts, *, bound: str = "") -> str:
    """Return whole zł with their sign when they are saved; missing is unknown, and "at least nothing" tells nothing."""
    if value is None or pd.isna(value) or (bound and round(value) == 0):
        return texts.t("scenario.cost_unknown")
    written = texts.t("scenario.zl", value=("−" if value < 0 else "") + texts.number(abs(round(value))))
    return texts.t(BOUND_TEXTS[bound], value=written) if bound else written
