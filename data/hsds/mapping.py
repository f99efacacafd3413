"""
Which field of ours is which field of HSDS; writing, reading, docs and tests all go by these tables.

A field is a `column` of the HSDS table; `rows` of a table of their own; or an `attribute`, where HSDS has no word
for it: a term of our taxonomy of registry fields with a value.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from data.fields import OF_FACILITY, OF_SERVICE, Field

Way = Literal["column", "rows", "attribute"]
Kind = Literal["text", "web", "integer", "date", "flag", "json"]


@dataclass(frozen=True)
class Pair:
    """
    A field of ours and its place in HSDS.

    `record` is the field of a staged record that reading gives, None where `why` says that none does.
    """

    ours: str
    way: Way
    hsds: str
    record: str | None
    kind: Kind = "text"
    why: str = ""

    @property
    def table(self) -> str:
        """The HSDS table of the field."""
        return self.hsds.partition(".")[0]

    @property
    def column(self) -> str:
        """The name of the HSDS field without its table."""
        return self.hsds.rpartition(".")[2]


_COMPUTED = "worked out by the registry from the areas and the releases that it has"
_OWN_SOURCE = "a file that is read is a source of its own"
_LOCATION = "location.attributes"
_AT = "service_at_location.attributes"

ORGANIZATION = (
    Pair("organization_id", "column", "organization.id", "organization_key"),
    Pair("name", "column", "organization.name", "name"),
    Pair("alternate_name", "column", "organization.alternate_name", "alternate_name"),
    Pair("description", "column", "organization.description", "description"),
    Pair("website", "column", "organization.website", "website", "web"),
    Pair("legal_status", "column", "organization.legal_status", "legal_status"),
    Pair("year_incorporated", "column", "organization.year_incorporated", "year_incorporated", "integer"),
    Pair("nip", "rows", "organization_identifier.identifier", "nip"),
    Pair("regon", "rows", "organization_identifier.identifier", "regon"),
    Pair("krs", "rows", "organization_identifier.identifier", "krs"),
    Pair("source_code", "attribute", "organization.attributes", None, why=_OWN_SOURCE),
)

_KINDS: Mapping[str, Kind] = {"integer": "integer", "age": "integer", "date": "date", "web": "web"}
_OF_A_PLACE = frozenset({"service_at_location", "service_capacity", "schedule"})
"""Tables of HSDS that tell what a service is at one location; the others tell it of all its locations."""


def _pair(field: Field) -> Pair:
    """Return the place in HSDS that a field of ours says."""
    is_json = field.is_list or field.name == "need_groups"
    kind: Kind = "json" if is_json else _KINDS.get(field.read_as, "text")
    return Pair(field.told, field.way or "column", field.hsds, field.name, kind)


FACILITY = (
    Pair("facility_id", "column", "location.id", "facility_key"),
    Pair("organization_id", "column", "location.organization_id", "organization_key"),
    *(_pair(field) for field in OF_FACILITY if field.is_told),
    Pair("voivodeship_name", "attribute", _LOCATION, None, why="the code says it"),
    Pair("geometry", "rows", "location.latitude, location.longitude", "latitude, longitude"),
    Pair("changed_on", "attribute", _LOCATION, None, "date", "the registry dates its own changes"),
    Pair("source_code", "attribute", _LOCATION, None, why=_OWN_SOURCE),
)

_OF_SERVICE = tuple(_pair(field) for field in OF_SERVICE if field.is_told)

SERVICE = (
    Pair("service_id", "column", "service.id", "service_key"),
    *(pair for pair in _OF_SERVICE if pair.table not in _OF_A_PLACE),
)
"""
Of the service itself. Where the places of one service differ, the service has what its first place has and the
others say their own in an attribute of the service at location, whatever the `way`.
"""

SERVICE_AT_FACILITY = (
    Pair(
        "service_at_facility_id", "column", "service_at_location.id", None, why="made of the two other keys"
    ),
    Pair("facility_id", "column", "service_at_location.location_id", "facility_key"),
    Pair("organization_id", "column", "service.organization_id", "organization_key"),
    *(pair for pair in _OF_SERVICE if pair.table in _OF_A_PLACE),
    Pair("is_counted", "attribute", _AT, None, "flag", _COMPUTED),
    Pair("is_unconfirmed", "attribute", _AT, None, "flag", _COMPUTED),
    Pair("set_aside_by", "attribute", _AT, None, why=_COMPUTED),
    Pair("source_code", "attribute", _AT, None, why=_OWN_SOURCE),
)

CAPACITIES: Mapping[str, tuple[str, str]] = {
    "places": ("capacity_places", "vacant_places"),
    "women": ("capacity_women", "vacant_women"),
    "men": ("capacity_men", "vacant_men"),
}
"""Whom places are for → our fields that `maximum` and `available` of a service capacity hold."""

IDENTIFIERS: Mapping[str, tuple[str, str]] = {
    "nip": ("PL-NIP", "NIP"),
    "regon": ("PL-REGON", "REGON"),
    "krs": ("PL-KRS", "KRS"),
}
"""Our field → scheme and type of an organization identifier."""

STATUSES: Mapping[str, str] = {
    "active": "active",
    "planned": "inactive",
    "suspended": "temporarily closed",
    "closed": "defunct",
    "moved": "inactive",
    "funding_only": "inactive",
}
"""Our status → that of HSDS; ours goes with it as an attribute."""

STATUSES_READ: Mapping[str, str] = {
    "active": "active",
    "inactive": "suspended",
    "temporarily closed": "suspended",
    "defunct": "closed",
}
"""The status of others' services; "inactive" may be before or after, so it is read as not working now."""


def attribute_text(value: Any) -> str:
    """Return a value as the text of an attribute: ISO dates, plain numbers, `true`, lists as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def attribute_value(text: str, kind: Kind) -> Any:
    """
    Return the value that `attribute_text` wrote.

    Raises
    ------
    ValueError
        If the text is not of the kind.
    """
    if kind == "date":
        return dt.date.fromisoformat(text)
    if kind in {"integer", "flag", "json"}:
        value = json.loads(text)
        expected = {"integer": int, "flag": bool, "json": list}[kind]
        if type(value) is not expected:
            raise ValueError(f"expected {expected.__name__} in JSON")
        return value
    return text
