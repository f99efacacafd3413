"""The people of one area: of the group now, by age, and as a share of all residents."""

from dataclasses import dataclass

import pandas as pd

from data.people.people import GroupPeople
from layers.answers.measures.world import World
from layers.view.offered import AGES
from layers.view.view import View
from layers.words.area_facts.figure import Figure, TableOf


@dataclass(frozen=True)
class AgeBand:
    """People of an age and older; `figure` is the column `demand_persons` of the view with that age."""

    age_from: int
    figure: Figure


@dataclass(frozen=True)
class PeopleFacts:
    """
    The people of an area.

    Attributes
    ----------
    now
        People of the group today.
    bands
        Of older people, one for each age that can be asked for; empty for other groups.
    residents_persons
        All residents, missing (NaN) where those of any gmina are unknown.
    share
        People of the group of today in all residents, 0 to 1; missing where either is, or the two are not of one day.
    """

    now: Figure
    bands: tuple[AgeBand, ...]
    residents_persons: float
    share: float

    @property
    def counts_by_age(self) -> list[tuple[int, GroupPeople]]:
        """Each age of `bands` with the count that its figure is of."""
        return [(band.age_from, band.figure.table.people) for band in self.bands]


def people_facts(world: World, counted: View, code: str, table_of: TableOf) -> PeopleFacts:
    """
    Return the people of an area.

    Parameters
    ----------
    counted
        A view of them as they are counted now.
    """

    def persons(view: View) -> Figure:
        return Figure(table_of(view), code, "demand_persons")

    now = persons(counted)
    ages = AGES if counted.group == "older" else ()
    bands = tuple(AgeBand(age, persons(counted.with_changes(age_from=age))) for age in ages)
    residents = residents_of(_residents_beside(world, counted), world.gminas.index, code)
    return PeopleFacts(now, bands, residents, share_of_residents(now.value, residents))


def _residents_beside(world: World, counted: View) -> pd.Series:
    """Return all residents of gminas: of the year of older people, else as last counted."""
    if counted.group != "older":
        return world.registry.residents
    bands = world.year_of_residents(counted.question.people).bands
    residents: pd.Series = bands.groupby("area_code")["persons"].sum()
    return residents


def residents_of(residents: pd.Series, gminas: pd.Index, code: str) -> float:
    """
    Return the residents of an area.

    Parameters
    ----------
    residents
        By gmina code, as `Registry.residents`.
    gminas
        Codes of all gminas, of which `code` is one or a beginning.
    code
        An area of any level.

    Returns
    -------
    residents_persons
        Missing (NaN) where those of a gmina are unknown or the area has no gmina.
    """
    inside = gminas[gminas.str.startswith(code)]
    known = residents.reindex(inside)
    return float(known.sum()) if len(known) and known.notna().all() else float("nan")


def share_of_residents(persons: float, residents_persons: float) -> float:
    """
    Return what part of residents belong to the group, 0 to 1.

    Missing where either is unknown, nobody lives there, or there would be more people of the group than residents:
    then the two figures are not of the same people.
    """
    if not residents_persons > 0 or not persons <= residents_persons:
        return float("nan")
    return persons / residents_persons
