"""What is known of one area: the complete register, what is to be confirmed by which source, what is missing."""

from collections import Counter

import pandas as pd
import streamlit as st

from data.quality.areas import Doubts, claimed_voivodeships, doubts_of
from data.quality.records import FIELDS, PARTS
from data.registry.registry import Registry
from data.store.smallest_area import smallest_area
from data.vocabulary import forms_for_group
from geo.teryt import CODE_DIGITS
from layers.answers.area_table import AreaTable
from layers.answers.measures.profiles import is_for_group
from layers.text import Texts
from layers.view.view import View
from layers.widgets.plain import plain
from layers.words.figures import write_figure


def show_knowledge(registry: Registry, table: AreaTable, code: str, texts: Texts) -> None:
    """Draw how much is known of an area, and what is left to do."""
    row = table.rows.loc[[code]].iloc[0]
    records = records_of(table, code)
    known = write_figure(row["value"], "knowledge", texts)
    st.markdown(f"**{plain(known[:1].upper() + known[1:])}**")
    st.markdown("\n\n".join(plain(line) for line in register_lines(registry, table, code, texts)))
    if len(records):
        scores = [
            f"{plain(texts.t(f'knowledge.{part}'))}: **{plain(write_figure(row[part], part, texts))}**"
            for part in PARTS
            if not pd.isna(row[part])
        ]
        st.markdown("  \n".join(scores))
        _show_list(*overdue_lines(table, records, texts))
        _show_list(*missing_lines(records, texts))
    forms = len(forms_for_group(table.view.group))
    st.markdown(plain(texts.t("knowledge.known_forms", known=int(row["known_forms_count"]), forms=forms)))


def records_of(table: AreaTable, code: str) -> pd.DataFrame:
    """Return the records of a view of knowledge that lie in an area."""
    records: pd.DataFrame | None = table.records
    if records is None:
        raise ValueError(f"expected a view of knowledge, found one of {table.view.indicator}")
    return records[smallest_area(records).str.startswith(code)]


def register_lines(registry: Registry, table: AreaTable, code: str, texts: Texts) -> list[str]:
    """Return which register claims to be complete here, and what it means that it lists nothing."""
    coverage = registry.register_coverage
    is_here = (coverage["support_form"] == table.view.form) & (
        coverage["voivodeship_code"] == code[: CODE_DIGITS["voivodeship"]]
    )
    names = _source_names(table)
    lines = [
        texts.t("knowledge.register_undated", source=names[source])
        if pd.isna(as_of)
        else texts.t("knowledge.register", source=names[source], date=as_of)
        for source, as_of in coverage.loc[is_here, ["source_code", "as_of"]].itertuples(index=False)
    ]
    if not lines:
        return [texts.t("knowledge.no_register")]
    if (
        table.rows.loc[code, "records_count"] == 0
        and not _doubts(registry, table.view).of(pd.Index([code])).any()
    ):
        lines.append(texts.t("knowledge.register_lists_none"))
    return [*lines, *doubt_lines(registry, table.view, code, texts)]


def _doubts(registry: Registry, view: View) -> Doubts:
    return doubts_of(registry.services, registry.register_coverage, view.form, need_group=view.group)


def doubt_lines(registry: Registry, view: View, code: str, texts: Texts) -> list[str]:
    """Return why the silence of a complete register is not believed in an area, and which other lists speak."""
    coverage, services = registry.register_coverage, registry.services
    if code[: CODE_DIGITS["voivodeship"]] not in claimed_voivodeships(coverage, view.form):
        return []
    contradicted = _doubts(registry, view).contradicted
    here = {area for area in contradicted if area.startswith(code) or code.startswith(area)}
    if not here:
        return []
    is_whole = any(code.startswith(area) for area in here)
    lines = [texts.t("knowledge.contradicted" if is_whole else "knowledge.contradicted_part")]
    is_naming = (
        (services["support_form"] == view.form)
        & smallest_area(services).isin(here)
        & services["set_aside_by"].notna()
        & (services["status"] == "active")
        & is_for_group(services, view.group)
    )
    names = registry.sources.set_index("source_code")["name"]
    naming = services.loc[is_naming, "source_code"].drop_duplicates().map(names).dropna()
    if len(naming):
        lines.append(texts.t("knowledge.other_list", sources="; ".join(sorted(naming))))
    return lines


def overdue_lines(table: AreaTable, records: pd.DataFrame, texts: Texts) -> tuple[str, list[str]]:
    """Return how many records are to be confirmed, and by source the most first."""
    overdue = records[records["is_overdue"]]
    if overdue.empty:
        return texts.t("knowledge.none_overdue"), []
    names = _source_names(table)
    lines = []
    for source_code, count in overdue["source_code"].value_counts().items():
        of_source = overdue[(overdue["source_code"] == source_code) & overdue["dated_on"].notna()]
        values = {"source": names[str(source_code)], "records": texts.t("knowledge.records", count=count)}
        if of_source.empty:
            lines.append(texts.t("knowledge.overdue_source_undated", **values))
            continue
        oldest = of_source.sort_values(["dated_on", "dated_precision"]).iloc[0]
        day = texts.date(oldest["dated_on"], precision=oldest["dated_precision"])
        lines.append(texts.t("knowledge.overdue_source", date=day, **values))
    return texts.t("knowledge.overdue", overdue=len(overdue), total=len(records)), lines


def missing_lines(records: pd.DataFrame, texts: Texts) -> tuple[str, list[str]]:
    """Return which fields are missing in how many records of how many facilities, the most first."""
    counts = Counter(field for fields in records["missing_fields"] for field in fields)
    facilities = {
        field: records.loc[[field in fields for fields in records["missing_fields"]], "facility_id"].nunique()
        for field in counts
    }
    if not counts:
        return texts.t("knowledge.none_missing"), []
    ordered = sorted(counts, key=lambda field: (-counts[field], FIELDS.index(field)))
    return texts.t("knowledge.missing", total=len(records)), [
        texts.t(
            "knowledge.missing_field",
            field=texts.t(f"knowledge.field_{field}"),
            entries=texts.t("knowledge.entries", count=counts[field]),
            facilities=texts.t("knowledge.in_facilities", count=facilities[field]),
        )
        for field in ordered
    ]


def _show_list(head: str, lines: list[str]) -> None:
    """Draw a head with its list, or a sentence when there is nothing to list."""
    if not lines:
        st.markdown(plain(head))
        return
    st.subheader(plain(head), anchor=False)
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _source_names(table: AreaTable) -> dict[str, str]:
    return {source.code: source.name for source in table.sources}
