"""Planning a register: its facilities placed, its services counted once, its totals reconciled."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from data.catalogue import Source
from data.fields import OF_FACILITY
from data.loading.content_checks import (
    doubtful_vacancies,
    moving_facilities,
    organization_without_persons,
    unknown_service_areas,
    without_persons,
)
from data.loading.counting import Claims, Exceptions
from data.loading.plan import NOTHING_TAKEN_OVER, FacilityPlan, Plan, TakenOver, work_item
from data.loading.reconcile import Tolerance, reconcile
from data.loading.service_plan import plan_services, understood_hours
from data.loading.shown_names import organization_key, shown_name, shown_organization, silent_organizations
from data.personal_names import names_a_person
from data.places.address_index import AddressIndex
from data.places.axes import doubtful_axes
from data.places.geocoding import AddressFinder
from data.places.likely_fix import add_likely_fixes
from data.places.placed import Placed
from data.places.placing import place_facilities
from data.places.postal_places import PostalPlaces
from data.places.stated_area import with_voivodeships
from data.places.world import AreaIndex, Gazetteer
from data.sources.fetch import FoundFile
from data.sources.registers.doubtful_cell import Doubt
from data.sources.registers.record_fields import ORGANIZATION_FIELDS
from data.sources.registers.staged_register import StagedRegister
from data.store.query_frames import Row, plain_rows
from data.store.schema import RegisterCoverage, RegisterTotal
from data.store.visibility import strictest
from data.vocabulary import has_door, support_forms

_TAKEN_OF_FACILITY: Final = {field.column: field.name for field in OF_FACILITY if field.is_taken}
"""Column → the field that it holds as it was read; the others are worked out below."""


@dataclass(frozen=True)
class PlaceSources:
    """
    What facilities are placed in: areas, places by name, by postal code and by address as far as they are at hand.

    `finder` is the address service, when it is switched on.
    """

    areas: AreaIndex
    gazetteer: Gazetteer
    postcodes: PostalPlaces | None = None
    addresses: AddressIndex | None = None
    finder: AddressFinder | None = None


def plan_register(
    source: Source,
    file: FoundFile,
    staged: StagedRegister,
    *,
    world: PlaceSources,
    claims: Claims,
    exceptions: Exceptions,
    tolerance: Tolerance,
    taken_over: TakenOver = NOTHING_TAKEN_OVER,
) -> Plan:
    """
    Plan one register; of records that are `taken_over` nothing is planned but that they and their organizations stay.

    Rows of one facility share its address: the first row's is taken, and a later row that gives another
    locality becomes a work item.
    """
    areas = world.areas
    staged = with_voivodeships(staged, areas)
    records, day = staged.records, staged.as_of or file.as_of
    facilities = records.drop_duplicates("facility_key").set_index("facility_key")
    services_of: dict[Hashable, list[Row]] = {}
    for row in plain_rows(records):
        services_of.setdefault(row["facility_key"], []).append(row)
    facilities["has_door"] = [
        any(has_door(row["support_form"]) for row in services_of[key]) for key in facilities.index
    ]
    visibilities = {key: _visibility(rows) for key, rows in services_of.items()}
    facilities["is_public"] = [visibilities[key] == "public" for key in facilities.index]
    placed = place_facilities(
        facilities,
        areas,
        world.gazetteer,
        postcodes=world.postcodes,
        addresses=world.addresses,
        finder=world.finder,
        day=day,
    )
    doubts = (*staged.doubts, *unknown_service_areas(records, areas), *doubtful_axes(staged, placed, areas))
    withheld = [item for rows in services_of.values() for item in without_persons(rows)]
    origin = "register" if source.is_official else "list"
    plans = tuple(
        _plan_facility(str(key), services_of[key], placed[key], areas, origin=origin, day=day)
        for key in facilities.index
    )
    silent = silent_organizations(plans, services_of) - taken_over.organizations
    organizations = tuple(_organizations(staged, silent=silent))
    withheld += [item for row in organizations for item in organization_without_persons(row)]
    renamed = [
        work_item("protected_name_told", f"row {rows[0]['row_reference']}", {"is_protected": True})
        for plan in plans
        if plan.row["name"] != (rows := services_of[plan.row["record_key"]])[0]["facility_name"]
    ]
    compared = reconcile(staged.totals, records, areas, tolerance=tolerance)
    conflicts = add_likely_fixes(
        [
            work_item(kind, str(key), facts)
            for key in facilities.index
            for kind, facts in placed[key].problems
        ],
        areas,
        world.gazetteer,
    )
    items = [
        item if visibilities[item["subject"]] == "public" else _without_place(item, services_of)
        for item in conflicts
    ]
    covered = [
        {
            "support_form": form,
            "voivodeship_code": voivodeship,
            "except_area_codes": sorted(exceptions.get((form, voivodeship), ())),
        }
        for (form, voivodeship), claimant in claims.items()
        if claimant == source.code
    ]
    doubtful = [
        item if visibilities.get(item["subject"], "public") == "public" else _without_place(item, services_of)
        for item in (item_of_doubt(doubt, file.path.name) for doubt in doubts)
    ]
    work_items = (
        *items,
        *doubtful,
        *compared.work_items,
        *(work_item("total_not_compared", label, {"why": why}) for label, why in staged.not_compared),
        *moving_facilities(records),
        *withheld,
        *renamed,
        *doubtful_vacancies(services_of),
    )
    subjects = {item["subject"] for item in work_items}
    return Plan(
        source=source,
        file=file,
        as_of=day,
        rows_read=staged.rows_read,
        rows_accepted=len(records) + len(staged.taken_over),
        rejected=staged.rejected,
        rows={RegisterCoverage: covered, RegisterTotal: compared.rows},
        organizations=organizations,
        facilities=plans,
        work_items=work_items,
        figures={"facilities": len(plans), "services": len(records)}
        | {name: int(records[name].sum()) for name in ("capacity_places", "vacant_places")},
        differences=compared.beyond_tolerance,
        stated_on=staged.as_of if staged.dates_rows else None,
        taken_over=taken_over,
        row_prints={
            key: row_print
            for key, row_print in staged.prints.items()
            if _is_silent(key, services_of.get(key, []), subjects) and visibilities[key] == "public"
        },
    )


def _is_silent(key: str, rows: list[Row], subjects: set[str]) -> bool:
    """Tell whether a record is one row that gave nobody anything to look at: its row need not be read again."""
    return len(rows) == 1 and not subjects & {key, f"row {rows[0]['row_reference']}"}


def item_of_doubt(doubt: Doubt, file_name: str) -> Row:
    """Return the work item of a doubt; one of the whole file is named by the file, a person's name is left out."""
    row = {"row": doubt.row_reference} if doubt.row_reference else {}
    facts = {name: value for name, value in doubt.facts.items() if not names_a_person(str(value))}
    return work_item(doubt.kind, doubt.facility_key or file_name, row | facts)


def _plan_facility(
    key: str, rows: list[Row], placed: Placed, areas: AreaIndex, *, origin: str, day: date | None
) -> FacilityPlan:
    """
    Return the plan of one facility.

    `origin` is that of a source for rows that do not tell their own; of `day` are the codes of the list.
    """
    first = rows[0]
    visibility = _visibility(rows)
    facility = {column: first[name] for column, name in _TAKEN_OF_FACILITY.items()} | {
        "record_key": key,
        "organization_key": shown_organization(
            rows, gmina_name=areas.name_of.get(placed.gmina_code or ""), is_public=visibility == "public"
        ),
        "name": shown_name(rows, is_public=visibility == "public"),
        "opening_hours": understood_hours(first["opening_hours"], first["opening_hours_text"]),
        "phones": _phones(row["phones"] for row in rows),
        "gmina_code": placed.gmina_code,
        "powiat_code": placed.stated.powiat_code if placed.gmina_code is None else None,
        "gmina_code_of_words": placed.gmina_of_words,
        "gmina_code_of_point": placed.gmina_of_point,
        "place_grade": placed.grade,
        "place_radius_m": placed.radius_m,
        "point": placed.point,
        "visibility": visibility,
        "origin": first["origin"] or origin,
    }
    return FacilityPlan(facility, tuple(plan_services(key, rows, placed, areas, day=day)))


def _visibility(rows: list[Row]) -> str:
    """Return the strictest of what the forms of a facility ask for and what its rows say."""
    asked = {support_forms()[row["support_form"]].default_visibility for row in rows}
    return strictest(asked | {row["visibility"] for row in rows})


def _without_place(item: Row, services_of: Mapping[Hashable, list[Row]]) -> Row:
    """Return a work item of a protected place: its row in the file says where to look, the item does not."""
    reference = services_of[item["subject"]][0]["row_reference"]
    return item | {"subject": f"row {reference}", "facts": {"is_protected": True}}


def _organizations(staged: StagedRegister, *, silent: set[str | None]) -> Iterator[Row]:
    """Return the organizations that a file describes, then those that its records only name, but for `silent` ones."""
    seen = set(silent)
    for row in plain_rows(staged.organizations):
        if row["organization_key"] not in silent:
            seen.add(row["organization_key"])
            yield row
    named = staged.records[["organization_key", "organization_name"]].drop_duplicates()
    for row in plain_rows(named):
        key = organization_key(row)
        if key is not None and key not in seen:
            seen.add(key)
            yield dict.fromkeys(ORGANIZATION_FIELDS) | {
                "organization_key": key,
                "name": row["organization_name"] or key,
            }


def _phones(lists: Iterable[list[Row]]) -> list[Row]:
    """Return the numbers of all rows, each once, in the order of the rows."""
    found: dict[tuple[str, int | None], Row] = {}
    for phone in (phone for phones in lists for phone in phones):
        found.setdefault((phone["number"], phone.get("extension")), phone)
    return list(found.values())
