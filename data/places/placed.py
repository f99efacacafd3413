"""What placing a facility gives: a point with its grade, two witnesses of the gmina, and what disagrees."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely import Point

from data.places.stated_area import Problem, StatedArea, text_of
from data.places.world import NamedPlace

AddressRow = Mapping[Any, Any]
"""The address columns of a staged register, None where missing."""


@dataclass
class Placed:
    """
    A facility's place. `problems` are (kind, facts) for work items.

    `gmina_code` is the gmina in which `point` lies, or the stated one where the point is too near to its border to
    say another (`data.places.near_border`). Two witnesses are kept apart from it: `gmina_of_words`, the one
    gmina that the row's codes and names mean (None when they mean none or two), and `gmina_of_point`, the gmina of
    a coordinate that did not come from those words: the file's own, used or not, or that of the address service.
    `radius_m` is how far from the point the place may be; None where nobody knows.
    """

    stated: StatedArea
    gmina_code: str | None = None
    point: Point | None = None
    grade: str = "none"
    problems: list[Problem] = field(default_factory=list)
    gmina_of_words: str | None = None
    gmina_of_point: str | None = None
    radius_m: int | None = None

    def put(self, place: NamedPlace, grade: str) -> None:
        """Put the facility at a place of the gazetteer."""
        self.point, self.gmina_code, self.grade = place.point, place.gmina_code, grade


def address_facts(row: AddressRow, stated: StatedArea) -> dict[str, Any]:
    """Return what helps a person to find the place; no names or numbers of people."""
    columns = (
        "locality_name",
        "post_town",
        "postal_code",
        "stated_gmina_name",
        "stated_gmina_code",
        "stated_powiat_name",
        "voivodeship_code",
    )
    facts: dict[str, Any] = {column: text for column in columns if (text := text_of(row[column]))}
    return facts | ({"stated_codes": sorted(stated.gmina_codes)} if stated.gmina_codes else {})
