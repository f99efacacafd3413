"""Where a postal code is: its post town in the gazetteer, and which of several namesakes it serves."""

from collections.abc import Iterable, Sequence
from math import cos, hypot, radians

import pandas as pd
from shapely import Point

from data.places.world import AreaIndex, Gazetteer, NamedPlace
from data.store.names import fold

POST_REACH_KM = 12.0
"""99 of 100 facilities whose gmina is known lie this near to the post town of their code."""
_CLEARLY_NEARER = 1.5
"""Of namesakes the nearest to the post town is meant when the next is this many times as far; with both limits
99 namesakes of our registers are chosen and none wrongly (docs/geocoding.md)."""
_SPREAD_KM = 5.0
_KM_PER_DEGREE = 111.2


class PostalPlaces:
    """
    Post towns by postal code.

    Parameters
    ----------
    postcodes
        Records of `data.sources.country.postcodes.read_postcodes`.
    areas, gazetteer
        A post town is looked up by name in its powiat: the gazetteer's point is used, that of the file only to
        choose between namesakes, or when the gazetteer lacks the town and the point lies in the powiat.

    Attributes
    ----------
    unusable
        `postal_code` and `name` of the rows whose town could not be found for sure.
    """

    def __init__(self, postcodes: pd.DataFrame, areas: AreaIndex, gazetteer: Gazetteer) -> None:
        self._places: dict[str, list[NamedPlace]] = {}
        self.unusable: list[tuple[str, str]] = []
        columns = ["postal_code", "name", "powiat_name", "voivodeship_name", "gmina_code", "point"]
        # All codes of a city repeat its row.
        known: dict[tuple[str, str, str, str], NamedPlace | None] = {}
        for code, name, powiat_name, voivodeship_name, gmina_code, point in postcodes[columns].itertuples(
            index=False
        ):
            row = (name, powiat_name, voivodeship_name, point.wkb)
            if row not in known:
                voivodeship = areas.voivodeship_of_name.get(fold(voivodeship_name))
                powiat = areas.powiat(powiat_name, voivodeship_code=voivodeship) if voivodeship else None
                own = NamedPlace("", gmina_code, point, name)
                known[row] = _post_town(own, gazetteer, powiat=powiat, voivodeship=voivodeship)
            place = known[row]
            if place is None:
                self.unusable.append((code, name))
            else:
                self._places.setdefault(code, []).append(place)

    def of(self, postal_code: str | None) -> Sequence[NamedPlace]:
        """Return the post towns of a code; none when the code is unknown."""
        return self._places.get(postal_code or "", ())

    def place_within(self, postal_code: str | None, *, within: Iterable[str]) -> NamedPlace | None:
        """
        Return the place that stands for a code, or None.

        Only post towns whose gmina's code begins with one of `within` count; they must lie near each other, and
        the one nearest to their middle stands for them.
        """
        prefixes = tuple(within)
        return middle_place(
            [place for place in self.of(postal_code) if place.gmina_code.startswith(prefixes)],
            spread_km=_SPREAD_KM,
        )

    def chosen(self, namesakes: Sequence[NamedPlace], postal_code: str | None) -> NamedPlace | None:
        """Return the one of several namesakes that the post town of a code serves, or None when that is not sure."""
        towns = self.of(postal_code)
        if not towns:
            return None
        distances = [min(distance_km(place.point, town.point) for town in towns) for place in namesakes]
        (nearest, place), (second, _) = sorted(
            zip(distances, namesakes, strict=True), key=lambda pair: pair[0]
        )[:2]
        is_sure = nearest <= POST_REACH_KM and second >= _CLEARLY_NEARER * nearest and second > nearest
        return place if is_sure else None


def middle_place(places: Sequence[NamedPlace], *, spread_km: float) -> NamedPlace | None:
    """Return the place nearest to the middle of several, None when two lie further apart than `spread_km`."""
    if not places:
        return None
    apart = [max(distance_km(place.point, other.point) for other in places) for place in places]
    if max(apart) > spread_km:
        return None
    longitude = sum(place.point.x for place in places) / len(places)
    latitude = sum(place.point.y for place in places) / len(places)
    return min(places, key=lambda place: distance_km(place.point, Point(longitude, latitude)))


def distance_km(first: Point, second: Point) -> float:
    """
    Return about how far two points of EPSG:4326 are apart, within 1 % in Poland.

    Enough to tell near from far among a few namesakes; whatever is shown to a person is measured in EPSG:2180.
    """
    middle = radians((first.y + second.y) / 2)
    return _KM_PER_DEGREE * hypot((first.x - second.x) * cos(middle), first.y - second.y)


def _post_town(
    own: NamedPlace, gazetteer: Gazetteer, *, powiat: str | None, voivodeship: str | None
) -> NamedPlace | None:
    """Return the gazetteer's place of a row, or the row's own where only that can be meant."""
    if powiat is not None:
        found = gazetteer.named(own.name, within=[powiat])
        if len(found) == 1:
            return found[0]
        if own.gmina_code.startswith(powiat):
            return min(found, key=lambda place: distance_km(place.point, own.point), default=own)
    if voivodeship is None:
        return None
    # Some rows name the powiat round a city, or none: the town and its own point must then agree.
    found = gazetteer.named(own.name, within=[voivodeship])
    is_sure = len(found) == 1 and distance_km(found[0].point, own.point) <= _SPREAD_KM
    return found[0] if is_sure else None
