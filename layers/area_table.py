"""
The numbers of one view: the table that the map, the picture and the spreadsheet are all drawn from.

Nothing on a planner's or coordinator's screen is computed anywhere else.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from data.registry import COUNTRY, PeopleOfGroup, Registry
from data.vocabulary import support_forms
from geo.breaks import Classes, classify
from geo.coverage import covered_persons, near_areas, share_by_area
from geo.crs import to_metric
from geo.supply import honest_share, places_per_1000, supply_by_area
from geo.teryt import CODE_DIGITS
from layers.state import View


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
    no data, 0 for zero, then 1 upwards.
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

    @property
    def is_people_unknown(self) -> bool:
        """Whether nobody knows the group's number of people at this level."""
        return self.people.persons.empty


def build_area_table(registry: Registry, view: View) -> AreaTable:
    """Compute the view's indicator for every area of its scope and level."""
    areas = registry.areas_of_level(view.level)
    if view.scope != COUNTRY:
        areas = areas[areas["voivodeship_code"] == view.scope]
    areas = areas.set_index("area_code")
    services = services_of_view(registry, view)
    known_voivodeships = _known_voivodeships(registry, view.form)
    is_zero_doubtful = areas.index.isin(_doubtful_gminas(registry, view))
    known_areas = areas["voivodeship_code"].isin(known_voivodeships) & ~is_zero_doubtful

    own_area = services["gmina_code"].str[: CODE_DIGITS[view.level]]
    in_scope = services.assign(area_code=own_area)[own_area.isin(areas.index)]
    supply = supply_by_area(in_scope, known_areas=known_areas, area_codes=areas.index)
    people = registry.people_of(view.group, view.level)
    rows = areas[["name", "powiat_name", "voivodeship_name"]].copy()
    rows["demand_persons"] = people.persons.reindex(areas.index).astype("Float64")
    rows["facilities_count"] = supply["facilities_count"]
    rows["capacity_places"] = supply["capacity_places"]
    rows["places_per_1000"] = places_per_1000(supply["capacity_places"], rows["demand_persons"])
    coverage = _coverage(registry, view, services, known_areas)
    rows["coverage_share"] = coverage["coverage_share"]
    rows["value"] = rows[view.indicator].astype("Float64").astype(float)
    rows["is_counts_lower_bound"] = supply["is_lower_bound"]
    is_share = view.indicator == "coverage_share"
    rows["is_lower_bound"] = coverage["is_lower_bound"] if is_share else supply["is_lower_bound"]

    # Facilities beyond the border count in a share of people in reach, and only there.
    used = services if is_share else in_scope
    classes = classify(rows["value"])
    return AreaTable(
        rows=rows,
        view=view,
        classes=classes,
        class_of=classes.assign(rows["value"]),
        services=in_scope,
        people=people,
        sources=_source_notes(registry, view, used),
        snapshot_id=snapshot_id(registry, view),
        as_of=_as_of(registry, view, used),
        is_invented=registry.state.is_invented,
        boundary_vintage=str(registry.areas["boundary_vintage"].iloc[0]) if len(registry.areas) else "",
    )


def _doubtful_gminas(registry: Registry, view: View) -> set[str]:
    """
    Return gminas where nothing in the complete register does not prove that there is nothing.

    The register itself names a branch there, or another list names a working facility of the form there. A gmina
    with a facility of the form in the register is sure, also when that one is for another group: lists rarely
    state the profile.
    """
    coverage, services = registry.register_coverage, registry.services
    is_form = services["support_form"] == view.form
    branches = coverage.loc[coverage["support_form"] == view.form, "except_area_codes"]
    is_aside = (
        is_form
        & services["set_aside_by"].notna()
        & (services["status"] == "active")
        & _is_for_group(services, view)
    )
    named = {code for codes in branches for code in codes} | set(
        services.loc[is_aside, "gmina_code"].dropna()
    )
    return named - set(services.loc[is_form & services["is_counted"], "gmina_code"].dropna())


def services_of_view(registry: Registry, view: View) -> gpd.GeoDataFrame:
    """Return the counted services of the view's form that are for its group, in the whole country."""
    services = registry.services
    is_wanted = (
        services["is_counted"] & (services["support_form"] == view.form) & _is_for_group(services, view)
    )
    return services[is_wanted]


def _is_for_group(services: gpd.GeoDataFrame, view: View) -> pd.Series:
    return services["need_groups"].map(lambda groups: view.group in groups or "all" in groups).astype(bool)


def snapshot_id(registry: Registry, view: View) -> str:
    """Return 12 hexadecimal digits that change with the registry and with what the view computes, not with words."""
    parameters = (view.scope, view.level, view.group, view.form, view.indicator, view.distance_km)
    text = "|".join([registry.state.fingerprint, str(registry.state.as_of), *map(str, parameters)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _known_voivodeships(registry: Registry, form: str) -> set[str]:
    coverage = registry.register_coverage
    return set(coverage.loc[coverage["support_form"] == form, "voivodeship_code"])


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
    unlisted = voivodeships[~voivodeships["area_code"].isin(_known_voivodeships(registry, view.form))]
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
    coverage = registry.register_coverage
    is_asked = coverage["support_form"] == view.form
    if view.scope != COUNTRY:
        is_asked &= coverage["voivodeship_code"] == view.scope
    return set(services["source_code"]) | set(coverage.loc[is_asked, "source_code"])


def _as_of(registry: Registry, view: View, services: gpd.GeoDataFrame) -> date | None:
    """Return the newest day that a register of the view speaks of; None when none of them states one day."""
    sources = registry.sources
    days = sources.loc[sources["source_code"].isin(_registers(registry, view, services)), "as_of"].dropna()
    return max(days) if len(days) else None


def unit_of(form: str) -> str:
    """Return what the capacity of a form is counted in, as the vocabulary says; `places` when it does not."""
    return support_forms()[form].capacity_unit or "places"
