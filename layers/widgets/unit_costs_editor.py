"""Unit costs as the planner types them: an empty box is a cost that is not known, and nothing is filled in."""

from collections.abc import Collection, Sequence

import streamlit as st

from data.scenarios.costs import UnitCosts
from layers.text import Texts
from layers.view.unit_costs import COST_FIELDS, MOST_ZL, read_unit_costs, with_unit_cost
from layers.view.view import View
from layers.widgets.address import change_view, current_view
from layers.words.cost_words import cost_label

_COLUMNS = 2


def show_unit_costs_editor(
    view: View,
    forms: Collection[str],
    texts: Texts,
    *,
    fields: Sequence[str] = COST_FIELDS,
) -> dict[str, UnitCosts]:
    """
    Draw a box for each cost of each form; return all costs that the address tells, also those of other forms.

    Parameters
    ----------
    forms
        Codes of the forms to ask for, in the order of the page.
    fields
        Which of `layers.view.unit_costs.COST_FIELDS` to ask for.
    """
    given = read_unit_costs(view.costs)
    boxes = [(form, field) for form in forms for field in fields]
    for position, (form, field) in enumerate(boxes):
        if position % _COLUMNS == 0:
            # Row by row: the tabulator goes as people read, and boxes of long and short labels stay level.
            columns = st.columns(_COLUMNS, gap="medium", vertical_alignment="bottom")
        key = f"unit_cost_{form}_{field}"
        # The address is the only truth, as for every widget that `bound` ties to it.
        st.session_state[key] = getattr(given.get(form, UnitCosts()), field)
        with columns[position % _COLUMNS]:
            st.number_input(
                cost_label(form, field, texts),
                min_value=0,
                max_value=MOST_ZL,
                value=None,
                step=1,
                format="%d",
                placeholder=texts.t("costs.not_given"),
                key=key,
                on_change=_take_over,
                args=(form, field, key),
            )
    return given


def _take_over(form: str, field: str, key: str) -> None:
    change_view(costs=with_unit_cost(current_view().costs, form, field, st.session_state[key]))
