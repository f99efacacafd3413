"""Places that lists state, and people counted beside them: two numbers of different days, which make no rate."""

import pandas as pd

from data.people.published_counts import BASES, newest_counts
from geo.printed_numbers import LEAST
from geo.teryt import COUNTRY
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import CountedPeople, Measured, bound_where


def measure_known_places(inputs: MeasureInputs) -> Measured:
    """
    Return how many places are known of in each area, and how many people were counted there in which night.

    Columns: `known_places`, the sum of what facilities state, *at least* where the list is not complete or one of them
    states nothing, and missing where none states any; of a group with published counts `counted_people`, the newest
    count of the area itself, and `counted_on`, its day as `date.toordinal` numbers it.
    """
    supply, services = inputs.supply, inputs.in_scope
    stated = services["capacity_places"].astype("Float64").astype(float).groupby(services["area_code"])
    places = stated.sum(min_count=1).reindex(inputs.areas.index)
    places = places.mask((supply["facilities_count"] == 0).fillna(value=False).astype(bool), 0.0)
    is_least = places.notna() & (supply["is_lower_bound"] | (supply["capacity_unknown_count"] > 0))
    columns, in_country = {"known_places": places}, None
    basis = BASES.get(inputs.question.group)
    if basis is not None:
        counts = newest_counts(inputs.registry.people_counts, basis)
        here = counts.reindex(inputs.areas.index)
        columns["counted_people"] = here["persons"].astype(float)
        columns["counted_on"] = here["counted_on"].map(lambda day: float(day.toordinal()), na_action="ignore")
        if COUNTRY in counts.index:
            in_country = CountedPeople(
                basis.indicator, float(counts["persons"][COUNTRY]), counts["counted_on"][COUNTRY]
            )
    table = pd.DataFrame(columns, index=inputs.areas.index).astype(float)
    return Measured(table, {"known_places": bound_where(is_least, LEAST)}, counted_in_country=in_country)
