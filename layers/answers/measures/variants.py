"""The low and the high variant of people of a later year, where areas are larger than gminas."""

import pandas as pd

from data.people.residents import VARIANTS
from layers.answers.measures.inputs import MeasureInputs


def variants_by_area(inputs: MeasureInputs) -> pd.DataFrame:
    """Return `low_persons` and `high_persons` of areas; no columns where nothing is known of them."""
    variants = inputs.world.variants(inputs.question.people).reindex(inputs.areas.index)
    if variants.isna().all(axis=None):
        return variants[[]]
    return variants.rename(columns={"low": "low_persons", "high": "high_persons"})


def people_of_scope(inputs: MeasureInputs) -> tuple[float, float, float] | None:
    """Return people of the scope in a later year, and what the low and the high variant give."""
    question = inputs.question
    variants = inputs.world.variants(question.people)
    if question.scope not in variants.index:
        return None
    gminas = inputs.world.gmina_people(question.people)
    here = gminas[gminas.index.str.startswith(question.scope_code)]
    low, high = (float(variants[variant].loc[question.scope]) for variant in VARIANTS)
    return float(here.sum(skipna=False)), low, high
