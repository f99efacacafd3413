"""Places per 1,000 people that people reach in the mean, shared with all who reach them too."""

from typing import Final

from layers.indicators.facilities_count import VARIANTS
from layers.indicators.indicator import DISTANCE, FORM, METHOD, PEOPLE, YEAR, Column, Indicator

HERE: Final = (
    Indicator(
        Column("access_per_1000", "rate", "geo.access.floating_catchment"),
        position=40,
        measure="layers.answers.measures.reached.measure_access",
        figures=("demand_persons", *VARIANTS, "facilities_count", "capacity_places", "places_per_1000"),
        choices=frozenset({FORM, PEOPLE, DISTANCE, METHOD, YEAR}),
        needs_people=True,
        title="access",
        tells_inequality=True,
    ),
)
