"""How local governments organise services: centres of social services (CUS), and local plans (LPDI)."""

import pandas as pd

from data.registry.local_government import (
    complete_for_centres,
    organisation_by_gmina,
    plans_by_area,
)
from layers.answers.measures.inputs import Asked
from layers.answers.measures.measured import Measured
from layers.view.indicators import INDICATORS

OF_ORGANISATION = frozenset({"organisation", "local_plan"})
"""Indicators that are about local governments and not about a form."""


def measure_organisation(asked: Asked) -> Measured:
    """Return `organisation`, the number of the class of each gmina; missing where nobody knows."""
    known = asked.world.keep(("organisation",), lambda: organisation_by_gmina(asked.registry))
    return _classes(asked, "organisation", known.set_index("area_code")["organisation"])


def measure_plans(asked: Asked) -> Measured:
    """Return `local_plan`, the number of the class of each gmina or powiat; missing where nobody knows."""
    level = asked.view.level
    known = asked.world.keep(("plans", level), lambda: plans_by_area(asked.registry, level))
    return _classes(asked, "local_plan", known.set_index("area_code")["status"])


def is_list_complete(asked: Asked, measured: Measured) -> pd.Series:
    """
    Return where an area that no list names surely has nothing.

    Of centres, where a source lists all of them in the voivodeship; no list of plans claims that, so there only what is
    known is sure.
    """
    if asked.view.indicator == "organisation":
        voivodeships: pd.Series = asked.areas["voivodeship_code"]
        return voivodeships.isin(complete_for_centres(asked.registry))
    return measured.columns["local_plan"].notna()


def _classes(asked: Asked, column: str, codes: pd.Series) -> Measured:
    numbers = {code: number for number, code in enumerate(INDICATORS[column].class_codes, start=1)}
    return Measured(pd.DataFrame({column: codes.map(numbers).astype(float).reindex(asked.areas.index)}))
