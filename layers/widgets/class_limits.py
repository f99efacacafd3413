"""The limits of classes in the rail: what they are, a planner's own, and the way back."""

import streamlit as st

from geo.errors import OptionError
from layers.answers.area_table import AreaTable
from layers.text import Texts
from layers.view.class_limits import ClassLimits, LimitKind
from layers.widgets.address import change_view
from layers.widgets.drawing import in_turn
from layers.widgets.plain import plain
from layers.words.figures import write_limits

_TYPED, _REFUSED = "typed_classes", "refused_classes"


@in_turn
def show_class_limits(table: AreaTable, texts: Texts) -> None:
    """Draw the limits of a map's classes; those that a planner sets stay in the address until they are taken off."""
    chosen = ClassLimits.from_address(table.view.classes)
    kind = table.view.what.kind
    with st.expander(plain(texts.t("classes.head")), expanded=chosen is not None, key="class_limits"):
        if kind == "rate" or kind == "share":  # noqa: PLR1714 - mypy narrows this one
            _show_choice(table, kind, chosen if chosen and chosen.kind == kind else None, texts)
        else:
            st.caption(plain(texts.t(f"classes.{kind}")))
        if chosen is not None:
            st.caption(plain(texts.t("classes.locked")))
            st.button(
                texts.t("classes.unlock"), on_click=change_view, kwargs={"classes": ""}, key="unlock_classes"
            )


def _show_choice(table: AreaTable, kind: LimitKind, chosen: ClassLimits | None, texts: Texts) -> None:
    """Draw the field to write limits in, and the button that keeps the present ones."""
    limits = table.classes.lowers[1:]
    if chosen is None:
        st.caption(plain(usual_line(table, texts)))
    st.session_state[_TYPED] = write_limits(chosen, texts) if chosen else ""
    st.text_input(
        texts.t("classes.set"),
        help=texts.t(f"classes.set_{kind}"),
        key=_TYPED,
        max_chars=60,
        on_change=_take_over,
        args=(kind,),
    )
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        example = write_limits(
            ClassLimits(kind, (20.0, 40.0, 60.0) if kind == "share" else (1.0, 2.5, 5.0)), texts
        )
        st.error(plain(texts.t("classes.wrong", text=refused, example=example)))
    # The fixed limits of shares are the same on every map: there is nothing to keep.
    if chosen is None and kind == "rate" and limits:
        st.button(
            texts.t("classes.lock"),
            on_click=change_view,
            kwargs={"classes": ClassLimits(kind, limits).to_address()},
            key="lock_classes",
        )


def usual_line(table: AreaTable, texts: Texts) -> str:
    """Return what the limits of the method are, or why there are none."""
    if table.view.what.kind == "share":
        return texts.t("classes.usual_share")
    if table.has_symbols:
        return texts.t("classes.few")
    return texts.t(
        "classes.usual_rate", limits=write_limits(ClassLimits("rate", table.classes.lowers[1:]), texts)
    )


def _take_over(kind: LimitKind) -> None:
    """Put what was written into the address; what is no limit is said and changes nothing."""
    typed = str(st.session_state[_TYPED])
    if not typed.strip():
        change_view(classes="")
        return
    try:
        change_view(classes=ClassLimits.typed(typed, kind).to_address())
    except OptionError:
        st.session_state[_REFUSED] = typed
