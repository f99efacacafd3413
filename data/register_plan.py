"""Planning a register: its facilities placed, its services counted once, its totals reconciled."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping

import pandas as pd

from data.catalogue import Source
from data.counting import Claims, Exceptions, set_aside_by
from data.names import fold
from data.placing import Placed, place_facilities
from data.plan import FacilityPlan, Plan, Row, ServicePlan, as_rows, work_item
from data.reconcile import reconcile
from data.schema import RegisterCoverage, RegisterTotal
from data.sources.fetch import FoundFile
from data.sources.profile import RegisterProfile
from data.sources.registers import StagedRegister
from data.vocabulary import FOLDER as VOCABULARY
from data.vocabulary import has_door, need_groups_of, support_forms
from data.world import AreaIndex, Gazetteer

_STRICTEST_FIRST = ("hidden", "staff", "gmina_centroid", "public")
_SERVICE_COLUMNS = [
    "support_form",
    "subtype",
    "status",
    "capacity_places",
    "capacity_women",
    "capacity_men",
    "vacant_places",
    "vacant_women",
    "vacant_men",
    "waiting_persons",
    "waiting_days",
    "vacancies_on",
    "intake_text",
]
_FACILITY_COLUMNS = [
    "row_reference",
    "street_address",
    "postal_code",
    "locality_name",
    "stated_gmina_name",
    "stated_gmina_code",
    "stated_powiat_name",
    "voivodeship_code",
    "website",
    "opening_hours_text",
    "note",
    "source_url",
    "verified_on",
    "verified_precision",
]


def plan_register(
    source: Source,
    file: FoundFile,
    staged: StagedRegister,
    *,
    areas: AreaIndex,
    gazetteer: Gazetteer,
    claims: Claims,
    exceptions: Exceptions,
) -> Plan:
    """
    Plan one register.

    Rows of one facility share its address: the first row's is taken, and a later row that gives another
    locality becomes a work item.
    """
    records = staged.records
    facilities = records.drop_duplicates("facility_key").set_index("facility_key")
    forms = records.groupby("facility_key")["support_form"].agg(list)
    facilities["has_door"] = forms.map(lambda codes: any(has_door(code) for code in codes))
    placed = place_facilities(facilities, areas, gazetteer)
    services_of: dict[Hashable, list[Row]] = {}
    for row in as_rows(records):
        services_of.setdefault(row["facility_key"], []).append(row)
    plans = tuple(
        _plan_facility(str(key), services_of[key], placed[key], source=source, claims=claims)
        for key in facilities.index
    )
    totals, differences = reconcile(staged.totals, records, areas)
    items = [
        work_item(kind, str(key), facts) for key in facilities.index for kind, facts in placed[key].problems
    ]
    covered = [
        {
            "support_form": form,
            "voivodeship_code": voivodeship,
            "except_area_codes": list(exceptions.get((form, voivodeship), ())),
        }
        for (form, voivodeship), claimant in claims.items()
        if claimant == source.code
    ]
    return Plan(
        source=source,
        file=file,
        as_of=staged.as_of or source.newest.as_of,
        rows_read=staged.rows_read,
        rows_accepted=len(records),
        rejected=staged.rejected,
        rows={RegisterCoverage: covered, RegisterTotal: totals},
        facilities=plans,
        work_items=(*items, *differences, *_moving_facilities(records)),
        figures={"facilities": len(plans), "services": len(records)},
    )


def vocabulary_fingerprint() -> str:
    """Return a hash of the vocabulary: it decides doors, groups and visibility."""
    content = b"".join(path.read_bytes() for path in sorted(VOCABULARY.glob("*.csv")))
    return hashlib.sha256(content).hexdigest()


def _plan_facility(
    key: str, rows: list[Row], placed: Placed, *, source: Source, claims: Claims
) -> FacilityPlan:
    first = rows[0]
    visibilities = {support_forms()[row["support_form"]].default_visibility for row in rows}
    visibility = next(word for word in _STRICTEST_FIRST if word in visibilities)
    facility = {column: first[column] for column in _FACILITY_COLUMNS} | {
        "record_key": key,
        "name": _shown_name(first, is_public=visibility == "public"),
        "phones": _phones(row["phones"] for row in rows),
        "gmina_code": placed.gmina_code,
        "place_grade": placed.grade,
        "point": placed.point,
        "visibility": visibility,
    }
    services = tuple(_plan_service(row, placed, source_code=source.code, claims=claims) for row in rows)
    return FacilityPlan(facility, first["organization_name"], services)


def _shown_name(row: Row, *, is_public: bool) -> str:
    """Return the name; that of a protected place gives way to its form's when it holds the address."""
    name = str(row["facility_name"])
    street = fold(row["street_address"] or "")
    if is_public or not street or street not in fold(name):
        return name
    return support_forms()[row["support_form"]].name["pl"]


def _plan_service(row: Row, placed: Placed, *, source_code: str, claims: Claims) -> ServicePlan:
    form = row["support_form"]
    service = {column: row[column] for column in _SERVICE_COLUMNS} | {
        # Without a profile of its own, a name may state one: "DPS dla osób przewlekle psychicznie chorych".
        "need_groups": list(need_groups_of(form, row["subtype"] or row["facility_name"])),
        "set_aside_by": set_aside_by(
            claims, support_form=form, voivodeship_code=row["voivodeship_code"], source_code=source_code
        ),
    }
    covers = () if has_door(form) else (placed.gmina_code or placed.stated.narrowest,)
    return ServicePlan(service, covers)


def _phones(lists: Iterable[list[str]]) -> list[str]:
    """Return the numbers of all rows, each once, in the order of the rows."""
    return list(dict.fromkeys(number for numbers in lists for number in numbers))


def _moving_facilities(records: pd.DataFrame) -> list[Row]:
    """Return work items for facilities whose rows give different localities."""
    known = records.dropna(subset=["locality_name"])
    names = known.groupby("facility_key")["locality_name"].unique()
    return [
        work_item("facility_rows_disagree", str(key), {"locality_names": list(found)})
        for key, found in names.items()
        if len(found) > 1
    ]


def claims_of(profiles: Mapping[str, RegisterProfile]) -> list[tuple[str, str, str]]:
    """Return (form, voivodeship, source) for every claim of completeness; `profiles` are by source code."""
    return [
        (claim.form, claim.voivodeship, code)
        for code, profile in profiles.items()
        for claim in profile.register_.complete_for
    ]
