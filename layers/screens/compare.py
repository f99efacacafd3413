"""Two maps that move together: today and a later year, two voivodeships, two days, two scenarios."""

from datetime import date

import pandas as pd
import streamlit as st

from data.registry.registry import Registry
from geo.teryt import ALL_VOIVODESHIPS, COUNTRY
from layers.answers.area_table import AreaTable
from layers.answers.shared_classes import to_level_of_first
from layers.cache.shared_answers import applied_scenario, area_table, open_registry
from layers.text import Texts
from layers.view.compared_view import kind_of, other_choices, second_view, view_of_choice
from layers.view.view import View
from layers.widgets.address import bound
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.widgets.two_maps import show_two_maps
from layers.widgets.view_page import begin_view_page
from layers.words.area_names import lone_names
from layers.words.caption import Caption, build_caption
from layers.words.example_words import country_name
from layers.words.figures import write_cell
from layers.words.year_words import short_year_words, year_words


@in_turn
def render() -> None:
    """Draw the page."""
    page = begin_view_page("compare")
    registry, left, texts = page.registry, page.table, page.texts
    view = left.view
    choices = other_choices(view, registry)
    code = view.other if view.other in choices else choices[0]
    with page.actions:
        st.markdown(plain(texts.t("compare.other")), width="content")
        st.selectbox(
            texts.t("compare.other"),
            choices,
            format_func=lambda choice: _said(view_of_choice(view, choice), choice, registry, texts),
            label_visibility="collapsed",
            **bound("other", code),
        )
    with page.column:
        norm = left.norm.places_per_1000 if left.norm is not None and left.norm.is_known else None
        shown = second_view(view, code, norm=norm)
        right = to_level_of_first(area_table(open_registry(shown.date), shown), left)
        captions = (page.caption, build_caption(right, texts))
        headings = (_heading(view, code, registry, texts), _heading(shown, code, registry, texts))
        show_two_maps(registry, left, right, captions, texts, headings=headings, is_left_told=page.is_told)
        notes = dict.fromkeys(note for caption in captions for note in caption.notes)
        st.caption("\n".join(f"- {plain(note)}" for note in notes))
        if view.scope == shown.scope:
            st.header(plain(texts.t("compare.changes")), anchor=False)
            _show_changes(
                left,
                right,
                lone_names(left.rows, texts),
                caption=captions[0],
                headings=headings,
                texts=texts,
            )
        for caption in captions:
            st.caption(plain(f"{caption.subtitle} · {caption.as_of} · {caption.snapshot}"))


def _scope_name(scope: str, registry: Registry, texts: Texts) -> str:
    if scope == COUNTRY:
        return country_name(texts, is_example=registry.state.is_invented)
    return ALL_VOIVODESHIPS.get(scope, scope)


def _said(shown: View, code: str, registry: Registry, texts: Texts) -> str:
    """Return a choice of the second map in words."""
    kind = kind_of(code)
    if kind == "year":
        value = year_words(shown.year, registry, texts)
    elif kind == "scope":
        value = _scope_name(shown.scope, registry, texts)
    elif kind == "day":
        value = texts.date(date.fromisoformat(shown.day))
    else:
        return texts.t("compare.with_scenario" if shown.scenario else "compare.without_scenario")
    return texts.t(f"compare.of_{kind}", value=value)


def _heading(view: View, code: str, registry: Registry, texts: Texts) -> str:
    """Return what tells one of the two maps from the other."""
    kind = kind_of(code)
    if kind == "year":
        return short_year_words(view.year, registry, texts)
    if kind == "scope":
        return _scope_name(view.scope, registry, texts)
    if kind == "day":
        return texts.date(view.date) if view.date else texts.t("choice.day_none")
    if not view.scenario:
        return texts.t("compare.without_scenario")
    return applied_scenario(registry, view.scenario).scenario.title


def _show_changes(
    left: AreaTable,
    right: AreaTable,
    names: dict[str, str],
    *,
    headings: tuple[str, str],
    caption: Caption,
    texts: Texts,
) -> None:
    """Draw both numbers of each area, the largest change first; where either is unknown there is no change to tell."""
    column = left.view.indicator
    numbers = pd.DataFrame({"left": left.rows["value"], "right": right.rows["value"]}).reindex(
        left.rows.index
    )
    change = (numbers["right"] - numbers["left"]).abs()
    numbers = numbers.loc[change.sort_values(ascending=False, kind="stable").index]
    table = pd.DataFrame({caption.columns["name"]: [names[code] for code in numbers.index]})
    for heading, side, source in zip(headings, ("left", "right"), (left, right), strict=True):
        bounds = source.bounds["value"].reindex(numbers.index, fill_value="")
        table[heading] = [
            write_cell({column: value, "parts": source.parts.get(str(code))}, column, texts, bound=bound_code)
            for (code, value), bound_code in zip(numbers[side].items(), bounds, strict=True)
        ]
    st.dataframe(table, hide_index=True, alt=caption.title, key="changes")


if __name__ == "__main__":
    render()
