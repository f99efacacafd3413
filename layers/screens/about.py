"""Where the data come from, how fresh they are, what was left out, and how the numbers are made."""

import pandas as pd
import streamlit as st

from data import release_queries
from data.registry import Registry
from layers.cache import open_database, open_registry
from layers.text import Texts, texts_of
from layers.widgets.address import current_view
from layers.widgets.plain import link, plain

METHODS = (
    "no_data",
    "at_least",
    "places_per_1000",
    "facilities_count",
    "coverage_share",
    "people",
    "counted_once",
    "addresses",
    "snapshot",
)


def render() -> None:
    """Draw the page."""
    view = current_view()
    texts = texts_of(view.lang)
    registry = open_registry()
    st.title(plain(texts.t("page.about")), anchor=False)
    st.markdown(plain(texts.t("about.sentence")))
    _show_methods(texts)
    _show_sources(registry, texts)
    with open_database().connect() as connection:
        rejected = release_queries.rejected_counts(connection)
        items = release_queries.work_item_counts(connection)
    _show_counts(rejected.groupby("reason")["rows"].sum(), "rejected", texts)
    _show_counts(items.set_index("kind")["items"], "work_item", texts)


def _show_methods(texts: Texts) -> None:
    st.header(plain(texts.t("about.methods")), anchor=False)
    for method in METHODS:
        st.subheader(plain(texts.t(f"method.{method}.title")), anchor=False)
        st.markdown(plain(texts.t(f"method.{method}.text")))


def _show_sources(registry: Registry, texts: Texts) -> None:
    st.header(plain(texts.t("about.sources")), anchor=False)
    for source in registry.sources.itertuples(index=False):
        with st.container(border=True, key=f"source_{source.source_code}"):
            st.subheader(plain(source.name), anchor=False)
            as_of = (
                texts.t("as_of_unknown")
                if pd.isna(source.as_of)
                else texts.t("as_of", date=texts.date(source.as_of))
            )
            lines = [
                f"{link(source.publisher, source.url)} · {plain(as_of)}",
                plain(texts.t("about.licence", licence=source.licence)),
                plain(source.attribution),
                plain(
                    texts.t(
                        "about.rows",
                        read=int(source.rows_read),
                        accepted=int(source.rows_accepted),
                        rejected=int(source.rows_rejected),
                    )
                ),
            ]
            if isinstance(source.boundary_vintage, str):
                lines.append(plain(texts.t("about.vintage", vintage=source.boundary_vintage)))
            st.markdown("  \n".join(lines))


def _show_counts(counts: pd.Series, what: str, texts: Texts) -> None:
    """Draw how many there are of each kind; a kind without words of its own is shown by its code."""
    st.header(plain(texts.t(f"about.{what}")), anchor=False)
    st.markdown(plain(texts.t(f"about.{what}_why")))
    if counts.empty:
        st.markdown(plain(texts.t("about.none")))
        return
    ordered = counts.sort_values(ascending=False, kind="stable")
    st.markdown(
        "\n".join(
            f"- {plain(texts.t(f'{what}.{code}') if texts.has(f'{what}.{code}') else code)}: "
            f"**{plain(texts.number(int(number)))}**"
            for code, number in ordered.items()
        )
    )


if __name__ == "__main__":
    render()
