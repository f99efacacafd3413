"""
How far a facility may stand from its point: a town's middle stands for all of the town, that of a street for all of it.

Of a street the addresses tell how long it is. A gmina that is a town is taken for a circle of its area, and so is any
gmina that a point stands for as a whole. A village is small, and a town inside a larger gmina has no area of its own in
our boundaries: their points are taken as they are.
"""

import math

import pandas as pd

from data.store.grades import COARSE_GRADES

"""Grades of a point that many facilities share: none of them need be there."""
_TOWN = "urban"


def is_coarse(place_grades: pd.Series) -> pd.Series:
    """Tell which points are the middle of a locality or gmina, and not a door or street."""
    return place_grades.isin(COARSE_GRADES)


def half_extent_m(services: pd.DataFrame, gminas: pd.DataFrame) -> pd.Series:
    """
    Return how far each facility may stand from its point, in metres.

    Parameters
    ----------
    services
        `place_grade`, `gmina_code`, and where known `place_radius_m`.
    gminas
        Indexed by code: `kind`, `area_km2`.

    Returns
    -------
    half_extent_m
        Indexed like `services`: the radius of a circle as large as the town or gmina that the point stands for; of a
        street `place_radius_m`; 0 for a point that is its own, and where gmina or radius are not known.
    """
    codes, grades = services["gmina_code"], services["place_grade"]
    is_of_town = is_coarse(grades) & (codes.map(gminas["kind"]) == _TOWN)
    radius = (codes.map(gminas["area_km2"]).astype(float) / math.pi) ** 0.5 * 1000.0
    of_area = radius.where(is_of_town | (grades == "gmina"), 0.0).fillna(0.0)
    if "place_radius_m" not in services.columns:
        return of_area
    return of_area.mask(
        grades == "street", services["place_radius_m"].astype("Float64").fillna(0.0).astype(float)
    )


def is_town(gmina_code: str, gminas: pd.DataFrame) -> bool:
    """Tell whether a gmina is a town, so that "in this gmina" is "in this town"."""
    return bool(gminas["kind"].get(gmina_code) == _TOWN)
