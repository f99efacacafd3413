"""The sources that the numbers of a question rest on, and the days that they speak of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd

from data.registry.registry import Registry
from data.store.smallest_area import smallest_area
from data.vocabulary import forms_for_group
from geo.teryt import COUNTRY
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.profiles import is_for_group
from layers.indicators.indicator import DISTANCE, FORM
from layers.view.question import Question


@dataclass(frozen=True)
class SourceNote:
    """What must be said of a source wherever its figures are shown."""

    code: str
    name: str
    publisher: str
    licence: str
    attribution: str
    as_of: date | None
    url: str
    kind: str = ""


@dataclass(frozen=True)
class UsedSources:
    """
    The sources of a question.

    `newest` and `oldest` are days that its registers state, `undated` is how many of its registers state none; where
    the measure knows the day of each row (`Measured.days`), days of rows, and 1 where any has none.
    """

    notes: tuple[SourceNote, ...]
    newest: date | None
    oldest: date | None
    undated: int


def used_sources(
    inputs: MeasureInputs,
    registers: frozenset[str] | None = None,
    *,
    days: Sequence[date | None] | None = None,
) -> UsedSources:
    """
    Return the sources of boundaries, people and registers that a question takes its numbers from.

    Parameters
    ----------
    registers
        Codes of the registers where the measure says them (`Measured.registers`); None for those of its services.
    days
        Days of rows where the measure says them (`Measured.days`); None for those of the registers.
    """
    question, sources = inputs.question, inputs.registry.sources
    registers = _registers(inputs) if registers is None else registers
    stated = sources.loc[sources["source_code"].isin(registers), "as_of"]
    told, undated = stated.dropna().tolist(), int(stated.isna().sum())
    if days is not None:
        told, undated = [day for day in days if day is not None], int(None in days)
    kinds, codes = _of_people(inputs)
    kinds |= {"boundaries", *question.what.source_kinds}
    codes |= registers | _registers_beside(inputs)
    used = sources[sources["kind"].isin(kinds) | sources["source_code"].isin(codes)]
    return UsedSources(source_notes(used), max(told, default=None), min(told, default=None), undated)


def source_notes(sources: pd.DataFrame) -> tuple[SourceNote, ...]:
    """Return what must be said of sources, rows of `Registry.sources`."""
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
        kinds |= settlement.source_kinds(registry.areas_by_code("gmina").index.to_series())
        if settlement.kind == "address_grid":
            codes |= frozenset(settlement.town_parts["source_code"])
        is_by_residents = True
    if is_by_residents:
        codes |= registry.sources_of_residents
        kinds |= set() if registry.sources_of_residents else {"population"}
    return kinds, codes


def _registers(inputs: MeasureInputs) -> frozenset[str]:
    """Return the sources of the services, and the complete registers that say where there are none."""
    question, registry = inputs.question, inputs.registry
    if FORM not in question.what.choices:
        counted = registry.services[
            registry.services["is_counted"] & is_for_group(registry.services, question.group)
        ]
        claims = (_claimants(registry, form, question.scope) for form in forms_for_group(question.group))
        return frozenset(_in_scope(counted, question)["source_code"]).union(*claims)
    registers = frozenset(inputs.in_scope["source_code"]) | _registers_in_reach(inputs)
    registers |= frozenset(inputs.unconfirmed["source_code"])
    return registers | _claimants(registry, question.form, question.scope)


def _registers_beside(inputs: MeasureInputs) -> frozenset[str]:
    """Return the registers of the group's other forms: they say how many are known, and their days are their own."""
    question = inputs.question
    forms = forms_for_group(question.group) if question.is_of_knowledge else ()
    return frozenset().union(*(_claimants(inputs.registry, form, question.scope) for form in forms))


def _registers_in_reach(inputs: MeasureInputs) -> frozenset[str]:
    """Return the sources of the facilities, also beyond the border, that somebody of the scope has in reach."""
    world, question = inputs.world, inputs.question
    if DISTANCE not in question.what.choices:
        return frozenset()
    reach, facilities = world.reach(question), world.supply(question.help).facilities
    is_here = inputs.is_in_scope.to_numpy(dtype=bool)
    reached = facilities["facility_id"].iloc[np.unique(reach.facility[is_here[reach.demand]])]
    services = inputs.services
    return frozenset(services.loc[services["facility_id"].isin(reached), "source_code"])


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
