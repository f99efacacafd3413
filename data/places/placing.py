"""Placing facilities: a point with its grade, the gmina it lies in, and what disagrees."""

from collections.abc import Hashable
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import Point

from data.places.address_index import DOOR_RADIUS_M, AddressIndex
from data.places.counter_evidence import CounterEvidence
from data.places.door import find_doors
from data.places.geocoding import AddressFinder
from data.places.namesakes import Namesakes
from data.places.near_border import BEYOND_BORDER_M, BORDER_M, believed_gmina
from data.places.offline_doors import find_offline
from data.places.place_radius import add_known_radius, bound_by_gminas
from data.places.placed import AddressRow, Placed, address_facts
from data.places.postal_places import PostalPlaces
from data.places.stated_area import Problem, StatedArea, gmina_operator, stated_area, text_of
from data.places.world import AreaIndex, Gazetteer
from data.store.grades import coarseness
from data.store.query_frames import plain_rows
from geo.crs import GEOGRAPHIC

_TELLS_OF_PLACE = frozenset({"gmina_disagrees", "coordinate_disagrees"})
"""One work item a place: that the locality is not known either says nothing new."""
_OwnPoint = tuple[Point, str | None]
"""The point that a file gives, and the gmina in which it lies (None outside Poland)."""


def place_facilities(
    facilities: pd.DataFrame,
    areas: AreaIndex,
    gazetteer: Gazetteer,
    *,
    postcodes: PostalPlaces | None = None,
    addresses: AddressIndex | None = None,
    finder: AddressFinder | None = None,
    day: date | None = None,
) -> dict[Hashable, Placed]:
    """
    Place every facility; docs/geocoding.md tells the order and the reasons.

    A coordinate of the file is kept, with its grade, when it lies in the stated powiat and voivodeship and the
    words do not tell a better place. Else the locality is looked up by name in the stated gmina, then in its
    powiat (in the voivodeship when no powiat is stated); the post town and the postal code are the second try and
    get the grade `postal_code`. When nothing tells one place, the gmina's label point stands for it with the
    grade `gmina`. A facility without a door gets no point. A point within `data.places.near_border.BORDER_M` of the
    stated gmina counts as in it, a door of a row with its code within `BEYOND_BORDER_M`.

    Parameters
    ----------
    facilities
        One row per facility: `has_door` and the address columns of a staged register. Where `is_public` is
        missing or not true nobody is asked for the address.
    postcodes
        Helps to choose among namesakes and to place what has no locality; None does without.
    addresses
        Knows doors and streets without asking anybody; they take the place of what is coarser, in the same gmina. None
        does without.
    finder
        Asked for the door of every public facility whose grade is coarser; None asks nobody.
    day
        The day of the list: what its codes and names mean is of that day. None where it is not told.

    Returns
    -------
    placed
        By the index of `facilities`.
    """
    rows: list[AddressRow] = [*plain_rows(facilities)]
    own = _own_points(rows, areas)
    placer = _Placer(areas, gazetteer, postcodes, day)
    placed = [placer.place(row, point) for row, point in zip(rows, own, strict=True)]
    add_known_radius(placed, rows, gazetteer)
    if addresses is not None:
        find_offline(placed, rows, areas, addresses)
    if finder is not None:
        find_doors(placed, rows, areas, finder)
    bound_by_gminas(placed, areas)
    return dict(zip(facilities.index, placed, strict=True))


def _own_points(rows: list[AddressRow], areas: AreaIndex) -> list[_OwnPoint | None]:
    """Return the file's own points with the gmina each lies in."""
    located = [
        position
        for position, row in enumerate(rows)
        if row["latitude"] is not None and row["longitude"] is not None
    ]
    points: list[_OwnPoint | None] = [None] * len(rows)
    if located:
        longitudes, latitudes = (
            [float(rows[position][column]) for position in located] for column in ("longitude", "latitude")
        )
        own = list(gpd.GeoSeries.from_xy(longitudes, latitudes, crs=GEOGRAPHIC))
        for position, point, gmina_code in zip(located, own, areas.gminas_of(own), strict=True):
            points[position] = (point, gmina_code)
    return points


class _Placer:
    """Places one row after another; what rows state of their area is read once for all that state the same."""

    def __init__(
        self, areas: AreaIndex, gazetteer: Gazetteer, postcodes: PostalPlaces | None, day: date | None
    ) -> None:
        self._day = day
        self._areas = areas
        self._gazetteer = gazetteer
        self._postcodes = postcodes
        self._namesakes = Namesakes(gazetteer, postcodes)
        self._against = CounterEvidence(areas, postcodes)
        self._stated: dict[tuple[Any, ...], StatedArea] = {}

    def place(self, row: AddressRow, own: _OwnPoint | None) -> Placed:
        stated = self._stated_area(row)
        placed = Placed(stated, problems=list(stated.problems), gmina_of_words=stated.gmina_code)
        if own is not None:
            placed.gmina_of_point = own[1]
        if own is None or not self._keep_own(placed, row, own):
            self._look_up(placed, row)
        if not row["has_door"]:
            _take_point_away(placed)
            return placed
        # Of a gmina that was divided later, the part that kept its code: nothing says that it is another.
        whole = stated.gmina_code or stated.divided_code
        if placed.point is None and whole is not None:
            placed.gmina_code = whole
            placed.point, placed.grade = self._areas.label_points[whole], "gmina"
        elif placed.point is None and not any(kind == "locality_ambiguous" for kind, _ in placed.problems):
            # One work item says it all: of namesakes a person chooses one, else the place has to be found.
            placed.problems = [problem for problem in placed.problems if problem[0] != "locality_unknown"]
            placed.problems.append(("not_located", address_facts(row, stated)))
        if placed.point is not None:
            is_coded_door = placed.grade == "door" and text_of(row["stated_gmina_code"]) is not None
            limit_m = BEYOND_BORDER_M if is_coded_door else BORDER_M
            placed.gmina_code = believed_gmina(
                placed.point, placed.gmina_code, stated, self._areas, limit_m=limit_m
            )
        if stated.divided_code is not None and stated.has(placed.gmina_code):
            placed.gmina_of_words = placed.gmina_code
        if placed.gmina_code is not None and stated.gmina_codes and not stated.has(placed.gmina_code):
            placed.problems.append(self._against.disagreement(row, stated, placed.gmina_code))
        return placed

    def _stated_area(self, row: AddressRow) -> StatedArea:
        # Operators and localities are many; they matter only where they may decide.
        locality = row["locality_name"] if row["stated_gmina_code"] and row["stated_gmina_name"] else None
        key = (
            row["voivodeship_code"],
            row["stated_powiat_name"],
            row["is_city_powiat"],
            row["stated_gmina_code"],
            row["stated_gmina_name"],
            gmina_operator(row),
            locality,
        )
        if key not in self._stated:
            self._stated[key] = stated_area(row, self._areas, self._gazetteer, day=self._day)
        return self._stated[key]

    def _keep_own(self, placed: Placed, row: AddressRow, own: _OwnPoint) -> bool:
        """Set the file's coordinate unless it is contradicted, or coarser than what the words tell."""
        (point, lies_in), stated = own, placed.stated
        gmina_code = believed_gmina(point, lies_in, stated, self._areas)
        if gmina_code is None or not gmina_code.startswith(stated.powiat_code or stated.voivodeship_code):
            placed.problems.append(_coordinate_disagrees(row, stated, own))
            return False
        grade = text_of(row["file_place_grade"])
        grade = "locality" if grade is None or grade == "none" else grade
        if coarseness(grade) >= coarseness("locality"):
            is_inside = stated.has(gmina_code)
            if not is_inside or grade == "gmina":
                by_words = self._namesakes.in_stated_gmina(row, stated)
                if by_words is not None:
                    placed.put(by_words, "locality")
                    if not is_inside:
                        placed.problems.append(_coordinate_disagrees(row, stated, own))
                    return True
            if not is_inside and grade == "gmina" and stated.gmina_codes:
                # The label point of the stated gmina says as much, and in the right gmina.
                placed.problems.append(_coordinate_disagrees(row, stated, own))
                return False
            if not is_inside and self._against.is_refuted(row, stated, gmina_code, point):
                placed.problems.append(self._against.disagreement(row, stated, gmina_code))
                return False
        placed.point, placed.gmina_code, placed.grade = point, gmina_code, grade
        radius_m = row.get("file_place_radius_m")
        if radius_m is not None and not pd.isna(radius_m):
            # Of a short street nobody knows the place better than a door.
            placed.radius_m = max(DOOR_RADIUS_M, int(radius_m))
        return True

    def _look_up(self, placed: Placed, row: AddressRow) -> None:
        """Set point, grade and gmina from locality, post town or postal code, if one of them tells one place."""
        stated = placed.stated
        name = text_of(row["locality_name"])
        if name and not self._gazetteer.is_empty:
            found = self._namesakes.of_row(row, stated)
            if len(found) > 1:
                facts = address_facts(row, stated) | {"gminas": sorted({place.gmina_code for place in found})}
                placed.problems.append(("locality_ambiguous", facts))
                return
            if found and self._against.is_meant(row, stated, found[0]):
                placed.put(found[0], "locality")
                return
            is_told = any(kind in _TELLS_OF_PLACE for kind, _ in placed.problems)
            if (
                not is_told
                and found
                and self._against.is_refuted(row, stated, found[0].gmina_code, found[0].point)
            ):
                placed.problems.append(self._against.disagreement(row, stated, found[0].gmina_code))
            elif not is_told:
                placed.problems.append(("locality_unknown", address_facts(row, stated)))
        scope = sorted(stated.gmina_codes) or [stated.powiat_code or stated.voivodeship_code]
        town = text_of(row["post_town"])
        towns = self._gazetteer.named(town, within=scope) if town else []
        if len(towns) == 1:
            placed.put(towns[0], "postal_code")
        elif self._postcodes is not None and (stated.gmina_codes or stated.powiat_code):
            post = self._postcodes.place_within(text_of(row["postal_code"]), within=scope)
            if post is not None:
                placed.put(post, "postal_code")
        if self._gazetteer.is_empty and placed.point is None and name and stated.powiat_code:
            self._put_in_gmina_of_name(placed, name, stated.powiat_code)

    def _put_in_gmina_of_name(self, placed: Placed, name: str, powiat_code: str) -> None:
        """Without any gazetteer, take a locality named as one gmina of the powiat for its seat, known no finer."""
        named = self._areas.gminas_named(name, within=powiat_code)
        if not placed.stated.gmina_codes and len(named) == 1:
            (code,) = named
            placed.gmina_code, placed.point, placed.grade = code, self._areas.label_points[code], "gmina"


def _take_point_away(placed: Placed) -> None:
    """Leave a facility without a door its gmina only: a point would be invented."""
    stated = placed.stated
    # The locality only tells which of two gminas of one name is meant.
    if stated.gmina_code is not None or placed.gmina_code not in stated.gmina_codes:
        placed.gmina_code = stated.gmina_code
    placed.point, placed.grade = None, "none"
    placed.problems = [
        problem
        for problem in placed.problems
        if problem in stated.problems or problem[0] == "locality_unknown"
    ]


def _coordinate_disagrees(row: AddressRow, stated: StatedArea, own: _OwnPoint) -> Problem:
    point, gmina_code = own
    facts = {"latitude": point.y, "longitude": point.x, "gmina_of_point": gmina_code}
    return "coordinate_disagrees", facts | address_facts(row, stated)
