"""Places that lists state, and people counted beside them: two numbers of different days, which make no rate."""

import pandas as pd

from data.people.published_counts import BASES, newest_counts
from geo.teryt import COUNTRY
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import CountedPeople, Measured
from layers.answers.measures.places import measure_places


def measure_known_places(inputs: MeasureInputs) -> Measured:
    """
    Return how many places are known of in each area, and how many people were counted there in which night.

    Columns: `known_places`, the sum of what facilities state, as `measure_places` has them beside; of a group with
    published counts `counted_people`, the newest count of the area itself, and `counted_on`, its day as
    `date.toordinal` numbers it.
    """
    beside = measure_places(inputs)
    places = beside.columns["capacity_places"].astype("Float64").astype(float)
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
    return Measured(table, {"known_places": beside.bounds["capacity_places"]}, counted_in_country=in_country)
