"""A registry of two square gminas, put straight into a database: for tests that need exact rows."""

from datetime import UTC, date, datetime

from shapely import MultiPolygon, Point, box
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from data.schema import Area, Facility, Release, Service, ServiceArea

WEST, EAST = "980101", "980102"
TRUE_POINT = Point(19.123456, 50.123456)
"""The door of every facility below; a protected one must never give it away."""
TRUE_ADDRESS = "ul. Tajemna 7"
LABEL_POINT = Point(19.05, 50.05)


def add_release(session: Session, code: str, *, state: str = "current", as_of: date | None = None) -> int:
    """Add a release with plausible facts and return its id."""
    release = Release(
        source_code=code,
        state=state,
        is_invented=True,
        boundary_vintage="2019",
        as_of=as_of,
        file_name=f"{code}.csv",
        file_sha256="0" * 64,
        fingerprint=f"{code}-{state}-{as_of}",
        loaded_at=datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None),
        rows_read=0,
        rows_accepted=0,
        rows_rejected=0,
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
    """Add a facility in the western gmina with one active service; `changes` overrides columns of either."""
    facility_columns = {column.key for column in Facility.__table__.columns}
    facility = {
        "release_id": release_id,
        "record_key": key,
        "row_reference": "1",
        "name": f"Placówka {key}",
        "street_address": TRUE_ADDRESS,
        "postal_code": "32-777",
        "locality_name": "Sekretowo",
        "voivodeship_code": "98",
        "gmina_code": WEST,
        "place_grade": "door",
        "point": TRUE_POINT,
        "visibility": "public",
        "phones": ["12 000 00 00"],
        "note": f"wejście od podwórza, {TRUE_ADDRESS}",
        "opening_hours_text": f"8-16, {TRUE_ADDRESS}",
        "verified_on": date(2026, 6, 30),
        "verified_precision": "day",
    }
    service = {
        "release_id": release_id,
        "support_form": "BEZ-SCH",
        "need_groups": ["homeless"],
        "status": "active",
        "capacity_places": 10,
        "intake_text": f"zgłoszenie: {TRUE_ADDRESS}",
    }
    for column, value in changes.items():
        (facility if column in facility_columns else service)[column] = value
    facility_id = session.execute(insert(Facility).values(facility)).inserted_primary_key[0]
    return session.execute(insert(Service).values(facility_id=facility_id, **service)).inserted_primary_key[0]


def add_service_area(session: Session, release_id: int, service_id: int, area_code: str) -> None:
    """Say that a service covers an area."""
    session.execute(
        insert(ServiceArea).values(release_id=release_id, service_id=service_id, area_code=area_code)
    )


def fill(engine: Engine) -> None:
    """Fill a database with one facility of every visibility, an area service and a previous release."""
    with Session(engine) as session, session.begin():
        add_areas(session)
        release_id = add_release(session, "list", as_of=date(2026, 6, 30))
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
        add_service_area(session, release_id, street_work, WEST)
        add_facility(session, release_id, "closed", status="closed")
        add_facility(session, release_id, "aside", set_aside_by="register")
        old = add_release(session, "list", state="previous", as_of=date(2025, 6, 30))
        add_facility(session, old, "old")
