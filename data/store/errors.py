"""Errors of reading registers; those of other steps stand beside the code that raises them."""

from geo.errors import SupportMapError

_ADVICE = {
    "absurd_coordinate": "Give degrees of WGS84 (EPSG:4326) of a point in Poland.",
    "absurd_date": "Correct the year; Excel shows an empty or broken date as 1900.",
    "absurd_number": "Correct the number.",
    "conflicting_rows": "Keep one of the two rows, or tell them apart by a kind.",
    "formula_error": "Correct the formula, or type the value in its place.",
    "missing_name": "Fill the name in, or name such rows in [rows] of the profile.",
    "no_name_before_address": 'Part name and address by a comma, a line break or "ul.", or do not cut the address.',
    "not_a_number": "Write digits only, without a mark of thousands, and put words into a column of notes.",
    "not_one_place": "Give each place a feature of its own with one point (QGIS: Multipart to singleparts).",
    "repeated_key": "Keep one of the two rows, or give each a key of its own.",
    "too_many_cells": "Put text with the separator in it between quotation marks.",
    "repeated_row": "Keep one of the two rows.",
    "swapped_coordinates": "Exchange latitude and longitude.",
    "unknown_value": "Correct the word, or teach it to the profile.",
    "date_in_cell": "Format the column as text and type the words again.",
    "row_cut_short": "Fetch the file again, or complete the row; a line break inside a cell needs quotation marks.",
    "swallowed_rows": "Close the quotation mark in its own cell, or double it where it is part of a name.",
    "bad_code": "Format the column as text and type the code again, with the zero at its beginning.",
    "not_a_code": "Write codes alone, in digits: names are not looked up here.",
    "unreadable_cell": "Correct the cell, or add a pattern to the profile.",
    "unreadable_date": "Write the date as 2026-06-30 or 30.06.2026.",
    "unreadable_hours": "Write hours as OpenStreetMap does (Mo-Fr 08:00-16:00), or as words into a column of words.",
    "unreadable_web_address": "Write the address of a page, such as https://www.example.pl.",
}
"""What to do, by the reason why a row was not taken."""
_LONGEST_SHOWN = 400


class RegisterError(SupportMapError, ValueError):
    """A register file does not look as its profile says, or the profile itself is wrong."""


class UnreadableRowError(RegisterError):
    """
    One row of a register cannot be taken; the reader lists it as rejected and goes on.

    `reason` is a short code; `found` the field, the value and what was expected; `column` the column of the
    profile that the value came from, as far as known, and `label` the column as it stands in the file. A reason that
    the profile itself gives (`is_of_profile`) needs no advice.
    """

    def __init__(self, reason: str, found: str, *, column: str = "", is_of_profile: bool = False) -> None:
        super().__init__(f"{reason}: {found}", reason=reason, detail=found)
        self.reason = reason
        self.found = found
        self.column = column
        self.label = ""
        self.advice = "" if is_of_profile else _ADVICE.get(reason, "")

    @property
    def detail(self) -> str:
        """Return one line for a person: the column, the value, what was expected and what to do."""
        shown = self.found if len(self.found) <= _LONGEST_SHOWN else f"{self.found[:_LONGEST_SHOWN]}…"
        advice = f". {self.advice}" if self.advice else ""
        return (f"column {self.label}: " if self.label else "") + shown + advice
