"""The outlines on the first page, drawn once for all visitors."""

from data.registry.registry import Registry
from layers.answers.known_areas import parts_level
from layers.cache.once import once
from layers.cache.settings_in_use import settings_in_use
from layers.maps.outlines import Outlines, outlines_of


def first_outlines(registry: Registry) -> Outlines:
    """Return the outlines of the parts of a registry's region."""
    return _outlines(settings_in_use().database_url, registry.state.fingerprint, registry)


@once(most=2)
def _outlines(url: str, fingerprint: str, _registry: Registry) -> Outlines:  # noqa: ARG001 - keys only
    return outlines_of(_registry.areas_of_level(parts_level(_registry)))
