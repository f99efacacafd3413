"""A registry of two square gminas, put straight into a database: for tests that need exact rows."""

from datetime import UTC, date, datetime

from shapely import MultiPolygon, Point, box
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from data.store.schema import Area, Facility, Load, RegisterCoverage, Release, Service, ServiceArea

WEST, EAST = "980101", "980102"
TRUE_POINT = Point(19.123456, 50.123456)
"""The door of every facility below; a protected one must never give it away."""
TRUE_ADDRESS = "ul. Tajemna 7"
_LOADED_AT = datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None)
LABEL_POINT = Point(19.05, 50.05)


def add_load(session: Session) -> int:
    """Add a load and return its id."""
    load = Load(applied_at=_LOADED_AT, undone_at=None, accepted_difference=None, differences=[])
    session.add(load)
    session.flush()
    return load.id


def add_release(
    session: Session,
    code: str,
    *,
    state: str = "current",
    as_of: date | None = None,
    load_id: int | None = None,
) -> int:
    """Add a release with plausible facts and return its id; it has a load of its own unless one is given."""
    release = Release(
        load_id=load_id or add_load(session),
        source_code=code,
        state=state,
        is_invented=True,
        boundary_vintage="2019",
        as_of=as_of,
        stated_on=as_of,
        effective_on=as_of or date(2026, 11, 22),
        file_name=f"{code}.csv",
        file_sha256="0" * 64,
        fingerprint=f"{code}-{state}-{as_of}",
        loaded_at=_LOADED_AT,
        rows_read=0,
        rows_accepted=0,
        rows_rejected=0,
        records_added=0,
        records_changed=0,
        records_unchanged=0,
        records_vanished=0,
    )
    session.add(release)
    session.flush()
    return release.id


def add_areas(session: Session) -> None:
    """Add a voivodeship, a powiat and two gminas side by side."""
    release_id = add_release(session, "boundaries")
    west, east = box(19.0, 50.0, 19.2, 50.2), box(19.2, 50.0, 19.4, 50.2)
    rows = [
        ("voivodeship", "98", "zmyślone", None, west.union(east)),
        ("powiat", "9801", "zmyślony", "9801", west.union(east)),
        ("gmina", WEST, "Zachód", "9801", west),
        ("gmina", EAST, "Wschód", "9801", east),
    ]
    for level, code, name, powiat, shape in rows:
        session.execute(
            insert(Area).values(
                release_id=release_id,
                level=level,
                area_code=code,
                teryt_code=code,
                name=name,
                kind="",
                powiat_code=powiat,
                voivodeship_code="98",
                boundary_vintage="2019",
                area_km2=1.0,
                geometry=MultiPolygon([shape]),
                geometry_simplified=MultiPolygon([shape]),
                label_point=LABEL_POINT,
            )
        )


def add_facility(session: Session, release_id: int, key: str, **changes: object) -> int:
    """
    Add a facility in the western gmina with one active service; `changes` overrides columns of either.

    Every free text tells the address, as texts of registers do.
    """
    facility_columns = {column.key for column in Facility.__table__.columns}
    source_code = session.get_one(Release, release_id).source_code
    told = f"tu jest {TRUE_ADDRESS}"
    facility = {
        "release_id": release_id,
        "source_code": source_code,
        "record_key": key,
        "content_hash": key,
        "core_hash": key,
        "row_reference": "1",
        "name": f"Placówka {key}",
        "alternate_name": told,
        "description": told,
        "street_address": TRUE_ADDRESS,
        "postal_code": "32-777",
        "locality_name": "Sekretowo",
        "voivodeship_code": "98",
        "gmina_code": WEST,
        "gmina_code_of_words": WEST,
        "gmina_code_of_point": WEST,
        "place_grade": "door",
        "point": TRUE_POINT,
        "visibility": "public",
        "phones": [{"number": "12 000 00 00", "extension": 7}],
        "website": f"https://example.org/{TRUE_ADDRESS.replace(' ', '-')}",
        "languages": ["uk"],
        "wheelchair": "limited",
        "barrier_free": [told],
        "transportation_text": told,
        "note": f"wejście od podwórza, {TRUE_ADDRESS}",
        "opening_hours": f'Mo-Fr 08:00-16:00 "{TRUE_ADDRESS}"',
        "opening_hours_text": f"8-16, {TRUE_ADDRESS}",
        "source_url": f"https://example.org/{TRUE_ADDRESS.replace(' ', '-')}",
        "origin": "register",
        "verified_on": date(2026, 6, 30),
        "verified_precision": "day",
    }
    service = {
        "service_key": key,
        "description": told,
        "support_form": "BEZ-SCH",
        "need_groups": ["homeless"],
        "status": "active",
        "capacity_places": 10,
        "intake_text": f"zgłoszenie: {TRUE_ADDRESS}",
        "eligibility_text": told,
        "required_documents": [told],
        "fees_text": told,
        "fees": [{"option": told, "amount": 5, "currency": "PLN"}],
        "funding": [told],
        "languages": [],
        "interpretation_text": told,
        "service_opening_hours_text": told,
    }
    for column, value in changes.items():
        (facility if column in facility_columns else service)[column] = value
    service["opening_hours_text"] = service.pop("service_opening_hours_text")
    facility_id = session.execute(insert(Facility).values(facility)).inserted_primary_key[0]
    return session.execute(insert(Service).values(facility_id=facility_id, **service)).inserted_primary_key[0]


def add_service_area(session: Session, service_id: int, area_code: str) -> None:
    """Say that a service covers an area."""
    session.execute(insert(ServiceArea).values(service_id=service_id, area_code=area_code))


def fill(engine: Engine) -> None:
    """Fill a database with one facility of every visibility, an area service and what a release before it had."""
    with Session(engine) as session, session.begin():
        add_areas(session)
        old = add_release(session, "list", state="previous", as_of=date(2025, 6, 30))
        release_id = add_release(session, "list", as_of=date(2026, 6, 30))
        add_facility(session, old, "old", ended_release_id=release_id)
        for visibility in ("public", "gmina_centroid", "staff", "hidden"):
            add_facility(session, release_id, visibility, visibility=visibility)
        add_facility(
            session, release_id, "hidden-unlocated", visibility="hidden", place_grade="none", point=None
        )
        street_work = add_facility(
            session,
            release_id,
            "street-work",
            visibility="hidden",
            place_grade="none",
            point=None,
            support_form="BEZ-STR",
        )
        add_service_area(session, street_work, WEST)
        add_facility(session, release_id, "closed", status="closed")
        add_facility(session, release_id, "aside", support_form="CAL-DPS")
        complete = add_release(session, "register", as_of=date(2026, 6, 30))
        session.execute(
            insert(RegisterCoverage).values(
                release_id=complete, support_form="CAL-DPS", voivodeship_code="98", except_area_codes=[]
            )
        )
