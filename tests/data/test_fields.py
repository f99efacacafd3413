"""Fields of facilities and services: what is derived from them is what it was when each list was written out."""

from data.export.extract import FACILITY_FIELDS, SERVICE_FIELDS
from data.fields import CAPACITIES, FIELDS, OF_FACILITY, OF_SERVICE, VACANCIES, together
from data.reading.service_queries import ONLY_WHERE_PUBLIC
from data.sources.registers.record_fields import LISTS
from data.store.schema import Facility, Service

MASKED = {
    *("alternate_name", "facility_description", "street_address", "postal_code", "locality_name", "website"),
    *("opening_hours", "opening_hours_text", "barrier_free", "transportation_text", "note", "source_url"),
    *("service_name", "service_description", "subtype", "intake_text", "eligibility_text", "fees_text"),
    *("required_documents", "fees", "funding", "interpretation_text"),
    *("service_opening_hours", "service_opening_hours_text"),
}
BOOKKEEPING = {
    *(
        "id",
        "release_id",
        "ended_release_id",
        "source_code",
        "record_key",
        "content_hash",
        "core_hash",
        "row_print",
    ),
    *("changed_on", "facility_id", "gmina_code", "gmina_code_of_words", "gmina_code_of_point", "powiat_code"),
    *("place_grade", "place_radius_m", "point"),
}
"""Columns that no field of a record is kept in: of releases, and of where the record was placed."""


def test_a_free_text_that_may_tell_a_protected_address_is_masked():
    assert set(ONLY_WHERE_PUBLIC) == MASKED
    assert {field.name for field in FIELDS if field.is_masked} == MASKED


def test_every_column_of_a_record_is_a_field_and_the_other_way_round():
    for model, fields in ((Facility, OF_FACILITY), (Service, OF_SERVICE)):
        kept = {field.column for field in fields if field.is_kept}
        assert {column.key for column in model.__table__.columns} - BOOKKEEPING == kept


def test_names_are_used_once():
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    for fields in (OF_FACILITY, OF_SERVICE):
        told = [field.told for field in fields if field.is_told]
        assert len(told) == len(set(told))


def test_what_is_true_only_together():
    assert together("address") == ("street_address", "postal_code", "locality_name")
    assert together("day") == (
        *("origin", "verified_on", "verified_precision", "stated_on", "stated_precision"),
    )
    assert CAPACITIES == ("capacity_places", "capacity_women", "capacity_men")
    assert together("vacancy") == (
        *("vacant_places", "vacant_women", "vacant_men", "waiting_persons", "waiting_days", "vacancies_on"),
    )
    assert (*together("vacancy"), "vacancies_expire_on") == VACANCIES


def test_lists_are_empty_where_nothing_is_said():
    assert set(LISTS) == {
        *("phones", "languages", "barrier_free", "required_documents", "fees", "funding"),
        *("service_languages", "service_area_codes", "stops"),
    }


def test_extracts_have_the_columns_of_before_in_their_order():
    assert FACILITY_FIELDS[:7] == (
        *("name", "alternate_name", "description", "street_address", "postal_code", "locality_name"),
        "gmina_code",
    )
    assert FACILITY_FIELDS[10:14] == (
        *("voivodeship_code", "voivodeship_name", "place_grade", "place_radius_m"),
    )
    assert SERVICE_FIELDS[:3] == ("name", "description", "support_form")
    assert (len(FACILITY_FIELDS), len(SERVICE_FIELDS)) == (31, 31)
