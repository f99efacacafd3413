"""The card of one area, and choosing it without a mouse."""

import streamlit as st

from layers.area_table import AreaTable
from layers.text import Texts
from layers.widgets.address import bound, change_view
from layers.widgets.figures import figures_of, lower_bounds, write_figure
from layers.widgets.navigation import page_of
from layers.widgets.plain import plain

_MAX_LISTED = 10


def choose_area(table: AreaTable, texts: Texts) -> str:
    """Draw the box with all areas of the view; return the code of the chosen one or an empty string."""
    labels = area_labels(table, texts)
    codes = sorted(labels, key=lambda code: texts.sort_key(labels[code]))
    chosen = table.view.chosen if table.view.chosen in labels else ""
    st.selectbox(
        texts.t(f"planner.choose_{table.view.level}"),
        ["", *codes],
        format_func=lambda code: labels.get(code, texts.t("planner.choose_none")),
        **bound("chosen", chosen),
    )
    return chosen


def area_labels(table: AreaTable, texts: Texts) -> dict[str, str]:
    """Return a name for each area that tells namesakes apart."""
    key = {"gmina": "place.gmina_in_powiat", "powiat": "place.powiat", "voivodeship": "place.voivodeship"}
    named = table.rows[["name", "powiat_name", "voivodeship_name"]].to_dict("index")
    return {
        code: texts.t(
            key[table.view.level],
            name=names["name"],
            powiat=names["powiat_name"],
            voivodeship=names["voivodeship_name"],
        )
        for code, names in named.items()
    }


def show_area_card(table: AreaTable, code: str, texts: Texts) -> None:
    """Draw the figures of one area and the facilities counted in it."""
    row = table.rows.loc[code]
    is_lower = lower_bounds(table).loc[code]
    with st.container(border=True, key="area_card"):
        st.header(plain(row["name"]), anchor=False)
        if table.view.level != "voivodeship":
            st.markdown(plain(area_labels(table, texts)[code]))
        for column in figures_of(table):
            label = plain(texts.t(f"figure.{column}", distance=table.view.distance_km))
            value = write_figure(row[column], column, texts, is_lower_bound=bool(is_lower[column]))
            st.markdown(f"{label}: **{plain(value)}**")
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
