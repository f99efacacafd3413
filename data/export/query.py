"""Reading the extract: the public registry of one day, masked by the SELECTs that read it."""

from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, Engine, func, select

from data.export.extract import FACILITY_FIELDS, SERVICE_FIELDS, Extract
from data.export.identifiers import identified_organizations, identified_services
from data.export.notes import day_notes, difference_notes, invented_notes
from data.export.plain_values import plain_values
from data.reading import organization_queries
from data.reading.editions import IS_EDITION, current, editions, in_force
from data.reading.loaded_sources import describe_sources
from data.reading.merged_services import read_services
from data.reading.registry_state import registry_state
from data.reading.release_queries import releases
from data.reading.service_queries import mobile_stops
from data.registry.accepted_differences import accepted_differences
from data.store.query_frames import read_frame
from data.store.schema import Area, Facility, Release, Service, ServiceArea
from data.store.transactions import one_moment
from data.vocabulary import support_forms
from geo.crs import GEOGRAPHIC
from geo.errors import SupportMapError
from geo.teryt import CODE_DIGITS, COUNTRY

_OF_PEOPLE = (
    "address_grid",
    "places_population",
    "population",
    "population_grid",
    "population_history",
    "population_projection",
    "residents",
    "residents_by_year",
    "people_counts",
    "local_plans",
    "official_totals",
)
"""Kinds of sources that give nothing to the registry itself: figures of people and areas."""
_SOURCE_FIELDS = (
    "source_code",
    "name",
    "publisher",
    "url",
    "licence",
    "attribution",
    "as_of",
    "is_official",
)
_ORGANIZATION_FIELDS = (
    "organization_id",
    "source_code",
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
_STOP_FIELDS = ("position", "name", "locality_name", "gmina_code", "opening_hours", "opening_hours_text")
_SHOWN_AS = {field: field for field in FACILITY_FIELDS} | {
    "name": "facility_name",
    "description": "facility_description",
    "phones": "phone_records",
}
"""Field of an extract → column of the services that are shown."""
_LEVELS = {2: "voivodeship", **{digits: level for level, digits in CODE_DIGITS.items()}}


class NothingToExtractError(SupportMapError, LookupError):
    """No register held on the day asked for, or none is loaded."""


def read_extract(engine: Engine, *, day: date | None = None) -> Extract:
    """
    Read the public registry in one transaction, so that all its parts agree.

    Parameters
    ----------
    day
        The registry as its releases held on that day; None for now. Areas are those of now.

    Raises
    ------
    NothingToExtractError
        If no register is loaded, or none held on the day yet.
    """
    with one_moment(engine) as connection:
        _require_register(connection, day)
        return _read(connection, day)


def _require_register(connection: Connection, day: date | None) -> None:
    is_register = Release.source_code.in_(select(Facility.source_code))
    query = select(func.min(Release.effective_on)).where(
        Release.state != "withdrawn", IS_EDITION, is_register
    )
    first = connection.execute(query).scalar()
    if first is None:
        raise NothingToExtractError(
            "expected a register in the database, found none; run `python -m data load --commit`"
        )
    if day is not None and day < first:
        raise NothingToExtractError(
            f"expected a day from {first} on, when the first register begins to hold, found {day}; "
            "choose a later day",
            day=day,
            first=first,
        )


def _read(connection: Connection, day: date | None) -> Extract:
    shown = read_services(connection, day)
    state = registry_state(connection, shown, day)
    held = releases(connection, day)
    sources = describe_sources(held)
    organizations = identified_organizations(organization_queries.organizations(connection, day))
    rows = identified_services(shown, organizations)
    names = _area_names(connection)
    at_facility = dict(zip(rows["service_id"], rows["service_at_facility_id"], strict=True))
    facilities = _facilities(rows, names)
    is_named = organizations["organization_id"].isin(set(facilities["organization_id"]))
    return Extract(
        organizations=plain_values(organizations.loc[is_named, list(_ORGANIZATION_FIELDS)]),
        facilities=facilities,
        services=_services(rows, facilities["facility_id"]),
        service_areas=_service_areas(connection, at_facility, names, day),
        stops=_stops(connection, _public_services(rows), day),
        sources=plain_values(sources.loc[~sources["kind"].isin(_OF_PEOPLE), list(_SOURCE_FIELDS)]),
        provenance=_provenance(rows),
        as_of=day or state.as_of or _newest_day(connection),
        snapshot_id=state.fingerprint,
        is_invented=state.is_invented,
        notes=(
            *(invented_notes() if state.is_invented else ()),
            *day_notes(_registers(sources), _registers(describe_sources(releases(connection))), day=day),
            *difference_notes(accepted_differences(held)),
        ),
    )


def _registers(sources: pd.DataFrame) -> pd.DataFrame:
    return sources[sources["kind"] == "register"]


def _newest_day(connection: Connection) -> date:
    """Return the day of the newest load of a register, for registers that do not say of which day they speak."""
    query = select(func.max(Release.effective_on)).where(Release.state == "current")
    return connection.execute(query).scalar_one()


def _facilities(rows: pd.DataFrame, names: dict[str, str]) -> gpd.GeoDataFrame:
    own = rows.drop_duplicates("facility_id").drop(columns=["facility_id", "phones"])
    own = own.rename(
        columns={
            "facility": "facility_id",
            "organization": "organization_id",
            "facility_name": "name",
            "facility_description": "description",
            "phone_records": "phones",
        }
    )
    # What a number is for may tell where it rings.
    phones = [
        numbers if visibility == "public" else [_without_words(number) for number in numbers]
        for numbers, visibility in zip(own["phones"], own["visibility"], strict=True)
    ]
    own = own.assign(
        powiat_name=own["powiat_code"].map(names),
        voivodeship_name=own["voivodeship_code"].map(names),
        phones=pd.Series(phones, index=own.index, dtype=object),
    )
    own = own.sort_values(["source_code", "gmina_code", "name", "facility_id"], na_position="last")
    kept = own[["facility_id", "organization_id", "source_code", *FACILITY_FIELDS, "geometry"]]
    return gpd.GeoDataFrame(plain_values(kept), geometry="geometry", crs=GEOGRAPHIC)


def _services(rows: pd.DataFrame, facility_order: pd.Series) -> pd.DataFrame:
    own = rows.drop(columns=["facility_id", "service_id", "languages", "opening_hours", "opening_hours_text"])
    own = own.rename(
        columns={
            "service": "service_id",
            "facility": "facility_id",
            "organization": "organization_id",
            "service_name": "name",
            "service_description": "description",
            "service_languages": "languages",
            "service_opening_hours": "opening_hours",
            "service_opening_hours_text": "opening_hours_text",
        }
    )
    # The name and kind of a service at a protected place are words of its source, too: the form's stand for them.
    is_public = own["visibility"] == "public"
    own["subtype"] = own["subtype"].where(is_public)
    of_form = own["support_form"].map({code: form.name["pl"] for code, form in support_forms().items()})
    own["name"] = own["name"].where(is_public).fillna(of_form)
    own["vacancies_expire_on"] = pd.Series(_expiry(own), index=own.index, dtype=object)
    position = {facility: number for number, facility in enumerate(facility_order)}
    own["position"] = own["facility_id"].map(position)
    own = own.sort_values(["position", "support_form", "name", "service_at_facility_id"])
    first = ["service_at_facility_id", "service_id", "facility_id", "organization_id", "source_code"]
    return plain_values(pd.DataFrame(own)[[*first, *SERVICE_FIELDS]])


def _expiry(services: pd.DataFrame) -> list[Any]:
    """Return until when vacancies may be believed: as stated, else by the days that the form allows."""
    days = {code: getattr(form, "vacancy_days", None) for code, form in support_forms().items()}
    found = []
    for stated, since, form in zip(
        services["vacancies_expire_on"], services["vacancies_on"], services["support_form"], strict=True
    ):
        lasting = days[form]
        if stated is None and since is not None and lasting is not None:
            found.append(since + timedelta(days=lasting))
        else:
            found.append(stated)
    return found


def _provenance(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the source of every field of a merged facility; of equals that agree, the most trusted one."""
    merged = rows[rows["field_sources"].notna()].drop_duplicates("facility")
    listed = [
        (facility, field, origins[shown][0])
        for facility, origins in zip(merged["facility"], merged["field_sources"], strict=True)
        for field, shown in _SHOWN_AS.items()
        if origins.get(shown)
    ]
    return pd.DataFrame(listed, columns=["facility_id", "field", "source_code"], dtype=object)


def _area_names(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(Area.area_code, Area.name).where(current(Area)))
    return dict([(COUNTRY, "Polska"), *((row.area_code, row.name) for row in rows)])


def _service_areas(
    connection: Connection, at_facility: dict[int, str], names: dict[str, str], day: date | None
) -> pd.DataFrame:
    edition = editions(day)
    query = (
        select(ServiceArea.service_id, ServiceArea.area_code)
        .join(Service, ServiceArea.service_id == Service.id)
        .join(Facility, Service.facility_id == Facility.id)
        .join(edition, in_force(Facility, edition))
    )
    found = read_frame(connection, query)
    found = found[found["service_id"].isin(at_facility)]
    codes = found["area_code"]
    areas = pd.DataFrame(
        {
            "service_at_facility_id": found["service_id"].map(at_facility),
            "area_code": codes,
            "area_name": codes.map(names),
            "level": codes.str.len().map(_LEVELS).where(codes != COUNTRY, "country"),
        }
    )
    return plain_values(areas.sort_values(["service_at_facility_id", "area_code"]))


def _public_services(rows: pd.DataFrame) -> dict[int, str]:
    own = rows[rows["visibility"] == "public"]
    return dict(zip(own["service_id"], own["service_at_facility_id"], strict=True))


def _stops(connection: Connection, at_facility: dict[int, str], day: date | None) -> gpd.GeoDataFrame:
    found = mobile_stops(connection, day)
    found = found[found["service_id"].isin(at_facility)]
    found["service_at_facility_id"] = found["service_id"].map(at_facility)
    found = found.sort_values(["service_at_facility_id", "position"])
    kept = plain_values(pd.DataFrame(found[["service_at_facility_id", *_STOP_FIELDS, "geometry"]]))
    return gpd.GeoDataFrame(kept, geometry="geometry", crs=GEOGRAPHIC)


def _without_words(phone: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in phone.items() if name != "description"}
