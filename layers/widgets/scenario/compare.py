"""A scenario beside today, or beside another: people, areas, costs, and two maps."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

import streamlit as st

from data.registry.registry import Registry
from data.scenarios import Scenario, ScenarioError, from_text
from geo.printed_numbers import Bound
from layers.answers.scenario_effect import Effect, EffectFigure, effect_of
from layers.cache.shared_answers import applied_scenario, area_table
from layers.text import Texts
from layers.view.view import View
from layers.widgets.address import change_view
from layers.widgets.plain import plain
from layers.widgets.scenario.costs import show_costs
from layers.widgets.scenario.edit import EFFECT_ANCHOR
from layers.widgets.scenario.sides import Side, bars, people_table
from layers.widgets.two_maps import show_two_maps
from layers.words.area_names import names_beside
from layers.words.caption import build_caption
from layers.words.effect_words import effect_notes, effect_sentence, write_change
from layers.words.scenario_edits import MOST_OF_TWO
from layers.words.scenario_words import ScenarioWords

_MOST_ROWS: Final = 15
_ROW_PX: Final = 35


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
    after = _side_of(registry, gaps, view.scenario, scenario)
    before = Side(texts.t("scenario.today"), today, None)
    sides = [before, after]
    if other is not None:
        sides = [
            before,
            _side_of(registry, gaps, view.other_scenario, other),
            after,
        ]
    first, last = sides[-2], sides[-1]
    effect = effect_of(first.table, last.table)
    st.markdown(plain(f"{caption.lines} · {caption.as_of}"))
    st.markdown(f"**{plain(effect_sentence(today, last.table, texts))}**" if other is None else "")
    st.html(bars(first, last, effect, texts) + people_table(first, last, effect, texts))
    for note in effect_notes(effect, texts, names=_states(first, last, texts)):
        st.markdown(plain(note))
    names = names_beside(first.table.rows, texts)
    _show_areas(effect, words.capacity(view.form), texts, names=names)
    show_costs(registry, view, sides, today, words)
    _show_maps(registry, first, last, view, texts)
    for note in caption.notes:
        st.caption(plain(note))


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


def _states(first: Side, last: Side, texts: Texts) -> tuple[str, str]:
    """Return what the two states are called before a number."""
    if first.scenario is None:
        return texts.t("scenario.state_before"), texts.t("scenario.state_after")
    return first.name, last.name


def _side_of(registry: Registry, gaps: View, packed: str, scenario: Scenario) -> Side:
    table = area_table(registry, gaps.with_changes(scenario=packed))
    return Side(scenario.title, table, scenario, applied_scenario(registry, packed).left_out)


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


def _show_maps(registry: Registry, first: Side, last: Side, view: View, texts: Texts) -> None:
    st.subheader(plain(texts.t("scenario.maps")), anchor=False)
    if st.checkbox(texts.t("scenario.show_maps"), key="scenario_show_maps"):
        tables = [
            replace(side.table, view=side.table.view.with_changes(chosen=view.chosen))
            for side in (first, last)
        ]
        captions = (build_caption(tables[0], texts), build_caption(tables[1], texts))
        show_two_maps(registry, tables[0], tables[1], captions, texts, headings=(first.name, last.name))
