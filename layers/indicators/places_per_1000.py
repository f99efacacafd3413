"""Places per 1,000 people: what stands in an area, whoever reaches it, and how many fewer that is than a rate gives."""

from typing import Final

from layers.indicators.facilities_count import VARIANTS
from layers.indicators.indicator import FORM, NORM, PEOPLE, YEAR, Column, Indicator

QUEUE: Final = ("waiting_persons", "vacant_places")
"""What registers state themselves, of one day."""
KEEP_YEARS: Final = (2030, 2035)
KEEP: Final = tuple(f"places_to_keep_{year}" for year in KEEP_YEARS)
_TO_KEEP: Final = "geo.forecast.places_to_keep_level"

HERE: Final = (
    Indicator(
        Column("places_per_1000", "rate", "geo.supply.places_per_1000"),
        position=10,
        measure="layers.answers.measures.places.measure_places",
        columns=(
            Column(
                "norm_missing_places", "count", "geo.norms.places_to_norm", needs_norm=True, is_enough=True
            ),
            Column("places_to_keep", "count", _TO_KEEP, is_enough=True),
            *(Column(code, "count", _TO_KEEP, is_enough=True, words="places_to_keep_later") for code in KEEP),
            *(
                Column(
                    code,
                    "count",
                    "layers.answers.measures.queue.queue_by_area",
                    needs_people=False,
                    lack="queue",
                )
                for code in QUEUE
            ),
        ),
        figures=(
            "demand_persons",
            *VARIANTS,
            "facilities_count",
            "capacity_places",
            "norm_missing_places",
            *QUEUE,
            "places_to_keep",
            *KEEP,
        ),
        choices=frozenset({FORM, PEOPLE, NORM, YEAR}),
        needs_people=True,
        title="places",
        tells_inequality=True,
    ),
)
