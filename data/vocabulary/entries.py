"""What one line of each file of the vocabulary tells."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class NeedGroup:
    """A group of people that support is for; `name` by language."""

    code: str
    name: Mapping[str, str]
    is_on_screen: bool


@dataclass(frozen=True)
class FormGroup:
    """A shelf on which forms of support stand together: help at home, day support."""

    code: str
    name: Mapping[str, str]


@dataclass(frozen=True)
class CusArea:
    """One of the 14 areas of services that art. 2 pkt 2 of the CUS act names."""

    code: str
    name: Mapping[str, str]


@dataclass(frozen=True)
class SupportKind:
    """Where and for how long a form helps; not `is_sure` where a part of its places is of another kind (`note`)."""

    kind: str
    is_sure: bool
    note: str


@dataclass(frozen=True)
class SupportForm:
    """
    A kind of service.

    `di_class` is community, conditional, institutional or enabling; enabling forms (offices that direct people
    to help) are never counted as coverage. `use` is near (every day, by whoever is in reach) or wide (people come from
    anywhere, as into a DPS); `use_words` say whom it takes in and who decides, marked where that is not sure, and
    `use_authority` cites the law that says so, empty where none was found.
    `authority` cites the law that the form rests on; `verification` says how
    sure name and law are (yes, partial, unverified). `cus_areas` is empty where the law does not name the area.
    A record is to be checked again after `review_days`; what it says of vacancies greys after `vacancy_days` (None for
    forms that are not counted in places). `osm_tags` are the values that each tag of an OpenStreetMap element may
    have, `osm_name` the words one of which its name must hold too.
    """

    code: str
    name: Mapping[str, str]
    need_groups: tuple[str, ...]
    di_class: str
    delivery_modes: tuple[str, ...]
    capacity_unit: str
    use: str
    use_authority: str
    use_words: Mapping[str, str]
    kind: SupportKind
    default_visibility: str
    authority: str
    is_verified: bool
    verification: str
    group: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    responsible_level: str
    official_register: str
    cus_areas: tuple[str, ...]
    review_days: int
    vacancy_days: int | None
    osm_tags: Mapping[str, tuple[str, ...]]
    osm_name: tuple[str, ...]


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
