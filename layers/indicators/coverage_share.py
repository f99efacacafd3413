"""Which part of the people have a facility near enough."""

from typing import Final

from layers.indicators.facilities_count import VARIANTS
from layers.indicators.indicator import DISTANCE, FORM, PEOPLE, YEAR, Column, Indicator

HERE: Final = (
    Indicator(
        Column("coverage_share", "share", "geo.coverage.share_by_area", needs_places=False),
        position=30,
        measure="layers.answers.measures.reached.measure_coverage",
        figures=("demand_persons", *VARIANTS, "facilities_count", "capacity_places"),
        choices=frozenset({FORM, PEOPLE, DISTANCE, YEAR}),
        needs_people=True,
        title="coverage",
    ),
)
