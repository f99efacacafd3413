"""
The numbers of one view: the table that the map, the picture and the spreadsheet are all drawn from.

Nothing on a planner's or coordinator's screen is computed anywhere else.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from data.accepted_differences import AcceptedDifference
from data.quality.areas import (
    KNOWLEDGE,
    area_quality,
    claimed_voivodeships,
    contradicted_gminas,
    known_forms_count,
)
from data.quality.records import record_quality
from data.registry import COUNTRY, PeopleOfGroup, Registry
from data.vocabulary import forms_for_group, support_forms
from geo.breaks import Classes, classify
from geo.coverage import covered_persons, near_areas, share_by_area
from geo.crs import to_metric
from geo.supply import honest_share, places_per_1000, supply_by_area
from geo.teryt import CODE_DIGITS
from layers.state import View

KNOWLEDGE_CLASSES = Classes(edges=tuple(map(float, range(len(KNOWLEDGE) + 1))), has_zero=False)
"""The same three classes on every map of knowledge; where nothing is known, an area has none and is hatched."""


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


@dataclass(frozen=True, eq=False)
class AreaTable:
    """
    One row per area of the view, with its indicator, classes and everything a caption needs.

    `rows` is indexed by `area_code` with columns `name`, `powiat_name`, `voivodeship_name`, `demand_persons`,
    `facilities_count`, `capacity_places`, `places_per_1000`, `coverage_share` (0-1), `value` (the chosen
    indicator; missing = no data), `is_counts_lower_bound` (more facilities and places may exist than are listed)
    and `is_lower_bound` (the same of the chosen indicator). `class_of` is missing for
    no data, 0 for zero, then 1 upwards. `is_complete` says where a register is complete and nothing contradicts it.

    `as_of` and `oldest_as_of` are the newest and the oldest day that a register of the view states, and
    `undated_sources` is how many of its registers state none.

    A view of the indicator `knowledge` has also the columns of `data.quality.areas.area_quality`, with
    `known_forms_count` over all forms of the group; `records` are its services with the columns of
    `data.quality.records.record_quality`, and `measured_on` is the day from which their ages are counted.
    """

    rows: pd.DataFrame
    view: View
    classes: Classes
    class_of: pd.Series
    services: gpd.GeoDataFrame
    people: PeopleOfGroup
    sources: tuple[SourceNote, ...]
    snapshot_id: str
    as_of: date | None
    is_invented: bool
    boundary_vintage: str
    records: gpd.GeoDataFrame | None = None
    measured_on: date | None = None
    accepted_differences: tuple[AcceptedDifference, ...] = ()
    oldest_as_of: date | None = None
    undated_sources: int = 0

    @property
    def is_people_unknown(self) -> bool:
        """Whether nobody knows the group's number of people at this level."""
        return self.people.persons.empty


def build_area_table(registry: Registry, view: View, *, today: date | None = None) -> AreaTable:
    """
    Compute the view's indicator for every area of its scope and level.

    Parameters
    ----------
    today
        The day from which the ages of records are counted, for the indicator `knowledge`; None for the day of the
        view, or of the clock when the view is of now.
    """
    measured_on = None
    if view.is_of_knowledge:
        measured_on = today or view.date or date.today()  # noqa: DTZ011 - whether a date is old is about the calendar here
    areas = registry.areas_of_level(view.level)
    if view.scope != COUNTRY:
        areas = areas[areas["voivodeship_code"] == view.scope]
    areas = areas.set_index("area_code")
    services = services_of_view(registry, view)
    known_voivodeships = claimed_voivodeships(registry.register_coverage, view.form)
    doubtful = contradicted_gminas(
        registry.services, registry.register_coverage, view.form, need_group=view.group
    )
    # A larger area with such a gmina has a part of which its register does not tell all.
    is_zero_doubtful = areas.index.isin({code[: CODE_DIGITS[view.level]] for code in doubtful})
    known_areas = areas["voivodeship_code"].isin(known_voivodeships) & ~is_zero_doubtful

    own_area = services["gmina_code"].str[: CODE_DIGITS[view.level]]
    in_scope = services.assign(area_code=own_area)[own_area.isin(areas.index)]
    supply = supply_by_area(in_scope, known_areas=known_areas, area_codes=areas.index)
    people = registry.people_of(view.group, view.level)
    rows = areas[["name", "powiat_name", "voivodeship_name"]].copy()
    rows["is_complete"] = known_areas.astype(bool)
    rows["demand_persons"] = people.persons.reindex(areas.index).astype("Float64")
    rows["facilities_count"] = supply["facilities_count"]
    rows["capacity_places"] = supply["capacity_places"]
    rows["places_per_1000"] = places_per_1000(supply["capacity_places"], rows["demand_persons"])
    coverage = _coverage(registry, view, services, known_areas)
    rows["coverage_share"] = coverage["coverage_share"]
    records = None
    if measured_on is not None:
        records = _records(registry, in_scope, measured_on)
        rows = rows.join(_knowledge(registry, view, areas, records, measured_on))
    rows["value"] = rows[view.indicator].astype("Float64").astype(float)
    rows["is_counts_lower_bound"] = supply["is_lower_bound"]
    is_share = view.indicator == "coverage_share"
    rows["is_lower_bound"] = coverage["is_lower_bound"] if is_share else supply["is_lower_bound"]
    if view.is_of_knowledge:
        rows["is_lower_bound"] = False

    # Facilities beyond the border count in a share of people in reach, and only there.
    used = services if is_share else in_scope
    days, undated = _days(registry, view, used)
    classes = KNOWLEDGE_CLASSES if view.is_of_knowledge else classify(rows["value"])
    return AreaTable(
        rows=rows,
        view=view,
        classes=classes,
        class_of=classes.assign(rows["value"]),
        services=in_scope,
        people=people,
        sources=_source_notes(registry, view, used),
        snapshot_id=snapshot_id(registry, view, measured_on),
        as_of=max(days, default=None),
        is_invented=registry.state.is_invented,
        boundary_vintage=str(registry.areas["boundary_vintage"].iloc[0]) if len(registry.areas) else "",
        records=records,
        measured_on=measured_on,
        accepted_differences=registry.accepted_differences,
        oldest_as_of=min(days, default=None),
        undated_sources=undated,
    )


def _records(registry: Registry, services: gpd.GeoDataFrame, on: date) -> gpd.GeoDataFrame:
    """Return services with their quality."""
    quality = record_quality(
        services, registry.sources, registry.register_coverage, on=on, service_areas=registry.service_areas
    )
    return services.join(quality)


def _knowledge(
    registry: Registry, view: View, areas: gpd.GeoDataFrame, records: gpd.GeoDataFrame, on: date
) -> pd.DataFrame:
    """Return how much is known of the view's form in each area, and of how many forms of its group."""
    coverage, forms = registry.register_coverage, forms_for_group(view.group)
    contradicted = {
        form: contradicted_gminas(registry.services, coverage, form, need_group=view.group) for form in forms
    }
    quality = area_quality(
        records,
        areas=areas,
        forms=(view.form,),
        register_coverage=coverage,
        contradicted=contradicted,
        on=on,
    )
    known = known_forms_count(areas, forms=forms, register_coverage=coverage, contradicted=contradicted)
    return quality.assign(known_forms_count=known)


def services_of_view(registry: Registry, view: View) -> gpd.GeoDataFrame:
    """Return the counted services of the view's form that are for its group, in the whole country."""
    services = registry.services
    is_wanted = (
        services["is_counted"] & (services["support_form"] == view.form) & is_for_group(services, view)
    )
    return services[is_wanted]


def is_for_group(services: gpd.GeoDataFrame, view: View) -> pd.Series:
    """Return whether each service is for the view's group."""
    return services["need_groups"].map(lambda groups: view.group in groups or "all" in groups).astype(bool)


def snapshot_id(registry: Registry, view: View, measured_on: date | None = None) -> str:
    """
    Return 12 hexadecimal digits that change with the registry and with what the view computes, not with words.

    How much is known changes with the calendar, too: `measured_on` is the day it was told for.
    """
    parameters: tuple[object, ...] = (
        view.scope,
        view.level,
        view.group,
        view.form,
        view.indicator,
        view.distance_km,
    )
    if measured_on is not None:
        parameters += (measured_on,)
    text = "|".join([registry.state.fingerprint, str(registry.state.as_of), *map(str, parameters)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _coverage(
    registry: Registry, view: View, services: gpd.GeoDataFrame, known_areas: pd.Series
) -> pd.DataFrame:
    """Return share of the group's people within the distance; missing where their places are not known."""
    unknown = pd.DataFrame(
        {"coverage_share": pd.array([pd.NA] * len(known_areas), dtype="Float64"), "is_lower_bound": False},
        index=known_areas.index,
    )
    if view.group != "older" or registry.population.empty:
        return unknown
    distance_m = view.distance_km * 1000.0
    demand = registry.older_demand_points
    if view.scope != COUNTRY:
        demand = demand[demand["gmina_code"].str.startswith(view.scope)]
    located = to_metric(services[services.geometry.notna()])
    covered = covered_persons(demand, located, max_distance_m=distance_m)
    served_codes = registry.service_areas.loc[
        registry.service_areas["service_id"].isin(services["service_id"]), "area_code"
    ]
    is_served = demand["gmina_code"].str.startswith(tuple(served_codes))
    covered = covered.where(~is_served, demand["demand_persons"])

    by_area = demand["gmina_code"].str[: CODE_DIGITS[view.level]]
    share = share_by_area(covered, demand["demand_persons"], by_area)
    honest = honest_share(share.reindex(known_areas.index), known_areas=known_areas)
    # Beyond the border of a complete register there may be facilities that nobody listed: there a share is at
    # least what it is, and none at all is no data.
    voivodeships = registry.areas_of_level("voivodeship")
    unlisted = voivodeships[
        ~voivodeships["area_code"].isin(claimed_voivodeships(registry.register_coverage, view.form))
    ]
    if known_areas.any() and len(unlisted):
        is_open = (covered < demand["demand_persons"]) & near_areas(
            demand, to_metric(unlisted), max_distance_m=distance_m
        )
        open_areas = is_open.groupby(by_area).any().reindex(known_areas.index, fill_value=False)
        is_none = honest["coverage_share"] == 0
        honest["coverage_share"] = honest["coverage_share"].mask(open_areas & is_none)
        honest["is_lower_bound"] |= open_areas & ~is_none
    return honest


def _source_notes(registry: Registry, view: View, services: gpd.GeoDataFrame) -> tuple[SourceNote, ...]:
    """Return the sources that the view's figures rest on: boundaries, people, and the registers of its form."""
    sources = registry.sources
    kinds = {"boundaries", "population" if view.group == "older" else "people_counts"}
    if view.indicator == "coverage_share":
        kinds.add("localities")
    registers = _registers(registry, view, services)
    if view.is_of_knowledge:
        # Nobody is counted; the registers of the group's other forms say how many of them are known.
        kinds = {"boundaries"}
        registers |= {
            code for form in forms_for_group(view.group) for code in _claimants(registry, form, view.scope)
        }
    used = sources[sources["kind"].isin(kinds) | sources["source_code"].isin(registers)]
    return tuple(
        SourceNote(
            code=row.source_code,
            name=row.name,
            publisher=row.publisher,
            licence=row.licence,
            attribution=row.attribution,
            as_of=None if pd.isna(row.as_of) else row.as_of,
            url=row.url,
        )
        for row in used.itertuples(index=False)
    )


def _registers(registry: Registry, view: View, services: gpd.GeoDataFrame) -> set[str]:
    """Return the sources of the services, and the complete registers that say where there are none."""
    return set(services["source_code"]) | _claimants(registry, view.form, view.scope)


def _claimants(registry: Registry, form: str, scope: str) -> set[str]:
    """Return the sources that claim to list a form completely somewhere in the scope."""
    coverage = registry.register_coverage
    is_asked = coverage["support_form"] == form
    if scope != COUNTRY:
        is_asked &= coverage["voivodeship_code"] == scope
    return set(coverage.loc[is_asked, "source_code"])


def _days(registry: Registry, view: View, services: gpd.GeoDataFrame) -> tuple[list[date], int]:
    """Return the days that the registers of the view speak of, and how many of them state none."""
    sources = registry.sources
    stated = sources.loc[sources["source_code"].isin(_registers(registry, view, services)), "as_of"]
    return stated.dropna().tolist(), int(stated.isna().sum())


def unit_of(form: str) -> str:
    """Return what the capacity of a form is counted in, as the vocabulary says; `places` when it does not."""
    return support_forms()[form].capacity_unit or "places"
