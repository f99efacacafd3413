"""How many facilities stand in an area, and what every table of a form tells: its people and places."""

from typing import Final

from layers.indicators.indicator import FORM, PEOPLE, Column, Indicator

VARIANTS: Final = ("low_persons", "high_persons")
"""What the low and the high variant of a projection give instead of `demand_persons`, of areas above gminas."""
_SUPPLY: Final = "geo.supply.supply_by_area"

HERE: Final = (
    Indicator(
        Column("facilities_count", "count", _SUPPLY, needs_people=False),
        position=20,
        measure="layers.answers.measures.places.measure_places",
        columns=(
            Column("demand_persons", "count", "data.people.people.people_of_group", lack="people"),
            *(
                Column(code, "count", "data.people.residents.variants_of_year", lack="people")
                for code in VARIANTS
            ),
            Column("capacity_places", "count", _SUPPLY, needs_people=False),
        ),
        figures=("capacity_places", "places_per_1000"),
        choices=frozenset({FORM, PEOPLE}),
        title="facilities",
    ),
)
