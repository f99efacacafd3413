"""Facilities of the form that no row of a table has: nobody knows their area, or there is only evidence of them."""

from dataclasses import dataclass

import geopandas as gpd

from data.store.smallest_area import smallest_area
from layers.answers.measures.inputs import MeasureInputs


@dataclass(frozen=True, eq=False)
class LeftOut:
    """
    What is told beside the numbers of a scope, and is in none of them.

    Attributes
    ----------
    unconfirmed
        Facilities of which there is only evidence.
    unplaced
        Facilities of which nobody knows the area of the level.
    unplaced_services
        Their services, which the registers' sums of the whole scope have at every level; None where no form is asked.
    unplaced_in
        Of these, the powiats and voivodeships that are known, in the order of codes: level, name and how many stand
        there.
    """

    unconfirmed: int = 0
    unplaced: int = 0
    unplaced_services: gpd.GeoDataFrame | None = None
    unplaced_in: tuple[tuple[str, str, int], ...] = ()


def left_out_of(inputs: MeasureInputs) -> LeftOut:
    """Return what no row of a question about a form has."""
    return LeftOut(
        unconfirmed=int(inputs.unconfirmed["facility_id"].nunique()),
        unplaced=int(inputs.unplaced["facility_id"].nunique()),
        unplaced_services=inputs.unplaced,
        unplaced_in=_larger_areas(inputs),
    )


def _larger_areas(inputs: MeasureInputs) -> tuple[tuple[str, str, int], ...]:
    """Return level, name and number of what `LeftOut.unplaced_in` tells."""
    areas = inputs.registry.areas.set_index("area_code")
    counts = (
        smallest_area(inputs.unplaced.drop_duplicates("facility_id")).value_counts(sort=False).sort_index()
    )
    return tuple(
        (str(areas.loc[code, "level"]), str(areas.loc[code, "name"]), int(count))
        for code, count in counts.items()
        if code in areas.index
    )
