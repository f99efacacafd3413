"""The cost diagnosis of a gmina or powiat: what support is there, what it costs a year, and with the changes."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from data.registry.registry import Registry
from data.scenarios.cost_diagnosis import CLASSES
from data.store.names import polish_order
from data.vocabulary import screen_groups
from geo.teryt import ALL_VOIVODESHIPS, COUNTRY
from layers.answers.cost_report import ALL_GROUPS, CostReport, build_cost_report, forms_of_scenario
from layers.answers.table_building import areas_of_question
from layers.cache.shared_answers import applied_scenario, open_registry
from layers.export.cost_files import COST_FORMATS, costs_file_name, source_line
from layers.text import Texts, texts_of
from layers.view.reading import told_view
from layers.view.unit_costs import COST_FIELDS
from layers.view.view import View
from layers.widgets.address import bound, change_view, current_view
from layers.widgets.choices import group_name
from layers.widgets.drawing import in_turn
from layers.widgets.navigation import show_tools
from layers.widgets.offered_costs import show_offered_costs, show_who_pays
from layers.widgets.plain import plain
from layers.widgets.unit_costs_editor import show_unit_costs_editor
from layers.words.area_names import area_labels
from layers.words.cost_words import answer, as_of_line, assumptions, class_table, unknown_forms
from layers.words.example_words import country_name
from layers.words.known_costs_words import PAID_BY_LAW

_LEVELS = ("gmina", "powiat")


@in_turn
def render() -> None:
    """Draw the page."""
    view = _at_page_level(current_view())
    texts = texts_of(view.lang, view.date)
    registry = open_registry(view.date)
    view = told_view(view, registry)
    st.title(plain(texts.t("page.costs")), anchor=False)
    show_tools(view, texts, page="costs")
    areas = areas_of_question(registry, view.question)
    labels = area_labels(areas, texts)
    rail, column = st.columns([1, 3], gap="large")
    with rail:
        group = _show_choices(registry, view, labels, texts)
    with column:
        proposed = applied_scenario(registry, view.scenario) if view.scenario else None
        changed = forms_of_scenario(proposed.scenario, registry.services) if proposed else ()
        if view.chosen not in labels:
            st.info(plain(texts.t("costs.start")))
            _show_unit_costs(registry, view, changed, changed, texts)
            return
        report = build_cost_report(
            registry, view, area_label=labels[view.chosen], group=group, proposed=proposed
        )
        _show_answer(report, texts)
        if report.listed_forms and not report.has_costs:
            st.info(plain(texts.t("costs.no_costs")))
        _show_unit_costs(registry, view, report.listed_forms, changed, texts)
        _show_tables(report, texts)
        _show_downloads(report, texts)
        _show_how(report, texts)


def _at_page_level(view: View) -> View:
    """Return the view at a level that costs are told for; a voivodeship has no plan of its own services."""
    return view if view.level in _LEVELS else _at_level(view, "powiat")


def _at_level(view: View, level: str) -> View:
    """Return the view at a level; an indicator of the map that is not told for it gives way."""
    indicator = view.indicator if level in view.levels else View.indicator
    return view.with_changes(level=level, indicator=indicator)


def _show_choices(registry: Registry, view: View, labels: dict[str, str], texts: Texts) -> str:
    """Draw the choices one under another; return the group whose forms are asked for, or all of them."""
    voivodeships = registry.areas_of_level("voivodeship").set_index("area_code")["name"]
    names = {str(code): str(name) for code, name in voivodeships.items() if code in ALL_VOIVODESHIPS}
    scopes = [COUNTRY, *sorted(names, key=lambda code: polish_order(names[code]))]
    if view.scope not in scopes:
        scopes.append(view.scope)
    names[COUNTRY] = country_name(texts, is_example=registry.state.is_invented)
    st.selectbox(
        texts.t("choice.scope"),
        scopes,
        format_func=lambda code: names.get(code, code),
        **bound("scope", view.scope),
    )
    st.session_state["costs_level"] = view.level
    st.radio(
        texts.t("costs.level"),
        _LEVELS,
        format_func=lambda level: texts.t(f"costs.level_{level}"),
        key="costs_level",
        on_change=_take_over_level,
    )
    st.session_state["costs_area"] = view.chosen if view.chosen in labels else ""
    st.selectbox(
        texts.t(f"costs.choose_{view.level}"),
        ["", *sorted(labels, key=lambda code: polish_order(labels[code]))],
        format_func=lambda code: labels.get(code, texts.t("planner.choose_none")),
        key="costs_area",
        on_change=_take_over_area,
    )
    group: str = st.radio(
        texts.t("costs.groups"),
        (ALL_GROUPS, *screen_groups()),
        format_func=lambda group: (
            texts.t("costs.for_group", group=group_name(group, texts))
            if group
            else texts.t("costs.all_groups")
        ),
        **bound("costs_group", view.costs_group),
    )
    return group


def _take_over_level() -> None:
    view = _at_level(current_view(), st.session_state["costs_level"])
    change_view(level=view.level, indicator=view.indicator)


def _take_over_area() -> None:
    # The address may still name a level that this page has none of.
    view = _at_page_level(current_view())
    change_view(level=view.level, indicator=view.indicator, chosen=st.session_state["costs_area"])


def _show_answer(report: CostReport, texts: Texts) -> None:
    st.header(plain(answer(report, texts)), anchor=False)
    if report.scenario is None:
        st.markdown(plain(texts.t("costs.no_scenario", page=texts.t("tool.scenario"))))
        return
    st.markdown(plain(texts.t("costs.with_scenario", title=report.scenario.title)))
    if report.problems_count:
        st.warning(plain(texts.t("costs.note_problems", count=report.problems_count)))


def _show_unit_costs(
    registry: Registry, view: View, here: Sequence[str], changed: Sequence[str], texts: Texts
) -> None:
    """Ask what the forms here cost a year, and what those of the scenario (`changed`) cost to build."""
    forms = [*here, *(form for form in changed if form not in here)]
    if not forms:
        return
    with st.expander(texts.t("costs.editor"), expanded=True):
        st.markdown(plain(texts.t("costs.editor_help")))
        show_unit_costs_editor(view, forms, texts, fields=COST_FIELDS[2:])
    show_offered_costs(registry, view, forms, view.chosen, texts, place="costs")
    if changed:
        with st.expander(texts.t("costs.editor_build")):
            st.markdown(plain(texts.t("costs.editor_build_help", page=texts.t("tool.scenario"))))
            show_unit_costs_editor(view, changed, texts, fields=COST_FIELDS[:2])


def _show_tables(report: CostReport, texts: Texts) -> None:
    for di_class in CLASSES:
        st.subheader(plain(texts.t(f"costs.class_{di_class}")), anchor=False)
        table = class_table(report, di_class, texts)
        if table.empty:
            st.markdown(plain(texts.t("costs.class_none")))
        else:
            shown = table.map(plain).rename(columns=plain)
            st.table(shown.set_index(shown.columns[0]))
    if PAID_BY_LAW in report.listed_forms:
        show_who_pays(texts, place="costs")
    unknown = unknown_forms(report, texts)
    if unknown:
        with st.expander(texts.t("costs.unknown_forms", count=len(unknown))):
            st.markdown(plain(texts.t("costs.unknown_forms_help")))
            st.markdown("\n".join(f"- {plain(name)}" for name in unknown))


def _show_downloads(report: CostReport, texts: Texts) -> None:
    with st.container(horizontal=True, key="downloads"):
        for name, file_format in COST_FORMATS.items():
            st.download_button(
                texts.t(f"costs_file.download_{name}"),
                # Called when somebody asks for the file.
                data=partial(file_format.write, report, texts),
                file_name=costs_file_name(report, name),
                mime=file_format.media_type,
                on_click="ignore",
                key=f"costs_download_{name}",
            )


def _show_how(report: CostReport, texts: Texts) -> None:
    with st.expander(texts.t("costs.how"), expanded=True):
        st.markdown("\n".join(f"- {plain(note)}" for note in assumptions(report, texts)))
    said = (
        as_of_line(report, texts),
        texts.t("export_boundaries", vintage=report.boundary_vintage),
        texts.t("export_snapshot", snapshot_id=report.snapshot_id),
    )
    st.caption(plain(" · ".join(said)))
    with st.expander(texts.t("export_sources")):
        for note in report.sources:
            st.markdown(f"- {plain(source_line(note, texts).text)}")


if __name__ == "__main__":
    render()
