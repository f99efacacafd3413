"""What a resident finds near a place: services with a door by distance, and those that come to the area."""

from dataclasses import dataclass
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd

from data.place_search import Place
from data.registry import COUNTRY, Registry
from data.vocabulary import support_forms
from geo.crs import GEOGRAPHIC, METRIC, to_metric
from geo.nearest import NearestIndex
from layers.state import DISTANCES_KM
from layers.text import Texts

CONFIRM_AFTER = timedelta(days=365)
"""A date older than this is shown, but asks to be confirmed by phone."""
_SAME_PLACE_M = 1.0
_SUMMED = ["capacity_places", "vacant_places", "vacant_women", "vacant_men", "waiting_persons"]
_CENTRES = ("INS-OPS", "INS-CUS")


@dataclass(frozen=True, eq=False)
class NearbyHelp:
    """
    The answer to "where is help near me".

    Attributes
    ----------
    near
        One row per facility and form, nearest first: columns of `data.queries.public_services` with capacities
        and vacancies summed, and `distance_m`, `subtypes` (list), `is_same_place` (both are known only as the
        same locality, so the distance says nothing), `is_to_confirm`.
    area
        Services without a door that cover the place, same columns without a distance.
    support_centre
        The gmina's social assistance or services centre, as far as it is listed.
    wider
        The next larger distance that finds anything, and how many; None when nothing does.
    """

    near: gpd.GeoDataFrame
    area: gpd.GeoDataFrame
    support_centre: gpd.GeoDataFrame
    wider: tuple[int, int] | None


def find_help(
    registry: Registry,
    place: Place,
    *,
    group: str,
    forms: tuple[str, ...],
    distance_km: int,
    today: date,
) -> NearbyHelp:
    """
    Return counted services for a group around a place.

    Parameters
    ----------
    forms
        Codes of support forms; empty for all forms of the group. Enabling forms (offices) are never among them.
    distance_km
        Straight-line limit; a facility exactly at it counts.
    today
        The day from which dates count as old.
    """
    services = registry.services[registry.services["is_counted"]]
    is_for_group = services["need_groups"].map(lambda groups: group in groups or "all" in groups).astype(bool)
    is_help = (
        services["support_form"].map(lambda form: support_forms()[form].di_class != "enabling").astype(bool)
    )
    wanted = services[is_for_group & is_help]
    if forms:
        wanted = wanted[wanted["support_form"].isin(forms)]

    centres = services[services["support_form"].isin(_CENTRES) & (services["gmina_code"] == place.gmina_code)]
    official = set(registry.sources.loc[registry.sources["is_official"], "source_code"])
    located = _one_per_facility(wanted[wanted.geometry.notna()])
    ranked = _by_distance(located, place, max_distance_m=DISTANCES_KM[-1] * 1000.0)
    near = ranked[ranked["distance_m"] <= distance_km * 1000.0]
    wider = None
    if near.empty:
        for limit in DISTANCES_KM:
            count = int((ranked["distance_m"] <= limit * 1000.0).sum())
            if limit > distance_km and count:
                wider = (limit, count)
                break
    return NearbyHelp(
        near=_with_freshness(near, official, today),
        area=_with_freshness(_one_per_facility(_covering(registry, wanted, place)), official, today),
        support_centre=_with_freshness(_one_per_facility(centres), official, today),
        wider=wider,
    )


def _one_per_facility(services: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the services of one form at one facility; a sum with an unknown part is unknown."""
    keys = ["facility_id", "support_form"]
    grouped = services.groupby(keys, sort=False)
    first = services.drop_duplicates(keys).set_index(keys)
    first[_SUMMED] = grouped[_SUMMED].sum(skipna=False)
    first["subtypes"] = grouped["subtype"].agg(
        lambda texts: [text for text in texts if isinstance(text, str)]
    )
    return gpd.GeoDataFrame(first.reset_index(), geometry="geometry", crs=services.crs)


def _by_distance(located: gpd.GeoDataFrame, place: Place, *, max_distance_m: float) -> gpd.GeoDataFrame:
    origin = gpd.GeoSeries([place.point], crs=GEOGRAPHIC).to_crs(METRIC).iloc[0]
    found = NearestIndex(to_metric(located)).nearest(
        origin, count=len(located) or 1, max_distance_m=max_distance_m
    )
    ranked = located.loc[found["index"]].copy()
    ranked["distance_m"] = found["distance_m"].to_numpy()
    ranked["is_same_place"] = ranked["place_grade"].isin(["locality", "gmina"]) & (
        ranked["distance_m"] <= _SAME_PLACE_M
    )
    # Many are known only by their town and so equally near: there the name decides, in the Polish alphabet.
    order = sorted(
        range(len(ranked)),
        key=lambda row: (ranked["distance_m"].iloc[row], Texts.sort_key(ranked["facility_name"].iloc[row])),
    )
    return ranked.iloc[order].reset_index(drop=True)


def _covering(registry: Registry, services: gpd.GeoDataFrame, place: Place) -> gpd.GeoDataFrame:
    """Return the services whose stated area holds the place: its gmina, powiat, voivodeship or the country."""
    code = place.gmina_code
    holding = registry.service_areas["area_code"].isin([code, code[:4], code[:2], COUNTRY])
    return services[services["service_id"].isin(registry.service_areas.loc[holding, "service_id"])]


def _with_freshness(services: gpd.GeoDataFrame, official: set[str], today: date) -> gpd.GeoDataFrame:
    """Mark what a person should confirm by phone: no date, an old one, or a list that is not an official register."""
    is_old = services["verified_on"].map(lambda day: pd.isna(day) or today - day > CONFIRM_AFTER).astype(bool)
    return services.assign(is_to_confirm=is_old | ~services["source_code"].isin(official))
