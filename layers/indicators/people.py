"""How many people of a group live in an area, what part of its residents they are, and how their number grows."""

from typing import Final

from layers.indicators.indicator import PEOPLE, YEAR, Column, Indicator

GROWTH_YEARS: Final = (2030, 2035, 2040)
GROWTH: Final = tuple(f"people_growth_{year}" for year in GROWTH_YEARS)
"""By how many per cent more people there are in a year than now."""
_METHOD: Final = "layers.answers.measures.people.measure_people"

HERE: Final = (
    Indicator(
        Column("people", "count", _METHOD, lack="people"),
        position=5,
        measure=_METHOD,
        columns=(
            Column("residents_share", "share", _METHOD, lack="people"),
            *(Column(code, "change", _METHOD, lack="forecast", words="people_growth") for code in GROWTH),
        ),
        figures=("residents_share", *GROWTH),
        choices=frozenset({PEOPLE, YEAR}),
        needs_people=True,
        has_marks=False,
        # Of whom most need help, and whose number is told to grow most.
        usual_age=80,
    ),
)
