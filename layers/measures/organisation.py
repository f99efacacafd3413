"""How local governments organise services: centres of social services (CUS), and local plans (LPDI)."""

import pandas as pd

from data.organisation import CUS, OPS, organisation_by_gmina, plans_by_area
from layers.indicators import INDICATORS
from layers.measures.asked import Asked
from layers.measures.measured import Measured

ORGANISATION_FORMS = (CUS, OPS)
"""Forms of support that the organisation of a gmina is read from."""


def measure_organisation(asked: Asked) -> Measured:
    """Return `organisation`, the number of the class of each gmina; missing where nobody knows."""
    known = asked.world.keep(("organisation",), lambda: organisation_by_gmina(asked.registry))
    return _classes(asked, "organisation", known.set_index("area_code")["organisation"])


def measure_plans(asked: Asked) -> Measured:
    """Return `local_plan`, the number of the class of each gmina or powiat; missing where nobody knows."""
    level = asked.view.level
    known = asked.world.keep(("plans", level), lambda: plans_by_area(asked.registry, level))
    return _classes(asked, "local_plan", known.set_index("area_code")["status"])


def _classes(asked: Asked, column: str, codes: pd.Series) -> Measured:
    numbers = {code: number for number, code in enumerate(INDICATORS[column].class_codes, start=1)}
    return Measured(pd.DataFrame({column: codes.map(numbers).astype(float).reindex(asked.areas.index)}))
