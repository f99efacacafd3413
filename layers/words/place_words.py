"""How exactly a place is known, in words: the radius of what is only near."""

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from layers.text import Texts

_LARGEST_VILLAGE_M: Final = 5_000
"""Beyond that the addresses of a town, or one astray, tell nobody how far to go."""


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
    step_m = 50 if radius_m <= 900 else 500
    return texts.distance(math.ceil(radius_m / step_m) * step_m)
