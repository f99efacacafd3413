"""Facilities, places, places per 1,000 people, and how many are missing to the norm."""

from dataclasses import replace

import pandas as pd

from geo.forecast import places_to_keep_level, summed_people
from geo.norms import places_to_norm
from geo.supply import places_per_1000
from layers.indicators import KEEP_YEARS, NORM
from layers.measures.asked import Asked
from layers.measures.measured import LEAST, MOST, Measured, bound_where
from layers.measures.queue import queue_by_area
from layers.measures.world import year_of


def measure_places(asked: Asked) -> Measured:
    """
    Return what there is in each area, whoever may reach it.

    Columns: `facilities_count`, `capacity_places`, `places_per_1000`, with a norm `norm_missing_places`, and of a
    future year `places_to_keep`, the places to be added so that the rate stays what it is today. Of a view with a norm
    also those for `KEEP_YEARS`, and what registers state themselves (`layers.measures.queue`). Gminas of a form that
    people come to from anywhere have neither norm nor places to keep: what stands there is not for residents alone.
    """
    supply = asked.supply
    capacity, is_least = supply["capacity_places"], bound_where(supply["is_lower_bound"], LEAST)
    columns = supply[["facilities_count", "capacity_places"]].assign(
        places_per_1000=places_per_1000(capacity, asked.persons)
    )
    bounds = dict.fromkeys(("facilities_count", "capacity_places", "places_per_1000"), is_least)
    if asked.norm.is_known and not asked.view.is_wide_gmina:
        to_norm = places_to_norm(
            capacity,
            asked.persons,
            norm_per_1000=asked.norm.places_per_1000,
            is_lower_bound=supply["is_lower_bound"],
        )
        columns["norm_missing_places"] = to_norm["missing_places"]
        bounds["norm_missing_places"] = bound_where(to_norm["is_upper_bound"], MOST)
    if year_of(asked.view) and not asked.view.is_wide_gmina:
        now = asked.people.persons.reindex(asked.areas.index)
        columns["places_to_keep"] = places_to_keep_level(capacity, now, asked.persons)["extra_places"]
        # What the list does not name has to grow too; where people become fewer, nothing has.
        bounds["places_to_keep"] = is_least.where(asked.persons > now, "")
    kept = _places_to_keep(asked, capacity)
    for name, extra in kept.items():
        columns[name], bounds[name] = extra, is_least.where(extra > 0, "")
    queue = queue_by_area(asked)
    return Measured(pd.DataFrame(columns).join(queue.columns), bounds | queue.bounds)


def _places_to_keep(asked: Asked, capacity: pd.Series) -> dict[str, pd.Series]:
    """Return for each of `KEEP_YEARS` that is projected the places that keep today's rate; none for other groups."""
    view, areas = asked.view, asked.areas.index
    if NORM not in view.what.choices or view.group != "older" or view.is_wide_gmina:
        return {}
    found = {}
    for year in KEEP_YEARS:
        later = replace(view, indicator="places_per_1000", year=year)
        then = asked.world.gmina_people(later)
        if then.isna().all():
            continue
        if view.level != "gmina":
            then = summed_people(then, level=view.level)
        now = asked.people.persons.reindex(areas)
        kept = places_to_keep_level(capacity, now, then.reindex(areas))
        found[f"places_to_keep_{year}"] = kept["extra_places"]
    return found
