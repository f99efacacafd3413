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

FACILITY = (
    Pair("facility_id", "column", "location.id", "facility_key"),
    Pair("organization_id", "column", "location.organization_id", "organization_key"),
    Pair("name", "column", "location.name", "facility_name"),
    Pair("alternate_name", "column", "location.alternate_name", "alternate_name"),
    Pair("description", "column", "location.description", "facility_description"),
    Pair("transportation_text", "column", "location.transportation", "transportation_text"),
    Pair("website", "column", "location.url", "website", "web"),
    Pair("street_address", "rows", "address.address_1", "street_address"),
    Pair("postal_code", "rows", "address.postal_code", "postal_code"),
    Pair("locality_name", "rows", "address.city", "locality_name"),
    Pair("gmina_code", "attribute", _LOCATION, "stated_gmina_code"),
    Pair("gmina_name", "attribute", _LOCATION, "stated_gmina_name"),
    Pair("powiat_code", "attribute", _LOCATION, "is_city_powiat"),
    Pair("powiat_name", "attribute", _LOCATION, "stated_powiat_name"),
    Pair("voivodeship_code", "attribute", _LOCATION, "voivodeship_code"),
    Pair("voivodeship_name", "attribute", _LOCATION, None, why="the code says it"),
    Pair("geometry", "rows", "location.latitude, location.longitude", "latitude, longitude"),
    Pair("place_grade", "attribute", _LOCATION, "file_place_grade"),
    Pair("visibility", "attribute", _LOCATION, "visibility"),
    Pair("phones", "rows", "phone.number, phone.extension, phone.description", "phones", "json"),
    Pair("opening_hours", "rows", "schedule.description", "opening_hours"),
    Pair("opening_hours_text", "rows", "schedule.notes", "opening_hours_text"),
    Pair("languages", "rows", "language.code", "languages", "json"),
    Pair("wheelchair", "attribute", _LOCATION, "wheelchair"),
    Pair("barrier_free", "rows", "accessibility.description", "barrier_free", "json"),
    Pair("note", "attribute", _LOCATION, "note"),
    Pair("source_url", "attribute", _LOCATION, "source_url"),
    Pair("origin", "attribute", _LOCATION, "origin"),
    Pair("verified_on", "attribute", _LOCATION, "verified_on", "date"),
    Pair("verified_precision", "attribute", _LOCATION, "verified_precision"),
    Pair("stated_on", "attribute", _LOCATION, "stated_on", "date"),
    Pair("stated_precision", "attribute", _LOCATION, "stated_precision"),
    Pair("changed_on", "attribute", _LOCATION, None, "date", "the registry dates its own changes"),
    Pair("source_code", "attribute", _LOCATION, None, why=_OWN_SOURCE),
)

SERVICE = (
    Pair("service_id", "column", "service.id", "service_key"),
    Pair("name", "column", "service.name", "service_name"),
    Pair("description", "column", "service.description", "service_description"),
    Pair("intake_text", "column", "service.application_process", "intake_text"),
    Pair("eligibility_text", "column", "service.eligibility_description", "eligibility_text"),
    Pair("minimum_age", "column", "service.minimum_age", "minimum_age", "integer"),
    Pair("maximum_age", "column", "service.maximum_age", "maximum_age", "integer"),
    Pair("fees_text", "column", "service.fees_description", "fees_text"),
    Pair("interpretation_text", "column", "service.interpretation_services", "interpretation_text"),
    Pair("support_form", "rows", "service.attributes", "support_form"),
    Pair("need_groups", "rows", "service.attributes", "need_groups", "json"),
    Pair("required_documents", "rows", "required_document.document", "required_documents", "json"),
    Pair("fees", "rows", "cost_option.*", "fees", "json"),
    Pair("funding", "rows", "funding.source", "funding", "json"),
    Pair("languages", "rows", "language.code", "service_languages", "json"),
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
    Pair("subtype", "attribute", _AT, "subtype"),
    Pair("status", "attribute", _AT, "status"),
    Pair("capacity_places", "rows", "service_capacity.maximum", "capacity_places", "integer"),
    Pair("capacity_women", "rows", "service_capacity.maximum", "capacity_women", "integer"),
    Pair("capacity_men", "rows", "service_capacity.maximum", "capacity_men", "integer"),
    Pair("vacant_places", "rows", "service_capacity.available", "vacant_places", "integer"),
    Pair("vacant_women", "rows", "service_capacity.available", "vacant_women", "integer"),
    Pair("vacant_men", "rows", "service_capacity.available", "vacant_men", "integer"),
    Pair("vacancies_on", "rows", "service_capacity.updated", "vacancies_on", "date"),
    Pair("vacancies_expire_on", "attribute", _AT, "vacancies_expire_on", "date"),
    Pair("waiting_persons", "attribute", _AT, "waiting_persons", "integer"),
    Pair("waiting_days", "attribute", _AT, "waiting_days", "integer"),
    Pair("opening_hours", "rows", "schedule.description", "service_opening_hours"),
    Pair("opening_hours_text", "rows", "schedule.notes", "service_opening_hours_text"),
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
