"""The card of one area, and choosing it without a mouse."""

import streamlit as st

from data.registry import Registry
from layers.area_table import AreaTable
from layers.export.caption import Caption
from layers.figures import figures_of, write_figure
from layers.text import Texts
from layers.widgets.address import bound, change_view
from layers.widgets.knowledge_card import doubt_lines, show_knowledge
from layers.widgets.navigation import page_of
from layers.widgets.plain import plain

_MAX_LISTED = 10


def choose_area(table: AreaTable, labels: dict[str, str], texts: Texts) -> str:
    """Draw the box with all areas of the view; return the code of the chosen one or an empty string."""
    codes = sorted(labels, key=lambda code: texts.sort_key(labels[code]))
    chosen = table.view.chosen if table.view.chosen in labels else ""
    st.selectbox(
        texts.t(f"planner.choose_{table.view.level}"),
        ["", *codes],
        format_func=lambda code: labels.get(code, texts.t("planner.choose_none")),
        **bound("chosen", chosen),
    )
    return chosen


def show_area_card(
    registry: Registry, table: AreaTable, code: str, label: str, *, caption: Caption, texts: Texts
) -> None:
    """Draw the figures of one area, with their dates, and the facilities counted in it."""
    with st.container(border=True, key="area_card"):
        name, _, within = label.partition(", ")
        st.header(plain(name), anchor=False)
        if within:
            st.markdown(plain(within))
        if table.view.is_of_knowledge:
            show_knowledge(registry, table, code, texts)
        else:
            _show_figures(table, code, caption, texts)
            for line in doubt_lines(registry, table.view, code, texts):
                st.markdown(plain(line))
        st.caption(plain(caption.as_of))
        _show_facilities(table, code, texts)
        if table.view.level == "gmina":
            st.page_link(
                page_of("resident", texts),
                label=texts.t("planner.to_resident"),
                query_params=table.view.with_changes(place=f"g:{code}", forms=(table.view.form,)).to_query(),
            )
        st.button(
            texts.t("planner.close_card"), on_click=change_view, kwargs={"chosen": ""}, key="close_card"
        )


def _show_figures(table: AreaTable, code: str, caption: Caption, texts: Texts) -> None:
    row, bounds = table.rows.loc[code], table.bounds.loc[code]
    lines = []
    for column in figures_of(table):
        value = write_figure(row[column], column, texts, bound=bounds[column])
        lines.append(f"{plain(caption.columns[column])}: **{plain(value)}**")
    st.markdown("\n\n".join(lines))


def _show_facilities(table: AreaTable, code: str, texts: Texts) -> None:
    services = table.services
    here = services[
        services["gmina_code"].astype("string").str.startswith(code).fillna(value=False).astype(bool)
    ]
    names = here.drop_duplicates("facility_id")["facility_name"].tolist()
    if not names:
        return
    st.subheader(plain(texts.t("planner.facilities_here")), anchor=False)
    lines = [f"- {plain(name)}" for name in sorted(names, key=texts.sort_key)[:_MAX_LISTED]]
    if len(names) > _MAX_LISTED:
        lines.append(f"- {plain(texts.t('planner.facilities_more', count=len(names) - _MAX_LISTED))}")
    st.markdown("\n".join(lines))
