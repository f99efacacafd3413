"""Places that lists state, beside people counted in one night: of voivodeships, each with the day of its own count."""

from typing import Final

from layers.indicators.indicator import FORM, Column, Indicator

COUNTED: Final = ("counted_people", "counted_on")
"""How many people were counted in an area, and on which day."""
_METHOD: Final = "layers.answers.measures.known_places.measure_known_places"
_COUNTS: Final = "data.people.published_counts.newest_counts"

HERE: Final = (
    Indicator(
        Column("known_places", "count", _METHOD, needs_people=False),
        position=25,
        measure=_METHOD,
        columns=(
            Column("counted_people", "count", _COUNTS, needs_people=False, lack="counted"),
            Column("counted_on", "day", _COUNTS, needs_people=False, lack="counted"),
        ),
        figures=(*COUNTED, "facilities_count"),
        choices=frozenset({FORM}),
        source_kinds=frozenset({"people_counts"}),
        has_rates=False,
        levels=("voivodeship",),
        groups=("homeless",),
    ),
)
