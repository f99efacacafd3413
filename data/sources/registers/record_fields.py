"""The fields of a staged register record and how the text of each is read."""

from typing import Literal

ReadAs = Literal[
    "text",
    "integer",
    "decimal",
    "phones",
    "date",
    "powiat",
    "flag",
    "form",
    "status",
    "voivodeship",
    "postal_code",
    "gmina_code",
    "web",
    "reference",
    "list",
    "languages",
    "wheelchair",
    "visibility",
    "origin",
    "hours",
    "age",
    "area_codes",
    "stops",
    "made",
]
"""`made` fields come from other fields or from readers of structured files, never from the text of one cell."""

FIELDS: dict[str, ReadAs] = {
    "facility_key": "text",
    "row_reference": "made",
    "facility_name": "text",
    "alternate_name": "text",
    "facility_description": "text",
    "organization_key": "text",
    "organization_name": "text",
    "street_address": "text",
    "postal_code": "postal_code",
    "locality_name": "text",
    "post_town": "text",
    "stated_gmina_name": "text",
    "stated_gmina_code": "gmina_code",
    "stated_powiat_name": "powiat",
    "is_city_powiat": "flag",
    "voivodeship_code": "voivodeship",
    "latitude": "decimal",
    "longitude": "decimal",
    "file_place_grade": "text",
    "phones": "phones",
    "website": "web",
    "opening_hours": "hours",
    "opening_hours_text": "text",
    "languages": "languages",
    "wheelchair": "wheelchair",
    "barrier_free": "list",
    "transportation_text": "text",
    "visibility": "visibility",
    "note": "text",
    "source_url": "reference",
    "origin": "origin",
    "verified_on": "date",
    "verified_precision": "made",
    "stated_on": "date",
    "stated_precision": "made",
    "service_key": "text",
    "service_name": "text",
    "service_description": "text",
    "support_form": "form",
    "subtype": "text",
    "need_groups": "made",
    "status": "status",
    "capacity_places": "integer",
    "capacity_women": "integer",
    "capacity_men": "integer",
    "vacant_places": "integer",
    "vacant_women": "integer",
    "vacant_men": "integer",
    "waiting_persons": "integer",
    "waiting_days": "integer",
    "vacancies_on": "date",
    "vacancies_expire_on": "date",
    "intake_text": "text",
    "eligibility_text": "text",
    "minimum_age": "age",
    "maximum_age": "age",
    "required_documents": "list",
    "fees_text": "text",
    "fees": "made",
    "funding": "list",
    "service_languages": "languages",
    "interpretation_text": "text",
    "service_opening_hours": "hours",
    "service_opening_hours_text": "text",
    "service_area_codes": "area_codes",
    "stops": "stops",
}
"""
One record is one service at one facility; fields up to `stated_precision` are of the facility.

`phones` is a list of {`number`, `extension`?, `description`?}; `fees` of {`option`, `amount`, `currency`,
`description`, `valid_from`, `valid_to`}; `stops` of {`name`, `locality_name`, `latitude`, `longitude`,
`opening_hours`, `opening_hours_text`}; `need_groups` is a list of codes, or None for those of the form.
"""

LISTS = (
    "phones",
    "languages",
    "barrier_free",
    "required_documents",
    "fees",
    "funding",
    "service_languages",
    "service_area_codes",
    "stops",
)
"""Fields that are an empty list, not None, where the source does not say."""

ORGANIZATION_FIELDS = (
    "organization_key",
    "name",
    "alternate_name",
    "description",
    "website",
    "legal_status",
    "year_incorporated",
    "nip",
    "regon",
    "krs",
)
"""Columns of the frame of organizations that structured sources bring beside their records."""

INTEGERS = tuple(name for name, kind in FIELDS.items() if kind == "integer")

JOINED = ("note",)
"""Fields that several columns may add to; elsewhere the first word stands."""
