"""Where the data come from, how fresh and how right they are, what was left out, and how the numbers are made."""

import pandas as pd
import streamlit as st

from data.registry.registry import Registry
from data.vocabulary import VERIFICATIONS, support_forms
from layers.answers.about_figures import AboutFigures
from layers.cache.shared_answers import about_figures, open_registry
from layers.text import Texts, texts_of
from layers.widgets.about_tables import (
    agreeing_totals,
    agreement_key,
    compared_forms,
    form_tables,
    official_table,
    source_table,
)
from layers.widgets.address import current_view
from layers.widgets.notices import show_why_example
from layers.widgets.plain import link, plain
from layers.words.source_words import licence_words, unnamed_source

METHODS = (
    "no_data",
    "at_least",
    "places_per_1000",
    "facilities_count",
    "coverage_share",
    "reached_residents",
    "known_places",
    "access_per_1000",
    "gap_share",
    "norm",
    "balance",
    "organisation",
    "inequality",
    "people",
    "estimate",
    "year",
    "counted_once",
    "addresses",
    "snapshot",
)
CONTENTS = (
    "sources",
    "totals",
    "differences",
    "unconfirmed",
    "duplicates",
    "work_item",
    "rejected",
    "forms",
    "methods",
)


def render() -> None:
    """Draw the page."""
    view = current_view()
    texts = texts_of(view.lang)
    registry = open_registry()
    st.title(plain(texts.t("page.about")), anchor=False)
    st.markdown(plain(texts.t("about.sentence")))
    links = " · ".join(f"[{plain(texts.t(f'about.{part}'))}](#{_anchor(part)})" for part in CONTENTS)
    st.markdown(f"{plain(texts.t('about.contents'))}: {links}")
    if registry.state.is_invented:
        show_why_example(texts)
    figures = about_figures()
    _show_sources(registry, figures, texts)
    _show_totals(registry, figures, texts)
    _show_differences(registry, texts)
    _show_unconfirmed(registry, texts)
    _show_duplicates(figures, texts)
    _show_counts(figures.work_items, "work_item", texts)
    _show_counts(figures.rejected, "rejected", texts)
    _show_forms(texts)
    _show_methods(texts)


def _anchor(part: str) -> str:
    return part.replace("_", "-")


def _header(part: str, texts: Texts) -> None:
    st.header(plain(texts.t(f"about.{part}")), anchor=_anchor(part))


def _show_sources(registry: Registry, figures: AboutFigures, texts: Texts) -> None:
    _header("sources", texts)
    sources = registry.sources
    _show_table(source_table(sources, figures.newest, texts), "sources", texts)
    st.caption(plain(texts.t("about.changes_why")))
    with st.expander(plain(texts.t("about.licences")), key="licences"):
        columns = ["name", "publisher", "url", "licence", "attribution", "boundary_vintage"]
        for name, publisher, url, licence, attribution, vintage in sources[columns].itertuples(index=False):
            lines = [
                f"**{plain(name)}**",
                link(publisher, url),
                plain(texts.t("about.licence", licence=licence_words(licence, texts))),
                plain(attribution),
            ]
            if isinstance(vintage, str):
                lines.append(plain(texts.t("about.vintage", vintage=vintage)))
            st.markdown("  \n".join(lines))


def _show_totals(registry: Registry, figures: AboutFigures, texts: Texts) -> None:
    _header("totals", texts)
    st.markdown(plain(texts.t("about.totals_why")))
    names = registry.sources.set_index("source_code")["name"]
    comparison = figures.comparison
    if comparison.empty:
        st.markdown(plain(texts.t("about.none")))
    else:
        voivodeships = registry.areas_of_level("voivodeship").set_index("area_code")["name"].to_dict()
        _show_table(official_table(comparison, figures.form_counts, voivodeships, texts), "totals", texts)
        sources = "; ".join(
            names.get(code) or unnamed_source(code, texts) for code in comparison["source_code"].unique()
        )
        said = [texts.t("about.totals_of", forms=compared_forms(comparison, texts), sources=sources)]
        if comparison["as_of_text"].isna().any():
            said.append(texts.t("about.totals_undated"))
        if comparison.loc[comparison["quantity"].eq("capacity_places"), "tolerance_pct"].isna().any():
            said.append(texts.t("about.totals_unlike"))
        st.caption(plain(" ".join(said)))
    agreeing = agreeing_totals(figures.register_totals)
    if agreeing:
        st.subheader(plain(texts.t("about.register_totals")), anchor=False)
        said = [
            texts.t(
                agreement_key(totals),
                source=names.get(code) or unnamed_source(code, texts),
                equal=equal,
                totals=totals,
            )
            for code, totals, equal in agreeing
        ]
        _show_list(said)


def _show_differences(registry: Registry, texts: Texts) -> None:
    """Draw what a person took although totals differ, and why."""
    _header("differences", texts)
    st.markdown(plain(texts.t("about.differences_why")))
    if not registry.accepted_differences:
        st.markdown(plain(texts.t("about.none")))
    for difference in registry.accepted_differences:
        st.markdown(f"**{plain(difference.reason)}**")
        _show_list(list(difference.figures))


def _show_unconfirmed(registry: Registry, texts: Texts) -> None:
    """Draw how many addresses of polling stations there are, which no number counts."""
    _header("unconfirmed", texts)
    count = registry.state.unconfirmed
    said = texts.t("about.unconfirmed_count", count=count) if count else texts.t("about.none")
    st.markdown(plain(said))


def _show_duplicates(figures: AboutFigures, texts: Texts) -> None:
    _header("duplicates", texts)
    said = texts.t(
        "about.duplicates_count", records=figures.merged_count, facilities=figures.merged_facilities
    )
    st.markdown(f"{plain(said)} {plain(texts.t('about.duplicates_open', pairs=figures.doubtful_pairs))}")


def _show_forms(texts: Texts) -> None:
    _header("forms", texts)
    forms = support_forms().values()
    by_verification = {
        verification: sum(form.verification == verification for form in forms)
        for verification in VERIFICATIONS
    }
    st.markdown(plain(texts.t("about.forms_count", forms=len(forms), **by_verification)))
    with st.expander(plain(texts.t("about.forms_list")), key="forms"):
        for position, (group, table) in enumerate(form_tables(texts).items()):
            name = group[:1].upper() + group[1:]
            st.markdown(f"**{plain(name)}**")
            _show_table(table, f"forms_{position}", texts, alt=name)


def _show_methods(texts: Texts) -> None:
    _header("methods", texts)
    for method in METHODS:
        st.subheader(plain(texts.t(f"method.{method}.title")), anchor=False)
        st.markdown(plain(texts.t(f"method.{method}.text")))


def _show_table(table: pd.DataFrame, part: str, texts: Texts, *, alt: str | None = None) -> None:
    """Draw a table that is read out as it stands; a wide one scrolls within itself on a phone."""
    with st.container(key=f"table_{part}"):
        st.table(table.map(plain), hide_index=True, alt=alt or texts.t(f"about.{part}"))


def _show_counts(counts: pd.Series, what: str, texts: Texts) -> None:
    """Draw how many there are of each kind; a kind without words of its own is shown by its code."""
    _header(what, texts)
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


def _show_list(lines: list[str]) -> None:
    if lines:
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


if __name__ == "__main__":
    render()
