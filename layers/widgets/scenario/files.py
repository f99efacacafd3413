"""Keeping a scenario: a link, files, and opening what was kept."""

from functools import partial
from typing import Any, Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.registry.registry import Registry
from data.scenarios import ScenarioError
from layers.answers.measures.applied_scenario import AppliedScenario
from layers.export.scenario_files import (
    SCENARIO_FORMATS,
    build_scenario_report,
    scenario_file_name,
)
from layers.text import Texts, texts_of
from layers.view.view import View
from layers.widgets.address import change_view, current_view
from layers.widgets.plain import plain
from layers.widgets.scenario.edit import note_outcome
from layers.words.scenario_edits import packed_for_link, read_scenario
from layers.words.scenario_words import error_words

_PASTED, _FILE = "scenario_pasted", "scenario_file"
_LARGEST_MB: Final = 1  # Streamlit counts in whole ones; the server takes a tenth of it


def show_saving(registry: Registry, applied: AppliedScenario | None, view: View, texts: Texts) -> None:
    """
    Draw the link of the view and the scenario as files, made when somebody asks for one.

    Parameters
    ----------
    registry
        The registry of today.
    applied
        The scenario of the view; None when there is none yet.
    """
    st.header(plain(texts.t("scenario.save")), anchor=False)
    if applied is None or not applied.scenario.changes:
        st.markdown(plain(texts.t("scenario.save_nothing")))
        return
    st.markdown(plain(texts.t("scenario.link_is")))
    st.code(full_address(view), language=None, wrap_lines=True)
    report = build_scenario_report(registry, view, applied)
    with st.container(horizontal=True, key="scenario_downloads"):
        for name, file_format in SCENARIO_FORMATS.items():
            st.download_button(
                texts.t(f"scenario.download_{name}"),
                partial(file_format.write, report, texts),
                file_name=scenario_file_name(report, name),
                mime=file_format.media_type,
                on_click="ignore",
                key=f"scenario_{name}",
            )


def show_opening(texts: Texts) -> None:
    """
    Draw the ways to open a scenario: a file, or what somebody pasted.

    The built-in words of Streamlit's upload are English; `scenario.css` takes them away from eyes and from screen
    readers alike, and the style beside it sets ours in their place.
    """
    with st.expander(texts.t("scenario.open")):
        st.html(
            f"<style>.st-key-scenario_upload {{ --upload-words: {_css_text(texts.t('scenario.upload'))}; }}</style>"
        )
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


def _take_file() -> None:
    number = int(st.session_state["scenario_file_number"])
    uploaded: Any = st.session_state.get(f"{_FILE}_{number}")
    if uploaded is None:
        return
    # Another key is another widget: nothing of the file stays behind, nor does its English row.
    st.session_state["scenario_file_number"] = number + 1
    text = uploaded.getvalue().decode("utf-8", errors="replace")
    _forget(uploaded)
    _open(text)


def _forget(uploaded: Any) -> None:
    """Take the file out of the memory of the server, where it would stay as long as the visitor."""
    context = get_script_run_ctx()
    if context is not None:
        # Streamlit's protocol leaves out what its managers have.
        context.uploaded_file_mgr.remove_file(  # type: ignore[attr-defined]
            session_id=context.session_id, file_id=uploaded.file_id
        )


def _take_pasted() -> None:
    pasted = str(st.session_state[_PASTED])
    if _open(pasted):
        st.session_state[_PASTED] = ""


def _open(text: str) -> bool:
    view = current_view()
    texts = texts_of(view.lang, view.date)
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
