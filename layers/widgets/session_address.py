"""
The address that a session told the page last, for presses that left the browser before it heard of it.

Each press brings along the address that the browser has. Who presses twice at once brings the same one twice, and the
second press, if it were read from there, would undo the first.

Nor is the address read from `st.query_params`, which all runs of a session share: of two steps forward at once, the
run of the first is stopped only where it draws, and may have put its address over that of the second before it does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.query_params import QueryParams

_TOLD = "told_address"
_ON_THE_WAY = 8
"""Presses that can be on their way at once; each may bring an address that has been left."""


@dataclass(frozen=True)
class _Told:
    page: str
    query: Mapping[str, str]
    left: tuple[Mapping[str, str], ...]


def own_address() -> QueryParams:
    """Return the address that this run came with, or that it told since, whatever other runs of the session do."""
    context, address = get_script_run_ctx(suppress_warning=True), QueryParams()
    if context is not None:
        address.populate_from_query_string(context.query_string)
    return address


def tell_address(query: Mapping[str, str]) -> None:
    """Put a query into the address of the page, and remember which one it replaces."""
    context = get_script_run_ctx(suppress_warning=True)
    left, before = own_address().to_dict(), st.session_state.get(_TOLD)
    earlier = before.left if before is not None and before.query == left else ()
    page = "" if context is None else context.page_script_hash
    st.session_state[_TOLD] = _Told(page, dict(query), (*earlier, left)[-_ON_THE_WAY:])
    st.query_params.from_dict(query)


def catch_up() -> None:
    """
    Go on from the address told last when a press brings one that the session has left.

    A link to another page, the buttons back and forward, and an address that the session never had always win:
    what was told before them is forgotten.
    """
    context = get_script_run_ctx(suppress_warning=True)
    told = None if context is None else st.session_state.get(_TOLD)
    if context is None or told is None:
        return
    brought = own_address().to_dict()
    is_elsewhere = context.is_history_navigation or told.page != context.page_script_hash
    if is_elsewhere or brought not in (*told.left, told.query):
        st.session_state.pop(_TOLD, None)
    elif brought != told.query:
        # Told again: what was said by a run that the new press stops may never have come to the browser.
        st.query_params.from_dict(told.query)
