"""A sheet of A4 measured in millimetres, and text that is broken to fit on it."""

import bisect
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from layers.text.style import PAPER, TEXT

MM_PER_INCH: Final = 25.4
MM_PER_POINT: Final = MM_PER_INCH / 72
A4_MM: Final = (210.0, 297.0)
DPI: Final = 300
FONT: Final = "DejaVu Sans"
"""Ships with matplotlib and has Polish and Ukrainian letters, so that every machine prints the same."""
LINE_SPACING: Final = 1.28
_NO_BREAK = "\N{NO-BREAK SPACE}"
_SHORT_WORD = re.compile(r"(?<!\S)(\w|\d+) ")


@dataclass(frozen=True)
class Typeface:
    """A size of letters in points; nothing on the sheet is below 8, the least that many people can read."""

    size_pt: float
    is_bold: bool = False
    colour: str = TEXT

    @property
    def font(self) -> FontProperties:
        """The same in matplotlib's words."""
        return FontProperties(family=FONT, size=self.size_pt, weight="bold" if self.is_bold else "normal")

    @property
    def line_mm(self) -> float:
        """Height of one line."""
        return self.size_pt * LINE_SPACING * MM_PER_POINT

    def width_mm(self, text: str) -> float:
        """Return how wide the text prints."""
        return _width_mm(text, self) if text else 0.0


@lru_cache(maxsize=8192)
def _width_mm(text: str, face: Typeface) -> float:
    width_pt, _, _ = text_to_path.get_text_width_height_descent(text, face.font, ismath=False)
    return float(width_pt) * MM_PER_POINT


def wrap(text: str, face: Typeface, width_mm: float) -> list[str]:
    """
    Break text into lines no wider than `width_mm`.

    Lines break at plain spaces, never after a number or a word of one letter, as typography asks. A word
    wider than the whole line (an address, a name without spaces) breaks inside.
    """
    return list(_wrapped(text, face, width_mm))


# Every way to divide words over the sheet is tried, and breaks the same paragraphs again.
@lru_cache(maxsize=2048)
def _wrapped(text: str, face: Typeface, width_mm: float) -> tuple[str, ...]:
    space = face.width_mm(" ")
    lines: list[str] = []
    line, line_mm = "", 0.0
    for word in _glued(text).split(" "):
        for part in _parts(word, face, width_mm):
            part_mm = face.width_mm(part)
            if line and (part != word or line_mm + space + part_mm > width_mm):
                lines.append(line)
                line = ""
            line, line_mm = (f"{line} {part}", line_mm + space + part_mm) if line else (part, part_mm)
    return tuple(shown.replace(_NO_BREAK, " ") for shown in ([*lines, line] if line else lines))


def _parts(word: str, face: Typeface, width_mm: float) -> list[str]:
    """Return the word, or the longest parts of it that fit on a line each."""
    parts = []
    while face.width_mm(word) > width_mm and len(word) > 1:
        # The first length that is too wide; at least one letter is always taken.
        fitting = bisect.bisect(range(1, len(word)), width_mm, key=lambda n: face.width_mm(word[:n])) or 1
        parts.append(word[:fitting])
        word = word[fitting:]
    return [*parts, word]


def balanced_width(text: str, face: Typeface, width_mm: float) -> float:
    """Return the least width that breaks the text into as many lines as `width_mm`: no word alone."""
    lines = len(wrap(text, face, width_mm))
    narrower = width_mm
    while lines > 1 and len(wrap(text, face, narrower - 2.0)) == lines:
        narrower -= 2.0
    return narrower


def _glued(text: str) -> str:
    """Return the text with spaces that must not break: see `wrap`, and before a middle dot."""
    return _SHORT_WORD.sub(rf"\1{_NO_BREAK}", text).replace(" ·", f"{_NO_BREAK}·")


@dataclass(frozen=True)
class Block:
    """Paragraphs of broken lines, and how high they stand together."""

    lines: tuple[tuple[str, Typeface, float], ...]
    """Text, typeface and extra space above the line in millimetres."""

    @classmethod
    def of(cls, paragraphs: list[tuple[str, Typeface, float]], width_mm: float) -> "Block":
        """Break each `(text, typeface, space above)` to the width; the space stands before its first line."""
        return cls(
            tuple(
                (line, face, above if number == 0 else 0.0)
                for text, face, above in paragraphs
                for number, line in enumerate(wrap(text, face, width_mm))
            )
        )

    @property
    def height_mm(self) -> float:
        """Height of all lines with the space between them."""
        return sum(face.line_mm + above for _, face, above in self.lines)


class Sheet:
    """
    A figure of A4 with an invisible plane in millimetres over it, origin in the upper left corner.

    It uses no pyplot: pyplot keeps global state, and pages draw from many threads.
    """

    def __init__(self, *, is_landscape: bool) -> None:
        short, long = A4_MM
        self.width_mm, self.height_mm = (long, short) if is_landscape else (short, long)
        # Whole pixels: 297 mm are 3507.87 of them, and a figure would lose the last one.
        pixels = [round(side / MM_PER_INCH * DPI) for side in (self.width_mm, self.height_mm)]
        self.figure = Figure(figsize=(pixels[0] / DPI, pixels[1] / DPI), dpi=DPI, facecolor=PAPER)
        self.plane: Axes = self.figure.add_axes((0, 0, 1, 1), label="sheet", zorder=2)
        self.plane.set_xlim(0, self.width_mm)
        self.plane.set_ylim(self.height_mm, 0)
        self.plane.set_axis_off()

    def map_axes(self, *, left: float, top: float, width: float, height: float) -> Axes:
        """Return axes for the map in a box given in millimetres."""
        box = (
            left / self.width_mm,
            1 - (top + height) / self.height_mm,
            width / self.width_mm,
            height / self.height_mm,
        )
        axes = self.figure.add_axes(box, label="map", zorder=1)
        axes.set_axis_off()
        return axes

    def write(
        self, text: str, face: Typeface, *, left: float, baseline: float, name: str, align: str = "left"
    ) -> None:
        """Write one line; a dollar sign is a dollar sign, never mathematics."""
        self.plane.text(
            left,
            baseline,
            text,
            fontproperties=face.font,
            color=face.colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,
            gid=name,
        )

    def write_block(self, block: Block, *, left: float, top: float, name: str) -> float:
        """Write the lines downwards and return where they end."""
        y = top
        for number, (text, face, above) in enumerate(block.lines, start=1):
            y += above + face.line_mm
            self.write(text, face, left=left, baseline=y - 0.28 * face.line_mm, name=f"{name}-{number}")
        return y
