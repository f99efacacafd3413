"""The coordinator's door: the picture as printed, a button per format, the command that makes the same."""

import shlex
from functools import partial

import streamlit as st

from layers.cache.shared_answers import printed, shown_picture
from layers.export.command import snapshot_command
from layers.export.files import FORMATS, file_name
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.widgets.view_page import begin_view_page


@in_turn
def render() -> None:
    """Draw the page."""
    page = begin_view_page("coordinator")
    registry, table, caption, texts = page.registry, page.table, page.caption, page.texts
    with page.column:
        with st.container(horizontal=True, key="downloads"):
            for name, file_format in FORMATS.items():
                st.download_button(
                    texts.t(f"coordinator.download_{name}"),
                    # Called when somebody asks for the file: nobody waits for formats that nobody takes.
                    data=partial(printed, registry, table, texts.lang, name),
                    file_name=file_name(table, name),
                    mime=file_format.media_type,
                    on_click="ignore",
                    key=f"download_{name}",
                )
        with st.spinner(texts.t("coordinator.drawing")):
            picture = shown_picture(registry, table, texts.lang)
        st.image(picture, width="stretch", alt=caption.description)
        st.markdown(f"{plain(caption.snapshot)} · {plain(texts.t('coordinator.same_numbers'))}")
        st.header(plain(texts.t("coordinator.command")), anchor=False)
        # As one colour: those of a shell are too pale to read.
        st.code(shlex.join(snapshot_command(table.view)), language=None, wrap_lines=True)


if __name__ == "__main__":
    render()
