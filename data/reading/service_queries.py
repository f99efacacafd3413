"""
Services as they may be shown: the masks that keep a protected place without its door are part of the SELECT.

`data.reading.merged_services` reads them with the records of one facility merged into one.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from data.fields import CAPACITIES, FIELDS
from data.reading.editions import claim_of, claims, current, editions, in_force
from data.reading.protection import is_of_facility, protections, visibility_in
from data.reading.telling_names import withhold_telling_names
from data.store.origins import EVIDENCE
from data.store.query_frames import geo_frame, read_frame
from data.store.schema import (
    Area,
    Facility,
    MobileStop,
    Organization,
    RegisterCoverage,
    Service,
    ServiceArea,
)
from data.vocabulary import has_door, support_forms

_CAPACITIES = tuple(getattr(Service, name) for name in CAPACITIES)
_VACANCIES = tuple(
    getattr(Service, field.column) for field in FIELDS if field.is_vacancy and field.read_as == "integer"
)
ONLY_WHERE_PUBLIC = {
    field.name: getattr(Facility if field.owner == "facility" else Service, field.column)
    for field in FIELDS
    if field.is_masked
}
"""Free text of a protected place may tell where it is; none of it leaves the database."""
_DOORLESS = tuple(code for code in support_forms() if not has_door(code))


def is_showable(visibility: Any) -> Any:
    """
    Return the condition that a service may be shown at all.

    Hidden and staff-only places stay in the database, also those whose door was not found; forms of support
    without a door (street work) have nothing to protect but an address, which is masked.
    """
    return or_(
        visibility.in_(["public", "gmina_centroid"]),
        and_(Service.support_form.in_(_DOORLESS), Facility.point.is_(None)),
    )


def public_services(connection: Connection, day: date | None = None) -> gpd.GeoDataFrame:
    """
    Return every service that may be shown, one row per service at a facility.

    The masks are part of the SELECT: a place shown by its gmina only comes with the gmina's label point and
    without address, note or hours; hidden and staff-only places of forms with a door do not come at all, and forms
    without a door (street work, a bus) never have a point. What counts is what is protected today
    (`data.reading.protection`), whatever the day: a place that was public then comes without its name and
    organization, too, which may tell its address.

    Parameters
    ----------
    day
        The registry as its releases held on that day; None for now.

    Returns
    -------
    services
        Columns as selected below, EPSG:4326; `geometry` is None for services without a door.
        `is_counted` is True for active services that no complete register of another source replaces, but for those
        of which there is only evidence: these are `is_unconfirmed` and counted nowhere. `dated_on` is the day that the
        record is of: of a check (`verified_on`), or else of what it was taken from (`stated_on`).
    """
    gmina = aliased(Area)
    edition, claim = editions(day), claims(day)
    protected = protections()
    visibility = visibility_in(protected)
    is_public = visibility == "public"
    # Words of a version that its source did not protect itself were not looked through for the address.
    is_as_loaded = Facility.visibility == visibility
    is_by_gmina = visibility == "gmina_centroid"
    is_in_use = and_(Service.status == "active", claim.c.claimed_by.is_(None))
    has_vacancies = or_(*(column.is_not(None) for column in _VACANCIES))
    query = (
        select(
            Service.id.label("service_id"),
            Facility.id.label("facility_id"),
            Facility.record_key,
            case((is_as_loaded, Facility.name)).label("facility_name"),
            case((is_as_loaded, Organization.name)).label("organization_name"),
            case((is_as_loaded, Facility.organization_key)).label("organization_key"),
            Service.service_key,
            Service.support_form,
            Service.need_groups,
            Service.status,
            Service.capacity_places,
            Service.capacity_women,
            Service.capacity_men,
            Service.vacant_places,
            Service.vacant_women,
            Service.vacant_men,
            Service.waiting_persons,
            Service.waiting_days,
            func.coalesce(Service.vacancies_on, case((has_vacancies, edition.c.stated_on))).label(
                "vacancies_on"
            ),
            Service.vacancies_expire_on,
            *(case((is_public, column)).label(name) for name, column in ONLY_WHERE_PUBLIC.items()),
            Service.minimum_age,
            Service.maximum_age,
            Service.said_fields,
            Service.languages.label("service_languages"),
            Facility.languages,
            Facility.wheelchair,
            Facility.gmina_code,
            gmina.name.label("gmina_name"),
            # Of a place that is kept from sight the powiat is told only where its gmina is.
            func.coalesce(gmina.powiat_code, case((or_(is_public, is_by_gmina), Facility.powiat_code))).label(
                "powiat_code"
            ),
            Facility.voivodeship_code,
            Facility.phones.label("phone_records"),
            case((is_public, Facility.place_grade), (is_by_gmina, "gmina"), else_="none").label(
                "place_grade"
            ),
            case((is_public, Facility.place_radius_m)).label("place_radius_m"),
            visibility.label("visibility"),
            Facility.origin,
            Facility.verified_on,
            Facility.verified_precision,
            func.coalesce(Facility.stated_on, edition.c.stated_on).label("stated_on"),
            case(
                (Facility.stated_on.is_not(None), Facility.stated_precision),
                (edition.c.stated_on.is_not(None), "day"),
            ).label("stated_precision"),
            func.coalesce(Facility.verified_on, Facility.stated_on, edition.c.stated_on).label("dated_on"),
            case(
                (Facility.verified_on.is_not(None), Facility.verified_precision),
                (Facility.stated_on.is_not(None), Facility.stated_precision),
                (edition.c.stated_on.is_not(None), "day"),
            ).label("dated_precision"),
            Facility.changed_on,
            Facility.source_code,
            and_(is_in_use, Facility.origin.not_in(EVIDENCE)).label("is_counted"),
            and_(is_in_use, Facility.origin.in_(EVIDENCE)).label("is_unconfirmed"),
            claim.c.claimed_by.label("set_aside_by"),
            case(
                (is_public, Facility.point),
                (and_(is_by_gmina, Facility.point.is_not(None)), gmina.label_point),
            ).label("public_point"),
        )
        .select_from(Service)
        .join(Facility, Service.facility_id == Facility.id)
        .join(edition, in_force(Facility, edition))
        .outerjoin(protected, is_of_facility(protected))
        .outerjoin(
            Organization,
            and_(
                Organization.organization_key == Facility.organization_key,
                Organization.source_code == Facility.source_code,
                Organization.release_id <= edition.c.release_id,
                or_(
                    Organization.ended_release_id.is_(None),
                    Organization.ended_release_id > edition.c.release_id,
                ),
            ),
        )
        .outerjoin(gmina, and_(gmina.area_code == Facility.gmina_code, current(gmina)))
        .outerjoin(claim, claim_of(claim))
        .where(is_showable(visibility))
        .order_by(Facility.source_code, Service.id)
    )
    services = geo_frame(connection, query, "public_point")
    withhold_telling_names(connection, services)
    # The form's name stands for one that may not be told.
    services["facility_name"] = services["facility_name"].fillna(
        services["support_form"].map({code: form.name["pl"] for code, form in support_forms().items()})
    )
    services["phone_records"] = [
        phones if seen == "public" else [_without_words(phone) for phone in phones]
        for phones, seen in zip(services["phone_records"], services["visibility"], strict=True)
    ]
    services["phones"] = [[say_phone(phone) for phone in phones] for phones in services["phone_records"]]
    counts = [column.key for column in (*_CAPACITIES, *_VACANCIES)]
    return services.astype(
        {
            **dict.fromkeys([*counts, "minimum_age", "maximum_age", "place_radius_m"], "Int64"),
            "is_counted": bool,
            "is_unconfirmed": bool,
        }
    )


def _without_words(phone: Mapping[str, Any]) -> dict[str, Any]:
    """Return a telephone without what is said of it: that may be where it stands."""
    return {name: value for name, value in phone.items() if name in {"number", "extension"}}


def say_phone(phone: Mapping[str, Any]) -> str:
    """Return a telephone number as people write it, its extension behind it."""
    extension = phone.get("extension")
    return f"{phone['number']} wew. {extension}" if extension is not None else str(phone["number"])


def service_areas(connection: Connection, day: date | None = None) -> pd.DataFrame:
    """Return which areas the services without a door cover: `service_id`, `area_code`."""
    edition = editions(day)
    query = (
        select(ServiceArea.service_id, ServiceArea.area_code)
        .join(Service, ServiceArea.service_id == Service.id)
        .join(Facility, Service.facility_id == Facility.id)
        .join(edition, in_force(Facility, edition))
        .where(Service.support_form.in_(_DOORLESS))
        .order_by(ServiceArea.id)
    )
    return read_frame(connection, query)


def mobile_stops(connection: Connection, day: date | None = None) -> gpd.GeoDataFrame:
    """
    Return the stops of services on wheels, in the order of each round.

    Those of facilities that are not public stay in the database: they tell where their people go.

    Returns
    -------
    stops
        `service_id`, `position`, `name`, `locality_name`, `gmina_code`, `opening_hours`, `opening_hours_text`,
        EPSG:4326; `geometry` is None where the source gives no point.
    """
    edition = editions(day)
    protected = protections()
    query = (
        select(
            MobileStop.service_id,
            MobileStop.position,
            MobileStop.name,
            MobileStop.locality_name,
            MobileStop.gmina_code,
            MobileStop.opening_hours,
            MobileStop.opening_hours_text,
            MobileStop.point,
        )
        .join(Service, MobileStop.service_id == Service.id)
        .join(Facility, Service.facility_id == Facility.id)
        .join(edition, in_force(Facility, edition))
        .outerjoin(protected, is_of_facility(protected))
        .where(visibility_in(protected) == "public")
        .order_by(MobileStop.service_id, MobileStop.position)
    )
    return geo_frame(connection, query, "point")


def register_coverage(connection: Connection, day: date | None = None) -> pd.DataFrame:
    """Return the forms and voivodeships for which a register claims to be complete."""
    edition = editions(day)
    query = (
        select(
            RegisterCoverage.support_form,
            RegisterCoverage.voivodeship_code,
            RegisterCoverage.except_area_codes,
            edition.c.source_code,
            edition.c.as_of,
        )
        .join(edition, RegisterCoverage.release_id == edition.c.release_id)
        .order_by(RegisterCoverage.support_form, RegisterCoverage.voivodeship_code)
    )
    return read_frame(connection, query)
