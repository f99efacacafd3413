"""The address of the page and the widgets agree: each widget shows what the address says, and changes it."""

from typing import Any

import streamlit as st

from layers.state import View


def current_view() -> View:
    """Return the view that the address of the page names."""
    return View.from_query(st.query_params)


def change_view(**changes: Any) -> None:
    """Put a changed view into the address; fit for a widget's callback."""
    st.query_params.from_dict(current_view().with_changes(**changes).to_query())


def bound(field: str, value: Any) -> dict[str, Any]:
    """
    Return the arguments that tie a widget to a field of the view.

    The address is the only truth: the widget takes its value from it on every run, so links and the browser's
    back and forward buttons move the widgets too.
    """
    key = f"view_{field}"
    st.session_state[key] = value
    return {"key": key, "on_change": _take_over, "args": (field,)}


def _take_over(field: str) -> None:
    value = st.session_state[f"view_{field}"]
    if value is None:
        # An emptied field asks for the default.
        value = getattr(View(), field)
    change_view(**{field: tuple(value) if isinstance(value, list) else value})
