"""Which forms of support the registry knows anything about."""

from data.registry.once import once_for_registry
from data.registry.registry import Registry


@once_for_registry
def listed_forms(registry: Registry) -> frozenset[str]:
    """Return the forms the registry knows anything about: a service, or a complete register without any."""
    services = registry.services
    listed = services.loc[services["is_counted"] | services["is_unconfirmed"], "support_form"]
    return frozenset(listed) | frozenset(registry.register_coverage["support_form"])
