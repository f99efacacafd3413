"""The sources that the numbers of a question rest on, and the days that they speak of."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from data.registry.once import once_for_registry
from data.registry.registry import Registry
from data.store.smallest_area import smallest_area
from data.vocabulary import forms_for_group
from geo.teryt import COUNTRY
from layers.answers.measures.field_records import (
    ORIGINS,
    PLACES,
    QUEUES,
    RECORD,
    WHERE,
    records_of,
    used_records,
)
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.newest_stated import newest_months
from layers.answers.measures.profiles import is_for_group
from layers.answers.measures.stated_days import DayRange, StatedDay, days_of_registers, days_of_rows
from layers.indicators.indicator import DISTANCE, FORM
from layers.view.question import Question

_DATED: Final = (*RECORD, *ORIGINS, PLACES, *QUEUES, *WHERE)


@dataclass(frozen=True)
class SourceNote:
    """
    What must be said of a source wherever its figures are shown.

    `days` are those of the rows that a view has of it where the source states no day itself.
    """

    code: str
    name: str
    publisher: str
    licence: str
    attribution: str
    as_of: date | None
    url: str
    kind: str = ""
    days: DayRange = field(default_factory=DayRange)


@dataclass(frozen=True)
class UsedSources:
    """
    The sources of a question, and the days of its registers, or of the rows of those that state none.

    `registers` are the codes of those whose days these are.
    """

    notes: tuple[SourceNote, ...]
    days: DayRange = field(default_factory=DayRange)
    registers: frozenset[str] = frozenset()


def used_sources(
    inputs: MeasureInputs,
    registers: frozenset[str] | None = None,
    *,
    days: tuple[StatedDay | None, ...] | None = None,
    counted: pd.DataFrame | None = None,
) -> UsedSources:
    """
    Return the sources of boundaries, people and registers that a question takes its numbers from.

    A facility of several lists is of all that its numbers and its place on the map are from; days are those of the
    lists that count it and of those that tell its places.

    Parameters
    ----------
    registers
        Codes of the registers where the measure says them (`Measured.registers`); None for those of its services.
    days
        Days of rows where the measure says them (`Measured.days`); None for those of the registers.
    counted
        Services where the measure says which of them it counts (`Measured.counted`), so that `registers` are beside
        theirs; None for those of the question.
    """
    question, sources = inputs.question, inputs.registry.named_sources
    services, apart = _rows(inputs) if counted is None else counted, _apart(inputs)
    rows = pd.concat([services[list(RECORD)], records_of(services, PLACES)]).drop_duplicates()
    others = pd.concat([used_records(services, (*QUEUES, *WHERE)), _months(inputs)])
    # What is counted nowhere is named beside the numbers, and gives them no day.
    beside = _registers_beside(inputs) if registers is not None else _registers_beside(inputs) | _codes(apart)
    if registers is None or counted is not None:
        registers = _codes(rows) | (_claimed(inputs) if registers is None else registers)
        beside |= _codes(others)
    days = days_of_registers(sources, registers, rows) if days is None else days
    kinds, codes = _of_people(inputs)
    kinds |= {"boundaries", *question.what.source_kinds}
    codes |= registers | beside
    used = sources[sources["kind"].isin(kinds) | sources["source_code"].isin(codes)]
    return UsedSources(source_notes(used, pd.concat([rows, others, apart])), DayRange.of(days), registers)


def source_notes(sources: pd.DataFrame, rows: pd.DataFrame | None = None) -> tuple[SourceNote, ...]:
    """
    Return what must be said of sources, rows of `Registry.sources`.

    Parameters
    ----------
    rows
        The services that are told of: `source_code`, `dated_on` and `dated_precision`; None where none are.
    """
    return tuple(
        SourceNote(
            code=row["source_code"],
            name=row["name"],
            publisher=row["publisher"],
            licence=row["licence"],
            attribution=row["attribution"],
            as_of=None if pd.isna(row["as_of"]) else row["as_of"],
            url=row["url"],
            kind=row["kind"],
            days=DayRange()
            if rows is None or not pd.isna(row["as_of"])
            else DayRange.of(days_of_rows(rows[rows["source_code"] == row["source_code"]])),
        )
        for row in sources.to_dict("records")
    )


def _of_people(inputs: MeasureInputs) -> tuple[set[str], frozenset[str]]:
    """Return the kinds and the codes of the sources that people of the group, and where they live, are taken from."""
    question, registry, world = inputs.question, inputs.registry, inputs.world
    if not question.what.has_people and not question.what.is_of_residents:
        return set(), frozenset()
    kinds, codes, is_by_residents = set(), frozenset[str](), question.is_estimate
    if question.what.is_of_residents:
        is_by_residents = True
    elif question.group == "older":
        codes, is_by_residents = world.year_of_residents(question.people).source_codes, False
        if not world.variants(question.people).empty:
            codes |= registry.sources_of_variants
        kinds |= set() if codes else {"population"}
        if not world.is_told_of_gminas(question.people):
            kinds.add("population_projection")
    else:
        kinds.add("people_counts")
    if DISTANCE in question.what.choices:
        # Towns are weighed against villages by all residents, whoever the group are.
        settlement = registry.settlement
        kinds |= _kinds_of_settlement(registry)
        if settlement.kind == "address_grid":
            codes |= frozenset(settlement.town_parts["source_code"])
        is_by_residents = True
    if is_by_residents:
        codes |= registry.sources_of_residents
        kinds |= set() if registry.sources_of_residents else {"population"}
    return kinds, codes


@once_for_registry
def _kinds_of_settlement(registry: Registry) -> frozenset[str]:
    """Return the kinds of the sources that tell where in gminas people live; its cells are many."""
    return registry.settlement.source_kinds(registry.areas_by_code("gmina").index.to_series())


def _claimed(inputs: MeasureInputs) -> frozenset[str]:
    """Return the complete registers that say where there are no services of a question."""
    question, registry = inputs.question, inputs.registry
    if FORM in question.what.choices:
        return frozenset(_claimants(registry, question.form, question.scope))
    claims = (_claimants(registry, form, question.scope) for form in forms_for_group(question.group))
    return frozenset().union(*claims)


def _rows(inputs: MeasureInputs) -> pd.DataFrame:
    """Return the services that a question counts: those of its scope, and those that somebody there has in reach."""
    question, services = inputs.question, inputs.registry.services
    if FORM in question.what.choices:
        parts = (inputs.in_scope, in_reach(inputs))
        frames = [pd.DataFrame(part[list(_DATED)]) for part in parts]
        return pd.concat(frames).drop_duplicates("service_id")
    counted = services[services["is_counted"] & is_for_group(services, question.group)]
    return pd.DataFrame(_in_scope(counted, question)[list(_DATED)])


def _months(inputs: MeasureInputs) -> pd.DataFrame:
    """Return the records of earlier months in later files that tell the queues of a scope of an earlier day."""
    question = inputs.question
    rows = newest_months(inputs.registry, question.help)
    if FORM not in question.what.choices:
        rows = rows.iloc[:0]
    here = rows[rows["area_code"].str.startswith(question.scope_code).astype(bool)]
    return here.assign(service_id=here["facility_id"])[list(RECORD)]


def _apart(inputs: MeasureInputs) -> pd.DataFrame:
    """Return the services of which there is only evidence: told beside the numbers, and counted in none."""
    is_of_form = FORM in inputs.question.what.choices
    return pd.DataFrame(inputs.unconfirmed[list(_DATED)] if is_of_form else inputs.services[list(_DATED)][:0])


def _codes(rows: pd.DataFrame) -> frozenset[str]:
    return frozenset(rows["source_code"])


def _registers_beside(inputs: MeasureInputs) -> frozenset[str]:
    """Return the registers of the group's other forms: they say how many are known, and their days are their own."""
    question = inputs.question
    forms = forms_for_group(question.group) if question.is_of_knowledge else ()
    return frozenset().union(*(_claimants(inputs.registry, form, question.scope) for form in forms))


def in_reach(inputs: MeasureInputs) -> pd.DataFrame:
    """Return the services of the facilities, also beyond the border, that somebody of the scope has in reach."""
    world, question = inputs.world, inputs.question
    if DISTANCE not in question.what.choices:
        return pd.DataFrame(inputs.services.iloc[:0])
    reach, facilities = world.reach(question), world.supply(question.help).facilities
    is_here = inputs.is_in_scope.to_numpy(dtype=bool)
    is_reached = np.zeros(len(facilities), dtype=bool)
    is_reached[reach.facility[is_here[reach.demand]]] = True
    reached = facilities.loc[is_reached, "facility_id"]
    services = inputs.services
    return pd.DataFrame(services[services["facility_id"].isin(reached)])


def _in_scope(services: gpd.GeoDataFrame, question: Question) -> gpd.GeoDataFrame:
    if question.scope == COUNTRY:
        return services
    return services[smallest_area(services).str.startswith(question.scope)]


def _claimants(registry: Registry, form: str, scope: str) -> set[str]:
    """Return the sources that claim to list a form completely somewhere in the scope."""
    coverage = registry.register_coverage
    is_asked = coverage["support_form"] == form
    if scope != COUNTRY:
        is_asked &= coverage["voivodeship_code"] == scope
    return set(coverage.loc[is_asked, "source_code"])
