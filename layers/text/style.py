"""
Colours and marks, the same on screen and on paper.

Classes are ColorBrewer's YlGnBu, a sequential scale that colour-blind readers can follow and whose steps stay
apart in grey print. The scale of one class more is taken and its palest step is given to zero, so that "none"
is part of the order and still has a colour of its own. Missing data is never a colour: it is hatched.
Groups differ by shape first and by colour second; a white rim keeps every mark readable on every class.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from geo.breaks import MOST_CLASSES

MarkShape = Literal["circle", "square", "triangle", "diamond"]

# ColorBrewer (C. Brewer, Pennsylvania State University) YlGnBu of 3 to 7 classes, without the palest one.
_CLASS_COLOURS: Final[dict[int, tuple[str, ...]]] = {
    1: ("#41b6c4",),
    2: ("#7fcdbb", "#2c7fb8"),
    3: ("#a1dab4", "#41b6c4", "#225ea8"),
    4: ("#a1dab4", "#41b6c4", "#2c7fb8", "#253494"),
    5: ("#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494"),
    6: ("#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"),
}

ZERO_COLOUR: Final = "#ffffcc"

NO_DATA_GROUND: Final = "#f5f5f5"
NO_DATA_LINE: Final = "#767676"
NO_DATA_SPACING_PX: Final = 7
NO_DATA_LINE_WIDTH_PX: Final = 1.2
NO_DATA_HATCH: Final = "////"
"""Hatch of missing data in matplotlib's words; on screen the same slant is drawn as a pattern."""

BOUND_HATCHES: Final = MappingProxyType({"least": "..", "most": "--", "unsure": "xx"})
"""The second pattern, over a colour, of a number that is only known within a bound; on screen drawn alike."""
BOUND_SPACING_PX: Final = 8
_BOUND_ON_PALE: Final = "#595959"
_BOUND_ON_DARK: Final = "#ffffff"
_PALE_FROM: Final = 0.4
"""Brightness, of 1, from which dark lines are seen better than white ones."""

PAPER: Final = "#ffffff"
TEXT: Final = "#1f1f1f"
TEXT_QUIET: Final = "#595959"
ACCENT: Final = "#5b2a86"

AREA_BORDER: Final = "#5a5a5a"
AREA_BORDER_WIDTH_PX: Final = 0.4
NEIGHBOUR_BORDER: Final = "#b4b4b4"
NEIGHBOUR_BORDER_WIDTH_PX: Final = 0.6
"""Of what lies around the area of a map: there to be recognised, and no part of what is told."""
TOWN_TEXT: Final = "#3d3d3d"
TOWN_FONT: Final = 'italic 11px "Source Sans", "Source Sans 3", system-ui, sans-serif'
REGION_BORDER: Final = "#1f1f1f"
REGION_BORDER_WIDTH_PX: Final = 1.4
CHOSEN_BORDER: Final = "#b0005a"
CHOSEN_BORDER_WIDTH_PX: Final = 3.5
CHOSEN_CASING: Final = "#ffffff"

MARK_RIM: Final = "#ffffff"
MARK_RIM_WIDTH_PX: Final = 1.5
MARK_RADIUS_PX: Final = 7.0

PLACE_COLOUR: Final = "#b0005a"
"""The place a resident chose and the ring of the distance around it."""

SITE_COLOUR: Final = "#b0005a"
"""New facilities: a site that a search found is a number on this ground, one of a scenario a mark with this ring."""

NEED_COLOUR: Final = "#7a2e00"
"""Reports of what was not found: circles with a white number, which need 4.5:1 on it."""


@dataclass(frozen=True)
class GroupMark:
    """
    How facilities of one need group are marked.

    Attributes
    ----------
    shape
        Tells groups apart without colour.
    colour
        Fill, `#rrggbb`, at least 3:1 against the white rim.
    marker
        The same shape in matplotlib's words.
    room
        How many times larger it is with a number in it: corners leave a number less room than a circle does.
    number_drop
        How far below its middle the number stands, as a part of its radius.
    """

    shape: MarkShape
    colour: str
    marker: str
    room: float = 1.0
    number_drop: float = 0.0


GROUP_MARKS: Final[dict[str, GroupMark]] = {
    "older": GroupMark(shape="circle", colour="#6a3d9a", marker="o"),
    "disabled": GroupMark(shape="square", colour="#00695c", marker="s"),
    "homeless": GroupMark(shape="triangle", colour="#c2410c", marker="^", room=1.6, number_drop=0.3),
}

OTHER_MARK: Final = GroupMark(shape="diamond", colour="#4d4d4d", marker="D", room=1.3)
"""For groups without a mark of their own, and for a place where facilities of several groups stand together."""


def class_colours(count: int) -> list[str]:
    """
    Return the fills of `count` classes, palest first; zero and missing data are not among them.

    Parameters
    ----------
    count
        0 to 6, as `geo.breaks.classify` gives.

    Raises
    ------
    ValueError
        If `count` is out of range: more classes cannot be told apart.
    """
    if not 0 <= count <= MOST_CLASSES:
        raise ValueError(f"expected 0 to {MOST_CLASSES} classes, found {count}; ask for fewer class breaks")
    return list(_CLASS_COLOURS[count]) if count else []


def bound_colour(fill: str) -> str:
    """Return the colour of a pattern over a fill (`#rrggbb`), light enough to leave the fill to be seen."""
    red, green, blue = (int(fill[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return _BOUND_ON_PALE if 0.3 * red + 0.6 * green + 0.1 * blue >= _PALE_FROM else _BOUND_ON_DARK


def mark_of(need_group: str) -> GroupMark:
    """Return the mark of a need group, the neutral one for groups that have none."""
    return GROUP_MARKS.get(need_group, OTHER_MARK)
