"""The reader of queries, made once for all visitors: it takes a second or two for all places of Poland."""

from data.finding.at_hand import post_towns_at_hand, streets_at_hand
from data.finding.query_reader import QueryReader
from data.finding.suggesting import Suggester
from data.registry.registry import Registry
from layers.cache.once import once
from layers.cache.settings_in_use import settings_in_use


def reader_of(registry: Registry) -> QueryReader:
    """Return what reads queries for the places of a registry."""
    return _reader(settings_in_use().database_url, registry.state.fingerprint, registry)


def suggester_of(registry: Registry) -> Suggester:
    """Return what suggests places and needs while somebody types."""
    return _suggester(settings_in_use().database_url, registry.state.fingerprint, registry)


@once(most=2)
def _suggester(url: str, fingerprint: str, _registry: Registry) -> Suggester:  # noqa: ARG001 - keys only
    return Suggester(reader_of(_registry))


@once(most=2)
def _reader(url: str, fingerprint: str, _registry: Registry) -> QueryReader:  # noqa: ARG001 - keys only
    settings, index = settings_in_use(), _registry.places
    if _registry.state.is_invented:
        return QueryReader(index)
    return QueryReader(
        index, post_towns=post_towns_at_hand(settings, index), has_street=streets_at_hand(settings, index)
    )
