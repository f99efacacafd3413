"""A number with the button that tells how it was computed: one click, in the words of `layers.words.explain`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from layers.answers.area_table import AreaTable
from layers.text import Texts
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.words.area_facts import Figure
from layers.words.area_names import lone_names
from layers.words.explain import Explanation, explanation, typical_area, worked_areas
from layers.words.figures import figures_of
from layers.words.method import method_address

STYLE = Path(__file__).with_name("explained.css")


def show_figure(figure: Figure, texts: Texts, *, key: str, label: str = "") -> None:
    """
    Draw a number with its explanation.

    Parameters
    ----------
    key
        Tells the button from others of the same column on the page.
    label
        What the number is called here; empty for its name in tables.
    """
    explained = explanation(figure.table, figure.column, figure.code, texts)
    show_explained(explained, texts, key=f"{key}_{figure.column}", label=label)


@in_turn
def show_how(table: AreaTable, texts: Texts) -> None:
    """Draw the button that explains every column of a table, with the numbers of one area as the example."""
    with st.popover(plain(texts.t("explain.all")), type="tertiary", icon=":material/help:", key="how_all"):
        # Both are of the whole table, so they are the same for every column.
        usual, named = typical_area(table), lone_names(table.rows, texts)
        for column in figures_of(table):
            st.markdown("\n\n".join(column_lines(table, column, texts, usual=usual, named=named)))


def column_lines(
    table: AreaTable,
    column: str,
    texts: Texts,
    *,
    usual: str | None = None,
    named: Mapping[str, str] | None = None,
) -> list[str]:
    """
    Return the explanation of a column as paragraphs of Markdown.

    It is worked for the chosen area, and where that says nothing for an example as well. `usual` (the
    typical area) and `named` (the names of areas as they stand alone) are the same for all columns of a table.
    """
    codes = worked_areas(table, column, usual=usual)
    worked = [explanation(table, column, code, texts) for code in codes]
    named = named or lone_names(table.rows, texts)
    names = [named[code] for code in codes]
    heads = [*names[:-1], texts.t("explain.example", name=names[-1])]
    return [
        f"**{plain(worked[-1].name)}**",
        plain(worked[-1].what),
        _headed(texts.t("explain.formula_head"), worked[-1].formula),
        *(_headed(head, one.filled or one.value) for head, one in zip(heads, worked, strict=True)),
        method_link(worked[-1], texts),
    ]


def show_explained(explained: Explanation, texts: Texts, *, key: str, label: str = "") -> None:
    """Draw what is explained, its number and the button."""
    name = label or explained.name
    with st.container(horizontal=True, vertical_alignment="center", key=f"explained_{key}"):
        st.markdown(f"{plain(name)}: **{plain(explained.value)}**", width="stretch")
        # The words are the accessible name; the style leaves only the sign to be seen.
        with st.popover(
            plain(texts.t("explain.open", name=name)),
            type="tertiary",
            icon=":material/help:",
            key=f"how_{key}",
        ):
            st.markdown("\n\n".join(explanation_lines(explained, texts)))


def explanation_lines(explained: Explanation, texts: Texts) -> list[str]:
    """Return an explanation as paragraphs of Markdown."""
    t = texts.t
    lines = [f"**{plain(explained.name)}: {plain(explained.value)}**", plain(explained.what)]
    lines.append(_headed(t("explain.formula_head"), explained.formula))
    if explained.filled:
        lines.append(_headed(t("explain.filled_head"), explained.filled))
    for head, part in (("missing", explained.missing), ("assumptions", explained.assumptions)):
        if part:
            lines.append(_listed(t(f"explain.{head}_head"), part))
    if explained.sources:
        lines.append(_headed(t("explain.sources_head"), "; ".join(explained.sources)))
    lines.append(method_link(explained, texts))
    return lines


def method_link(explained: Explanation, texts: Texts) -> str:
    """Return the link to the section of the page of methods that is about the number, as Markdown."""
    return f"[{plain(texts.t('explain.method'))}]({method_address(explained.column, texts.lang)})"


def _headed(head: str, text: str) -> str:
    return f"**{plain(head)}:** {plain(text)}"


def _listed(head: str, items: Sequence[str]) -> str:
    return f"**{plain(head)}:**\n\n" + "\n".join(f"- {plain(item)}" for item in items)
