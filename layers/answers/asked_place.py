"""The place that an address names: a locality, a gmina, or a rounded point."""

from data.finding.points import is_point, place_at
from data.places.place_search import Place
from data.registry.registry import Registry


def place_of(registry: Registry, key: str) -> Place | None:
    """Return the place of a key; None for one that is not there, and for a point outside all gminas."""
    if not is_point(key):
        return registry.places.get(key)
    # Made for one answer and kept nowhere: it says where somebody is.
    return place_at(key, registry.places, registry.own_gminas.areas_by_code("gmina"))
