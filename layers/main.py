"""The Streamlit script: page settings, language, navigation, one page."""

from pathlib import Path

import streamlit as st

from layers.cache.computed import wait_in
from layers.cache.shared_answers import database_silent_since, open_registry
from layers.text import texts_of
from layers.view.reading import lost_in, seen_on
from layers.widgets import waiting
from layers.widgets.address import current_view, losses_of_address
from layers.widgets.navigation import ADDRESSES, all_pages, show_navigation
from layers.widgets.notices import show_error, show_example, show_last_known, show_losses

STYLE = Path(__file__).resolve().parent / "widgets" / "page.css"


def main() -> None:
    """Run the page that the address names."""
    view = current_view()
    texts = texts_of(view.lang)
    page = st.navigation(all_pages(texts), position="hidden")
    is_first = page.url_path == ""
    title = texts.t("title")
    st.set_page_config(
        page_title=title if is_first else texts.t("page_title", page=page.title, title=title),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(STYLE)
    # The server sets the language of the page once; a switch in the page must reach screen readers too.
    st.html(f"<script>document.documentElement.lang = '{view.lang}'</script>", unsafe_allow_javascript=True)
    wait_in(waiting)
    waiting.prepare_waiting()
    show_navigation(view, texts, is_first=is_first)
    try:
        registry = open_registry()
        is_invented = registry.state.is_invented
        answered_at = database_silent_since()
        if answered_at is not None:
            show_last_known(answered_at, texts)
        if is_invented:
            show_example(view, texts)
        name = next(name for name, path in ADDRESSES.items() if path == page.url_path)
        losses = (*losses_of_address(), *lost_in(registry, view, page=name))
        show_losses(seen_on(name, losses), view, texts, registry=registry)
        page.run()
    except Exception as error:  # noqa: BLE001 - the last boundary: a person gets words, the log gets the traceback
        show_error(error, texts)


# Not where a process that computes imports this file, as Python does with the main one.
if __name__ == "__main__":
    main()
