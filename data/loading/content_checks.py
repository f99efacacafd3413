"""What the rows of a register say that cannot be, or may not be shown."""

from collections.abc import Hashable, Iterator, Mapping

import pandas as pd

from data.loading.plan import Row, work_item
from data.personal_names import names_a_person
from data.places.world import AreaIndex
from data.sources.doubtful_cell import Doubt

_POLAND = "00"

_FREE_TEXTS = (
    "alternate_name",
    "facility_description",
    "opening_hours_text",
    "transportation_text",
    "note",
    "service_description",
    "intake_text",
    "eligibility_text",
    "fees_text",
    "interpretation_text",
    "service_opening_hours_text",
)


def without_persons(rows: list[Row]) -> Iterator[Row]:
    """Take texts that name a private person out of the rows, and give a work item for each."""
    for row in rows:
        for name in _FREE_TEXTS:
            if isinstance(row[name], str) and names_a_person(row[name]):
                row[name] = None
                facts = {"field": name, "row": row["row_reference"]}
                yield work_item("personal_name", f"row {row['row_reference']}", facts)


def unknown_service_areas(records: pd.DataFrame, areas: AreaIndex) -> list[Doubt]:
    """Return a doubt for each row whose service covers an area of no code that we know."""
    known = areas.codes | areas.area_of_code.keys() | {_POLAND}
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
