"""Kinds of sources, and which of them the others stand on."""

from typing import Literal

Kind = Literal[
    "boundaries",
    "teryt",
    "crosswalk",
    "localities",
    "places_population",
    "address_localities",
    "address_grid",
    "postcodes",
    "address_streets",
    "addresses",
    "population",
    "population_grid",
    "population_history",
    "population_projection",
    "residents",
    "residents_by_year",
    "people_counts",
    "known_costs",
    "local_plans",
    "offices",
    "organization_seats",
    "official_totals",
    "register",
]
FOUNDATION: tuple[Kind, ...] = (
    "boundaries",
    "teryt",
    "crosswalk",
    "localities",
    "places_population",
    "population",
)
"""Kinds of which there is exactly one source: all others stand on them."""
NEEDED: tuple[Kind, ...] = ("boundaries", "teryt", "crosswalk", "population")
"""Kinds without which nothing stands; of every other kind, what is not at hand is no data."""
PLACING: tuple[Kind, ...] = ("address_localities", "postcodes", "address_streets", "addresses")
"""Kinds that only help to place what registers list; of each but `addresses` there may be one source."""
