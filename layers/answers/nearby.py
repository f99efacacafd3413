"""What a resident finds near a place: services with a door by distance, and those that come to the area."""

from dataclasses import dataclass
from datetime import datetime

import geopandas as gpd
import pandas as pd
from shapely import Point

from data.finding.points import POINT
from data.places.coarse_places import is_coarse, is_town, town_extent_m
from data.places.place_search import Place
from data.registry.registry import Registry
from data.store.names import fold, polish_order
from data.store.smallest_area import smallest_area
from data.vocabulary import has_door
from geo.crs import GEOGRAPHIC, METRIC, to_metric
from geo.nearest import NearestIndex
from geo.teryt import COUNTRY
from layers.answers.facility_entries import join_services
from layers.answers.help_entries import help_entries, listed_services
from layers.answers.service_today import with_today
from layers.answers.support_centre import AGREED_BY_POWIAT, gmina_centres, powiat_centres
from layers.view.offered import DISTANCES_KM


def at_nearest_stop(services: gpd.GeoDataFrame, stops: gpd.GeoDataFrame, origin_m: Point) -> gpd.GeoDataFrame:
    """
    Put each service that has located stops at the nearest of them, with the hours of that stop.

    Parameters
    ----------
    services
        As `data.registry.registry.Registry.services`.
    stops
        As `data.reading.service_queries.mobile_stops`; those without a point are left out: they have no distance.
    origin_m
        Where the person is, EPSG:2180.

    Returns
    -------
    services
        The same rows and `stop_name`, None for a service that does not stop anywhere known.
    """
    found = services.assign(stop_name=None)
    own = (
        stops[stops["service_id"].isin(found["service_id"]) & stops.geometry.notna()] if len(stops) else stops
    )
    if own.empty:
        return found
    nearest = own.assign(distance_m=to_metric(own).distance(origin_m)).sort_values(
        "distance_m", kind="stable"
    )
    nearest = nearest.drop_duplicates("service_id").set_index("service_id")
    row_of = pd.Series(found.index, index=found["service_id"]).loc[nearest.index]
    rows = row_of.to_numpy()
    found.loc[rows, "stop_name"] = nearest["name"].to_numpy()
    found.loc[rows, "service_opening_hours"] = nearest["opening_hours"].to_numpy()
    found.loc[rows, "service_opening_hours_text"] = nearest["opening_hours_text"].to_numpy()
    found.loc[rows, "place_grade"] = "door"
    found.loc[rows, "geometry"] = nearest.geometry.to_numpy()
    return found


_SAME_PLACE_M = 1.0
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
    """

    near: gpd.GeoDataFrame
    area: gpd.GeoDataFrame
    somewhere: gpd.GeoDataFrame
    support_centre: gpd.GeoDataFrame | None
    powiat_centre: gpd.GeoDataFrame | None
    wider: tuple[int, int] | None
    beyond: Beyond | None = None


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
    entries = help_entries(registry, group)
    standing, moving, other = (
        rows[rows["support_form"].isin(forms)] if forms else rows
        for rows in (entries.standing, entries.moving, entries.other)
    )
    origin = gpd.GeoSeries([place.point], crs=GEOGRAPHIC).to_crs(METRIC).iloc[0]
    if len(moving):
        moving = at_nearest_stop(moving, registry.stops, origin)
        standing = _together(standing, join_services(moving[moving.geometry.notna()]))
        other = _together(other, moving[moving["stop_name"].isna()])

    services = listed_services(registry)
    centres = of_powiat = None
    if not forms or set(forms) - AGREED_BY_POWIAT:
        centres = gmina_centres(services, gmina_code=place.gmina_code, group=group)
    if AGREED_BY_POWIAT & set(forms):
        of_powiat = powiat_centres(services, gmina_code=place.gmina_code)
    official = set(registry.sources.loc[registry.sources["is_official"], "source_code"])
    measured = _measured(standing, origin)
    ranked = _ranked(
        measured[
            (measured["distance_m"] <= distance_km * 1000.0) | (measured["gmina_code"] == place.gmina_code)
        ],
        place=place,
        gminas=registry.areas_by_code("gmina"),
    )
    near = ranked[(ranked["distance_m"] <= distance_km * 1000.0) | (ranked["same_place"] != "")]
    return NearbyHelp(
        near=with_today(near, official, now),
        area=with_today(join_services(covering(registry, other, place.gmina_code)), official, now),
        somewhere=with_today(join_services(somewhere_around(other, place.gmina_code)), official, now),
        support_centre=None if centres is None else with_today(join_services(centres), official, now),
        powiat_centre=None if of_powiat is None else with_today(join_services(of_powiat), official, now),
        wider=_wider(measured["distance_m"], distance_km) if near.empty else None,
        beyond=_beyond(registry, ranked, near, place),
    )


def _beyond(
    registry: Registry, ranked: gpd.GeoDataFrame, near: gpd.GeoDataFrame, place: Place
) -> Beyond | None:
    """Return what of the person's own town or gmina is not near; None for none."""
    is_own_town = is_town(place.gmina_code, registry.areas_by_code("gmina"))
    if not (is_own_town or place.kind == "gmina" or near.empty):
        return None
    beyond = ranked[~ranked.index.isin(near.index) & (ranked["gmina_code"] == place.gmina_code)]
    if beyond.empty:
        return None
    farthest_m = beyond["distance_m"].max()
    return Beyond(
        distance_km=next(limit for limit in DISTANCES_KM if farthest_m <= limit * 1000.0),
        count=len(beyond),
        unconfirmed=int(beyond["is_unconfirmed"].sum()),
        kind=CITY if is_own_town else GMINA,
    )


def _together(*parts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return rows of several frames one after another; frames without rows would change the types of columns."""
    filled = [part for part in parts if len(part)]
    return gpd.GeoDataFrame(pd.concat(filled, ignore_index=True)) if filled else parts[0]


def _measured(entries: gpd.GeoDataFrame, origin: Point) -> gpd.GeoDataFrame:
    """Return the entries within the largest distance from a point in metres, the nearest first."""
    found = NearestIndex(to_metric(entries)).nearest(
        origin, count=len(entries) or 1, max_distance_m=DISTANCES_KM[-1] * 1000.0
    )
    return entries.loc[found["index"]].assign(distance_m=found["distance_m"].to_numpy())


def _wider(distances_m: pd.Series, distance_km: int) -> tuple[int, int] | None:
    """Return the next larger distance that finds anything, and how many; None when none does."""
    for limit in DISTANCES_KM:
        count = int((distances_m <= limit * 1000.0).sum())
        if limit > distance_km and count:
            return limit, count
    return None


def _ranked(entries: gpd.GeoDataFrame, *, place: Place, gminas: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return measured entries in the order of the list, with what they share with the person's place."""
    ranked = entries.reset_index(drop=True)
    ranked["is_from_rounded"] = place.kind == POINT
    ranked["same_place"] = _same_places(ranked, place, gminas)
    ranked["is_of_other_gmina"] = ranked["gmina_code"].notna() & (ranked["gmina_code"] != place.gmina_code)
    # Of those in the same town nobody knows the distance; for the order they stand at the edge of it.
    edge_m = town_extent_m(ranked, gminas).where(ranked["same_place"] != "", ranked["distance_m"])
    # Many are known only by their town and so equally near: there one can be called before another, and then the
    # name decides, in the Polish alphabet. How many places are free never moves anybody up.
    keys = zip(ranked["is_of_other_gmina"], edge_m, ranked["phones"], ranked["facility_name"], strict=True)
    # Whoever asks for a town gets the town first: half of its extent is no reason to send them to a village.
    is_town_first = is_town(place.gmina_code, gminas)
    order = [
        (is_town_first and is_other, metres, not phones, polish_order(name))
        for is_other, metres, phones, name in keys
    ]
    return ranked.iloc[sorted(range(len(ranked)), key=order.__getitem__)].reset_index(drop=True)


def _same_places(services: gpd.GeoDataFrame, place: Place, gminas: pd.DataFrame) -> pd.Series:
    """Return what each service, of which only a town or gmina is known, shares with the person's place."""
    is_known_so = is_coarse(services["place_grade"])
    is_of_gmina = is_known_so & (services["gmina_code"] == place.gmina_code)
    is_named_so = services["locality_name"].map(
        # A point is only said to be near a locality: nobody knows that it is in it.
        lambda name: place.kind != POINT and isinstance(name, str) and fold(name) == fold(place.name)
    )
    is_at_point = is_known_so & (services["distance_m"] <= _SAME_PLACE_M)
    shared = pd.Series("", index=services.index, dtype=object)
    shared[(is_of_gmina & is_named_so.astype(bool)) | is_at_point] = LOCALITY
    if place.kind == "gmina":
        shared[is_of_gmina] = GMINA
    if is_town(place.gmina_code, gminas):
        shared[is_of_gmina] = CITY
    return shared


def covering(registry: Registry, services: gpd.GeoDataFrame, gmina_code: str) -> gpd.GeoDataFrame:
    """Return the services whose stated area holds a gmina: itself, its powiat, voivodeship or the country."""
    code = gmina_code
    holding = registry.service_areas["area_code"].isin([code, code[:4], code[:2], COUNTRY])
    return services[services["service_id"].isin(registry.service_areas.loc[holding, "service_id"])]


def somewhere_around(services: gpd.GeoDataFrame, gmina_code: str) -> gpd.GeoDataFrame:
    """Return what stands somewhere in the powiat or voivodeship of a gmina: without a gmina no distance finds it."""
    nowhere = services[services.geometry.isna() & services["gmina_code"].isna()]
    nowhere = nowhere[nowhere["support_form"].map(has_door).astype(bool)]
    return nowhere[smallest_area(nowhere).isin([gmina_code[:4], gmina_code[:2]])]
