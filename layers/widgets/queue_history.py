"""
Queue and free places on the days of each register: what changed in sentences, and a table whose bars are its chart.

Bars are in the cells of an HTML table, as in `layers.widgets.distribution`: they can be enlarged, printed and read row
by row by a screen reader, and say nothing that is not also a number.
"""

import math
from html import escape

import streamlit as st

from data.registry.registry import Registry
from layers.answers.measures.queue_history import QueueHistory
from layers.answers.measures.stocks import Stock
from layers.text import Texts
from layers.widgets.distribution import STYLE
from layers.widgets.plain import plain
from layers.words.gauges_over_time import (
    BARS,
    RegisterOverTime,
    group_lines,
    register_name,
    stock_cell,
    told_quantities,
    whole_lines,
)


def show_registers_over_time(
    registry: Registry,
    registers: tuple[RegisterOverTime, ...],
    texts: Texts,
    *,
    is_scenario: bool = False,
    is_narrow: bool = False,
) -> None:
    """
    Draw what registers of an area tell over their days, each for itself; nothing where none does.

    Parameters
    ----------
    is_scenario
        Whether the page is of a scenario, which changes nothing of it.
    is_narrow
        Whether there is room for what is drawn alone; all places and the list are told in sentences.
    """
    if not registers:
        return
    st.html(STYLE)
    if is_scenario:
        st.markdown(plain(texts.t("over_time.scenario")))
    if len(registers) > 1:
        st.markdown(plain(texts.t("over_time.apart")))
    for register in registers:
        name = plain(register_name(registry, register.source_code, texts))
        if len(registers) > 1:
            st.subheader(name, anchor=False)
        else:
            st.markdown(name)
        _show_lines(group_lines(register, texts))
        if len(register.history.stocks) > 1:
            st.html(history_html(register.history, texts, is_narrow=is_narrow))
        _show_lines(whole_lines(register, texts))


def _show_lines(lines: list[str]) -> None:
    if lines:
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def history_html(history: QueueHistory, texts: Texts, *, is_narrow: bool = False) -> str:
    """Return the days of a register as an HTML table, safe to show; `is_narrow`: with what has bars alone."""
    t, columns = texts.t, told_quantities(history)
    longest = max(
        (
            stock.numbers[name]
            for stock in history.stocks
            for name in BARS
            if not math.isnan(stock.numbers[name])
        ),
        default=0.0,
    )
    if is_narrow:
        columns = tuple(name for name in columns if name in BARS)
    heads = ["day", *columns, *([] if is_narrow else ["facilities"])]
    head = "".join(f'<th scope="col">{escape(t(f"over_time.{name}"))}</th>' for name in heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(texts.date(stock.day))}</th>'
        + "".join(_cell(stock, name, longest, texts) for name in columns)
        + ("</tr>" if is_narrow else f"<td>{texts.number(stock.facilities)}</td></tr>")
        for stock in history.stocks
    )
    wide = "" if is_narrow else " over-time-wide"
    caption = escape(f"{t('over_time.table')} {t('over_time.table_bars')}")
    return (
        f'<div class="over-time-frame"><table class="distribution over-time{wide}"><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(stock: Stock, quantity: str, longest: float, texts: Texts) -> str:
    """Return one number with its bar below it; a number of another size has none."""
    number = stock.numbers[quantity]
    written = escape(stock_cell(stock, quantity, texts))
    if quantity not in BARS or math.isnan(number) or not number:
        return f"<td>{written}</td>"
    # Of one length in every column, however wide it is: bars of two columns are compared, too.
    width = f"max({number / longest:.4f} * var(--longest-bar), 3px)"
    look = f'class="over-time-bar over-time-{quantity}" style="width: {width}"'
    return f'<td>{written}<span {look} aria-hidden="true"></span></td>'
