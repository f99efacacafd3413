"""Sizes of letters on the printed map: the usual ones, and smaller ones for sheets with many words."""

from dataclasses import dataclass
from typing import Final

from layers.export.paper import Typeface
from layers.text.style import TEXT_QUIET


@dataclass(frozen=True)
class Faces:
    """
    The typefaces of a sheet, none below 8 points.

    Attributes
    ----------
    title, long_title
        Of the heading; the second where it would have too many lines in the first.
    note_gap, row_gap
        Space between notes, and between rows of the legend, in millimetres.
    swatch
        Height of a colour in the legend in millimetres.
    """

    title: Typeface
    long_title: Typeface
    subtitle: Typeface
    note: Typeface
    note_gap: float
    sources_head: Typeface
    legend_head: Typeface
    legend_quiet: Typeface
    legend_label: Typeface
    swatch: float
    row_gap: float


USUAL: Final = Faces(
    title=Typeface(17, is_bold=True),
    long_title=Typeface(13, is_bold=True),
    subtitle=Typeface(10.5, colour=TEXT_QUIET),
    note=Typeface(9),
    note_gap=1.2,
    sources_head=Typeface(9, is_bold=True),
    legend_head=Typeface(10, is_bold=True),
    legend_quiet=Typeface(9, colour=TEXT_QUIET),
    legend_label=Typeface(9.5),
    swatch=4.5,
    row_gap=0.9,
)
SMALL: Final = Faces(
    title=Typeface(13, is_bold=True),
    long_title=Typeface(10.5, is_bold=True),
    subtitle=Typeface(9, colour=TEXT_QUIET),
    note=Typeface(8),
    note_gap=0.9,
    sources_head=Typeface(8, is_bold=True),
    legend_head=Typeface(9, is_bold=True),
    legend_quiet=Typeface(8, colour=TEXT_QUIET),
    legend_label=Typeface(8),
    swatch=4.0,
    row_gap=0.6,
)
