"""What lists tell of each part of the country: facilities, evidence, and of how many forms a whole list."""

from dataclasses import dataclass

from data.quality.areas import claimed_voivodeships
from data.registry.once import once_for_registry
from data.registry.registry import Registry
from data.vocabulary import support_forms
from geo.teryt import CODE_DIGITS, Level


@dataclass(frozen=True)
class KnownArea:
    """
    One area.

    `facilities` are counted, `unconfirmed` are those of which there is only evidence; `whole_forms` is of how many
    forms a list claims to be whole there.
    """

    code: str
    name: str
    facilities: int
    unconfirmed: int
    whole_forms: int


@once_for_registry
def parts_level(registry: Registry) -> Level:
    """Return into which areas a region is parted at first: voivodeships, or the powiats of a single one."""
    return "voivodeship" if len(registry.areas_of_level("voivodeship")) > 1 else "powiat"


@once_for_registry
def known_areas(registry: Registry, level: Level) -> tuple[KnownArea, ...]:
    """Return what is known of the areas of a level, in the order of their codes."""
    services, digits = registry.services, CODE_DIGITS[level]
    column = f"{level}_code"
    counted = services[services["is_counted"]].groupby(column)["facility_id"].nunique()
    evidence = services[services["is_unconfirmed"]].groupby(column)["facility_id"].nunique()
    whole = [claimed_voivodeships(registry.register_coverage, form) for form in support_forms()]
    areas = registry.areas_of_level(level)
    return tuple(
        KnownArea(
            code=code,
            name=name,
            facilities=int(counted.get(code, 0)),
            unconfirmed=int(evidence.get(code, 0)),
            whole_forms=sum(code[:2] in claimed for claimed in whole),
        )
        for code, name in sorted(zip(areas["area_code"], areas["name"], strict=True))
        if len(code) == digits
    )
