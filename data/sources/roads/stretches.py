"""Stretches of road as a file has them, and the error of a file of roads."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.sources.roads.rules import RoadUse
from geo.errors import SupportMapError


class RoadGraphError(SupportMapError, ValueError):
    """A file of roads cannot be read, or holds no roads."""


@dataclass(frozen=True, eq=False)
class Stretches:
    """
    Stretches of road as a file has them, before anything is measured.

    Attributes
    ----------
    node_xy
        Coordinates of the nodes, in `crs`.
    start, end
        Positions of the nodes that each stretch leads from and to.
    lines
        The line of each stretch, from start to end, in `crs`.
    length_m
        Length of each stretch.
    uses
        Who may use each stretch.
    crs
        Name of the coordinate system, axes east first.
    """

    node_xy: NDArray[np.float64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    lines: NDArray[np.object_]
    length_m: NDArray[np.float64]
    uses: Sequence[RoadUse]
    crs: str


def broken(path: Path, expected: str, found: str, remedy: str) -> RoadGraphError:
    """Make the error of a file of roads."""
    return RoadGraphError(
        f"{path.name}: expected {expected}, found {found[:200]}. {remedy}.", file=path.name, found=found
    )
