"""What must be said above everything else: invented data, and what went wrong."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from data.loading.no_source import why_no_source
from data.registry.registry import Registry
from data.vocabulary.helplines import EMERGENCY
from geo.teryt import COUNTRY
from layers.cache.settings_in_use import settings_in_use
from layers.text import Texts
from layers.view.page_addresses import ADDRESSES
from layers.view.reading import Loss
from layers.view.view import View
from layers.widgets.clock import polish_now
from layers.widgets.plain import plain
from layers.words.contact_addresses import phone_address
from layers.words.example_words import COMMAND, advice_words, country_name, why_lines
from layers.words.last_known_words import last_known_words
from layers.words.loss_words import loss_lines, names_of_lost, several_lost
from layers.words.messages import message_of

WHY_ANCHOR: Final = "example"

log = logging.getLogger(__name__)


def show_example(view: View, texts: Texts) -> None:
    """Say that the region is an example, and where it stands why."""
    about = f"/{ADDRESSES['about']}?{urlencode({'lang': view.lang})}#{WHY_ANCHOR}"
    with st.container(key="example_notice"):
        st.warning(
            f"**{plain(texts.t('example.what'))}** {plain(texts.t('example.short'))} "
            f"[{plain(texts.t('example.more'))}]({about})"
        )


def show_why_example(texts: Texts) -> None:
    """Say where real data were looked for, and what brings them."""
    reason = why_no_source(settings_in_use())
    st.header(plain(texts.t("example.why")), anchor=WHY_ANCHOR)
    lines = "\n".join(f"- {plain(line)}" for line in why_lines(reason, texts))
    st.markdown(f"{lines}\n\n{plain(advice_words(reason, texts))} `{COMMAND}`.")


def show_last_known(answered_at: datetime, texts: Texts) -> None:
    """Say that the database does not answer, and of what moment the page is."""
    what, advice = last_known_words(answered_at, polish_now(), texts)
    st.warning(f"**{plain(what)}** {plain(advice)}", icon=":material/cloud_off:")


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
    areas = names_of_lost(losses, registry, texts)
    areas[f"scope:{COUNTRY}"] = country_name(texts, is_example=registry.state.is_invented)
    said = [plain(line) for line in loss_lines(losses, view, texts, areas=areas)]
    title = f"**{plain(texts.t('lost.title'))}**"
    with st.container(key=key):
        if len(said) == 1:
            st.warning(f"{title} {said[0]}", icon=":material/link_off:")
            return
        with st.expander(f"{title} {plain(several_lost(losses, texts))}"):
            st.markdown("\n".join(f"- {line}" for line in said))


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
        st.link_button(
            plain(texts.t("site.emergency")),
            phone_address(EMERGENCY),
            icon=":material/call:",
            key="error_call_112",
        )
