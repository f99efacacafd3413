"""The address of the page and the widgets agree: each widget shows what the address says, and changes it."""

from typing import Any

import streamlit as st

from data.registry.registry import Registry
from layers.view.reading import Loss, choose, lost_scope, read_address, told_view
from layers.view.view import View
from layers.widgets.session_address import catch_up, own_address, tell_address

_LOST = "lost_to_a_choice"


def current_view() -> View:
    """Return the view that the address of the page names, or the newer one that the browser has not heard of yet."""
    catch_up()
    return View.from_query(own_address())


def losses_of_address() -> tuple[Loss, ...]:
    """Return what the address, or the choice that made it, asked for and the view does not hold."""
    address = own_address()
    query = address.to_dict()
    made, losses = st.session_state.get(_LOST, (None, ()))
    if made == query:
        return tuple(losses)
    return read_address({name: address.get_all(name) for name in query}).losses


def settle_view(registry: Registry) -> View:
    """Put a view that a registry has into the address where it has not what that asks for, and return it."""
    view = current_view()
    lost = lost_scope(view, registry)
    if not lost:
        return view
    losses, told = (*losses_of_address(), *lost), told_view(view, registry)
    query = told.to_query()
    st.session_state[_LOST] = (query, losses)
    tell_address(query)
    return told


def change_view(**changes: Any) -> None:
    """Put a changed view into the address; fit for a widget's callback. What gives way is told on the next page."""
    reading = choose(current_view(), **changes)
    query = reading.view.to_query()
    # Who changes the language wants to read what the page says, this too.
    is_same = set(changes) == {"lang"}
    st.session_state[_LOST] = (query, losses_of_address() if is_same else reading.losses)
    tell_address(query)


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
