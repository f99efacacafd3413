"""What a form of support is shown as unless somebody changes that: said in its sheet and where a sheet adds to it."""

from data.store.own_sheets import SheetOf
from data.vocabulary import support_forms

HOW = "docs/own-data.md#forms-that-are-not-shown"
"""Where it is written how an office has such a form shown."""
_IN_SHEET = {
    "gmina_centroid": (
        "Adresów tej formy wsparcia mapa nie pokazuje, dopóki nie zdecydują inaczej jej opiekunowie: "
        "placówka, którą tu dopiszesz, będzie widoczna z gminą i telefonem, bez adresu."
    ),
    "": (
        "Tej formy wsparcia mapa nie pokazuje, dopóki nie zdecydują inaczej jej opiekunowie: tego, co tu dopiszesz, "
        "nie będzie ani na mapie, ani na liście, ani w liczbach."
    ),
}
_ASK = "Jeśli ma być widoczna w całości, napisz do tych, którzy prowadzą mapę (dla nich: {how})."


def is_shown(sheet: SheetOf) -> bool:
    """Tell whether facilities of the form are shown by their address unless something else protects them."""
    return _default(sheet) == "public"


def note_in_sheet(sheet: SheetOf) -> str:
    """Return in Polish, for the notes of a sheet, how little of what is added will be shown; empty where all is."""
    if is_shown(sheet):
        return ""
    return f"{_IN_SHEET.get(_default(sheet), _IN_SHEET[''])} {_ASK.format(how=HOW)}"


def default_line(sheet: SheetOf) -> str:
    """Return for a terminal what becomes of facilities that a sheet adds, and where it is changed; empty if shown."""
    if is_shown(sheet):
        return ""
    shown = (
        "shown by gmina and telephone alone, without address"
        if _default(sheet) == "gmina_centroid"
        else "neither shown nor counted"
    )
    return (
        f"{sheet.support_form} is not public by default ({_default(sheet)}): facilities that this sheet adds are "
        f"{shown}. Who may have them shown, and how: {HOW}"
    )


def _default(sheet: SheetOf) -> str:
    return support_forms()[sheet.support_form].default_visibility
