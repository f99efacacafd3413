"""The words of the field: groups of people, forms of support, and what a register's subtype narrows them to."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

FOLDER = Path(__file__).parent
LANGUAGES = ("pl", "uk", "en")


@dataclass(frozen=True)
class NeedGroup:
    """A group of people that support is for; `name` by language."""

    code: str
    name: Mapping[str, str]
    is_on_screen: bool


@dataclass(frozen=True)
class SupportForm:
    """
    A kind of service.

    `di_class` is community, conditional, institutional or enabling; enabling forms (offices that direct people
    to help) are never counted as coverage. `authority` cites the law that the form rests on.
    """

    code: str
    name: Mapping[str, str]
    need_groups: tuple[str, ...]
    di_class: str
    delivery_modes: tuple[str, ...]
    capacity_unit: str
    default_visibility: str
    authority: str
    is_verified: bool


@dataclass(frozen=True)
class PeopleIndicator:
    """
    A published figure about a group.

    With a `base_level`, the figures of `base_as_of` stand for the group's people at that level: one method and
    one day, so that areas can be compared. Other figures are shown, never computed with.
    """

    indicator: str
    subgroup: str
    need_group: str
    base_level: str
    base_as_of: str
    name: Mapping[str, str]


@cache
def people_indicators() -> tuple[PeopleIndicator, ...]:
    """Return the figures about groups that the application shows, in the order of showing."""
    return tuple(
        PeopleIndicator(
            row["indicator"],
            row["subgroup"],
            row["need_group"],
            row["base_level"],
            row["base_as_of"],
            _names(row),
        )
        for row in _rows("people_indicators")
    )


@cache
def need_groups() -> Mapping[str, NeedGroup]:
    """Return every need group by code, in the order they are shown."""
    return MappingProxyType(
        {
            row["code"]: NeedGroup(row["code"], _names(row), row["is_on_screen"] == "yes")
            for row in _rows("need_groups")
        }
    )


@cache
def support_forms() -> Mapping[str, SupportForm]:
    """Return every form of support by code, in the order they are shown."""
    return MappingProxyType(
        {
            row["code"]: SupportForm(
                code=row["code"],
                name=_names(row),
                need_groups=tuple(row["need_groups"].split(";")),
                di_class=row["di_class"],
                delivery_modes=tuple(row["delivery_modes"].split(";")),
                capacity_unit=row["capacity_unit"],
                default_visibility=row["default_visibility"],
                authority=row["authority"],
                is_verified=row["verified"] == "yes",
            )
            for row in _rows("support_forms")
        }
    )


def screen_groups() -> tuple[str, ...]:
    """Return the codes of the groups that people choose from."""
    return tuple(code for code, group in need_groups().items() if group.is_on_screen)


def forms_for_group(group: str) -> tuple[str, ...]:
    """Return the codes of forms meant for the group; enabling forms are left out."""
    return tuple(
        code
        for code, form in support_forms().items()
        if group in form.need_groups and form.di_class != "enabling"
    )


def has_door(form: str) -> bool:
    """Whether the form is given at a place; without one it covers areas and never gets a point."""
    return "point" in support_forms()[form].delivery_modes


def has_profiles(form: str) -> bool:
    """Whether registers tell, by a profile of each place, which groups a form is for."""
    return any(row["support_form"] == form for row in _rows("subtypes"))


def need_groups_of(form: str, subtype: str | None) -> tuple[str, ...]:
    """
    Return the groups that a service is for.

    The register's own words narrow them: places of a DPS for children with intellectual disabilities are not
    places for older people. A combined profile serves the groups of all its parts. Words that match nothing
    leave the groups of the form.
    """
    if subtype:
        narrowed = [
            group
            for row in _rows("subtypes")
            if row["support_form"] == form and row["pattern"] in subtype.lower()
            for group in row["need_groups"].split(";")
        ]
        if narrowed:
            return tuple(dict.fromkeys(narrowed))
    return support_forms()[form].need_groups


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _names(row: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({language: row[f"name_{language}"] for language in LANGUAGES})
