"""
How far a facility may stand from its point: a town's middle stands for all of the town, that of a street for all of it.

Of a street, a village and a town inside a larger gmina addresses tell how large they are (`data.places.place_radius`).
A gmina that is a town is taken for a circle of its area, and so is any gmina that a point stands for as a whole. Where
nothing tells how large a place is, its point is taken as it is.
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
        street or another locality `place_radius_m`; 0 for a point that is its own, and where gmina or radius are not
        known.
    """
    of_area = town_extent_m(services, gminas)
    if "place_radius_m" not in services.columns:
        return of_area
    known = services["place_radius_m"].astype("Float64").fillna(0.0).astype(float)
    return of_area.mask(has_radius(services, gminas), known)


def has_radius(services: pd.DataFrame, gminas: pd.DataFrame) -> pd.Series:
    """Tell which points are the middle of a street, a village or a town in a larger gmina."""
    grades = services["place_grade"]
    return (grades == "street") | ((grades == "locality") & ~_is_in_town(services, gminas))


def town_extent_m(services: pd.DataFrame, gminas: pd.DataFrame) -> pd.Series:
    """Return the radius of a circle as large as the town or gmina that a point stands for, in metres; 0 for others."""
    codes, grades = services["gmina_code"], services["place_grade"]
    is_of_town = is_coarse(grades) & _is_in_town(services, gminas)
    radius = (codes.map(gminas["area_km2"]).astype(float) / math.pi) ** 0.5 * 1000.0
    return radius.where(is_of_town | (grades == "gmina"), 0.0).fillna(0.0)


def _is_in_town(services: pd.DataFrame, gminas: pd.DataFrame) -> pd.Series:
    return services["gmina_code"].map(gminas["kind"]) == _TOWN


def is_town(gmina_code: str, gminas: pd.DataFrame) -> bool:
    """Tell whether a gmina is a town, so that "in this gmina" is "in this town"."""
    return bool(gminas["kind"].get(gmina_code) == _TOWN)
