"""Who organises services in a gmina: a centre of social services (CUS), or an office of social assistance alone."""

from typing import Final

from layers.indicators.indicator import Column, Indicator

HERE: Final = (
    Indicator(
        Column(
            "organisation",
            "words",
            "data.registry.local_government.organisation_by_gmina",
            needs_people=False,
        ),
        position=70,
        measure="layers.answers.measures.organisation.measure_organisation",
        figures=(),
        choices=frozenset(),
        class_codes=("ops_only", "cus_preparing", "cus"),
        has_marks=False,
        levels=("gmina",),
    ),
)
