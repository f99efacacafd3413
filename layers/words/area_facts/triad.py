"""The gap triad of one area: who has a place, who has none in reach, and how many places are missing."""

from dataclasses import dataclass

from layers.answers.area_table import AreaTable
from layers.answers.measures.gaps import triad_shares
from layers.answers.measures.inputs import Norm
from layers.indicators.gap_share import MISSING, SURELY_OUT, TRIAD
from layers.words.area_facts.figure import Figure, figures


@dataclass(frozen=True)
class TriadFacts:
    """
    How many people the places in reach are enough for, how many have none in reach, and how many places are missing.

    `parts` are in the order of `layers.indicators.gap_share.TRIAD`; `shares` of the people of the group, which are not
    rounded, beside them, empty where a part is unknown or there is nobody. `surely_out` are the people of the heading,
    who have nothing in reach for certain. `missing` is as far as is known, followed,
    where that is not sure, by at least and at most.
    """

    parts: tuple[Figure, ...]
    shares: tuple[float, ...]
    surely_out: Figure
    gap: Figure
    missing: tuple[Figure, ...]
    norm: Norm | None

    @property
    def lacking(self) -> tuple[Figure, ...]:
        """What stands under the parts: who has nothing in reach for certain, the share and the places missing."""
        return (self.surely_out, self.gap, *self.missing)


def triad_of(table: AreaTable, code: str) -> TriadFacts:
    """Return the triad of an area of a table of `gap_share`."""
    return TriadFacts(
        parts=figures(table, code, TRIAD),
        shares=triad_shares(table.rows.loc[[code]]),
        surely_out=Figure(table, code, SURELY_OUT),
        gap=Figure(table, code, "gap_share"),
        missing=_with_range(Figure(table, code, "missing_places")),
        norm=table.norm,
    )


def _with_range(missing: Figure) -> tuple[Figure, ...]:
    """Return missing places, and where they are not sure, at least and at most."""
    if missing.is_known and not missing.bound:
        return (missing,)
    return (missing, *figures(missing.table, missing.code, MISSING[1:]))
