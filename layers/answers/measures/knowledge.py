"""How much is known of a form in each area: completeness of lists, age of records, what is missing in them."""

from datetime import date

import geopandas as gpd

from data.quality.areas import area_quality, doubts_of, known_forms_count
from data.quality.records import record_quality
from data.store.origins import SCENARIO
from data.vocabulary import forms_for_group
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.measured import Measured


def _records_of(inputs: MeasureInputs, on: date) -> gpd.GeoDataFrame:
    """Return the services in scope with their quality on a day; what a scenario opens no list knows."""
    registry = inputs.registry
    listed = inputs.in_scope[inputs.in_scope["source_code"] != SCENARIO]
    quality = record_quality(
        listed,
        registry.sources,
        registry.register_coverage,
        on=on,
        service_areas=registry.service_areas,
    )
    return listed.join(quality)


def measure_knowledge(inputs: MeasureInputs) -> Measured:
    """
    Return the columns of `data.quality.areas.area_quality`, and of how many forms of the group all is known.

    Raises
    ------
    ValueError
        If nobody says on which day records are how old.
    """
    registry, group, on = inputs.registry, inputs.question.group, inputs.measured_on
    if on is None:
        raise ValueError(
            "expected a day that ages of records are counted from, found none; give `measured_on`"
        )
    records = _records_of(inputs, on)
    coverage, forms = registry.register_coverage, forms_for_group(group)
    doubts = {form: doubts_of(registry.services, coverage, form, need_group=group) for form in forms}
    quality = area_quality(
        records,
        areas=inputs.areas,
        forms=(inputs.question.form,),
        register_coverage=coverage,
        doubts=doubts,
        on=on,
    )
    known = known_forms_count(inputs.areas, forms=forms, register_coverage=coverage, doubts=doubts)
    return Measured(quality.assign(known_forms_count=known), records=records)
