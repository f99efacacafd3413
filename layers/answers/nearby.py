"""What a resident finds near a place: services with a door by distance, and those that come to the area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import Point

from data.finding.points import POINT
from data.places.coarse_places import is_town
from data.places.place_search import Place
from data.registry.registry import Registry
from data.store.grades import COARSE_GRADES
from data.store.names import fold, polish_order
from geo.crs import metric_point
from layers.answers.facility_entries import join_services, joined_parts
from layers.answers.help_entries import HelpEntries, help_entries
from layers.answers.listed_services import ListedServices, services_at_hand
from layers.answers.service_rows import Row
from layers.answers.service_today import with_today
from layers.answers.support_centre import AGREED_BY_POWIAT, gmina_centres, powiat_centres
from layers.answers.telephones import can_be_called
from layers.view.offered import DISTANCES_KM

_SAME_PLACE_M = 1.0
_FARTHEST_M = DISTANCES_KM[-1] * 1000.0
CITY, LOCALITY, GMINA = "city", "locality", "gmina"
"""What a person and a facility share of which no more is known than that it is there."""


@dataclass(frozen=True)
class Beyond:
    """
    Help in the person's own town (`kind` is `CITY`) or gmina (`GMINA`) that is farther than was asked for.

    `distance_km` finds all of it; of its `count` places of help there is only evidence of `unconfirmed`.
    """

    distance_km: int
    count: int
    unconfirmed: int
    kind: str


@dataclass(frozen=True, eq=False)
class NearbyHelp:
    """
    The answer to "where is help near me".

    Attributes
    ----------
    near
        One row per facility and form, nearest first, at equal distance those with a phone first: columns of
        `data.reading.merged_services.read_services` joined by `layers.answers.facility_entries`, those of
        `layers.answers.service_today`, `is_of_other_gmina`, `is_from_rounded` (whether the place is a rounded point),
        and `distance_m` and `same_place`: `CITY`, `LOCALITY` or
        `GMINA` where nothing is known but that it is in the person's own. There the distance says nothing: no
        distance leaves it out, and it stands behind those that are surely nearer than the edge of the town. Empty for
        all others.
    area
        Services without a door that cover the place, same columns without a distance.
    somewhere
        Services with a door in the powiat or voivodeship of the place, nobody knows in which gmina; same columns.
    support_centre
        The gmina's social assistance or services centre for the group, as far as it is listed; None when nobody applies
        there for any of the chosen forms.
    powiat_centre
        The centre of the powiat that agrees to a chosen form, as far as it is listed; None when no chosen form asks
        for it.
    wider
        The next larger distance that finds anything, and how many; None when nothing does.
    beyond
        What stands in the own town or gmina and is farther than was asked for; None where nothing is. Whoever asks for
        a town or a gmina may live at its edge. Of a village it is told only where nothing is near.
    is_own_town_first
        Whether somebody asks for a town, of which all places come before nearer ones of other gminas.
    """

    near: list[Row]
    area: list[Row]
    somewhere: list[Row]
    support_centre: list[Row] | None
    powiat_centre: list[Row] | None
    wider: tuple[int, int] | None
    beyond: Beyond | None = None
    is_own_town_first: bool = False


def find_help(
    registry: Registry,
    place: Place,
    *,
    group: str,
    forms: tuple[str, ...],
    distance_km: int,
    now: datetime,
) -> NearbyHelp:
    """
    Return services for a group around a place: those that count, and those of which there is only evidence.

    Parameters
    ----------
    forms
        Codes of support forms; empty for all forms of the group. Enabling forms (offices) are never among them.
    distance_km
        Straight-line limit; a facility exactly at it counts.
    now
        The page's clock, Polish time: what is open, and the day from which dates count as old.
    """
    # Help stands in a gmina, also where its people are told with others'.
    registry = registry.own_gminas
    listed, entries = services_at_hand(registry), help_entries(registry, group)
    offices = listed.offices_of(place.gmina_code)
    centres = of_powiat = None
    if not forms or set(forms) - AGREED_BY_POWIAT:
        centres = gmina_centres(offices, gmina_code=place.gmina_code, group=group)
    if AGREED_BY_POWIAT & set(forms):
        of_powiat = powiat_centres(offices, gmina_code=place.gmina_code)
    measured, distances_m = _measured(listed, entries, place, forms=forms, distance_km=distance_km)
    gminas = registry.areas_by_code("gmina")
    is_own_town = is_town(place.gmina_code, gminas)
    ranked = _ranked(measured, place, is_own_town=is_own_town)
    near = [row for row in ranked if row["distance_m"] <= distance_km * 1000.0 or row["same_place"]]

    def told(rows: list[Row]) -> list[Row]:
        return with_today(rows, listed.official, now)

    def elsewhere(positions: list[int]) -> list[Row]:
        rows = listed.rows.at(positions)
        chosen = [row for row in rows if not forms or row["support_form"] in forms]
        return told(join_services({**row, "stop_name": None} for row in chosen))

    return NearbyHelp(
        near=told(near),
        area=elsewhere(entries.elsewhere.covering(place.gmina_code)),
        somewhere=elsewhere(entries.elsewhere.somewhere_around(place.gmina_code)),
        support_centre=None if centres is None else told(join_services(centres)),
        powiat_centre=None if of_powiat is None else told(join_services(of_powiat)),
        wider=None if near else _wider(distances_m, distance_km),
        beyond=_beyond(ranked, near, place, is_own_town=is_own_town, distance_km=distance_km),
        is_own_town_first=is_own_town,
    )


def _measured(
    listed: ListedServices,
    entries: HelpEntries,
    place: Place,
    *,
    forms: tuple[str, ...],
    distance_km: int,
) -> tuple[list[Row], NDArray[np.float64]]:
    """
    Return the entries within a distance or in the person's gmina, the nearest first, with their `distance_m`.

    The second are the distances of all within the largest one, in metres.
    """
    origin, standing = metric_point(place.point), entries.standing
    distances_m = standing.distances_m(origin)
    is_asked = standing.are_of(forms) & (distances_m <= _FARTHEST_M)
    is_here = (distances_m <= distance_km * 1000.0) | (standing.gminas == place.gmina_code)
    numbers = np.flatnonzero(is_asked & is_here).tolist()
    rows = [
        {
            **joined_parts(listed.rows.at(standing.parts[number])),
            "stop_name": None,
            "distance_m": float(distances_m[number]),
        }
        for number in numbers
    ]
    moved = [row for row in _at_stops(listed, entries, origin, forms) if row["distance_m"] <= _FARTHEST_M]
    rows += [
        row
        for row in moved
        if row["distance_m"] <= distance_km * 1000.0 or row["gmina_code"] == place.gmina_code
    ]
    found_m = np.concatenate([distances_m[is_asked], [row["distance_m"] for row in moved]])
    return sorted(rows, key=itemgetter("distance_m")), found_m


def _at_stops(
    listed: ListedServices, entries: HelpEntries, origin_m: Point, forms: tuple[str, ...]
) -> Iterator[Row]:
    """Give what stops somewhere known, each at the stop nearest to the person and with the hours of that stop."""
    for parts in entries.moving:
        rows = [_at_nearest_stop(row, listed, origin_m) for row in listed.rows.at(parts)]
        located = [row for row in rows if isinstance(row["geometry"], Point)]
        if located and (not forms or located[0]["support_form"] in forms):
            entry = joined_parts(located)
            yield {**entry, "distance_m": metric_point(entry["geometry"]).distance(origin_m)}


def _at_nearest_stop(service: Row, listed: ListedServices, origin_m: Point) -> Row:
    stops = listed.stops.get(service["service_id"])
    if not stops:
        return {**service, "stop_name": None}
    nearest = min(stops, key=lambda stop: stop.point_m.distance(origin_m))
    return {
        **service,
        "stop_name": nearest.name,
        "service_opening_hours": nearest.opening_hours,
        "service_opening_hours_text": nearest.opening_hours_text,
        "place_grade": "door",
        "geometry": nearest.point,
    }


def _beyond(
    ranked: list[Row], near: list[Row], place: Place, *, is_own_town: bool, distance_km: int
) -> Beyond | None:
    """Return what of the person's own town or gmina is not near; None for none."""
    if not (is_own_town or place.kind == "gmina" or not near):
        return None
    beyond = [
        row
        for row in ranked
        if row["gmina_code"] == place.gmina_code
        and row["distance_m"] > distance_km * 1000.0
        and not row["same_place"]
    ]
    if not beyond:
        return None
    farthest_m = max(row["distance_m"] for row in beyond)
    return Beyond(
        distance_km=next(limit for limit in DISTANCES_KM if farthest_m <= limit * 1000.0),
        count=len(beyond),
        unconfirmed=sum(bool(row["is_unconfirmed"]) for row in beyond),
        kind=CITY if is_own_town else GMINA,
    )


def _wider(distances_m: NDArray[np.float64], distance_km: int) -> tuple[int, int] | None:
    """Return the next larger distance that finds anything, and how many; None when none does."""
    for limit in DISTANCES_KM:
        count = int((distances_m <= limit * 1000.0).sum())
        if limit > distance_km and count:
            return limit, count
    return None


def _ranked(entries: list[Row], place: Place, *, is_own_town: bool) -> list[Row]:
    """Return measured entries in the order of the list, with what they share with the person's place."""
    ranked = [
        {
            **row,
            "same_place": _same_place(row, place, is_own_town=is_own_town),
            "is_from_rounded": place.kind == POINT,
            "is_of_other_gmina": isinstance(row["gmina_code"], str) and row["gmina_code"] != place.gmina_code,
        }
        for row in entries
    ]

    def order(row: Row) -> tuple[Any, ...]:
        # Of those in the same town nobody knows the distance; for the order they stand at the edge of it.
        metres = row["town_extent_m"] if row["same_place"] else row["distance_m"]
        # Whoever asks for a town gets the town first: half of its extent is no reason to send them to a village.
        is_after = is_own_town and row["is_of_other_gmina"]
        # Many are known only by their town and so equally near: there one can be called before another, and then the
        # name decides, in the Polish alphabet. How many places are free never moves anybody up.
        # Nobody is sent first to a door of which a newer list says that it is suspended.
        is_doubtful = row["suspended_beside"] is not None
        return (
            is_doubtful,
            is_after,
            metres,
            not can_be_called(row["phones"]),
            polish_order(row["facility_name"]),
        )

    return sorted(ranked, key=order)


def _same_place(service: Row, place: Place, *, is_own_town: bool) -> str:
    """Return what a service, of which only a town or gmina is known, shares with the person's place."""
    if service["place_grade"] not in COARSE_GRADES:
        return ""
    is_of_gmina = service["gmina_code"] == place.gmina_code
    if is_of_gmina and is_own_town:
        return CITY
    if is_of_gmina and place.kind == "gmina":
        return GMINA
    name = service["locality_name"]
    # A point is only said to be near a locality: nobody knows that it is in it.
    is_named_so = (
        place.kind != POINT and is_of_gmina and isinstance(name, str) and fold(name) == fold(place.name)
    )
    return LOCALITY if is_named_so or service["distance_m"] <= _SAME_PLACE_M else ""
