"""What stands near a person, of the forms that were asked for, for other people alone: no list of the group has it."""

from collections.abc import Collection
from dataclasses import dataclass

import geopandas as gpd

from data.places.place_search import Place
from data.registry.registry import Registry
from data.vocabulary import screen_groups
from geo.crs import GEOGRAPHIC, METRIC, to_metric
from layers.answers.help_entries import help_for, listed_services


@dataclass(frozen=True, eq=False)
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

    standing: gpd.GeoDataFrame
    groups: tuple[tuple[str, int], ...]

    @property
    def count(self) -> int:
        """How many facilities there are."""
        return int(self.standing["facility_id"].nunique())

    @property
    def forms(self) -> tuple[str, ...]:
        """Their forms, that of the nearest first."""
        return tuple(dict.fromkeys(self.standing["support_form"]))


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
    services = listed_services(registry.own_gminas)
    services = services[services["support_form"].isin(list(forms)) & services.geometry.notna()]
    ours = help_for(services, group)
    others = services[~services["facility_id"].isin(ours["facility_id"])]
    origin = gpd.GeoSeries([place.point], crs=GEOGRAPHIC).to_crs(METRIC).iloc[0]
    others = others.assign(distance_m=to_metric(others).distance(origin) if len(others) else 0.0)
    near = others[others["distance_m"] <= distance_km * 1000.0].sort_values(
        ["distance_m", "facility_id"], kind="stable"
    )
    counts = ((other, help_for(near, other)["facility_id"].nunique()) for other in screen_groups())
    return ForOthers(
        near.drop_duplicates(["facility_id", "support_form"]),
        tuple((other, int(count)) for other, count in counts if count),
    )
