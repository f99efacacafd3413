"""The card of one area: the answer first, the rest folded by subject; each number says how it was computed."""

import streamlit as st

from data.registry.registry import Registry
from data.store.names import polish_order
from layers.answers.area_table import AreaTable
from layers.cache.shared_answers import card_of_area, card_sections, printed_card
from layers.indicators import HOME
from layers.text import Texts
from layers.view.page_addresses import gmina_address
from layers.widgets.address import bound, change_view
from layers.widgets.area_sections import SECTIONS
from layers.widgets.explained import STYLE, show_figure
from layers.widgets.knowledge_card import doubt_lines, show_knowledge
from layers.widgets.navigation import show_light_link
from layers.widgets.plain import own_link, plain
from layers.words.area_facts import AreaFacts
from layers.words.area_facts.wording import apart_lines, no_lack_line, together_line
from layers.words.caption import Caption
from layers.words.office_words import office_lines


def choose_area(table: AreaTable, labels: dict[str, str], texts: Texts, *, is_in_line: bool = False) -> str:
    """
    Draw the box with all areas of the view; return the code of the chosen one or an empty string.

    In a line with other things the box itself says what to choose, and its label is read to screen readers alone.
    """
    label = texts.t(f"planner.choose_{table.view.level}")
    # On a phone what stands in brackets was cut: there the map is under the box.
    none = label.partition(" (")[0] if is_in_line else texts.t("planner.choose_none")
    codes = sorted(labels, key=lambda code: polish_order(labels[code]))
    chosen = table.view.chosen if table.view.chosen in labels else ""
    st.selectbox(
        label,
        ["", *codes],
        format_func=lambda code: labels.get(code, none),
        label_visibility="collapsed" if is_in_line else "visible",
        **bound("chosen", chosen),
    )
    return chosen


def show_area_card(
    registry: Registry, table: AreaTable, code: str, label: str, *, caption: Caption, texts: Texts
) -> None:
    """Draw what is known of one area; folded sections are computed when somebody opens them."""
    facts = card_of_area(registry, table, code)
    st.html(STYLE)
    with st.container(border=True, key="area_card"):
        name, _, within = label.partition(", ")
        st.header(plain(name), anchor=False)
        if within:
            st.markdown(plain(within))
        if together := together_line(facts, texts):
            st.markdown(plain(together))
        if table.question.is_of_knowledge:
            show_knowledge(registry, table, code, texts)
        else:
            for figure in facts.answer:
                show_figure(figure, texts, key="answer")
            for line in doubt_lines(registry, table.view, code, texts):
                st.markdown(plain(line))
        for line in apart_lines(facts, texts):
            st.markdown(plain(line))
        for office in office_lines(facts.offices, texts):
            st.markdown(plain(office))
        st.caption(plain(caption.as_of))
        _show_sections(registry, facts, texts)
        _show_ways_on(registry, facts, texts)


def _show_sections(registry: Registry, facts: AreaFacts, texts: Texts) -> None:
    """Draw the folded sections in the order in which a council asks."""
    sections = dict(SECTIONS)
    if facts.is_without_lack:
        # A gmina has no lack of its own there, or there are no rates: the card leads to where they are told.
        del sections["gauges"], sections["triad"], sections["reach"]
        _show_where_lack_is_told(facts, texts)
    if not facts.has_rates:
        del sections["balance"]
    for name, (show, parts) in sections.items():
        if name == "quality" and facts.view.question.is_of_knowledge:
            continue
        section = st.expander(
            plain(texts.t(f"area_card.{name}")), key=f"area_section_{name}", on_change="rerun"
        )
        # What is folded costs nothing: some sections need tables that the page has not computed.
        if section.open:
            with section:
                if parts:
                    card_sections(registry, facts, parts)
                show(facts, texts)


def _show_where_lack_is_told(facts: AreaFacts, texts: Texts) -> None:
    st.markdown(plain(no_lack_line(facts, texts)))
    if facts.has_rates:
        key, change = "use.show_powiat", {"level": "powiat", "chosen": facts.code[:4]}
    else:
        key, change = "counted.show_rates", {"indicator": HOME["places_per_1000"].code, "scope": facts.code}
    st.button(texts.t(key), on_click=change_view, kwargs=change, key="area_show_lack")


def _show_ways_on(registry: Registry, facts: AreaFacts, texts: Texts) -> None:
    """Draw what a person may do next: print the card, see addresses, close it."""
    table, code = facts.table, facts.code
    st.download_button(
        texts.t("area_card.download"),
        lambda: printed_card(registry, facts, texts.lang),
        file_name=f"karta-obszaru_{code}_{table.snapshot_id}.pdf",
        mime="application/pdf",
        on_click="ignore",
        key="area_sheet",
    )
    if table.view.level == "gmina":
        view = table.view.with_changes(place=f"g:{code}", forms=(table.view.form,))
        show_light_link("resident", view, texts, label=texts.t("planner.to_resident"))
        if code not in registry.together.parts:
            st.markdown(own_link(texts.t("site.to_gmina_page"), gmina_address(code, texts.lang)))
    st.button(texts.t("planner.close_card"), on_click=change_view, kwargs={"chosen": ""}, key="close_card")
