"""How exactly a place is known, in words: the radius of what is only near."""

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from data.places.coarse_places import is_coarse
from data.store.grades import COARSE_GRADES
from layers.text import Texts

_LARGEST_VILLAGE_M: Final = 5_000
"""Beyond that the addresses of a town, or one astray, tell nobody how far to go."""

_KNOWN_TO: Final = {
    "street": "coarse.known_street",
    "postal_code": "coarse.known_postal_code",
    "locality": "coarse.known_locality",
    "gmina": "coarse.known_gmina",
}


def radius_words(service: Mapping[Any, Any], texts: Texts) -> str:
    """
    Return how far from its point a service on a street or in a village may be, rounded up; empty where nobody knows.

    A door is told without words: its point is the place. So is a town's middle, of which its own sentence tells.
    """
    radius_m, grade = service.get("place_radius_m"), service.get("place_grade")
    if radius_m is None or pd.isna(radius_m) or grade not in {"street", "locality"}:
        return ""
    if grade == "locality" and not 0 < radius_m <= _LARGEST_VILLAGE_M:
        return ""
    return _rounded_up(float(radius_m), texts)


def mark_words(service: Mapping[Any, Any], texts: Texts) -> str:
    """Return where the mark of a service stands, if not at its door: near it, or in the middle of locality or gmina."""
    grade, radius = str(service.get("place_grade")), radius_words(service, texts)
    if grade == "gmina":
        return texts.t("coarse.place_gmina")
    if grade in COARSE_GRADES:
        return texts.t("coarse.place_radius", radius=radius) if radius else texts.t("coarse.place")
    return texts.t("coarse.near", radius=radius) if radius else ""


def known_to_words(service: Mapping[Any, Any], texts: Texts) -> str:
    """
    Return to what the place of a facility is known where that is not its door; empty for a door and for no point.

    Parameters
    ----------
    service
        `place_grade`, and where known `place_radius_m`.

    Returns
    -------
    words
        Such as "położenie znamy tylko do miejscowości (do około 3 km)", to stand beside a name.
    """
    grade, radius = str(service.get("place_grade")), radius_words(service, texts)
    if grade not in _KNOWN_TO:
        return ""
    known = texts.t(_KNOWN_TO[grade])
    return texts.t("coarse.known_within", known=known, radius=radius) if radius else known


def hollow_words(services: pd.DataFrame, texts: Texts) -> str:
    """
    Return what a hollow mark means on paper, where no mark can be opened.

    Of the marked facilities it tells how many are known to their door, street and locality, how far off the least
    exactly known of them may be, and of how many beside it nobody knows how far.

    Parameters
    ----------
    services
        `facility_id`, `place_grade`, `geometry` and perhaps `place_radius_m`.
    """
    marked = services[services.geometry.notna()].drop_duplicates("facility_id")
    grades = marked["place_grade"]
    coarse, street = int(is_coarse(grades).sum()), int((grades == "street").sum())
    said = texts.t(
        "coarse.mark_print",
        coarse=coarse,
        street=street,
        door=int((grades == "door").sum()),
        mark=texts.t("coarse.mark"),
    )
    radii = (
        marked.loc[grades != "door", "place_radius_m"]
        if "place_radius_m" in marked
        else pd.Series(dtype=float)
    )
    radii = radii.astype("Float64").astype(float)
    most_m, unknown = radii.max() if len(radii) else math.nan, int((~(radii > 0)).sum())
    if pd.isna(most_m) or not most_m:
        return said
    told = [said, texts.t("coarse.mark_print_radius", radius=_rounded_up(float(most_m), texts))]
    return "; ".join([*told, *([texts.t("coarse.mark_print_unknown", count=unknown)] if unknown else [])])


def _rounded_up(radius_m: float, texts: Texts) -> str:
    step_m = 50 if radius_m <= 900 else 500
    return texts.distance(math.ceil(radius_m / step_m) * step_m)
