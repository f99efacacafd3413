"""What a map says as a whole, below it: gauges, inequality between areas, how far local governments are."""

import math

import streamlit as st

from data.registry.registry import Registry
from geo.teryt import COUNTRY
from layers.answers.area_table import AreaTable
from layers.answers.gauges import has_gauges, scope_gauges
from layers.answers.measures.unequal import inequality_of, progress_of
from layers.cache.shared_answers import area_table, over_time
from layers.text import Texts
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.widgets.queue_history import show_registers_over_time
from layers.words.gauge_words import disagreement, gauge_head, gauge_parts


@in_turn
def show_summary(registry: Registry, table: AreaTable, texts: Texts) -> None:
    """Draw the lines of a view that have something to say; each has its explanation one click away."""
    unequal = inequality_lines(table, texts)
    if unequal:
        st.subheader(plain(texts.t("inequality.title")), anchor=False)
        st.markdown("\n".join(f"- {plain(line)}" for line in unequal))
        with st.popover(texts.t("inequality.how")):
            st.markdown(plain(texts.t("method.inequality.text")))
    line = progress_line(registry, table, texts)
    if line:
        st.markdown(f"**{plain(line)}**")


def inequality_lines(table: AreaTable, texts: Texts) -> list[str]:
    """Return the measures of inequality in words; one sentence when there is nothing to compare, none for no rate."""
    found = inequality_of(table)
    if found is None:
        return []
    if math.isnan(found.gini):
        return [texts.t("inequality.none")]
    areas = {"counted": found.areas_counted, "left_out": found.areas_left_out}
    if found.areas_counted < found.areas_left_out:
        # What the few are like says nothing of the whole.
        return [texts.t("inequality.few", **areas)]
    lines = [texts.t("inequality.gini", value=texts.number(found.gini, decimals=2))]
    if math.isnan(found.theil_within):
        lines.append(texts.t("inequality.theil", value=texts.number(found.theil, decimals=2)))
    else:
        lines.append(
            texts.t(
                f"inequality.theil_{table.view.level}",
                value=texts.number(found.theil, decimals=2),
                within=texts.number(found.theil_within, decimals=2),
                between=texts.number(found.theil_between, decimals=2),
            )
        )
    shares = {
        "best": texts.percent(found.best_served_share),
        "worst": texts.percent(found.worst_served_share),
    }
    if math.isnan(found.palma):
        lines.append(texts.t("inequality.palma_none", **shares))
    else:
        lines.append(texts.t("inequality.palma", value=texts.number(found.palma, decimals=2), **shares))
    lines.append(texts.t("inequality.areas", **areas))
    return lines


def progress_line(registry: Registry, table: AreaTable, texts: Texts) -> str:
    """Return how many local governments of the scope are how far, as lists tell; empty where none tells of any."""
    row = progress_of(registry, table)
    if row is None or row["no_data"] == row["units"]:
        return ""
    counts = {name: int(row[name]) for name in ("reached", "preparing", "without", "no_data", "units")}
    indicator = table.view.indicator
    key = indicator if indicator == "organisation" else f"{indicator}_{table.question.level}"
    return texts.t(f"progress.{key}", **counts)


@in_turn
def show_gauges(registry: Registry, table: AreaTable, texts: Texts) -> None:
    """Draw the gauges of a view that is about places that can be missing; of others nothing."""
    if not has_gauges(table):
        return
    by_voivodeship = table.view.with_changes(level="voivodeship", indicator="places_per_1000", chosen="")
    # What is missing is one answer, whatever of it the map shows.
    of_gap = area_table(registry, table.view.with_changes(indicator="gap_share", chosen=""))
    gauges = scope_gauges(registry, of_gap, area_table(registry, by_voivodeship))
    with st.container(key="gauges"):
        st.header(plain(gauge_head(of_gap, texts)), anchor=False)
        for column, lines in zip(
            st.columns(3, gap="medium"), gauge_parts(gauges, of_gap, texts), strict=True
        ):
            column.markdown("\n\n".join(map(plain, lines)))
        if said := disagreement(gauges, of_gap, texts):
            st.markdown(plain(said))
        _show_over_time(registry, of_gap, texts)
        with st.popover(plain(texts.t("gauges.how")), type="tertiary", icon=":material/help:"):
            st.markdown(plain(texts.t("gauges.no_norm")))
            st.markdown(plain(texts.t("gauges.stock")))


def _show_over_time(registry: Registry, table: AreaTable, texts: Texts) -> None:
    """Draw the register's gauge over its days; of several registers folded, each is as long as one alone."""
    prefix = "" if table.view.scope == COUNTRY else table.view.scope
    registers = over_time(registry, table.question.help, prefix, until=table.view.date)
    if not registers:
        return
    is_scenario = bool(table.view.scenario)
    if len(registers) == 1:
        st.subheader(plain(texts.t("over_time.head")), anchor=False)
        show_registers_over_time(registry, registers, texts, is_scenario=is_scenario)
        return
    with st.expander(plain(texts.t("over_time.open", count=len(registers))), key="over_time"):
        show_registers_over_time(registry, registers, texts, is_scenario=is_scenario)
