"""The resident's filters: offered when somebody knows the answer, and open about what nobody knows."""

import geopandas as gpd
import pandas as pd
import streamlit as st

from layers.answers.resident_filters import language_of, narrow, offered_filters
from layers.text import Texts
from layers.widgets.plain import plain
from layers.words.service_facts import language_name

_KEY, _UNKNOWN_KEY = "resident_filters", "resident_filters_unknown"


def filter_name(code: str, texts: Texts) -> str:
    """Return the name of a filter."""
    language = language_of(code)
    if language:
        return texts.t("filter.language", language=language_name(language, texts))
    return texts.t(f"filter.{code}")


def show_filters(services: gpd.GeoDataFrame, texts: Texts) -> gpd.GeoDataFrame:
    """Draw the filters that these services have answers to; return the services that are left."""
    offered = offered_filters(services)
    if not offered:
        return services
    # Another place may offer other filters; one that is not offered is not on.
    st.session_state[_KEY] = [code for code in st.session_state.get(_KEY, []) if code in offered]
    on = st.pills(
        texts.t("filter.title"),
        offered,
        format_func=lambda code: filter_name(code, texts),
        selection_mode="multi",
        wrap=True,
        key=_KEY,
    )
    if not on:
        return services
    narrowed = narrow(services, on)
    count = len(narrowed.unknown)
    # Said above the box that changes it, so it is asked for before it is drawn.
    is_unknown_shown = bool(st.session_state.get(_UNKNOWN_KEY))
    said = [texts.t("filter.shown", shown=len(narrowed.matching), count=len(services))]
    if count:
        said.append(texts.t("filter.unknown_shown" if is_unknown_shown else "filter.unknown", count=count))
    st.markdown(plain(" ".join(said)))
    if not count:
        return narrowed.matching
    st.checkbox(texts.t("filter.show_unknown"), key=_UNKNOWN_KEY)
    if not is_unknown_shown:
        return narrowed.matching
    both = pd.Index([*narrowed.matching.index, *narrowed.unknown.index]).sort_values()
    return services.loc[both]
