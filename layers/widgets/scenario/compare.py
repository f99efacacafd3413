"""A scenario beside today, or beside another: people, areas, costs, and two maps."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Any, Final

import pandas as pd
import streamlit as st

from data.registry.registry import Registry
from data.scenarios import Scenario, ScenarioCosts, ScenarioError, from_text, scenario_costs
from geo.printed_numbers import LEAST, UNSURE, Bound
from layers.answers.area_table import AreaTable, unit_of
from layers.answers.measures.gap_answer import Amount
from layers.answers.measures.gaps import triad_shares
from layers.answers.scenario_effect import Effect, EffectFigure, cost_per_place, effect_of
from layers.cache.shared_answers import area_table
from layers.indicators.gap_share import TRIAD
from layers.text import Texts
from layers.view.unit_costs import read_unit_costs
from layers.view.view import View
from layers.widgets.address import change_view
from layers.widgets.navigation import page_of
from layers.widgets.plain import plain
from layers.widgets.scenario.edit import EFFECT_ANCHOR
from layers.widgets.two_maps import show_two_maps
from layers.words.area_names import names_beside
from layers.words.caption import build_caption
from layers.words.figures import write_figure
from layers.words.gap_words import amount_words, known_words, named_norm, range_key
from layers.words.scenario_edits import MOST_OF_TWO
from layers.words.scenario_words import ScenarioWords
from layers.words.view_words import Wording

_LETTERS: Final = dict(zip(TRIAD, "ABCD", strict=True))
_BOUND_TEXTS: Final = {"least": "at_least", "most": "at_most", "unsure": "unsure"}
_LETTER_FROM_SHARE: Final = 0.04
"""A narrower part of a bar has no room for its letter; the table below has it."""
_MOST_ROWS: Final = 15
_ROW_PX: Final = 35


@dataclass(frozen=True, eq=False)
class Side:
    """One of the states that are compared: its name as text, its table, and its scenario (None: today)."""

    name: str
    table: AreaTable
    scenario: Scenario | None


def show_comparison(registry: Registry, view: View, scenario: Scenario, words: ScenarioWords) -> None:
    """
    Draw what a scenario changes for people, area by area, what it costs, and two maps.

    Everything is told at the norm of today (`layers.answers.measures.inputs.MeasureInputs.norm`): the median of the
    powiats moves when a scenario opens places, and two states measured against two norms cannot be compared. The tables
    are those of the map, so what the heading says before and after differs by what is told here.
    """
    texts = words.texts
    st.html(f'<div id="{EFFECT_ANCHOR}"></div>')
    st.header(plain(texts.t("scenario.compare")), anchor=False)
    other = _other(view, texts)
    _show_second(view, scenario, other, texts)
    if not scenario.changes:
        st.markdown(plain(texts.t("scenario.compare_nothing")))
        return
    gaps = view.with_choice(indicator="gap_share", scenario="")
    today = area_table(registry, gaps)
    caption = build_caption(today, texts)
    if today.norm is None or not today.norm.is_known or today.is_people_unknown:
        for note in caption.notes:
            st.markdown(plain(note))
        return
    after = Side(scenario.title, _table_of(registry, gaps, view.scenario), scenario)
    before = Side(texts.t("scenario.today"), today, None)
    sides = [before, after]
    if other is not None:
        sides = [
            before,
            Side(other.title, _table_of(registry, gaps, view.other_scenario), other),
            after,
        ]
    first, last = sides[-2], sides[-1]
    effect = effect_of(first.table, last.table)
    st.markdown(plain(f"{caption.subtitle} · {caption.as_of}"))
    st.markdown(f"**{plain(effect_sentence(today, last.table, texts))}**" if other is None else "")
    st.html(bars([first, last], texts) + people_table(first, last, effect, texts))
    names = names_beside(first.table.rows, texts)
    _show_areas(effect, words.capacity(view.form), texts, names=names)
    _show_costs(registry, view, sides, today, words)
    _show_maps(registry, first, last, view, texts)
    for note in caption.notes:
        st.caption(plain(note))


def bars(sides: Sequence[Side], texts: Texts) -> str:
    """Return a bar of each state, parted as its people are, as HTML: letters and patterns, not colour alone."""
    rows = []
    for side in sides:
        shares = dict(zip(TRIAD, triad_shares(side.table.rows), strict=False))
        if not shares:
            continue
        said = "; ".join(
            f"{_part_name(part, side.table, texts)}: {texts.percent(share)}" for part, share in shares.items()
        )
        parts = "".join(
            f'<span class="triad-{letter}" style="width:{100 * shares[part]:.3f}%">'
            f"{f'<b>{letter}</b>' if shares[part] >= _LETTER_FROM_SHARE else ''}</span>"
            for part, letter in _LETTERS.items()
            if shares[part] > 0
        )
        rows.append(
            f'<span>{escape(side.name)}</span><span class="triad-bar" role="img" '
            f'aria-label="{escape(said)}">{parts}</span>'
        )
    return f'<div class="triad-bars">{"".join(rows)}</div>'


def people_table(first: Side, last: Side, effect: Effect, texts: Texts) -> str:
    """Return the parts of the people in both states and their difference, as an HTML table."""
    rows = []
    for column in effect.before:
        before, after = (effect.told(amounts, column) for amounts in (effect.before, effect.after))
        change = effect.told_closed if column == "missing_places" else before.minus(after)
        letter = _LETTERS.get(column)
        mark = f'<span class="triad-letter triad-{letter}"><b>{letter}</b></span>' if letter else ""
        cells = [
            *(write_figure(side.estimate, column, texts, bound=side.bound) for side in (before, after)),
            write_amount(_turned(change), texts),
        ]
        rows.append((mark + escape(_part_name(column, first.table, texts)), cells))
    heads = [texts.t("scenario.people"), first.name, last.name, texts.t("scenario.difference")]
    caption = texts.t("scenario.people_caption", first=first.name, second=last.name)
    return _html_table(caption, heads, rows)


def write_change(change: EffectFigure, texts: Texts, *, plus: str = "+") -> str:
    """
    Return a difference of people or places with its sign, in whole ones, and how far it is to be believed.

    Parameters
    ----------
    plus
        The sign of what is more; empty where the head says which way it goes, as "by how much fewer" does.
    """
    if pd.isna(change.value):
        return texts.t("no_data")
    whole = round(change.value)
    if whole == 0:
        return texts.t("unsure", value="0") if change.bound else texts.t("scenario.no_change")
    said = _signed(whole, texts, plus)
    return texts.t(_BOUND_TEXTS[change.bound], value=said) if change.bound else said


def write_amount(change: Amount, texts: Texts, *, plus: str = "+") -> str:
    """Return a difference with its sign as `write_change` does, and between what it lies where it is not certain."""
    if not change.bound:
        return write_change(EffectFigure(change.estimate), texts, plus=plus)
    said = _signed(change.estimate, texts, plus)
    ends = [value for value in (change.least, change.most) if not pd.isna(value)]
    if len(ends) < 2:
        return texts.t("unsure", value=said)
    least, most = (_signed(value, texts, plus) for value in (min(ends), max(ends)))
    key = range_key(change.bound if change.estimate > 0 else UNSURE)
    return texts.t(key, value=said, least=least, most=most)


def _signed(value: float, texts: Texts, plus: str) -> str:
    sign = plus if value > 0 else "−" if value < 0 else ""
    return sign + texts.number(abs(round(value)))


def write_zl(value: float | None, texts: Texts, *, bound: str = "") -> str:
    """Return whole zł with their sign when they are saved; missing is unknown, and "at least nothing" tells nothing."""
    if value is None or pd.isna(value) or (bound and round(value) == 0):
        return texts.t("scenario.cost_unknown")
    written = texts.t("scenario.zl", value=("−" if value < 0 else "") + texts.number(abs(round(value))))
    return texts.t(_BOUND_TEXTS[bound], value=written) if bound else written


def _other(view: View, texts: Texts) -> Scenario | None:
    """Return the second scenario of the address; what cannot be read is said and left out."""
    if not view.other_scenario:
        return None
    try:
        return from_text(view.other_scenario)
    except ScenarioError:
        st.warning(plain(texts.t("scenario.other_unreadable")))
        return None


def _show_second(view: View, scenario: Scenario, other: Scenario | None, texts: Texts) -> None:
    """Draw what can be done with a second scenario: keep a copy of this one as it, change places, let it go."""
    if other is not None:
        st.markdown(plain(texts.t("scenario.compared_with", title=other.title)))
    with st.container(horizontal=True, key="scenario_second"):
        if scenario.changes:
            st.button(
                texts.t("scenario.keep_copy"),
                on_click=change_view,
                kwargs={"other_scenario": view.scenario},
                key="scenario_keep_copy",
                disabled=len(view.scenario) * 2 > MOST_OF_TWO,
            )
        if other is not None and scenario.changes:
            st.button(
                texts.t("scenario.swap"),
                on_click=change_view,
                kwargs={
                    "scenario": view.other_scenario,
                    "other_scenario": view.scenario,
                    "group": other.need_group,
                    "form": other.support_form,
                },
                key="scenario_swap",
            )
        if view.other_scenario:
            st.button(
                texts.t("scenario.with_today"),
                on_click=change_view,
                kwargs={"other_scenario": ""},
                key="scenario_with_today",
            )


def effect_sentence(before: AreaTable, after: AreaTable, texts: Texts) -> str:
    """Return what is missing before and after, and to what: the two headings in one sentence."""
    if before.answer is None or after.answer is None:
        raise ValueError("expected two tables of gaps with an answer, found one of another indicator")
    answers = (before.answer, after.answer)
    is_apart = any(answer.is_estimate_apart for answer in answers)
    exact = [answer.missing_places for answer in answers]
    told = [amount.without_estimate for amount in exact] if is_apart else exact
    people = [
        write_figure(out.least, "out_of_reach_persons", texts, bound=LEAST if out.bound else "")
        for out in (answer.out_of_reach_persons for answer in answers)
    ]
    unit, t = unit_of(before.view.form), texts.t
    estimates = {"before": exact[0].estimate, "after": exact[1].estimate}
    return t(
        "scenario.effect",
        to=named_norm(before.answer.norm, texts),
        before=amount_words(told[0], unit, texts),
        after=amount_words(told[1], unit, texts),
        estimates=t("scenario.effect_known", known=known_words(answers, texts), **estimates)
        if is_apart and told != exact
        else "",
        out_before=people[0],
        out_after=people[1],
        **Wording(before, texts).values,
    )


def _table_of(registry: Registry, gaps: View, packed: str) -> AreaTable:
    return area_table(registry, gaps.with_changes(scenario=packed))


def _part_name(column: str, table: AreaTable, texts: Texts) -> str:
    return texts.t(f"export_column_{column}", **Wording(table, texts).values)


def _turned(less: Amount) -> Amount:
    """Return what is more in the second state, of what is less."""
    return Amount(-less.most, 0.0 - less.estimate, 0.0 - less.least)


def _show_areas(effect: Effect, capacity: str, texts: Texts, *, names: Mapping[str, str]) -> None:
    st.subheader(plain(texts.t("scenario.areas")), anchor=False)
    changed = effect.areas[effect.areas["is_changed"]]
    changed = changed.assign(name=changed.index.map(names))
    if effect.unknown_areas:
        st.markdown(plain(texts.t("scenario.areas_unknown", count=effect.unknown_areas)))
    if changed.empty:
        st.markdown(plain(texts.t("scenario.areas_none")))
        return
    heads = {
        "name": texts.t("export_column_name"),
        "closed_places": texts.t("scenario.gained", capacity=capacity),
        "powiat_name": texts.t("export_column_powiat_name"),
        "out_before": texts.t("scenario.out_before"),
        "out_after": texts.t("scenario.out_after"),
    }
    if changed["powiat_name"].isna().all():
        del heads["powiat_name"]
    styled = changed[list(heads)].rename(columns=heads).style
    numbers: list[Hashable] = [head for column, head in heads.items() if column.startswith("out_")]
    styled = styled.format(
        texts.number,  # type: ignore[arg-type]  # the stubs want a writer of any object
        subset=numbers,
        na_rep=texts.t("no_data"),
    )
    for bound in changed["closed_bound"].unique():
        rows = changed.index[changed["closed_bound"] == bound]
        styled = styled.format(
            partial(_gained, bound, texts),
            subset=(rows, [heads["closed_places"]]),
        )
    st.dataframe(
        styled,
        hide_index=True,
        height=_ROW_PX * (min(len(changed), _MOST_ROWS) + 1) + 3,
        alt=texts.t("scenario.areas"),
        key="scenario_areas",
    )
    if changed["closed_bound"].ne("").any():
        st.caption(plain(texts.t("scenario.gained_note")))


def _gained(bound: Bound, texts: Texts, value: Any) -> str:
    return write_change(EffectFigure(value, bound), texts, plus="")


def _show_costs(
    registry: Registry, view: View, sides: Sequence[Side], today: AreaTable, words: ScenarioWords
) -> None:
    texts = words.texts
    st.subheader(plain(texts.t("scenario.costs")), anchor=False)
    unit_costs = read_unit_costs(view.costs)
    priced = [
        (side, side.scenario, scenario_costs(side.scenario, unit_costs, registry.services))
        for side in sides
        if side.scenario is not None
    ]
    shown = []
    for _, scenario, costs in priced:
        shown.append(cost_table(scenario, costs, words))
    heads = [texts.t("scenario.costs"), *(scenario.title for _, scenario, _ in priced)]
    summary = [_summary(costs, effect_of(today, side.table).told_closed, texts) for side, _, costs in priced]
    capacity = words.capacity(view.form)
    labels = [
        texts.t(f"scenario.cost_{name}", capacity=capacity)
        for name in ("build", "run", "gained", "each", "each_year")
    ]
    rows = [
        (escape(label), [column[position] for column in summary]) for position, label in enumerate(labels)
    ]
    st.html("".join(shown) + _html_table(texts.t("scenario.costs_caption"), heads, rows))
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
        rows.append((f"{row['change']}. {escape(words.change(change, scenario))}", cells))
    heads = [texts.t("scenario.change"), texts.t("scenario.cost_build"), texts.t("scenario.cost_run")]
    return _html_table(texts.t("scenario.costs_of", title=scenario.title), heads, rows)


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


def _show_maps(registry: Registry, first: Side, last: Side, view: View, texts: Texts) -> None:
    st.subheader(plain(texts.t("scenario.maps")), anchor=False)
    if st.checkbox(texts.t("scenario.show_maps"), key="scenario_show_maps"):
        tables = [
            replace(side.table, view=side.table.view.with_changes(chosen=view.chosen))
            for side in (first, last)
        ]
        captions = (build_caption(tables[0], texts), build_caption(tables[1], texts))
        show_two_maps(registry, tables[0], tables[1], captions, texts, headings=(first.name, last.name))


def _html_table(caption: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return an HTML table; the first cell of each row is HTML already, everything else is text."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for first, cells in rows
    )
    said = escape(caption)
    return (
        f'<div class="triad-frame" role="region" tabindex="0" aria-label="{said}">'
        f'<table class="triad"><caption>{said}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
