"""The help of one area: the facilities of the form one by one, and how many there are of the group's other forms."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from data.fields import CAPACITIES
from data.store.own_sheets import WHOLE
from data.store.smallest_area import smallest_area
from data.vocabulary import forms_for_group
from geo.printed_numbers import Bound, bound_of
from layers.answers.area_table import AreaTable
from layers.answers.measures.field_records import PLACES, other_records_of
from layers.answers.measures.inputs import MeasureInputs
from layers.answers.measures.stated_days import StatedDay, days_of_rows


@dataclass(frozen=True)
class FacilityFact:
    """
    One facility of the form.

    Attributes
    ----------
    capacity_places
        In the unit of the form; missing (NaN) where any of its services does not say.
    gmina_name
        Its own gmina, where the area is several of them; else empty.
    is_for_others
        Whether some of its places may be for other people than the group.
    origin, verified_on, dated_on, dated_precision
        Where its record is from, and the oldest day of its services; None when that is not known of all of them.
    places_said_on
        The day on which an operator's own sheet said the places; None where none did.
    places_of
        The day of the places where they are of another list than the record, None where that states none; empty where
        they are of no other.
    place_grade, place_radius_m
        How exactly its place is known (`data.store.grades`), and how far from its point it may be, in metres; None
        where nobody knows. Of a place that is kept from sight, and of a service without a point, the grade is `none`.
    """

    facility_id: int
    name: str
    capacity_places: float
    dated_on: date | None
    dated_precision: str | None
    origin: str = "register"
    verified_on: date | None = None
    gmina_name: str = ""
    is_for_others: bool = False
    places_said_on: date | None = None
    places_of: tuple[StatedDay | None, ...] = ()
    place_grade: str = "none"
    place_radius_m: float | None = None


@dataclass(frozen=True)
class FormFact:
    """
    How many facilities of another form for the group an area has.

    `facilities_count` is missing (NaN) where nothing is listed and no list is complete; `bound` says how
    far the number is to be believed.
    """

    form: str
    facilities_count: float
    bound: Bound


@dataclass(frozen=True)
class Unconfirmed:
    """Facilities of the form that only polling stations speak for: how many, and in which years people voted there."""

    facilities_count: int
    years: tuple[int, ...]


@dataclass(frozen=True)
class Somewhere:
    """Facilities of the form that stand in a powiat or voivodeship, nobody knows in which of its gminas."""

    area_code: str
    facilities_count: int


def facilities_of(table: AreaTable, code: str, *, names_gminas: bool = False) -> tuple[FacilityFact, ...]:
    """Return the facilities that the table counts in an area, those with most places first, unknown places last."""
    services = table.services
    here = services[services["area_code"] == code]
    found = []
    for facility_id, rows in here.groupby("facility_id", sort=True):
        places = rows["capacity_places"].astype("Float64").astype(float)
        dated = rows[rows["dated_on"].notna()].sort_values(["dated_on", "dated_precision"])
        oldest = dated.iloc[0] if len(dated) == len(rows) else None
        found.append(
            FacilityFact(
                facility_id=int(facility_id),
                name=str(rows["facility_name"].iloc[0]),
                # A sum with a missing part is missing: some places are not all places.
                capacity_places=float(places.sum(skipna=False)),
                dated_on=None if oldest is None else oldest["dated_on"],
                dated_precision=None if oldest is None else oldest["dated_precision"],
                origin=str(rows["origin"].iloc[0]),
                verified_on=None if oldest is None else oldest["verified_on"],
                gmina_name=str(rows["gmina_name"].iloc[0]) if names_gminas else "",
                is_for_others=bool(rows["is_for_others"].any()),
                places_said_on=(said_on := _places_said_on(rows)),
                places_of=() if said_on else days_of_rows(other_records_of(rows, PLACES))[:1],
                **_place_of(rows.iloc[0]),
            )
        )
    return tuple(
        sorted(found, key=lambda fact: (pd.isna(fact.capacity_places), -fact.capacity_places, fact.name))
    )


def _place_of(row: pd.Series) -> dict[str, Any]:
    """Return grade and radius of a facility as they may be told; of what is no public point nothing is."""
    geometry, radius_m = row["geometry"], row.get("place_radius_m")
    if row["visibility"] != "public" or geometry is None or geometry.is_empty:
        return {}
    return {
        "place_grade": str(row["place_grade"]),
        "place_radius_m": None if radius_m is None or pd.isna(radius_m) else float(radius_m),
    }


def _places_said_on(rows: pd.DataFrame) -> date | None:
    said = [said_on for said_on in rows.get("said_on", ()) if isinstance(said_on, dict)]
    days = [day for of in said for column, day in of.items() if column == WHOLE or column in CAPACITIES]
    return max(days, default=None)


def unconfirmed_in(services: pd.DataFrame, code: str) -> Unconfirmed:
    """Return what is in an area of services of which there is only evidence (`World.unconfirmed`)."""
    here = services[smallest_area(services).str.startswith(code)]
    years = sorted({day.year for day in here["dated_on"] if not pd.isna(day)})
    return Unconfirmed(int(here["facility_id"].nunique()), tuple(years))


def somewhere_near(services: pd.DataFrame, code: str) -> tuple[Somewhere, ...]:
    """Return what is counted of a form (`World.services`) in an area, or in one round it, of unknown gmina."""
    nowhere = services[services["gmina_code"].isna()].drop_duplicates("facility_id")
    counts = smallest_area(nowhere).value_counts(sort=False).sort_index()
    return tuple(
        Somewhere(str(area), int(count))
        for area, count in counts.items()
        if area and (str(area).startswith(code) or code.startswith(str(area)))
    )


def other_forms_of(inputs: MeasureInputs, code: str) -> tuple[FormFact, ...]:
    """
    Count the facilities of the group's other forms in an area, in the order of the vocabulary.

    Forms of which nothing is known here are left out: a list of nothing but "no data" helps nobody.
    """
    area = inputs.areas.loc[[code]]
    facts: list[FormFact] = []
    for form in forms_for_group(inputs.question.group):
        if form == inputs.question.form:
            continue
        supply = MeasureInputs(inputs.world, replace(inputs.question, form=form), area).supply.loc[code]
        if not pd.isna(supply["facilities_count"]):
            bound = bound_of(
                is_more=bool(supply["is_lower_bound"]),
                is_less=bool(supply["is_count_upper_bound"] | supply["may_be_gone"]),
            )
            facts.append(FormFact(form, float(supply["facilities_count"]), bound))
    return tuple(facts)
