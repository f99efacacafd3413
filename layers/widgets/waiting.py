"""Waiting for an answer, in words: how many are computed for first."""

import threading
from contextlib import suppress
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from layers.cache.settings_in_use import settings_in_use
from layers.jobs.queue import Ticket, Visitor
from layers.text import texts_of
from layers.widgets.address import current_view
from layers.widgets.drawing import drawing
from layers.widgets.plain import plain

KEY = "waiting"
_UNSAID_S, _STEP_S = 0.4, 0.5
_place = threading.local()


def prepare_waiting() -> None:
    """
    Make the place for the words, at the beginning of every page.

    A place made only while somebody waits would move all that follows, and Streamlit would draw it anew.
    """
    with st.container(key=KEY):
        _place.empty = st.empty()


def wait_for(ticket: Ticket) -> Any:
    """
    Wait for what a job makes and return it; the page says how many are computed for first.

    Whoever leaves the page or changes it stops waiting: each new word is a moment at which Streamlit ends the script.
    """
    try:
        with drawing.aside():
            if not ticket.wait(_UNSAID_S):
                _say_until_over(ticket)
        return ticket.result()
    finally:
        ticket.leave()


def visitor() -> Visitor:
    """Return who asks: the session, and the address where a proxy may be believed."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        # A file that is made when its button is pressed: outside the script, and each for itself.
        return Visitor(f"thread {threading.get_ident()}")
    return Visitor(context.session_id, _address() if settings_in_use().is_behind_proxy else "")


def _address() -> str:
    """Return the address that the nearest proxy saw; those before it anybody could have written."""
    with suppress(Exception):
        return st.context.headers.get_all("X-Forwarded-For")[-1].rsplit(",", 1)[-1].strip()
    return ""


def _say_until_over(ticket: Ticket) -> None:
    if get_script_run_ctx(suppress_warning=True) is None:
        while not ticket.wait(_STEP_S):
            pass
        return
    texts, place = texts_of(current_view().lang), getattr(_place, "empty", None) or st.empty()
    try:
        while not ticket.wait(_STEP_S):
            ahead = ticket.people_ahead
            said = texts.t("waiting.ahead", count=ahead) if ahead else texts.t("waiting.now")
            place.info(plain(said), icon=":material/hourglass_top:")
    finally:
        place.empty()
