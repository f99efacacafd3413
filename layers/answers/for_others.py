"""What stands near a person, of the forms that were asked for, for other people alone: no list of the group has it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely import get_coordinates

from data.places.place_search import Place
from data.registry.once import once_for_registry
from data.registry.registry import Registry
from data.vocabulary import screen_groups
from geo.crs import metric_point, to_metric
from layers.answers.help_entries import is_help_for
from layers.answers.listed_services import services_at_hand
from layers.answers.service_rows import Row


@dataclass(frozen=True)
class ForOthers:
    """
    Facilities near a place whose lists give them for other people than the group.

    Attributes
    ----------
    standing
        One row per facility and form, the nearest first, with `distance_m`.
    groups
        The groups that can be chosen and have some of them, with how many facilities.
    """

    standing: Sequence[Row]
    groups: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many facilities there are."""
        return len({row["facility_id"] for row in self.standing})

    @property
    def forms(self) -> tuple[str, ...]:
        """Their forms, that of the nearest first."""
        return tuple(dict.fromkeys(row["support_form"] for row in self.standing))


def near_for_others(
    registry: Registry, place: Place, *, group: str, forms: Collection[str], distance_km: int
) -> ForOthers:
    """
    Return what stands within a distance for others alone.

    Parameters
    ----------
    forms
        Those of which nothing was found for the group; of any other form its list says enough.
    """
    near = _near(registry.own_gminas, place, forms, distance_km)
    ours = {row["facility_id"] for row in near if _helps(row, group)}
    others = [row for row in near if row["facility_id"] not in ours]
    counts = (
        (other, len({row["facility_id"] for row in others if _helps(row, other)}))
        for other in screen_groups()
    )
    standing = {(row["facility_id"], row["support_form"]): row for row in reversed(others)}
    return ForOthers(
        tuple(reversed(standing.values())), tuple((other, count) for other, count in counts if count)
    )


def _helps(row: Row, group: str) -> bool:
    return is_help_for(group, row["support_form"], row["need_groups"])


def _near(own: Registry, place: Place, forms: Collection[str], distance_km: int) -> list[Row]:
    """Return the services of forms that stand within a distance, the nearest first, with `distance_m`."""
    origin, rows, by_form = metric_point(place.point), services_at_hand(own).rows, _by_form(own)
    near: list[Row] = []
    for positions, xy_m in (by_form[form] for form in forms if form in by_form):
        distances_m = np.hypot(*(xy_m - (origin.x, origin.y)).T)
        within = np.flatnonzero(distances_m <= distance_km * 1000.0).tolist()
        near += [{**rows[positions[at]], "distance_m": float(distances_m[at])} for at in within]
    return sorted(near, key=lambda row: (row["distance_m"], row["facility_id"]))


@once_for_registry
def _by_form(own: Registry) -> Mapping[str, tuple[list[int], NDArray[np.float64]]]:
    """Return of each form the positions of its services with a point, and where they stand (EPSG:2180)."""
    listed = services_at_hand(own)
    positions: dict[str, list[int]] = defaultdict(list)
    has_point = listed.frame.geometry.notna().tolist()
    for position, form in enumerate(listed.rows.column("support_form")):
        if has_point[position]:
            positions[form].append(position)
    return {
        form: (some, get_coordinates(to_metric(listed.frame.geometry.iloc[some]).to_numpy()))
        for form, some in positions.items()
    }
