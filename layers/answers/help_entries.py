"""What stands somewhere and helps a group, as entries of a list: joined once for a registry, whoever asks."""

from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import geopandas as gpd
import pandas as pd

from data.registry.registry import Registry
from data.vocabulary import support_forms
from layers.answers.facility_entries import join_services

_KEYS = ["facility_id", "support_form"]


@dataclass(frozen=True, eq=False)
class HelpEntries:
    """
    Help for a group in a registry.

    Attributes
    ----------
    standing
        One row per facility and form that has a point (`layers.answers.facility_entries.join_services`), none of
        which stops anywhere.
    moving
        Services of facilities and forms that have located stops, one row each: where they stand depends on who asks.
    other
        Services without a point that do not stop anywhere known.
    """

    standing: gpd.GeoDataFrame
    moving: gpd.GeoDataFrame
    other: gpd.GeoDataFrame


_made: "WeakKeyDictionary[Registry, dict[str, HelpEntries]]" = WeakKeyDictionary()
_lock = Lock()


def help_entries(registry: Registry, group: str) -> HelpEntries:
    """Return the help for a group, made once as long as the registry is in use."""
    with _lock:
        of_group = _made.setdefault(registry, {})
    if group not in of_group:
        of_group[group] = _entries(registry, group)
    return of_group[group]


def listed_services(registry: Registry) -> gpd.GeoDataFrame:
    """Return the services that people are told of: those that count, and those of which there is only evidence."""
    return registry.services[registry.services["is_counted"] | registry.services["is_unconfirmed"]]


def help_for(services: gpd.GeoDataFrame, group: str) -> gpd.GeoDataFrame:
    """Return the services that help a group; offices that only direct people to help are none of them."""
    is_for_group = services["need_groups"].map(lambda groups: group in groups or "all" in groups).astype(bool)
    is_help = (
        services["support_form"].map(lambda form: support_forms()[form].di_class != "enabling").astype(bool)
    )
    return services[is_for_group & is_help]


def _entries(registry: Registry, group: str) -> HelpEntries:
    wanted, stops = help_for(listed_services(registry), group), registry.stops
    located = set(stops.loc[stops.geometry.notna(), "service_id"]) if len(stops) else set()
    is_stopping = wanted["service_id"].isin(located)
    keys = pd.MultiIndex.from_frame(wanted[_KEYS])
    is_moving = pd.Series(keys.isin(keys[is_stopping.to_numpy()]), index=wanted.index)
    has_point = wanted.geometry.notna()
    standing = wanted[has_point & ~is_moving].assign(stop_name=None)
    return HelpEntries(
        standing=join_services(standing),
        moving=wanted[is_moving],
        other=wanted[~has_point & ~is_moving].assign(stop_name=None),
    )
