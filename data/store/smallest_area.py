"""The smallest area in which a service is known to stand: its gmina, or only its powiat or voivodeship."""

import pandas as pd


def smallest_area(services: pd.DataFrame) -> "pd.Series[str]":
    """
    Return the code of the smallest known area of each service; empty where not even the voivodeship is known.

    Parameters
    ----------
    services
        `gmina_code`, `powiat_code`, `voivodeship_code`, each missing where it is not known.
    """
    codes = services["gmina_code"].astype("string")
    for wider in ("powiat_code", "voivodeship_code"):
        codes = codes.fillna(services[wider].astype("string"))
    return codes.fillna("").astype("str")
