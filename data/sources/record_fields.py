"""The fields of a staged register record and how the text of each is read."""

from typing import Literal

Kind = Literal[
    "text", "integer", "decimal", "phones", "date", "powiat", "flag", "form", "status", "voivodeship"
]
ReadAs = Kind | Literal["postal_code", "gmina_code", "web", "reference", "made"]

FIELDS: dict[str, ReadAs] = {
    "facility_key": "text",
    "row_reference": "made",
    "facility_name": "text",
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
    "opening_hours_text": "text",
    "note": "text",
    "source_url": "reference",
    "verified_on": "date",
    "verified_precision": "made",
    "support_form": "form",
    "subtype": "text",
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
    "intake_text": "text",
}

INTEGERS = tuple(name for name, kind in FIELDS.items() if kind == "integer")
VACANCIES = tuple(name for name in INTEGERS if name.startswith(("vacant", "waiting")))

JOINED = ("note",)
"""Fields that several columns may add to; elsewhere the first word stands."""
