"""The smallest area in which a service is known to stand: its gmina, or only its powiat or voivodeship."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd


def smallest_area(services: pd.DataFrame) -> "pd.Series[str]":
    """
    Return the code of the smallest known area of each service; empty where not even the voivodeship is known.

    Parameters
    ----------
    services
        `gmina_code`, `powiat_code`, `voivodeship_code`, each missing where it is not known.
    """
    codes = np.full(len(services), "", dtype=object)
    for column in ("voivodeship_code", "powiat_code", "gmina_code"):
        known = services[column].to_numpy(dtype=object)
        codes = np.where(pd.isna(known), codes, known)
    return pd.Series(codes, index=services.index, name="gmina_code", dtype="str")


def smallest_area_of(service: Mapping[Any, Any]) -> str:
    """Return the code of the smallest known area of one service, as `smallest_area` of many."""
    codes = (service[column] for column in ("gmina_code", "powiat_code", "voivodeship_code"))
    return next((code for code in codes if isinstance(code, str)), "")
