"""What the rows of a register say that cannot be, or may not be shown."""

from collections.abc import Hashable, Iterator, Mapping

import pandas as pd

from data.loading.plan import work_item
from data.personal_names import address_names_a_person, is_named_after_a_person, names_a_person
from data.places.world import AreaIndex
from data.sources.registers.doubtful_cell import Doubt
from data.store.query_frames import Row
from geo.teryt import COUNTRY

_FREE_TEXTS = (
    "alternate_name",
    "facility_description",
    "opening_hours_text",
    "transportation_text",
    "note",
    "service_name",
    "service_description",
    "subtype",
    "intake_text",
    "eligibility_text",
    "fees_text",
    "interpretation_text",
    "service_opening_hours_text",
)
_LISTS_OF_TEXTS = ("barrier_free", "required_documents", "funding")
_LISTS_OF_PARTS = {
    "phones": ("description",),
    "fees": ("option", "description"),
    "stops": ("opening_hours_text",),
}
"""Lists of records → their parts that are free texts."""
_ADDRESSES = ("website", "source_url")
_NAMES = ("facility_name", "organization_name")


def without_persons(rows: list[Row]) -> Iterator[Row]:
    """
    Take texts that name a private person out of the rows, and give a work item for each.

    A name of a facility or organization that is a person's stays, because it is how the register calls it ("Rodzinny
    Dom Pomocy Jan Kowalski"): its work item lets a person decide.
    """
    for row in rows:
        reference = row["row_reference"]
        for name in _withhold(row):
            yield work_item("personal_name", f"row {reference}", {"field": name, "row": reference})
        for name in _NAMES:
            if isinstance(row[name], str) and is_named_after_a_person(row[name]):
                yield work_item("person_in_name", f"row {reference}", {"field": name, "row": reference})


def organization_without_persons(row: Row) -> Iterator[Row]:
    """Take texts that name a private person out of what a file tells of an organization; give a work item for each."""
    key = row["organization_key"]
    for name in ("alternate_name", "description"):
        if isinstance(row[name], str) and names_a_person(row[name]):
            row[name] = None
            yield work_item("personal_name", key, {"field": f"organization {name}"})
    if isinstance(row["website"], str) and address_names_a_person(row["website"]):
        row["website"] = None
        yield work_item("personal_name", key, {"field": "organization website"})


def _withhold(row: Row) -> Iterator[str]:
    """Take out what names a person, and give the name of each field that lost something."""
    for name in _FREE_TEXTS:
        if isinstance(row[name], str) and names_a_person(row[name]):
            row[name] = None
            yield name
    for name in _ADDRESSES:
        if isinstance(row[name], str) and address_names_a_person(row[name]):
            row[name] = None
            yield name
    for name in _LISTS_OF_TEXTS:
        kept = [text for text in row[name] if not names_a_person(str(text))]
        if len(kept) < len(row[name]):
            row[name] = kept
            yield name
    for name, parts in _LISTS_OF_PARTS.items():
        records = [_without(record, parts) for record in row[name] or ()]
        if name == "stops":
            records = [_nameless(stop) for stop in records]
        if records != list(row[name] or ()):
            row[name] = records
            yield name


def _without(record: Row, parts: tuple[str, ...]) -> Row:
    return {name: value for name, value in record.items() if name not in parts or not names_a_person(value)}


def _nameless(stop: Row) -> Row:
    """Return a stop that is called by its locality where its own name is a person's."""
    is_kept = not names_a_person(stop["name"])
    return stop if is_kept else stop | {"name": stop.get("locality_name") or _STOP}


_STOP = "przystanek"


def unknown_service_areas(records: pd.DataFrame, areas: AreaIndex) -> list[Doubt]:
    """Return a doubt for each row whose service covers an area of no code that we know."""
    known = areas.codes | areas.area_of_code.keys() | {COUNTRY}
    found = []
    for row in records[["row_reference", "facility_key", "service_area_codes"]].to_dict("records"):
        unknown = [code for code in row["service_area_codes"] if code not in known]
        if unknown:
            facts = {"codes": unknown}
            found.append(Doubt("service_area_unknown", facts, row["row_reference"], row["facility_key"]))
    return found


def doubtful_vacancies(services_of: Mapping[Hashable, list[Row]]) -> Iterator[Row]:
    """Return work items for vacant places that cannot be: more than all, or not the sum of women's and men's."""
    for key, rows in services_of.items():
        for row in rows:
            vacant, places = row["vacant_places"], row["capacity_places"]
            facts = {"row": row["row_reference"], "vacant_places": vacant}
            if vacant is not None and places is not None and vacant > places:
                yield work_item("vacancies_exceed_capacity", str(key), facts | {"capacity_places": places})
            women, men = row["vacant_women"], row["vacant_men"]
            if None not in {vacant, women, men} and women + men != vacant:
                by_sex = {"vacant_women": women, "vacant_men": men}
                yield work_item("places_by_sex_differ", str(key), facts | by_sex)


def moving_facilities(records: pd.DataFrame) -> list[Row]:
    """Return work items for facilities whose rows give different localities."""
    known = records.dropna(subset=["locality_name"]).drop_duplicates(["facility_key", "locality_name"])
    moving = known[known["facility_key"].duplicated(keep=False)]
    return [
        work_item("facility_rows_disagree", str(key), {"locality_names": found["locality_name"].tolist()})
        for key, found in moving.groupby("facility_key", sort=False)
    ]
