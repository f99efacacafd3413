"""Keeping a scenario: a link, files, and opening what was kept."""

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from data.scenarios import Scenario, ScenarioError, to_json
from layers.scenario_edits import packed_for_link, read_scenario
from layers.scenario_words import error_words
from layers.state import View
from layers.text import Texts, texts_of
from layers.widgets.address import change_view, current_view
from layers.widgets.plain import plain
from layers.widgets.scenario_editor import note_outcome

_PASTED, _FILE = "scenario_pasted", "scenario_file"
_LARGEST_MB: Final = 1


def show_saving(scenario: Scenario, view: View, texts: Texts) -> None:
    """Draw the link of the view and the scenario as files."""
    st.header(plain(texts.t("scenario.save")), anchor=False)
    if not scenario.changes:
        st.markdown(plain(texts.t("scenario.save_nothing")))
        return
    st.markdown(plain(texts.t("scenario.link_is")))
    st.code(full_address(view), language=None, wrap_lines=True)
    st.download_button(
        texts.t("scenario.download_json"),
        to_json(scenario).encode(),
        file_name=file_name(scenario, "json"),
        mime="application/json",
        on_click="ignore",
        key="scenario_json",
    )


def show_opening(texts: Texts) -> None:
    """
    Draw the ways to open a scenario: a file, or what somebody pasted.

    The built-in words of Streamlit's upload are English; `scenario.css` takes them away from eyes and from screen
    readers alike, and the style beside it sets ours in their place.
    """
    with st.expander(texts.t("scenario.open")):
        st.html(f"<style>.st-key-scenario_upload {{ --upload-words: {_css_text(texts.t('scenario.upload'))}; }}</style>")
        st.radio(
            texts.t("scenario.open_as"),
            ("scenario", "other_scenario"),
            format_func=lambda field: texts.t(f"scenario.open_as_{field}"),
            key="scenario_open_as",
        )
        with st.container(key="scenario_upload"):
            number = st.session_state.setdefault("scenario_file_number", 0)
            st.file_uploader(
                texts.t("scenario.file"),
                type="json",
                max_upload_size=_LARGEST_MB,
                on_change=_take_file,
                key=f"{_FILE}_{number}",
            )
        st.text_area(texts.t("scenario.paste"), key=_PASTED, height=120)
        st.button(texts.t("scenario.open_pasted"), on_click=_take_pasted, key="scenario_open_pasted")


def full_address(view: View) -> str:
    """Return the whole address of the view, as the browser would show it."""
    parts = urlsplit(st.context.url or "")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(view.to_query()), ""))


def file_name(scenario: Scenario, ending: str) -> str:
    """Return a name of letters and digits for a file of the scenario."""
    title = "".join(letter if letter.isalnum() else "-" for letter in scenario.title.lower())[:40]
    name = "-".join(part for part in title.split("-") if part) or "scenariusz"
    return f"{name}-{date.today().isoformat()}.{ending}"  # noqa: DTZ011 - the day on the wall


def _take_file() -> None:
    number = int(st.session_state["scenario_file_number"])
    uploaded: Any = st.session_state.get(f"{_FILE}_{number}")
    if uploaded is None:
        return
    # Another key is another widget: nothing of the file stays behind, nor does its English row.
    st.session_state["scenario_file_number"] = number + 1
    _open(uploaded.getvalue().decode("utf-8", errors="replace"))


def _take_pasted() -> None:
    pasted = str(st.session_state[_PASTED])
    if _open(pasted):
        st.session_state[_PASTED] = ""


def _open(text: str) -> bool:
    view = current_view()
    texts = texts_of(view.lang)
    is_second = st.session_state.get("scenario_open_as") == "other_scenario"
    try:
        scenario = read_scenario(text)
        packed = packed_for_link(scenario, texts, beside=view.scenario if is_second else view.other_scenario)
    except ScenarioError as error:
        note_outcome(error_words(error, texts), is_good=False)
        return False
    if is_second:
        change_view(other_scenario=packed)
    else:
        change_view(scenario=packed, group=scenario.need_group, form=scenario.support_form)
    note_outcome(texts.t("scenario.opened", title=scenario.title), is_good=True)
    return True


def _css_text(text: str) -> str:
    """Return a text as CSS writes it; ours alone, still with nothing in it that could end a style."""
    return '"' + "".join(f"\\{ord(letter):x} " if letter in '"\\<>&\n' else letter for letter in text) + '"'
