"""Which forms of support the registry knows anything about."""

from data.registry.registry import Registry


def listed_forms(registry: Registry) -> set[str]:
    """Return the forms the registry knows anything about: a service, or a complete register without any."""
    services = registry.services
    return set(services.loc[services["is_counted"] | services["is_unconfirmed"], "support_form"]) | set(
        registry.register_coverage["support_form"]
    )
