"""What is missing to what is named: places, and people who have nothing in reach or no place left."""

from typing import Final

from geo.gaps import PARTS
from layers.indicators.facilities_count import VARIANTS
from layers.indicators.indicator import DISTANCE, FORM, NORM, PEOPLE, YEAR, Column, Indicator
from layers.indicators.places_per_1000 import KEEP, QUEUE

TRIAD: Final = PARTS
"""The parts of an area's people, in the order in which they are told; they add up to all of them."""
MISSING: Final = ("missing_places", "least_missing_places", "most_missing_places")
"""Places missing to the norm as far as is known, at least, and at most."""
SURELY_OUT: Final = "least_out_of_reach_persons"
"""People who have nothing in reach for certain: those of the heading, while the part of `TRIAD` is an estimate."""
_METHOD: Final = "geo.gaps.gap_triad"

HERE: Final = (
    Indicator(
        Column("gap_share", "share", _METHOD, needs_norm=True),
        position=50,
        measure="layers.answers.measures.gaps.measure_gaps",
        columns=(
            *(Column(code, "count", _METHOD, needs_norm=True, is_enough=True) for code in MISSING),
            *(Column(code, "count", _METHOD, needs_norm=True) for code in (*TRIAD, SURELY_OUT)),
        ),
        figures=(
            "demand_persons",
            *VARIANTS,
            *TRIAD,
            SURELY_OUT,
            *MISSING,
            *QUEUE,
            *KEEP,
            "facilities_count",
            "capacity_places",
        ),
        choices=frozenset({FORM, PEOPLE, DISTANCE, NORM, YEAR}),
        needs_people=True,
        is_more_worse=True,
    ),
)
