"""Everything that the card of one area tells, each number from the table of the view that it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from data.registry.offices import OfficeFact, offices_of
from data.registry.registry import Registry
from data.vocabulary import can_be_own
from geo.errors import OptionError
from geo.teryt import COUNTRY
from layers.answers.area_table import AreaTable
from layers.answers.gauges import Gauges, area_gauges, has_gauges
from layers.answers.measures.balance import kinds_for_group
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.sources import SourceNote
from layers.answers.measures.world import World
from layers.answers.table_building import build_area_table
from layers.indicators import HOME, INDICATORS
from layers.indicators.balance import BALANCE, FIRST_OF_BALANCE
from layers.view.question import Question
from layers.view.view import View
from layers.words.area_facts.figure import Figure, TableOf, figures
from layers.words.area_facts.forecast import ForecastYear, later_years
from layers.words.area_facts.local_government import LocalGovernmentFacts, progress_in
from layers.words.area_facts.neighbours import Neighbour, neighbours_of
from layers.words.area_facts.people import PeopleFacts, people_facts
from layers.words.area_facts.services import (
    FacilityFact,
    FormFact,
    Somewhere,
    Unconfirmed,
    facilities_of,
    other_forms_of,
    somewhere_near,
    unconfirmed_in,
)
from layers.words.area_facts.triad import TriadFacts, triad_of
from layers.words.figures import figures_of
from layers.words.gauges_over_time import RegisterOverTime, registers_over_time

_OF_QUALITY = ("knowledge", "records_count", "overdue_count", "quality_score", "known_forms_count")


@dataclass(frozen=True, eq=False)
class AreaFacts:
    """
    One area at the level of a view. Each section is computed when it is asked for, and once.

    Attributes
    ----------
    world
        The registry that all tables are made from.
    table
        The table of the view itself.
    code
        The area.
    table_of
        Gives the table of another view of the same registry.
    """

    world: World
    table: AreaTable
    code: str
    table_of: TableOf

    @property
    def view(self) -> View:
        """The view of the page."""
        return self.table.view

    @property
    def question(self) -> Question:
        """What the numbers of the page depend on."""
        return self.table.question

    @property
    def registry(self) -> Registry:
        """The registry that the numbers are of."""
        return self.world.registry

    @cached_property
    def unconfirmed(self) -> Unconfirmed:
        """Facilities of the form that only a polling station speaks for here; no number has them."""
        return unconfirmed_in(self.world.unconfirmed(self.question.help), self.code)

    @cached_property
    def somewhere(self) -> tuple[Somewhere, ...]:
        """Facilities of the form that stand in the area or in one round it, nobody knows in which gmina."""
        return somewhere_near(self.world.services(self.question.help), self.code)

    @property
    def has_rates(self) -> bool:
        """Tell whether numbers per person are told; not where each area has a count of a day of its own."""
        return self.view.what.has_rates

    @property
    def is_without_lack(self) -> bool:
        """Tell whether nothing is said of reach and lack: of rates, or of a gmina of a form that is for all gminas."""
        return self.question.is_wide_gmina or not self.has_rates

    @property
    def is_together(self) -> bool:
        """Tell whether the area is several gminas, whose people are known together only."""
        return self.code in self.registry.together.parts

    @cached_property
    def offices(self) -> tuple[OfficeFact, ...]:
        """The office to call in a gmina or powiat, which is no social assistance centre; of each gmina of several."""
        return offices_of(self.registry, self.code)

    @property
    def seats(self) -> pd.DataFrame:
        """
        Public benefit organisations with their seat in the gmina (`Registry.organization_seats`).

        With the column `own_gmina`: the name of the gmina of each where the area is several of them, else empty.
        """
        seats = self.registry.own_gminas.organization_seats
        names = {part.area_code: part.name for part in self.registry.together.parts.get(self.code, ())}
        here = seats[seats["gmina_code"].isin(names or {self.code})]
        return here.assign(own_gmina=[names.get(code, "") for code in here["gmina_code"]])

    @cached_property
    def answer(self) -> tuple[Figure, ...]:
        """The indicator of the view, then the figures beside it."""
        return figures(self.table, self.code, figures_of(self.table))

    @cached_property
    def people(self) -> PeopleFacts:
        """The people of the group now, by age, and in all residents."""
        # The table that explains them: no norm, no ways.
        counted = self._view_of(HOME["demand_persons"].code).with_changes(year=0)
        if not self.has_rates:
            # Its own newest night, as in the table of the view, and not that of most voivodeships.
            counted = counted.with_changes(scope=self.code)
        return people_facts(self.world, counted, self.code, self.table_of)

    @cached_property
    def facilities(self) -> tuple[FacilityFact, ...]:
        """The facilities of the form."""
        return facilities_of(self._with("facilities_count"), self.code, names_gminas=self.is_together)

    @cached_property
    def capacity(self) -> tuple[Figure, ...]:
        """Facilities, places and places per 1,000 people, in the year of the view."""
        if not self.has_rates:
            return figures(self.table, self.code, ("facilities_count", self.view.indicator))
        columns = ("facilities_count", "capacity_places", "places_per_1000", "norm_missing_places")
        # A gmina of a form that people come to from anywhere has no norm of its own.
        return figures(
            self._with("places_per_1000"),
            self.code,
            columns[:3] if self.question.is_wide_gmina else columns,
        )

    @cached_property
    def other_forms(self) -> tuple[FormFact, ...]:
        """How many facilities of the group's other forms there are, where anything is known of them."""
        areas = self.registry.areas_of_level(self.view.level).set_index("area_code")
        return other_forms_of(MeasureInputs(self.world, self.question, areas), self.code)

    @cached_property
    def triad(self) -> TriadFacts | None:
        """The gap at the norm, in persons; None where nothing is said of a lack."""
        if self.is_without_lack:
            return None
        return triad_of(self._with("gap_share"), self.code)

    @cached_property
    def reach(self) -> tuple[Figure, ...]:
        """
        The share of people in reach of a facility, and the places that they reach; none where `triad` is None.

        First that of all residents where it is told of the group, whose people nobody counts here.
        """
        if self.is_without_lack:
            return ()
        columns = ["coverage_share", "access_per_1000"]
        if INDICATORS["reached_residents"].is_of_group(self.view.group) and not self.view.is_estimate:
            columns.insert(0, "reached_residents")
        return tuple(Figure(self._with(column), self.code, column) for column in columns)

    @cached_property
    def otherwise(self) -> tuple[Figure, ...]:
        """
        The same, and the places missing, with the other answer to who may come.

        Own residents only where the view counts everybody in reach, and the other way round; empty for forms that no
        council keeps for its own.
        """
        if not can_be_own(self.view.form) or not self.has_rates:
            return ()
        other = self.view.with_changes(own=not self.view.own)
        columns = {"coverage_share": "coverage_share", "access_per_1000": "access_per_1000"}
        columns["gap_share"] = "missing_places"
        return tuple(
            Figure(
                self.table_of(other.with_changes(indicator=indicator, age_from=other.age_from)),
                self.code,
                column,
            )
            for indicator, column in columns.items()
        )

    @cached_property
    def balance(self) -> tuple[Figure, ...]:
        """Places of each kind of support for the group; their change too where the view asks for one."""
        if not self.has_rates:
            return ()
        table = self.table if self.view.indicator in BALANCE else self._with(FIRST_OF_BALANCE)
        kinds = kinds_for_group(self.view.group)
        changes = tuple(f"{kind}_change" for kind in kinds) if self.view.since else ()
        return figures(table, self.code, (*(f"{kind}_per_1000" for kind in kinds), *changes))

    @cached_property
    def forecast(self) -> tuple[ForecastYear, ...]:
        """The area in later years if no place is added; empty for groups that nobody projects."""
        if self.view.group != "older":
            return ()
        return later_years(self.registry, self.view, self.code, self.table_of)

    @cached_property
    def gauges(self) -> Gauges | None:
        """The gap to the named level, the register's queue and the forecast; None without `triad` or places."""
        if self.triad is None or not has_gauges(self.triad.gap.table):
            return None
        return area_gauges(self.registry, self.triad.gap.table, self.code)

    @cached_property
    def over_time(self) -> tuple[RegisterOverTime, ...]:
        """The queue and free places on the days of each register; none where there are no gauges."""
        if not self.gauges:
            return ()
        return registers_over_time(self.registry, self.question.help, self.code, until=self.view.date)

    @cached_property
    def organisation(self) -> LocalGovernmentFacts:
        """Tell whether a centre of social services (CUS) works here and a plan (LPDI) is adopted."""
        level = self.view.level
        own = tuple(
            Figure(self._with(code), self.code, code)
            for code in ("organisation", "local_plan")
            if level in INDICATORS[code].levels
        )
        if level == "gmina":
            return LocalGovernmentFacts(own, ())
        return LocalGovernmentFacts(own, progress_in(self.world, self.code))

    @cached_property
    def quality(self) -> tuple[Figure, ...]:
        """How much is known of the form here."""
        return figures(self._with("knowledge"), self.code, _OF_QUALITY)

    @cached_property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """The areas beside this one with their number of the view, in the order of codes."""
        return neighbours_of(self.world, self.table, self.code)

    def know(self, sections: Mapping[str, Any]) -> None:
        """Take sections that were computed elsewhere, by their names here: they are not computed again."""
        vars(self).update(sections)

    def tables(self) -> tuple[AreaTable, ...]:
        """Return the tables that the whole card rests on, each once."""
        found = [
            self.table,
            *(figure.table for figure in (*self.capacity, *self.reach, *self.balance, *self.quality)),
            *(figure.table for figure in self.organisation.figures),
            self.people.now.table,
            *((self.triad.gap.table,) if self.triad else ()),
            *(figure.table for figure in self.otherwise),
            *(figure.table for year in self.forecast for figure in year.figures),
        ]
        return tuple({table.snapshot_id: table for table in found}.values())

    def sources(self) -> tuple[SourceNote, ...]:
        """Return the sources of the whole card, each once, those of the view first."""
        notes = [note for table in self.tables() for note in table.sources]
        return tuple({note.code: note for note in notes}.values())

    def _with(self, indicator: str) -> AreaTable:
        """Return the table of the same view with another indicator."""
        if indicator == self.view.indicator:
            return self.table
        return self.table_of(self._view_of(indicator))

    def _view_of(self, indicator: str) -> View:
        """
        Return the same view with another indicator, and of the same people.

        The usual age of the view's own indicator is told on the whole card; that of another would be another group.
        """
        return self.view.with_changes(indicator=indicator, age_from=self.view.age_from)


def area_facts(
    world: World,
    view: View,
    code: str,
    *,
    today: date,
    earlier: Registry | None = None,
    table_of: TableOf | None = None,
) -> AreaFacts:
    """
    Return what the card of one area tells.

    Parameters
    ----------
    code
        An area of the view's level in its scope.
    today
        The day from which ages of records are counted.
    earlier
        The registry of the day `view.since`, for the change of the balance.
    table_of
        Gives tables that were computed before (`layers.cache.shared_answers.area_table`); None to compute each when
        it is needed. It brings its own day and earlier registry.

    Raises
    ------
    OptionError
        If the area is not one of the view.
    """
    made: dict[Question, AreaTable] = {}

    def compute(wanted: View) -> AreaTable:
        key = wanted.question
        if key not in made:
            made[key] = build_area_table(world.registry, wanted, today=today, world=world, earlier=earlier)
        return made[key]

    table = (table_of or compute)(view)
    if code not in table.rows.index:
        where = "Poland" if view.scope == COUNTRY else f"voivodeship {view.scope}"
        raise OptionError(
            f"expected the code of a {view.level} in {where}, found {code!r}; choose another code, level or scope",
            code=code,
            level=view.level,
            scope=view.scope,
        )
    return AreaFacts(world=world, table=table, code=code, table_of=table_of or compute)
