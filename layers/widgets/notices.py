"""What must be said above everything else: invented data, and what went wrong."""

import logging
from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from data.opening_hours import POLISH_TIME
from data.registry import COUNTRY, Registry
from layers.loss_words import loss_lines, names_of_lost, several_lost
from layers.messages import message_of
from layers.state import View
from layers.text import Texts
from layers.view_reading import Loss
from layers.widgets.address import change_view
from layers.widgets.clock import polish_now
from layers.widgets.plain import phone_address, plain

log = logging.getLogger(__name__)


def show_invented(texts: Texts) -> None:
    """Say that the data are invented and which command brings the real ones."""
    st.warning(f"**{plain(texts.t('invented.what'))}** {plain(texts.t('invented.advice'))} `make data`")


def show_last_known(answered_at: datetime, texts: Texts) -> None:
    """Say that the database does not answer, and of what moment the page is."""
    moment, now = answered_at.astimezone(POLISH_TIME), polish_now()
    at = f"{moment:%H:%M}"
    if moment.date() != now.date():
        at = f"{texts.date(moment.date())}, {at}"
    st.warning(
        f"**{plain(texts.t('silent.what', moment=at))}** {plain(texts.t('silent.advice'))}",
        icon=":material/cloud_off:",
    )


def show_losses(
    losses: Sequence[Loss], view: View, texts: Texts, *, registry: Registry, key: str = "losses"
) -> None:
    """
    Say what the address or a choice asked for and the page does not show; nothing when it shows all of it.

    It is one line, for it takes its height from the map: one loss is told whole, of several their number and names, and
    their sentences unfold.

    Parameters
    ----------
    key
        Of the notice on the page; a second one needs its own, which begins with the same word as the style does.
    """
    if not losses:
        return
    said = [plain(line) for line in loss_lines(losses, view, texts, areas=names_of_lost(losses, registry))]
    title = f"**{plain(texts.t('lost.title'))}**"
    with st.container(key=key):
        if len(said) == 1:
            st.warning(f"{title} {said[0]}", icon=":material/link_off:")
            return
        with st.expander(f"{title} {plain(several_lost(losses, texts))}"):
            st.markdown("\n".join(f"- {line}" for line in said))


def show_empty_scope(texts: Texts) -> None:
    """Say that the data have no area of the chosen kind there, and offer the whole country."""
    st.info(plain(texts.t("planner.empty")))
    st.button(
        texts.t("planner.show_country"), on_click=change_view, kwargs={"scope": COUNTRY}, key="show_country"
    )


def show_error(error: Exception, texts: Texts) -> None:
    """Say what happened and what to do; the technical text goes to the log only."""
    message = message_of(error)
    # What an address or a visitor brings about is a line of the log; whoever reloads it must not fill the disk.
    log.error("page not shown: %s", error, exc_info=error if message.severity == "error" else None)
    show = {"info": st.info, "warning": st.warning, "error": st.error}[message.severity]
    st.title(plain(texts.t("title")))
    command = f" `{message.command}`" if message.command else ""
    show(f"**{plain(texts.t(message.what_key))}**\n\n{plain(texts.t(message.advice_key))}{command}")
    if message.severity == "error":
        # Somebody may have come for help: the one number that always answers can be dialled from here too.
        label = f"112 – {texts.t('first.helpline_emergency')}"
        st.link_button(plain(label), phone_address("112"), icon=":material/call:", key="error_call_112")
