"""What a map can show, as a record: an indicator, and the columns of numbers that are told with it."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo.teryt import Level

NumberKind = Literal["count", "rate", "share", "change", "words", "day"]
"""How numbers are written: whole, with one decimal, in per cent, with their sign, as words of a class, or as a date."""
Lack = Literal["", "people", "forecast", "queue", "change", "classes", "records", "counted"]

LEVELS: Final[tuple[Level, ...]] = get_args(Level)

PEOPLE, RESIDENTS, DISTANCE, NORM, METHOD, YEAR, SINCE, FORM = (
    "people",
    "residents",
    "distance",
    "norm",
    "method",
    "year",
    "since",
    "form",
)
"""What some indicators depend on and others do not: choices, and whether they are of a group or of all residents."""


@dataclass(frozen=True)
class Column:
    """
    A number of an area table.

    Attributes
    ----------
    code
        Also the key of its words: `export_column_CODE`, `explain.what.CODE`, `explain.formula.CODE` in `layers.text`.
    method
        The tested function that computes it, as the head of its section in docs/method.md names it.
    needs_people, needs_norm
        Whether it is unknown where the people of the group, or what places are measured against, are.
    needs_places
        Whether it is unknown where the places of the facilities are; not where facilities are enough to tell it.
    is_enough
        Whether it says how many are needed, so that a part of one is a whole one.
    lack
        What else it lacks where it is unknown (`explain.missing.…`), when that is one thing for all areas.
    words
        The key of its words when several columns share them; empty for its code.
    """

    code: str
    kind: NumberKind
    method: str
    needs_people: bool = True
    needs_norm: bool = False
    needs_places: bool = True
    is_enough: bool = False
    lack: Lack = ""
    words: str = ""

    @property
    def subject(self) -> str:
        """What `explain.…` in the texts call it."""
        return self.words or self.code


@dataclass(frozen=True)
class Indicator:
    """
    One thing that a map can show.

    Attributes
    ----------
    column
        What it is; its code is that of the indicator, and the key of its words: `indicator.CODE`,
        `export_indicator_CODE`, `export_unit_CODE`, `export_CODE_note` in `layers.text`.
    position
        Where it stands in the list of indicators.
    measure
        The function that computes it, `module.name`, of `MeasureInputs` → `Measured` (`layers.answers.measures`).
        Where the choices have a form, columns of `measure_places` stand beside its own, which are others.
    columns
        Other numbers that are explained together with it; their notes are its own.
    figures
        Columns that are told beside the answer, on cards and in tables.
    choices
        What it depends on beside scope, level and group.
    needs_people
        Whether it cannot be told without the number of people of the group.
    title
        Which words its title has for where there is none: `export_title_zero_…` and `export_title_some_…`; numbers
        need them, but for a measure with an `answer`.
    class_codes
        Of an indicator in words, its classes from the least to the most: `export_CODE_CLASS` in the texts.
    source_kinds
        Kinds of sources that it rests on beside boundaries, people and the registers of its services.
    is_more_worse
        Whether high values are the bad ones; a ranking begins with the worst.
    tells_inequality
        Whether it says how much there is for each person, so that it can be asked how evenly that is shared.
    has_marks
        Whether the facilities are drawn on its map.
    has_rates
        Whether numbers per person of the group can stand beside it; not where each area has a day of its own.
    levels
        Levels of areas that it can be told for, the usual one first.
    groups
        Need groups that it is told of; empty for all.
    usual_age
        From which age older people are its people unless somebody says another.
    """

    column: Column
    position: int
    measure: str
    figures: tuple[str, ...]
    choices: frozenset[str]
    columns: tuple[Column, ...] = ()
    needs_people: bool = False
    title: str = ""
    class_codes: tuple[str, ...] = ()
    source_kinds: frozenset[str] = frozenset()
    is_more_worse: bool = False
    tells_inequality: bool = False
    has_marks: bool = True
    has_rates: bool = True
    levels: tuple[Level, ...] = LEVELS
    groups: tuple[str, ...] = ()
    usual_age: int = 65

    @property
    def code(self) -> str:
        """Its code: also the column of an area table that holds it."""
        return self.column.code

    @property
    def has_people(self) -> bool:
        """Tell whether people of the group are part of its table."""
        return PEOPLE in self.choices

    @property
    def is_of_residents(self) -> bool:
        """Tell whether all residents are its people, of whichever group."""
        return RESIDENTS in self.choices

    def is_of_group(self, group: str) -> bool:
        """Tell whether it is told of a need group."""
        return not self.groups or group in self.groups

    @property
    def kind(self) -> NumberKind:
        """How its numbers are written."""
        return self.column.kind
