"""Placing facilities: a point with its grade, the gmina it lies in, and what disagrees."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import Point

from data.names import fold
from data.world import AreaIndex, Gazetteer, NamedPlace
from geo.crs import GEOGRAPHIC
from geo.joins import points_in_areas


@dataclass(frozen=True)
class StatedArea:
    """
    Where a row says that it is.

    `gmina_codes` has several gminas when the row gives a name that a town and the gmina round it share; none
    when the row states no gmina that we know.
    """

    gmina_codes: frozenset[str]
    powiat_code: str | None
    voivodeship_code: str
    problems: tuple[tuple[str, dict[str, Any]], ...] = ()

    @property
    def gmina_code(self) -> str | None:
        """The one gmina, when there is just one."""
        return next(iter(self.gmina_codes)) if len(self.gmina_codes) == 1 else None

    @property
    def narrowest(self) -> str:
        """The smallest area that is sure."""
        return self.gmina_code or self.powiat_code or self.voivodeship_code


@dataclass
class Placed:
    """A facility's place. `problems` are (kind, facts) for work items."""

    stated: StatedArea
    gmina_code: str | None = None
    point: Point | None = None
    grade: str = "none"
    problems: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def place_facilities(
    facilities: pd.DataFrame, areas: AreaIndex, gazetteer: Gazetteer
) -> dict[Hashable, Placed]:
    """
    Place every facility.

    A coordinate of the file is kept, with its grade, when it lies in the stated powiat and voivodeship. Else
    the locality is looked up by name in the stated gmina, then in its powiat (in the voivodeship when no
    powiat is stated); the town of the post is the second try and gets the grade `postal_code`. When neither
    tells one place, the gmina's label point stands for it with the grade `gmina`. A facility without a door
    gets no point.

    Parameters
    ----------
    facilities
        One row per facility: `has_door` and the address columns of a staged register.

    Returns
    -------
    placed
        By the index of `facilities`.
    """
    points = _file_points(facilities, areas)
    return {
        index: _place(row, points.get(index), areas, gazetteer)
        for index, row in zip(facilities.index, facilities.to_dict("records"), strict=True)
    }


def stated_area(row: dict[Any, Any], areas: AreaIndex) -> StatedArea:
    """Read what a row states of its gmina, powiat and voivodeship; codes go before names."""
    voivodeship = row["voivodeship_code"]
    problems: list[tuple[str, dict[str, Any]]] = []
    powiat = None
    powiat_name = _text(row["stated_powiat_name"])
    if powiat_name:
        powiat = areas.powiat(powiat_name, voivodeship_code=voivodeship, is_city=_flag(row["is_city_powiat"]))
        if powiat is None:
            problems.append(("powiat_unknown", {"stated_powiat": powiat_name, "voivodeship": voivodeship}))
    gminas: frozenset[str] = frozenset()
    code = _text(row["stated_gmina_code"])
    if code:
        found = areas.area_of_code.get(code)
        if found is None:
            problems.append(("gmina_code_unknown", {"stated_code": code}))
        else:
            gminas = frozenset({found})
            powiat = found[:4]
            if found != code:
                problems.append(
                    ("gmina_younger_than_boundaries", {"stated_code": code, "parent_code": found})
                )
    name = _text(row["stated_gmina_name"])
    if not gminas and name:
        gminas = areas.gminas_named(name, within=powiat or voivodeship)
        if not gminas:
            problems.append(("gmina_name_unknown", {"stated_gmina": name, "stated_powiat": powiat_name}))
    if not gminas and powiat is not None and len(whole := areas.gminas_within(powiat)) == 1:
        gminas = whole  # a city with powiat rights is its only gmina
    if len(gminas) == 1 and powiat is None:
        powiat = next(iter(gminas))[:4]
    return StatedArea(gminas, powiat, voivodeship, tuple(problems))


def _file_points(facilities: pd.DataFrame, areas: AreaIndex) -> dict[Hashable, tuple[Point, str | None]]:
    """Return the file's own points with the gmina each lies in (None outside Poland)."""
    has_point = facilities["latitude"].notna() & facilities["longitude"].notna()
    own = facilities[has_point]
    if own.empty:
        return {}
    points = gpd.GeoSeries.from_xy(
        own["longitude"].astype(float), own["latitude"].astype(float), index=own.index, crs=GEOGRAPHIC
    )
    joined = points_in_areas(gpd.GeoDataFrame(geometry=points), areas.gminas).area_code
    return {
        index: (point, None if pd.isna(code) else str(code))
        for index, point, code in zip(points.index, points, joined.reindex(points.index), strict=True)
    }


def _place(
    row: dict[Any, Any], own: tuple[Point, str | None] | None, areas: AreaIndex, gazetteer: Gazetteer
) -> Placed:
    stated = stated_area(row, areas)
    placed = Placed(stated, problems=list(stated.problems))
    _locate(placed, row, own, gazetteer)
    if not row["has_door"]:
        # The locality only tells which of two gminas of one name is meant; a point would be invented.
        if stated.gmina_code is not None or placed.gmina_code not in stated.gmina_codes:
            placed.gmina_code = stated.gmina_code
        placed.point, placed.grade = None, "none"
        placed.problems = [problem for problem in placed.problems if problem in stated.problems]
        return placed
    if placed.point is None and stated.gmina_code is not None:
        placed.gmina_code = stated.gmina_code
        placed.point, placed.grade = areas.label_points[stated.gmina_code], "gmina"
    elif placed.point is None and not any(kind == "locality_ambiguous" for kind, _ in placed.problems):
        # One work item says it all: of namesakes a person chooses one, else the place has to be found.
        placed.problems = [problem for problem in placed.problems if problem[0] != "locality_unknown"]
        placed.problems.append(("not_located", _address_facts(row)))
    _compare(placed, row, areas)
    return placed


def _locate(
    placed: Placed, row: dict[Any, Any], own: tuple[Point, str | None] | None, gazetteer: Gazetteer
) -> None:
    """Set point, grade and gmina from the file's coordinate or the gazetteer, if either tells one place."""
    if own is not None:
        point, gmina_code = own
        if gmina_code is not None and gmina_code.startswith(
            placed.stated.powiat_code or placed.stated.voivodeship_code
        ):
            placed.point, placed.gmina_code = point, gmina_code
            stated_grade = _text(row["file_place_grade"])
            placed.grade = "locality" if stated_grade is None or stated_grade == "none" else stated_grade
            return
        facts = {"latitude": point.y, "longitude": point.x, "gmina_of_point": gmina_code}
        placed.problems.append(("coordinate_disagrees", facts | _address_facts(row)))
    for grade, column in (("locality", "locality_name"), ("postal_code", "post_town")):
        name = _text(row[column])
        if not name:
            continue
        found = _look_up(name, placed.stated, gazetteer, near=_text(row["post_town"]))
        if len(found) == 1:
            placed.point, placed.gmina_code, placed.grade = found[0].point, found[0].gmina_code, grade
            return
        if len(found) > 1:
            facts = _address_facts(row) | {"gminas": sorted({place.gmina_code for place in found})}
            placed.problems.append(("locality_ambiguous", facts))
            return
        if column == "locality_name":
            placed.problems.append(("locality_unknown", _address_facts(row)))


def _look_up(name: str, stated: StatedArea, gazetteer: Gazetteer, *, near: str | None) -> list[NamedPlace]:
    """Look a name up in the stated gmina, then round it; of namesakes take the one of the post town."""
    scopes: list[list[str]] = [sorted(stated.gmina_codes)] if stated.gmina_codes else []
    scopes.append([stated.powiat_code or stated.voivodeship_code])
    for scope in scopes:
        found = gazetteer.named(name, within=scope)
        if len(found) > 1 and near and fold(near) != fold(name):
            post_gminas = {place.gmina_code for place in gazetteer.named(near, within=scope)}
            found = [place for place in found if place.gmina_code in post_gminas] or found
        if found:
            return found
    return []


def _compare(placed: Placed, row: dict[Any, Any], areas: AreaIndex) -> None:
    stated = placed.stated.gmina_codes
    if placed.gmina_code is None or not stated or placed.gmina_code in stated:
        return
    facts = {
        "stated_gmina": _text(row["stated_gmina_name"]),
        "stated_codes": sorted(stated),
        "gmina_of_point": placed.gmina_code,
        "gmina_of_point_name": areas.name_of[placed.gmina_code],
    }
    placed.problems.append(("gmina_disagrees", facts | _address_facts(row)))


def _address_facts(row: dict[Any, Any]) -> dict[str, Any]:
    """Return what helps a person to find the place; no names or numbers of people."""
    columns = ("locality_name", "post_town", "stated_gmina_name", "stated_powiat_name", "voivodeship_code")
    return {column: text for column in columns if (text := _text(row[column]))}


def _text(value: Any) -> str | None:
    return None if value is None or pd.isna(value) or value == "" else str(value)


def _flag(value: Any) -> bool | None:
    return None if value is None or pd.isna(value) else bool(value)
