"""Names of cells of the European grid: `1kmN3000E4500`, or `CRS3035RES1000mN3000000E4500000`."""

import re
from typing import Final, NamedTuple

CELL_CRS: Final = "EPSG:3035"
"""ETRS89-LAEA, the system of the grid of INSPIRE whose identifiers name south-west corners."""
_IN_METRES = re.compile(r"(?:CRS3035)?RES(?P<size>\d+)mN(?P<north>\d+)E(?P<east>\d+)")
_IN_CELLS = re.compile(r"(?P<size>\d+)kmN(?P<north>\d+)E(?P<east>\d+)")


class Square(NamedTuple):
    """A cell by its south-west corner and the length of its side, metres of EPSG:3035."""

    west: float
    south: float
    size: float

    @property
    def centre(self) -> tuple[float, float]:
        """Easting and northing of the middle."""
        return self.west + self.size / 2, self.south + self.size / 2


def square_of_cell(identifier: str) -> Square | None:
    """
    Return the square that an identifier names, or None for other words.

    `1kmN3000E4500` counts in cells and `CRS3035RES1000mN3000000E4500000` in metres; both name the south-west corner.
    """
    text = identifier.strip()
    if found := _IN_METRES.fullmatch(text):
        size, unit = int(found["size"]), 1
    elif found := _IN_CELLS.fullmatch(text):
        size = unit = int(found["size"]) * 1000
    else:
        return None
    if size == 0:
        return None
    return Square(float(int(found["east"]) * unit), float(int(found["north"]) * unit), float(size))


def centre_of_cell(identifier: str) -> tuple[float, float] | None:
    """Return easting and northing (EPSG:3035, metres) of the middle of a cell, or None for other words."""
    square = square_of_cell(identifier)
    return None if square is None else square.centre
