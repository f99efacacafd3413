"""The services of a scenario while its changes are made to them."""

from collections.abc import Collection, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from shapely import Point
from shapely.geometry.base import BaseGeometry

from data.fields import CAPACITIES, VACANCIES
from data.places.near_border import BORDER_M
from data.scenarios.changes import Change
from geo.crs import to_metric

_PLACE = ("gmina_code", "gmina_name", "powiat_code", "voivodeship_code", "locality_name", "geometry")
_AT_THE_DOOR = ("street_address", "postal_code")
_OF_CAPACITY = (*CAPACITIES[1:], *(name for name in VACANCIES if not name.startswith("vacancies")))
"""Places by profile, free ones and the queue: of a changed number of places nobody knows them yet."""


class ChangedServices:
    """The services while changes are made to them, one after another."""

    number: int
    change: Change

    def __init__(
        self,
        services: gpd.GeoDataFrame,
        localities: gpd.GeoDataFrame,
        area_codes: Collection[str] | None,
        gminas: gpd.GeoDataFrame | None,
    ) -> None:
        self.services = services
        self.localities = localities
        self.area_codes = area_codes
        self.gminas = gminas
        self.problems: list[tuple[int, str, str, str]] = []

    def note(self, problem: str, subject: object) -> None:
        """Tell of a change that does not fit."""
        self.problems.append((self.number, self.change.kind, problem, str(subject)))

    def is_there(self, code: str) -> bool:
        """Tell whether there is such an area, as far as areas are checked."""
        return self.area_codes is None or code in self.area_codes

    def known(self) -> list[str]:
        """Return the areas of the change that there are; the others are problems."""
        codes = self.change.area_codes
        known = [code for code in codes if self.is_there(code)]
        for code in sorted(set(codes) - set(known)):
            self.note("area_gone", code)
        return known

    def place(self) -> dict[str, Any] | None:
        """Return the columns of the place that the change names; None, and a problem, when there is none."""
        change = self.change
        gmina = str(change.gmina_code)
        if change.longitude is not None and change.latitude is not None:
            if not self.is_there(gmina):
                # People would reach it all the same, and no area would count it.
                self.note("area_gone", gmina)
                return None
            point = Point(change.longitude, change.latitude)
            if (problem := self.elsewhere(point, gmina)) is not None:
                self.note(*problem)
                return None
            return self.seat([gmina]) | {"geometry": point}
        if change.locality_key not in self.localities.index:
            self.note("locality_gone", change.locality_key)
            return None
        locality = self.localities.loc[change.locality_key]
        if locality["gmina_code"] != gmina:
            # The keys are numbers of a list: another list may have another village under this one.
            self.note("locality_elsewhere", change.locality_key)
            return None
        spot: BaseGeometry = self.localities.geometry[change.locality_key]
        named = {"locality_name": locality["name"], "gmina_name": locality["gmina_name"]}
        return self.seat([gmina]) | named | {"geometry": spot}

    def elsewhere(self, point: Point, gmina_code: str) -> tuple[str, str] | None:
        """Return the problem of a point that lies in another gmina than stated, and the gmina that it is in."""
        if self.gminas is None:
            return None
        stated = self.gminas[self.gminas["area_code"] == gmina_code].geometry
        spot = to_metric(gpd.GeoSeries([point], crs=self.gminas.crs)).iloc[0]
        if (to_metric(stated).distance(spot) <= BORDER_M).any():
            return None
        codes = self.gminas["area_code"].to_numpy()[self.gminas.sindex.query(point, predicate="intersects")]
        # On a common border the one with the lowest code, as for all points (`geo.joins`).
        return ("point_elsewhere", min(codes)) if len(codes) else ("point_outside", gmina_code)

    def seat(self, area_codes: Sequence[str]) -> dict[str, Any]:
        """Return the columns of the smallest area that holds all of these; without a point."""
        gmina = _shared(area_codes, 6)
        names = self.localities.loc[self.localities["gmina_code"].eq(gmina or ""), "gmina_name"]
        return {
            "gmina_code": gmina,
            "gmina_name": names.iloc[0] if len(names) else None,
            "powiat_code": _shared(area_codes, 4),
            "voivodeship_code": _shared(area_codes, 2),
            "locality_name": None,
            "geometry": None,
        }

    def change_facility(self, form: str | None) -> bool:
        """Close, enlarge or move the facility of the change; tell whether that was done."""
        change, services = self.change, self.services
        is_here = services["facility_handle"].eq(change.facility).fillna(value=False).to_numpy(dtype=bool)
        if not is_here.any():
            self.note("facility_gone", change.facility)
            return False
        if form is not None:
            is_here = is_here & services["support_form"].eq(form).to_numpy(dtype=bool)
            if not is_here.any():
                self.note("form_gone", form)
                return False
        if "is_counted" in services.columns and not services.loc[is_here, "is_counted"].any():
            self.note("not_counted", change.facility)
        if change.kind == "close":
            self.services = services[~is_here]
        elif change.kind == "move":
            place = self.place()
            if place is None:
                return False
            self._move(is_here, place)
        else:
            return self._enlarge(is_here, int(change.places or 0))
        return True

    def _move(self, is_here: NDArray[np.bool_], place: dict[str, Any]) -> None:
        services = self.services
        has_point = is_here & services.geometry.notna().to_numpy()
        for name in _PLACE:
            if name in services.columns:
                # A service without a door at the facility (meals driven out of it) has no point before or after.
                services.loc[has_point if name == "geometry" else is_here, name] = place[name]
        for name in _AT_THE_DOOR:
            if name in services.columns:
                services.loc[is_here, name] = None
        if "place_grade" in services.columns:
            services.loc[has_point, "place_grade"] = "locality"
        if "place_radius_m" in services.columns:
            services.loc[has_point, "place_radius_m"] = pd.NA

    def _enlarge(self, is_here: NDArray[np.bool_], places: int) -> bool:
        services = self.services
        now = services.loc[is_here, "capacity_places"]
        if len(now) > 1 and (now.isna().any() or not now.sum() > 0):
            self.note("places_unknown", self.change.facility)
            return False
        shared = [places] if len(now) == 1 else share_whole(places, [int(one) for one in now])
        services.loc[is_here, "capacity_places"] = shared
        for name in _OF_CAPACITY:
            if name in services.columns:
                services.loc[is_here, name] = pd.NA
        return True


def _shared(area_codes: Sequence[str], digits: int) -> str | None:
    """Return the area of so many digits that holds all of these; None when there is none."""
    codes = {code[:digits] for code in area_codes}
    return next((code for code in codes if len(codes) == 1 and len(code) == digits), None)


def share_whole(total: int, weights: list[int]) -> list[int]:
    """
    Return whole numbers in proportion to the weights, of the given sum.

    Notes
    -----
    Largest remainders (Hare quota, method of Hamilton); of equal remainders the first goes first.
    """
    everything = sum(weights)
    shares = [total * weight // everything for weight in weights]
    remainders = [total * weight % everything for weight in weights]
    order = sorted(range(len(weights)), key=lambda position: -remainders[position])
    for position in order[: total - sum(shares)]:
        shares[position] += 1
    return shares
