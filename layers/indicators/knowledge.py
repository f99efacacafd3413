"""How much is known: whether the list of a form is complete and checked, and what its records lack."""

from typing import Final

from layers.indicators.indicator import FORM, Column, Indicator

SCORES: Final = ("completeness_score", "freshness_score", "place_score", "source_score", "quality_score")
OF_KNOWLEDGE: Final = ("known_forms_count", "records_count", "overdue_count", *SCORES)
_OF_AREAS: Final = "data.quality.areas.area_quality"

HERE: Final = (
    Indicator(
        Column("knowledge", "words", _OF_AREAS, needs_people=False),
        position=90,
        measure="layers.answers.measures.knowledge.measure_knowledge",
        columns=(
            *(
                Column(code, "count", _OF_AREAS, needs_people=False)
                for code in ("known_forms_count", "records_count", "overdue_count")
            ),
            *(
                Column(
                    code,
                    "share",
                    "data.quality.records.record_quality",
                    needs_people=False,
                    lack="records",
                )
                for code in SCORES
            ),
        ),
        figures=OF_KNOWLEDGE,
        choices=frozenset({FORM}),
        class_codes=("partial", "complete_old", "complete_fresh"),
        has_marks=False,
    ),
)
