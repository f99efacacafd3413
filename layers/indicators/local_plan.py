"""How far local plans of deinstitutionalisation (LPDI) are."""

from typing import Final

from layers.indicators.indicator import Column, Indicator

HERE: Final = (
    Indicator(
        Column("local_plan", "words", "data.registry.local_government.plans_by_area", needs_people=False),
        position=80,
        measure="layers.answers.measures.organisation.measure_plans",
        figures=(),
        choices=frozenset(),
        class_codes=("none", "preparing", "adopted"),
        source_kinds=frozenset({"local_plans"}),
        has_marks=False,
        levels=("gmina", "powiat"),
    ),
)
