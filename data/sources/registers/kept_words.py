"""What is kept of a row that was not taken: cells that the profile reads, without persons and protected addresses."""

import re
from collections.abc import Mapping

from data.personal_names import names_a_person
from data.store.schema import VISIBILITIES
from data.vocabulary import support_forms

_PROTECTED = "the row is of a protected place: its words are not kept; look at the row in the file"
_UNSURE = (
    "the row may be of a protected place, because its form or visibility cannot be read: its words are not kept; "
    "look at the row in the file"
)
_PERSON = "looks like a private person's name, not kept; look at the row in the file"
_DIGIT = re.compile(r"\d")


def kept_cells(cells: Mapping[str, str]) -> str:
    """
    Return the cells of a row in one line; empty ones are left out, and words that name a person.

    Parameters
    ----------
    cells
        Label of a column that the profile reads → its words.
    """
    shown = {label: " ".join(text.split()) for label, text in cells.items() if text.strip()}
    return "; ".join(
        f"{label}: {f'({_PERSON})' if names_a_person(text) else text}" for label, text in shown.items()
    )


def kept_reason(
    found: str, *, support_form: str | None, visibility: str | None, is_of_protection: bool = False
) -> str:
    """
    Return what may be kept of the words that say why a row was not taken.

    Parameters
    ----------
    support_form, visibility
        Of the row, as far as they can be read; None where it says none. A row of an unknown form is treated as one
        of a protected place.
    is_of_protection
        Whether the words are of the cell of the form or visibility itself: a clerk must see them to correct them.
    """
    form = support_forms().get(support_form or "")
    if (form and form.default_visibility != "public") or visibility in {*VISIBILITIES} - {"public"}:
        return _PROTECTED
    is_unsure = form is None or visibility not in {None, "public"}
    if is_unsure and (not is_of_protection or _DIGIT.search(found)):
        return _UNSURE
    return f"the cell {_PERSON}" if names_a_person(found) else found
