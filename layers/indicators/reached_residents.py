"""
Which part of all residents have a facility near enough, where nobody counts the people of the group by gmina.

Spread like residents, the people of the group have the same part in reach, however many they are: nothing is estimated.
"""

from typing import Final

from layers.indicators.indicator import DISTANCE, FORM, RESIDENTS, Column, Indicator

HERE: Final = (
    Indicator(
        Column(
            "reached_residents",
            "share",
            "layers.answers.measures.reached.measure_residents",
            needs_people=False,
            needs_places=False,
        ),
        position=35,
        measure="layers.answers.measures.reached.measure_residents",
        figures=("facilities_count", "capacity_places"),
        choices=frozenset({FORM, RESIDENTS, DISTANCE}),
        title="residents",
        groups=("disabled",),
    ),
)
