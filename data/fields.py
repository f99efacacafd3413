"""
Every field of a facility and of a service, once: how it is read, where it is kept, how it is told, what it is in HSDS.

A staged record is one service at one facility; what a list of fields elsewhere says is derived from here.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

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
Owner = Literal["facility", "service"]
Together = Literal["", "address", "day", "capacity", "vacancy"]
Way = Literal["", "column", "rows", "attribute"]
"""In HSDS a field is a column of a table, rows of a table of its own, or an attribute where HSDS has no word for it."""

_LISTS: Final = frozenset({"phones", "list", "languages", "area_codes", "stops"})


@dataclass(frozen=True)
class Field:
    """
    One field.

    Attributes
    ----------
    name
        In a staged record and in the frames of the registry.
    read_as
        How the text of a cell is read.
    hsds, way
        Its place in HSDS 3.1 (`table.field`) and what it is there; empty where its mapping is no single field.
    own_name
        What its owner calls it, when not by `name`: its column in the owner's table and in extracts.
    is_kept
        Whether the owner's table has it; else it only helps to make others.
    is_worked_out
        Whether what is kept is made of several fields or rows, and not what was read.
    told_as
        Its column in extracts when that is no column of the owner's table: what was worked out from it.
    is_masked
        Whether it is free text that may tell where a protected place is: it does not leave the database then.
    is_vacancy
        Whether it changes every month, and is no change of the record.
    together
        The fields that are true only beside it, and come from the same record when several are merged.
    is_united
        Whether what several records list is listed together when they are merged.
    is_listed
        Of a `made` field, whether it is a list; others are so by what they are read as.
    is_added_to
        Whether several columns of a file may add to it; elsewhere the first word stands.
    owner
        Whether it is of the facility or of the service.
    """

    name: str
    read_as: ReadAs
    hsds: str = ""
    way: Way = ""
    own_name: str = ""
    is_kept: bool = True
    is_worked_out: bool = False
    told_as: str = ""
    is_masked: bool = False
    is_vacancy: bool = False
    together: Together = ""
    is_united: bool = False
    is_listed: bool = False
    is_added_to: bool = False
    owner: Owner = "facility"

    @property
    def column(self) -> str:
        """Its column in the owner's table."""
        return self.own_name or self.name

    @property
    def told(self) -> str:
        """Its column in extracts."""
        return self.told_as or self.column

    @property
    def is_list(self) -> bool:
        """Tell whether it is an empty list, not None, where the source does not say."""
        return self.is_listed or self.read_as in _LISTS

    @property
    def is_taken(self) -> bool:
        """Tell whether the owner's table keeps what was read as it is."""
        return self.is_kept and not self.is_worked_out

    @property
    def is_told(self) -> bool:
        """Tell whether extracts have it."""
        return bool(self.told_as) or (self.is_kept and bool(self.way))


_LOCATION: Final = "location.attributes"
_AT: Final = "service_at_location.attributes"

_facility = partial(Field, owner="facility")
_service = partial(Field, owner="service")

FIELDS: Final = (
    _facility("facility_key", "text", is_kept=False),
    _facility("row_reference", "made"),
    _facility("facility_name", "text", "location.name", "column", own_name="name", is_worked_out=True),
    _facility("alternate_name", "text", "location.alternate_name", "column", is_masked=True),
    _facility(
        "facility_description",
        "text",
        "location.description",
        "column",
        own_name="description",
        is_masked=True,
    ),
    _facility("organization_key", "text", is_worked_out=True),
    _facility("organization_name", "text", is_kept=False),
    _facility("street_address", "text", "address.address_1", "rows", is_masked=True, together="address"),
    _facility(
        "postal_code", "postal_code", "address.postal_code", "rows", is_masked=True, together="address"
    ),
    _facility("locality_name", "text", "address.city", "rows", is_masked=True, together="address"),
    _facility("post_town", "text", is_kept=False),
    _facility("stated_gmina_code", "gmina_code", _LOCATION, "attribute", told_as="gmina_code"),
    _facility("stated_gmina_name", "text", _LOCATION, "attribute", told_as="gmina_name"),
    _facility("is_city_powiat", "flag", _LOCATION, "attribute", is_kept=False, told_as="powiat_code"),
    _facility("stated_powiat_name", "powiat", _LOCATION, "attribute", told_as="powiat_name"),
    _facility("voivodeship_code", "voivodeship", _LOCATION, "attribute"),
    _facility("latitude", "decimal", is_kept=False),
    _facility("longitude", "decimal", is_kept=False),
    _facility("file_place_grade", "text", _LOCATION, "attribute", is_kept=False, told_as="place_grade"),
    _facility(
        "file_place_radius_m", "integer", _LOCATION, "attribute", is_kept=False, told_as="place_radius_m"
    ),
    _facility("visibility", "visibility", _LOCATION, "attribute", is_worked_out=True),
    _facility(
        "phones",
        "phones",
        "phone.number, phone.extension, phone.description",
        "rows",
        is_worked_out=True,
        is_united=True,
    ),
    _facility("website", "web", "location.url", "column", is_masked=True),
    _facility("opening_hours", "hours", "schedule.description", "rows", is_worked_out=True, is_masked=True),
    _facility("opening_hours_text", "text", "schedule.notes", "rows", is_masked=True),
    _facility("languages", "languages", "language.code", "rows", is_united=True),
    _facility("wheelchair", "wheelchair", _LOCATION, "attribute"),
    _facility("barrier_free", "list", "accessibility.description", "rows", is_masked=True, is_united=True),
    _facility("transportation_text", "text", "location.transportation", "column", is_masked=True),
    _facility("note", "text", _LOCATION, "attribute", is_masked=True, is_added_to=True),
    _facility("source_url", "reference", _LOCATION, "attribute", is_masked=True),
    _facility("origin", "origin", _LOCATION, "attribute", is_worked_out=True, together="day"),
    _facility("verified_on", "date", _LOCATION, "attribute", together="day"),
    _facility("verified_precision", "made", _LOCATION, "attribute", together="day"),
    _facility("stated_on", "date", _LOCATION, "attribute", together="day"),
    _facility("stated_precision", "made", _LOCATION, "attribute", together="day"),
    _service("service_key", "text", is_worked_out=True),
    _service("service_name", "text", "service.name", "column", own_name="name", is_masked=True),
    _service(
        "service_description", "text", "service.description", "column", own_name="description", is_masked=True
    ),
    _service("support_form", "form", "service.attributes", "rows"),
    _service("subtype", "text", _AT, "attribute", is_masked=True),
    _service("need_groups", "made", "service.attributes", "rows", is_worked_out=True),
    _service("status", "status", _AT, "attribute"),
    _service("capacity_places", "integer", "service_capacity.maximum", "rows", together="capacity"),
    _service("capacity_women", "integer", "service_capacity.maximum", "rows", together="capacity"),
    _service("capacity_men", "integer", "service_capacity.maximum", "rows", together="capacity"),
    _service(
        "vacant_places", "integer", "service_capacity.available", "rows", is_vacancy=True, together="vacancy"
    ),
    _service(
        "vacant_women", "integer", "service_capacity.available", "rows", is_vacancy=True, together="vacancy"
    ),
    _service(
        "vacant_men", "integer", "service_capacity.available", "rows", is_vacancy=True, together="vacancy"
    ),
    _service("waiting_persons", "integer", _AT, "attribute", is_vacancy=True, together="vacancy"),
    _service("waiting_days", "integer", _AT, "attribute", is_vacancy=True, together="vacancy"),
    _service("vacancies_on", "date", "service_capacity.updated", "rows", is_vacancy=True, together="vacancy"),
    _service("vacancies_expire_on", "date", _AT, "attribute", is_vacancy=True),
    _service("intake_text", "text", "service.application_process", "column", is_masked=True),
    _service("eligibility_text", "text", "service.eligibility_description", "column", is_masked=True),
    _service("minimum_age", "age", "service.minimum_age", "column"),
    _service("maximum_age", "age", "service.maximum_age", "column"),
    _service("required_documents", "list", "required_document.document", "rows", is_masked=True),
    _service("fees_text", "text", "service.fees_description", "column", is_masked=True),
    _service("fees", "made", "cost_option.*", "rows", is_masked=True, is_listed=True),
    _service("funding", "list", "funding.source", "rows", is_masked=True),
    _service("service_languages", "languages", "language.code", "rows", own_name="languages", is_united=True),
    _service("interpretation_text", "text", "service.interpretation_services", "column", is_masked=True),
    _service(
        "service_opening_hours",
        "hours",
        "schedule.description",
        "rows",
        own_name="opening_hours",
        is_worked_out=True,
        is_masked=True,
    ),
    _service(
        "service_opening_hours_text",
        "text",
        "schedule.notes",
        "rows",
        own_name="opening_hours_text",
        is_masked=True,
    ),
    _service("said_fields", "text"),
    _service("service_area_codes", "area_codes", is_kept=False),
    _service("stops", "stops", is_kept=False),
)
"""
`phones` is a list of {`number`, `extension`?, `description`?}; `fees` of {`option`, `amount`, `currency`,
`description`, `valid_from`, `valid_to`}; `stops` of {`name`, `locality_name`, `latitude`, `longitude`,
`opening_hours`, `opening_hours_text`}; `need_groups` is a list of codes, or None for those of the form.
"""

OF_FACILITY: Final = tuple(field for field in FIELDS if field.owner == "facility")
OF_SERVICE: Final = tuple(field for field in FIELDS if field.owner == "service")
VACANCIES: Final = tuple(field.name for field in FIELDS if field.is_vacancy)
"""What changes every month: free places, queues and their days."""
CAPACITIES: Final = tuple(field.name for field in FIELDS if field.together == "capacity")


def together(kind: Together) -> tuple[str, ...]:
    """Return the names of the fields that are true only beside each other."""
    return tuple(field.name for field in FIELDS if field.together == kind)
