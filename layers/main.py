"""The Streamlit script: page settings, language, navigation, one page."""

from pathlib import Path

import streamlit as st

from layers.cache.computed import wait_in
from layers.cache.shared_answers import applied_scenario, database_silent_since, open_registry
from layers.text import texts_of
from layers.view.page_addresses import ADDRESSES
from layers.view.reading import Loss, lost_in, misfits_in, seen_on
from layers.view.view import View
from layers.widgets import waiting
from layers.widgets.address import current_view, losses_of_address, settle_view
from layers.widgets.navigation import all_pages, show_navigation
from layers.widgets.notices import show_error, show_example, show_last_known, show_losses

STYLE = Path(__file__).resolve().parent / "widgets" / "page.css"
# Pages that tell of a scenario, and of two. No text below a name: Streamlit would write it on every page.
OF_SCENARIOS = frozenset({"planner", "coordinator", "compare", "scenario", "costs"})
OF_TWO = frozenset({"compare", "scenario"})


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
    show_navigation(view, texts)
    try:
        registry = open_registry()
        is_invented = registry.state.is_invented
        answered_at = database_silent_since()
        if answered_at is not None:
            show_last_known(answered_at, texts)
        if is_invented:
            show_example(view, texts)
        view = settle_view(registry)
        name = next(name for name, path in ADDRESSES.items() if path == page.url_path)
        losses = (*losses_of_address(), *lost_in(registry, view, page=name), *_misfits(view, name))
        show_losses(seen_on(name, losses), view, texts, registry=registry)
        page.run()
    except Exception as error:  # noqa: BLE001 - the last boundary: a person gets words, the log gets the traceback
        show_error(error, texts)


def _misfits(view: View, page: str) -> tuple[Loss, ...]:
    """Return what of the scenarios of a view has no place in the data, on a page that tells of them."""
    if page not in OF_SCENARIOS:
        return ()
    registry = open_registry(view.date)
    packed = {"scenario": view.scenario, "other_scenario": view.other_scenario if page in OF_TWO else ""}
    return tuple(
        loss
        for name, text in packed.items()
        if text
        for changed in [applied_scenario(registry, text)]
        for loss in misfits_in(name, changed.misfits, of_all=len(changed.scenario.changes))
    )


# Not where a process that computes imports this file, as Python does with the main one.
if __name__ == "__main__":
    main()
