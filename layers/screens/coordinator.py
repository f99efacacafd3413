"""The coordinator's door: the picture as printed, a button per format, the command that makes the same."""

import shlex

import streamlit as st

from layers.cache import area_table, open_registry, printed
from layers.export.caption import build_caption
from layers.export.command import snapshot_command
from layers.export.files import FORMATS, file_name
from layers.text import texts_of
from layers.widgets.address import current_view
from layers.widgets.choices import show_rail
from layers.widgets.notices import show_empty_scope
from layers.widgets.plain import plain

MIME_TYPES = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


def render() -> None:
    """Draw the page."""
    view = current_view()
    texts = texts_of(view.lang)
    registry = open_registry()
    st.title(plain(texts.t("page.coordinator")), anchor=False)
    rail, sheet = st.columns([1, 3], gap="large")
    with rail:
        show_rail(registry, view, texts)
    table = area_table(registry, view)
    if table.rows.empty:
        show_empty_scope(texts)
        return
    caption = build_caption(table, texts)
    with sheet:
        st.header(plain(caption.title), anchor=False)
        st.markdown(plain(f"{caption.subtitle} · {caption.as_of}"))
        with st.container(horizontal=True, key="downloads"):
            for file_format in FORMATS:
                st.download_button(
                    texts.t(f"coordinator.download_{file_format}"),
                    # Called when somebody asks for the file: nobody waits for formats that nobody takes.
                    data=lambda file_format=file_format: printed(registry, table, texts.lang, file_format),
                    file_name=file_name(table, file_format),
                    mime=MIME_TYPES[file_format],
                    on_click="ignore",
                    key=f"download_{file_format}",
                )
        with st.spinner(texts.t("coordinator.drawing")):
            picture = printed(registry, table, texts.lang, "png")
        st.image(picture, width="stretch", alt=caption.description)
        st.markdown(f"{plain(caption.snapshot)} · {plain(texts.t('coordinator.same_numbers'))}")
        st.header(plain(texts.t("coordinator.command")), anchor=False)
        st.code(shlex.join(snapshot_command(view)), language="bash", wrap_lines=True)


if __name__ == "__main__":
    render()
