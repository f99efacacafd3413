"""
Every SELECT of data; those of releases and their counts are in `data.release_queries`.

Queries return current releases only, and only what may be public: a protected place leaves the database
without its door (`public_services`).
"""

from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, Select, and_, case, or_, select
from sqlalchemy.orm import aliased

from data.schema import (
    Area,
    AreaCode,
    Facility,
    Locality,
    Organization,
    PeopleCount,
    Population,
    RegisterCoverage,
    Release,
    Service,
    ServiceArea,
)
from data.vocabulary import has_door, support_forms
from geo.crs import GEOGRAPHIC


def current(model: Any) -> Any:
    """Return the condition that a row of `model` belongs to a current release."""
    return model.release_id.in_(select(Release.id).where(Release.state == "current"))


_DOORLESS = tuple(code for code in support_forms() if not has_door(code))
IS_SHOWABLE = or_(
    Facility.visibility.in_(["public", "gmina_centroid"]),
    and_(Service.support_form.in_(_DOORLESS), Facility.point.is_(None)),
)
"""
Hidden and staff-only places stay in the database, also those whose door was not found; forms of support without a
door (street work) have nothing to protect but an address, which is masked.
"""


def read_frame(connection: Connection, query: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    """Return the rows of a query under its own column names."""
    result = connection.execute(query)
    columns = list(result.keys())
    return pd.DataFrame(result.all(), columns=columns)


def _geo_frame(connection: Connection, query: Select[*tuple[Any, ...]], geometry: str) -> gpd.GeoDataFrame:
    frame = read_frame(connection, query).rename(columns={geometry: "geometry"})
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=GEOGRAPHIC)


def areas(
    connection: Connection, level: str | None = None, *, is_simplified: bool = True
) -> gpd.GeoDataFrame:
    """
    Return areas with their own and their parents' names, in the order of their codes.

    Parameters
    ----------
    level
        `gmina`, `powiat` or `voivodeship`; None for all three.
    is_simplified
        The coverage for drawing (borders still shared); otherwise full geometry to measure with.
    """
    powiat, voivodeship = aliased(Area), aliased(Area)
    geometry = Area.geometry_simplified if is_simplified else Area.geometry
    query = (
        select(
            Area.area_code,
            Area.teryt_code,
            Area.level,
            Area.name,
            Area.kind,
            Area.powiat_code,
            powiat.name.label("powiat_name"),
            Area.voivodeship_code,
            voivodeship.name.label("voivodeship_name"),
            Area.area_km2,
            Area.boundary_vintage,
            Area.label_point,
            geometry.label("drawn"),
        )
        .select_from(Area)
        .outerjoin(powiat, and_(powiat.release_id == Area.release_id, powiat.area_code == Area.powiat_code))
        .outerjoin(
            voivodeship,
            and_(voivodeship.release_id == Area.release_id, voivodeship.area_code == Area.voivodeship_code),
        )
        .where(current(Area))
        .order_by(Area.area_code)
    )
    if level is not None:
        query = query.where(Area.level == level)
    return _geo_frame(connection, query, "drawn")


def localities(connection: Connection) -> gpd.GeoDataFrame:
    """Return every locality with the areas that its point lies in; outside all of them, they are missing."""
    gmina, powiat, voivodeship = aliased(Area), aliased(Area), aliased(Area)
    query = (
        select(
            Locality.source_key.label("locality_key"),
            Locality.name,
            Locality.kind,
            Locality.gmina_code,
            gmina.name.label("gmina_name"),
            gmina.powiat_code,
            powiat.name.label("powiat_name"),
            gmina.voivodeship_code,
            voivodeship.name.label("voivodeship_name"),
            Locality.population_persons,
            Locality.point,
        )
        .select_from(Locality)
        .outerjoin(gmina, and_(gmina.area_code == Locality.gmina_code, current(gmina)))
        .outerjoin(powiat, and_(powiat.area_code == gmina.powiat_code, powiat.release_id == gmina.release_id))
        .outerjoin(
            voivodeship,
            and_(voivodeship.area_code == gmina.voivodeship_code, voivodeship.release_id == gmina.release_id),
        )
        .where(current(Locality))
        .order_by(Locality.id)
    )
    return _geo_frame(connection, query, "point")


def public_services(connection: Connection) -> gpd.GeoDataFrame:
    """
    Return every service that may be shown, one row per service at a facility.

    The masks are part of the SELECT: a place shown by its gmina only comes with the gmina's label point and
    without address, note or hours; hidden and staff-only places of forms with a door do not come at all, and forms
    without a door (street work, a bus) never have a point.

    Returns
    -------
    services
        Columns as selected below, EPSG:4326; `geometry` is None for services without a door.
        `is_counted` is True for active services that no complete register replaces.
    """
    gmina = aliased(Area)
    is_public = Facility.visibility == "public"
    is_by_gmina = Facility.visibility == "gmina_centroid"
    query = (
        select(
            Service.id.label("service_id"),
            Facility.id.label("facility_id"),
            Facility.name.label("facility_name"),
            Organization.name.label("organization_name"),
            Service.support_form,
            Service.subtype,
            Service.need_groups,
            Service.status,
            Service.capacity_places,
            Service.vacant_places,
            Service.vacant_women,
            Service.vacant_men,
            Service.waiting_persons,
            Service.waiting_days,
            Service.vacancies_on,
            case((is_public, Facility.street_address)).label("street_address"),
            case((is_public, Facility.postal_code)).label("postal_code"),
            case((is_public, Facility.locality_name)).label("locality_name"),
            Facility.gmina_code,
            gmina.name.label("gmina_name"),
            gmina.powiat_code,
            Facility.voivodeship_code,
            Facility.phones,
            case((is_public, Facility.website)).label("website"),
            case((is_public, Facility.opening_hours_text)).label("opening_hours_text"),
            case((is_public, Service.intake_text)).label("intake_text"),
            case((is_public, Facility.note)).label("note"),
            case((is_public, Facility.place_grade), (is_by_gmina, "gmina"), else_="none").label(
                "place_grade"
            ),
            Facility.visibility,
            Facility.verified_on,
            Facility.verified_precision,
            Release.source_code,
            case((is_public, Facility.source_url)).label("source_url"),
            and_(Service.status == "active", Service.set_aside_by.is_(None)).label("is_counted"),
            Service.set_aside_by,
            case(
                (is_public, Facility.point),
                (and_(is_by_gmina, Facility.point.is_not(None)), gmina.label_point),
            ).label("public_point"),
        )
        .select_from(Service)
        .join(Facility, Service.facility_id == Facility.id)
        .join(Release, Service.release_id == Release.id)
        .outerjoin(Organization, Facility.organization_id == Organization.id)
        .outerjoin(gmina, and_(gmina.area_code == Facility.gmina_code, current(gmina)))
        .where(Release.state == "current")
        .where(IS_SHOWABLE)
        .order_by(Service.id)
    )
    services = _geo_frame(connection, query, "public_point")
    places = [
        "capacity_places",
        "vacant_places",
        "vacant_women",
        "vacant_men",
        "waiting_persons",
        "waiting_days",
    ]
    return services.astype({**dict.fromkeys(places, "Int64"), "is_counted": bool})


def service_areas(connection: Connection) -> pd.DataFrame:
    """Return which areas the services without a door cover: `service_id`, `area_code`."""
    return read_frame(
        connection, select(ServiceArea.service_id, ServiceArea.area_code).where(current(ServiceArea))
    )


def register_coverage(connection: Connection) -> pd.DataFrame:
    """Return the forms and voivodeships for which a register claims to be complete."""
    query = (
        select(
            RegisterCoverage.support_form,
            RegisterCoverage.voivodeship_code,
            RegisterCoverage.except_area_codes,
            Release.source_code,
            Release.as_of,
        )
        .join(Release, RegisterCoverage.release_id == Release.id)
        .where(Release.state == "current")
        .order_by(RegisterCoverage.support_form, RegisterCoverage.voivodeship_code)
    )
    return read_frame(connection, query)


def population(connection: Connection) -> pd.DataFrame:
    """Return residents by gmina and age band: `area_code`, `age_from`, `age_to`, `persons`, `counted_on`."""
    query = select(
        Population.area_code,
        Population.age_from,
        Population.age_to,
        Population.persons,
        Population.counted_on,
    ).where(current(Population))
    return read_frame(connection, query)


def people_counts(connection: Connection) -> pd.DataFrame:
    """Return published figures about groups at their own area level."""
    query = (
        select(
            PeopleCount.area_code,
            PeopleCount.indicator,
            PeopleCount.subgroup,
            PeopleCount.value,
            PeopleCount.unit,
            PeopleCount.as_of_text,
            PeopleCount.source_url,
            PeopleCount.note,
        )
        .where(current(PeopleCount))
        .order_by(PeopleCount.id)
    )
    return read_frame(connection, query)


def area_of_code(connection: Connection, teryt_code: str, vintage: str) -> tuple[str | None, bool]:
    """
    Return the gmina of our boundaries that a code of another vintage means, and whether it is its parent.

    `(None, False)` says that the code has no area here.
    """
    query = select(AreaCode.area_code, AreaCode.is_parent).where(
        current(AreaCode), AreaCode.vintage == vintage, AreaCode.teryt_code == teryt_code
    )
    row = connection.execute(query).first()
    return (row.area_code, row.is_parent) if row else (None, False)
