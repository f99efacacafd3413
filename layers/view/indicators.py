"""
What a map can show: each indicator with its kind of number, its columns, and the choices that it depends on.

The words of an indicator are found by its code in `layers/text`; how it is computed is in `layers/answers/measures`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

from data.vocabulary.kinds import SUPPORT_KINDS
from geo.gaps import PARTS
from geo.teryt import Level

NumberKind = Literal["count", "rate", "share", "change", "words"]

LEVELS: Final[tuple[Level, ...]] = get_args(Level)

PEOPLE, DISTANCE, NORM, METHOD, YEAR, SINCE, FORM = (
    "people",
    "distance",
    "norm",
    "method",
    "year",
    "since",
    "form",
)
"""Choices that some indicators depend on and others do not."""

SUPPLY_COLUMNS: Final = ("facilities_count", "capacity_places", "places_per_1000")
TRIAD: Final = PARTS
"""The parts of an area's people, in the order in which they are told; they add up to all of them."""
MISSING: Final = ("missing_places", "least_missing_places", "most_missing_places")
"""Places missing to the norm as far as is known, at least, and at most."""
BALANCE: Final = tuple(f"{kind}_per_1000" for kind in SUPPORT_KINDS)
"""Each kind of support is an indicator of its own, and the others stand beside it."""
BALANCE_CHANGE: Final = tuple(f"{kind}_change" for kind in SUPPORT_KINDS)
FIRST_OF_BALANCE: Final = "day_per_1000"
FORMER: Final = MappingProxyType({"community_share": FIRST_OF_BALANCE})
"""What links of before may still ask for → what is shown instead; the page says so."""
QUEUE: Final = ("waiting_persons", "vacant_places")
"""What registers state themselves, of one day."""
KEEP_YEARS: Final = (2030, 2035)
KEEP: Final = tuple(f"places_to_keep_{year}" for year in KEEP_YEARS)
SCORES: Final = ("completeness_score", "freshness_score", "place_score", "source_score", "quality_score")
OF_KNOWLEDGE: Final = ("known_forms_count", "records_count", "overdue_count", *SCORES)

KINDS: Final[Mapping[str, NumberKind]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "demand_persons",
                "facilities_count",
                "capacity_places",
                "known_forms_count",
                "records_count",
                "overdue_count",
                "norm_missing_places",
                *MISSING,
                "places_to_keep",
                *KEEP,
                *QUEUE,
                *TRIAD,
            ),
            "count",
        ),
        **dict.fromkeys(("places_per_1000", "access_per_1000", *BALANCE), "rate"),
        **dict.fromkeys(BALANCE_CHANGE, "change"),
        **dict.fromkeys(("coverage_share", "gap_share", *SCORES), "share"),
        **dict.fromkeys(("knowledge", "organisation", "local_plan"), "words"),
    }
)
"""How numbers are written: whole, with one decimal, in per cent, with their sign, or as the words of a class."""


@dataclass(frozen=True)
class Indicator:
    """
    One thing that a map can show.

    Attributes
    ----------
    code
        Also the column of an area table that holds it.
    figures
        Columns that are told beside the answer, on cards and in tables.
    choices
        What it depends on beside scope, level and group.
    needs_people
        Whether it cannot be told without the number of people of the group.
    class_codes
        Of an indicator in words, its classes from the least to the most.
    is_more_worse
        Whether high values are the bad ones; a ranking begins with the worst.
    has_marks
        Whether the facilities are drawn on its map.
    levels
        Levels of areas that it can be told for.
    """

    code: str
    figures: tuple[str, ...]
    choices: frozenset[str]
    needs_people: bool = False
    class_codes: tuple[str, ...] = ()
    is_more_worse: bool = False
    has_marks: bool = True
    levels: tuple[Level, ...] = LEVELS

    @property
    def has_people(self) -> bool:
        """Tell whether people of the group are part of its table."""
        return PEOPLE in self.choices

    @property
    def kind(self) -> NumberKind:
        """How its numbers are written."""
        return KINDS[self.code]


INDICATORS: Final = MappingProxyType(
    {
        indicator.code: indicator
        for indicator in (
            Indicator(
                "places_per_1000",
                figures=(
                    "demand_persons",
                    "facilities_count",
                    "capacity_places",
                    "norm_missing_places",
                    *QUEUE,
                    "places_to_keep",
                    *KEEP,
                ),
                choices=frozenset({FORM, PEOPLE, NORM, YEAR}),
                needs_people=True,
            ),
            Indicator("facilities_count", figures=SUPPLY_COLUMNS[1:], choices=frozenset({FORM, PEOPLE})),
            Indicator(
                "coverage_share",
                figures=("demand_persons", "facilities_count", "capacity_places"),
                choices=frozenset({FORM, PEOPLE, DISTANCE, YEAR}),
                needs_people=True,
            ),
            Indicator(
                "access_per_1000",
                figures=("demand_persons", "facilities_count", "capacity_places", "places_per_1000"),
                choices=frozenset({FORM, PEOPLE, DISTANCE, METHOD, YEAR}),
                needs_people=True,
            ),
            Indicator(
                "gap_share",
                figures=(
                    "demand_persons",
                    *TRIAD,
                    *MISSING,
                    *QUEUE,
                    *KEEP,
                    "facilities_count",
                    "capacity_places",
                ),
                choices=frozenset({FORM, PEOPLE, DISTANCE, NORM, YEAR}),
                needs_people=True,
                is_more_worse=True,
            ),
            *(
                Indicator(
                    code,
                    figures=("demand_persons", *BALANCE, *BALANCE_CHANGE),
                    choices=frozenset({PEOPLE, SINCE}),
                    has_marks=False,
                )
                for code in BALANCE
            ),
            Indicator(
                "organisation",
                figures=(),
                choices=frozenset(),
                class_codes=("ops_only", "cus_preparing", "cus"),
                has_marks=False,
                levels=("gmina",),
            ),
            Indicator(
                "local_plan",
                figures=(),
                choices=frozenset(),
                class_codes=("none", "preparing", "adopted"),
                has_marks=False,
                levels=("gmina", "powiat"),
            ),
            Indicator(
                "knowledge",
                figures=OF_KNOWLEDGE,
                choices=frozenset({FORM}),
                class_codes=("partial", "complete_old", "complete_fresh"),
                has_marks=False,
            ),
        )
    }
)
