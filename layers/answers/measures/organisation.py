"""How local governments organise services: centres of social services (CUS), and local plans (LPDI)."""

import pandas as pd

from data.registry.local_government import (
    complete_for_centres,
    organisation_by_gmina,
    plans_by_area,
)
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured
from layers.indicators import INDICATORS


def measure_organisation(inputs: MeasureInputs) -> Measured:
    """
    Return `organisation`, the number of the class of each gmina; missing where nobody knows.

    An area that no list names surely has no centre where a source lists all of them in the voivodeship.
    """
    known = inputs.world.keep(("organisation",), lambda: organisation_by_gmina(inputs.registry))
    here = known[known["area_code"].isin(inputs.areas.index)]
    return Measured(
        _classes(inputs, "organisation", known.set_index("area_code")["organisation"]),
        is_complete=inputs.areas["voivodeship_code"].isin(complete_for_centres(inputs.registry)),
        registers=frozenset(code for codes in here["source_codes"] for code in codes),
    )


def measure_plans(inputs: MeasureInputs) -> Measured:
    """
    Return `local_plan`, the number of the class of each gmina or powiat; missing where nobody knows.

    No list of plans claims to name all, so only what is known is sure.
    """
    level = inputs.question.level
    known = inputs.world.keep(("plans", level), lambda: plans_by_area(inputs.registry, level))
    classes = _classes(inputs, "local_plan", known.set_index("area_code")["status"])
    return Measured(classes, is_complete=classes["local_plan"].notna(), registers=frozenset())


def _classes(inputs: MeasureInputs, column: str, codes: pd.Series) -> pd.DataFrame:
    numbers = {code: number for number, code in enumerate(INDICATORS[column].class_codes, start=1)}
    return pd.DataFrame({column: codes.map(numbers).astype(float).reindex(inputs.areas.index)})
