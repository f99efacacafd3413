"""What stands somewhere and helps a group, as entries of a list: made ready once for a registry, whoever asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import Point, get_coordinates

from data.registry.once import once_for_registry
from data.registry.registry import Registry
from data.vocabulary import support_forms
from geo.crs import to_metric
from layers.answers.listed_services import AreasOfHelp, ListedServices, services_at_hand


@dataclass(frozen=True, eq=False)
class StandingEntries:
    """
    One entry per facility and form that has a point and stops nowhere.

    Attributes
    ----------
    parts
        The services of each entry, as positions in `ListedServices.rows`.
    xy_m
        Where they stand, EPSG:2180, shape (entries, 2).
    forms, gminas
        Form and gmina of each, as text; the gmina is empty where it is not known.
    """

    parts: Sequence[tuple[int, ...]]
    xy_m: NDArray[np.float64]
    forms: NDArray[np.str_]
    gminas: NDArray[np.str_]

    def distances_m(self, origin_m: Point) -> NDArray[np.float64]:
        """Return the straight line from a point in EPSG:2180 to each, in metres."""
        offset = self.xy_m - np.array([origin_m.x, origin_m.y])
        distances: NDArray[np.float64] = np.sqrt((offset * offset).sum(axis=1))
        return distances

    def are_of(self, forms: Collection[str]) -> NDArray[np.bool_]:
        """Tell which are of some forms; of all where none is named."""
        if not forms:
            return np.ones(len(self.parts), dtype=bool)
        return np.isin(self.forms, list(forms))


@dataclass(frozen=True, eq=False)
class HelpEntries:
    """
    Help for a group in a registry; numbers are positions in `ListedServices.rows`.

    Attributes
    ----------
    wanted
        All services that help the group.
    standing
        What has a point and stops nowhere.
    moving
        For each facility and form that stops somewhere known its services: where they stand depends on who asks.
    elsewhere
        Services that no distance finds, by the areas that they cover or stand in.
    everywhere
        All of `wanted` by the same areas.
    """

    wanted: Collection[int]
    standing: StandingEntries
    moving: Sequence[tuple[int, ...]]
    elsewhere: AreasOfHelp
    everywhere: AreasOfHelp


def help_entries(registry: Registry, group: str) -> HelpEntries:
    """Return the help for a group, made once as long as the registry is in use."""
    return _entries(registry.own_gminas, group)


def is_help_for(group: str, form: str, groups: Collection[str]) -> bool:
    """Tell whether a service helps a group; offices that only direct people to help are none."""
    return (group in groups or "all" in groups) and support_forms()[form].di_class != "enabling"


@once_for_registry
def _entries(own: Registry, group: str) -> HelpEntries:
    listed = services_at_hand(own)
    column = listed.rows.column
    facilities, forms, ids = column("facility_id"), column("support_form"), column("service_id")
    has_point = listed.frame.geometry.notna().tolist()
    wanted = [
        position
        for position, (form, groups) in enumerate(zip(forms, column("need_groups"), strict=True))
        if is_help_for(group, form, groups)
    ]
    stopping = {(facilities[one], forms[one]) for one in wanted if ids[one] in listed.stops}
    standing: dict[tuple[Any, str], list[int]] = {}
    moving: dict[tuple[Any, str], list[int]] = {}
    nowhere, unlocated = [], []
    for one in wanted:
        key = facilities[one], forms[one]
        if key in stopping:
            moving.setdefault(key, []).append(one)
            if ids[one] not in listed.stops:
                unlocated.append(one)
        elif has_point[one]:
            standing.setdefault(key, []).append(one)
        else:
            nowhere.append(one)
    return HelpEntries(
        wanted=frozenset(wanted),
        standing=_standing(listed, [tuple(parts) for parts in standing.values()]),
        moving=[tuple(parts) for parts in moving.values()],
        elsewhere=AreasOfHelp(listed, [*nowhere, *unlocated]),
        everywhere=AreasOfHelp(listed, wanted),
    )


def _standing(listed: ListedServices, parts: Sequence[tuple[int, ...]]) -> StandingEntries:
    firsts = [first for first, *_ in parts]
    forms, gminas = listed.rows.column("support_form"), listed.rows.column("gmina_code")
    return StandingEntries(
        parts=parts,
        xy_m=get_coordinates(to_metric(listed.frame.geometry.iloc[firsts]).to_numpy()),
        forms=np.array([forms[first] for first in firsts], dtype=np.str_),
        gminas=np.array(
            [gminas[first] if isinstance(gminas[first], str) else "" for first in firsts], dtype=np.str_
        ),
    )
