"""
What the measures of one registry share: people as points, supply, reach. Each is computed once and kept.

Everything is computed for the whole country, also when a view shows one voivodeship: people and facilities
beyond its border take part, so that measures need no correction at the edge.
"""

import hashlib
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd

from data.people.people import GroupPeople, older_people, people_of_group
from data.people.residents import VARIANTS, YearOfResidents
from data.people.settlement import settlement_points
from data.quality.areas import claimed_voivodeships, doubts_of
from data.registry.registry import Registry
from data.store.origins import EVIDENCE
from geo.forecast import projected_people
from geo.reach import Reach
from geo.roads.network import RoadNetwork
from geo.teryt import Level
from layers.answers.measures.memory import Memory
from layers.answers.measures.old_rows import is_places_old, may_be_gone
from layers.answers.measures.point_gminas import PointGminas
from layers.answers.measures.profiles import is_for_group, is_for_others, is_profile_unknown
from layers.answers.measures.supply import Supply, reach_of, supply_of
from layers.view.question import Help, People, Question, Way

Kept = TypeVar("Kept")


class World:
    """
    The people, facilities and ways of one registry.

    Parameters
    ----------
    registry
        One state of the registry, or of a scenario made from it.
    network
        Roads, when the operator has given them, or what reads them when they are first needed.
    today
        The world before a scenario, when it is at hand.
    points_of
        The world of another day, whose areas and people are the same.
    """

    def __init__(
        self,
        registry: Registry,
        *,
        network: RoadNetwork | Callable[[], RoadNetwork | None] | None = None,
        today: "World | None" = None,
        points_of: "World | None" = None,
    ) -> None:
        self.registry, self._network = registry, network
        self._today, self._points_of = today, points_of or today
        self._memory = Memory()

    @cached_property
    def network(self) -> RoadNetwork | None:
        """Roads, when the operator has given them."""
        return self._network() if callable(self._network) else self._network

    def network_of(self, way: Way) -> RoadNetwork | None:
        """Return the roads that a way goes by; none for a straight line, and none are read for it."""
        return None if way.travel == "line" else self.network

    @cached_property
    def today(self) -> "World":
        """
        The world before a scenario; this one when it is none.

        What is known of lists, and what is usual in powiats, is not changed by what somebody plans.
        """
        before = self.registry.unchanged
        return self if before is None else self._today or World(before, network=self._network)

    @cached_property
    def roads_digest(self) -> str:
        """Digest of the road network, empty without one: two networks give two states."""
        if self.network is None:
            return ""
        parts = (self.network.start, self.network.end, self.network.car_min, self.network.foot_min)
        return hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()

    @cached_property
    def gminas(self) -> pd.DataFrame:
        """Gminas by their code."""
        gminas: pd.DataFrame = self.registry.areas_by_code("gmina")
        return gminas

    @cached_property
    def points(self) -> gpd.GeoDataFrame:
        """Where people live: `gmina_code`, `share` of all its people and `older_share` of older ones, EPSG:2180."""
        if self._points_of is not None:
            return self._points_of.points
        registry = self.registry
        return settlement_points(registry.areas_of_level("gmina"), registry.settlement, registry.residents)

    @cached_property
    def point_gminas(self) -> PointGminas:
        """The gminas of `points`."""
        return PointGminas.of_points(self.points) if self._points_of is None else self._points_of.point_gminas

    def people(self, people: People, level: Level) -> GroupPeople:
        """
        Return people of a group in their year, by area of a level.

        They are those of the whole country: who lives beyond the border of a scope shares its places. Only of people in
        the crisis of homelessness those of the scope, because its newest night decides the day. Of a year that is not
        known of gminas (`is_told_of_gminas`) they are those of now.
        """
        told = people if self.is_told_of_gminas(people) else people.now
        make = self._older if people.group == "older" else self._published
        return self.keep(("people", level, told), lambda: make(told, level))

    def is_told_of_gminas(self, people: People) -> bool:
        """Tell whether people of each gmina are known in the year, and not only those of some powiats."""
        return not people.year or people.year in self.registry.resident_years

    def year_of_residents(self, people: People) -> YearOfResidents:
        """Return the residents of gminas in the year of older people, or now where it is not told of gminas."""
        registry, told = self.registry, people if self.is_told_of_gminas(people) else people.now
        year = told.year or registry.year_of_now
        return self.keep(
            ("residents", year, people.age_from),
            lambda: registry.residents_of(year, age_from=people.age_from),
        )

    def _older(self, people: People, level: Level) -> GroupPeople:
        of_year = self.year_of_residents(people)
        return older_people(of_year, people.age_from, level=level, areas=self.registry.areas)

    def _published(self, people: People, level: Level) -> GroupPeople:
        registry = self.registry
        return people_of_group(
            people.group,
            level=level,
            areas=registry.areas,
            population=_one_band(registry),
            people_counts=registry.people_counts,
            scope=people.scope,
            is_estimated=people.is_estimate,
        )

    def variants(self, people: People) -> pd.DataFrame:
        """Return `low` and `high` of older people in a later year by area above gminas; empty where there are none."""
        if people.group != "older" or not people.year or not self.is_told_of_gminas(people):
            return pd.DataFrame(columns=VARIANTS, dtype=float)
        return self.keep(
            ("variants", people.year, people.age_from),
            lambda: self.registry.variants_of(people.year, age_from=people.age_from),
        )

    def gmina_people(self, people: People) -> pd.Series:
        """Return people of a group in each gmina in their year; missing where unknown."""
        told = self.people(people, "gmina").persons
        if self.is_told_of_gminas(people):
            return told
        return self.keep(
            ("projected", people), lambda: _projected(told, self.projections(people), people.year)
        )

    def projections(self, people: People) -> pd.DataFrame:
        """Return projections for `geo.forecast.projected_people`; there are none but of older people."""
        rows = self.registry.population_by_year
        is_asked = (
            (rows["age_from"] == people.age_from)
            & rows["age_to"].isna()
            & (rows["kind"] == "projected")
            & (rows["area_code"].str.len() == 4)
            & (people.group == "older")
        )
        return rows.loc[is_asked, ["area_code", "year", "persons"]].set_axis(
            ["powiat_code", "year", "projected_persons"], axis="columns"
        )

    def demand_persons(self, people: People) -> pd.Series:
        """
        Return the people at each point; missing where those of the gmina are unknown.

        In a future year the people of gminas without a projection are those of today. They are told nowhere, but they
        use the same facilities as people beyond their border: without them nothing near it could be said.
        """
        of_gmina = self.gmina_people(people)
        if people.year:
            of_gmina = of_gmina.fillna(self.people(people.now, "gmina").persons)
        return self._at_points("older_share" if people.group == "older" else "share", of_gmina)

    def residents_at_points(self) -> pd.Series:
        """Return all residents at each point, as last counted; missing where those of the gmina are."""
        return self._at_points("share", self.registry.residents)

    def _at_points(self, share: str, of_gmina: pd.Series) -> pd.Series:
        persons: pd.Series = self.points[share] * self.point_gminas.values(of_gmina)
        return persons

    def services(self, of: Help) -> gpd.GeoDataFrame:
        """
        Return the counted services of a form that are for a group, in the whole country.

        Beside the columns of the registry `is_for_others`, `is_profile_unknown`, `may_be_gone` and `is_places_old`.
        """
        return self.keep(("services", of), lambda: self._services(of)).copy(deep=False)

    def _services(self, of: Help) -> gpd.GeoDataFrame:
        services = self.registry.services
        of_form = services[services["is_counted"] & (services["support_form"] == of.form)]
        wanted = of_form[is_for_group(of_form, of.group)]
        return wanted.assign(
            is_for_others=is_for_others(wanted, of.group),
            is_profile_unknown=is_profile_unknown(wanted),
            may_be_gone=may_be_gone(wanted, self.registry),
            is_places_old=is_places_old(wanted, self.registry),
        )

    def services_for_others(self, of: Help) -> gpd.GeoDataFrame:
        """
        Return the counted services of a form that are not for a group, in the whole country: none of its numbers.

        With `is_apart`, whether their facility has no service for the group, and `may_be_gone`.
        """
        return self.keep(("for others", of), lambda: self._services_for_others(of)).copy(deep=False)

    def _services_for_others(self, of: Help) -> gpd.GeoDataFrame:
        services, ours = self.registry.services, self.services(of)
        of_form = services[services["is_counted"] & (services["support_form"] == of.form)]
        others = of_form[~is_for_group(of_form, of.group)]
        return others.assign(
            is_apart=~others["facility_id"].isin(ours["facility_id"]),
            may_be_gone=may_be_gone(others, self.registry),
        )

    def unconfirmed(self, of: Help) -> gpd.GeoDataFrame:
        """
        Return the services of a form for a group of which there is only evidence: counted nowhere.

        Where a complete register has the form in the same gmina, the evidence is of one of its facilities; where it has
        none there, the register outweighs it, and it is still told. One that is perhaps of another place that is told
        (`data.reading.doubtful_evidence`) is not.
        """
        return self.keep(("unconfirmed", of), lambda: self._unconfirmed(of)).copy(deep=False)

    def _unconfirmed(self, of: Help) -> gpd.GeoDataFrame:
        services, complete = self.registry.services, self.registry.register_coverage["source_code"]
        of_form = services[services["support_form"] == of.form]
        listed = of_form.loc[of_form["is_counted"], "gmina_code"].dropna()
        is_outweighed = (
            of_form["origin"].isin(EVIDENCE)
            & of_form["set_aside_by"].isin(complete)
            & (of_form["status"] == "active")
            & ~of_form["gmina_code"].isin(listed)
        )
        return of_form[(of_form["is_unconfirmed"] | is_outweighed) & is_for_group(of_form, of.group)]

    def supply(self, of: Help) -> Supply:
        """Return the facilities of a form for a group."""
        return self.keep(("supply", of), lambda: supply_of(self.registry, self.services(of)))

    def reach(self, question: Question) -> Reach:
        """Return which points reach which facilities; rows are those of `points` and of `supply`."""
        return self.keep(
            ("reach", question.help, question.way),
            lambda: reach_of(
                self.points,
                self.supply(question.help),
                question.way,
                network=self.network_of(question.way),
            ),
        )

    def known_gminas(self, of: Help) -> pd.Series:
        """Return for each gmina whether nothing listed there means that there is nothing."""
        return self.known_areas(of, "gmina")

    def known_areas(self, of: Help, level: Level) -> pd.Series:
        """
        Return for each area of a level whether nothing listed there means that there is nothing.

        A larger area may be known though none of its gminas is: a home stands in it, nobody knows where.
        """
        if self.today is not self:
            return self.today.known_areas(of, level)
        return self.keep(("known", level, of), lambda: self._known_areas(of, level))

    def _known_areas(self, of: Help, level: Level) -> pd.Series:
        coverage = self.registry.register_coverage
        doubts = doubts_of(self.registry.services, coverage, of.form, need_group=of.group)
        voivodeships = self.registry.areas_by_code(level)["voivodeship_code"]
        is_claimed = voivodeships.isin(claimed_voivodeships(coverage, of.form))
        known: pd.Series = is_claimed & ~doubts.of(voivodeships.index)
        return known

    def keep(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what was made for a key, made now if it was not."""
        return self._memory.keep(key, make)


def _one_band(registry: Registry) -> pd.DataFrame:
    """Return all residents as last counted, as one band of age."""
    residents = registry.residents
    return pd.DataFrame(
        {"area_code": residents.index, "persons": residents.to_numpy(), "counted_on": registry.residents_on}
    )


def _projected(now: pd.Series, projections: pd.DataFrame, year: int) -> pd.Series:
    """Return the people of a year; unknown everywhere when nobody projected it."""
    if not (projections["year"] == year).any():
        return pd.Series(np.nan, index=now.index, name="projected_persons")
    return projected_people(now, projections, year=year)
