"""What speaks against a place of the right name outside the gmina that a list states."""

import geopandas as gpd
from shapely import Point

from data.places.likely_fix import NEIGHBOURHOOD_M
from data.places.place_conflict import metric_shapes
from data.places.placed import AddressRow, address_facts
from data.places.postal_places import PostalPlaces
from data.places.stated_area import Problem, StatedArea, text_of
from data.places.world import AreaIndex, NamedPlace
from data.store.names import fold
from geo.crs import GEOGRAPHIC, to_metric

_POWIAT_DIGITS = 4


class CounterEvidence:
    """The postal code of a row, and its code and name of the gmina, as witnesses against a place."""

    def __init__(self, areas: AreaIndex, postcodes: PostalPlaces | None) -> None:
        self._areas = areas
        self._postcodes = postcodes

    def is_meant(self, row: AddressRow, stated: StatedArea, place: NamedPlace) -> bool:
        """
        Tell whether the one place of a name is that of the row.

        Inside the stated gmina it is. Outside, "Gmina Grybów, Grybów 431" does not mean the town in the middle
        of the gmina, and a postal code of the stated gmina speaks against a village elsewhere, as do code and name.
        """
        if not stated.gmina_codes or place.gmina_code in stated.gmina_codes:
            return True
        gmina = stated.gmina_code
        is_town_inside = gmina is not None and fold(place.name) == fold(self._areas.name_of[gmina])
        return not is_town_inside and not self.is_refuted(row, stated, place.gmina_code, place.point)

    def is_refuted(self, row: AddressRow, stated: StatedArea, gmina_code: str, point: Point) -> bool:
        """Tell whether the postal code, or code and name of the gmina, speak against a place outside it."""
        return self._is_refuted_by_post(row, stated, gmina_code) or self._is_of_namesake(row, stated, point)

    def _is_of_namesake(self, row: AddressRow, stated: StatedArea, point: Point) -> bool:
        """
        Tell whether a point is far from the gmina that both code and name of the row state.

        "Wysoka, gmina Tuchola, 041606" is a hamlet of 15 addresses that PRNG lacks, not the village of the name 13 km
        beyond the border. Nearer, a locality may lie astride it or have changed its gmina.
        """
        gmina = stated.gmina_code
        name, code = text_of(row["stated_gmina_name"]), text_of(row["stated_gmina_code"])
        if gmina is None or not name or not code or self._areas.area_of_code.get(code) != gmina:
            return False
        if gmina not in self._areas.gminas_named(name, within=gmina[:_POWIAT_DIGITS]):
            return False
        (metric,) = to_metric(gpd.GeoSeries([point], crs=GEOGRAPHIC))
        return bool(metric.distance(metric_shapes(self._areas, [gmina])[gmina]) > NEIGHBOURHOOD_M)

    def _is_refuted_by_post(self, row: AddressRow, stated: StatedArea, gmina_code: str) -> bool:
        """Tell whether every town of the postal code is in the stated gmina or has its name."""
        towns = self._postcodes.of(text_of(row["postal_code"])) if self._postcodes is not None else ()
        if not towns or stated.gmina_code is None or gmina_code in stated.gmina_codes:
            return False
        stated_name = fold(self._areas.name_of[stated.gmina_code])
        return all(
            town.gmina_code == stated.gmina_code
            or (fold(town.name) == stated_name and town.gmina_code != gmina_code)
            for town in towns
        )

    def disagreement(self, row: AddressRow, stated: StatedArea, gmina_code: str) -> Problem:
        """Return the problem of a place in another gmina than the stated one."""
        towns = self._postcodes.of(text_of(row["postal_code"])) if self._postcodes is not None else ()
        facts = {
            "stated_gmina": text_of(row["stated_gmina_name"]),
            "stated_codes": sorted(stated.gmina_codes),
            "gmina_of_point": gmina_code,
            "gmina_of_point_name": self._areas.name_of[gmina_code],
        }
        post = {"gminas_of_postal_code": sorted({town.gmina_code for town in towns})} if towns else {}
        return "gmina_disagrees", facts | post | address_facts(row, stated)
