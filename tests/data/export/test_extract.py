"""The public registry of a day as frames: whole for public places, masked for others, known by lasting UUIDs."""

import uuid
from datetime import date

import pytest
from shapely import Point
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from data.export.extract import FACILITY_FIELDS, SERVICE_FIELDS
from data.export.query import NothingToExtractError, read_extract
from data.export.selection import selected
from data.reading.registry_state import registry_fingerprint
from data.store.schema import Facility, Load, MobileStop, Organization, Release, Service
from geo.errors import TerytError
from tests.support.small_registry import (
    EAST,
    LABEL_POINT,
    TRUE_ADDRESS,
    TRUE_POINT,
    WEST,
    add_areas,
    add_facility,
    add_release,
    add_service_area,
    fill,
)

SECRETS = (TRUE_ADDRESS, "Tajemna", "Sekretowo", "32-777")


@pytest.fixture
def small(engine):
    """Give the small registry, one facility of every visibility."""
    fill(engine)
    return engine


@pytest.fixture
def own(engine):
    """Give a database with areas and one release, and a function that adds facilities to it."""
    with Session(engine) as session, session.begin():
        add_areas(session)
        release_id = add_release(session, "list", as_of=date(2026, 6, 30))

    def add(key, **changes):
        with Session(engine) as session, session.begin():
            return add_facility(session, release_id, key, **changes)

    return engine, release_id, add


def by_name(extract):
    frame = extract.facilities
    return frame.set_index(frame["name"].str.removeprefix("Placówka "))


def execute(engine, statement):
    with engine.begin() as connection:
        connection.execute(statement)


def test_columns_are_those_of_the_contract_and_missing_is_none(small):
    extract = read_extract(small)
    first = ["facility_id", "organization_id", "source_code"]
    assert list(extract.facilities) == [*first, *FACILITY_FIELDS, "geometry"]
    assert list(extract.services)[5:] == list(SERVICE_FIELDS)
    assert extract.facilities.crs.to_epsg() == 4326
    protected = by_name(extract).loc["gmina_centroid"]
    assert protected["street_address"] is None
    assert protected["barrier_free"] == []
    assert protected["organization_id"] is None
    assert str(extract.services["capacity_places"].dtype) == "Int64"
    assert extract.services["vacant_places"].isna().all()
    assert (extract.as_of, extract.is_invented) == (date(2026, 6, 30), True)


def test_public_place_comes_whole_and_a_protected_one_without_its_door(small):
    places = by_name(read_extract(small))
    assert set(places.index) == {"public", "gmina_centroid", "street-work", "closed", "aside"}
    assert places.loc["public", "street_address"] == TRUE_ADDRESS
    assert places.loc["public", "geometry"].equals(TRUE_POINT)
    assert places.loc["gmina_centroid", "geometry"].equals(LABEL_POINT)
    assert places.loc["street-work", "geometry"] is None
    assert places.loc["street-work", "powiat_name"] == "zmyślony"


def test_no_text_of_a_protected_place_leaves(own):
    engine, _, add = own
    add(
        "wszystko",
        visibility="gmina_centroid",
        subtype=f"przy {TRUE_ADDRESS}",
        phones=[{"number": "12 000 00 00", "description": f"portiernia, {TRUE_ADDRESS}"}],
    )
    execute(engine, update(Service).values(name=f"Nocleg przy {TRUE_ADDRESS}"))
    extract = read_extract(engine)
    told = repr([extract.facilities.drop(columns="geometry").to_dict(), extract.services.to_dict()])
    assert not [secret for secret in SECRETS if secret in told]
    assert extract.facilities["phones"][0] == [{"number": "12 000 00 00"}]
    assert extract.services["name"][0] == "schronisko dla osób bezdomnych"
    assert extract.services["need_groups"][0] == ["homeless"]


def test_every_row_has_a_uuid_of_its_own(small):
    extract = read_extract(small)
    for frame, column in (
        (extract.facilities, "facility_id"),
        (extract.services, "service_at_facility_id"),
    ):
        assert frame[column].is_unique
        assert [str(uuid.UUID(text)) for text in frame[column]] == frame[column].tolist()
    assert set(extract.services["facility_id"]) == set(extract.facilities["facility_id"])


def test_identifiers_are_the_same_each_time_and_on_both_databases(small):
    places = by_name(read_extract(small))["facility_id"]
    # Written down once: other programs keep these.
    assert places["public"] == "7aea2181-ad7e-5ee4-867c-65ef8da1e976"
    assert places["gmina_centroid"] == "a16bcba3-1ee0-57db-8c59-f9dd415d6262"


def test_identifier_of_the_source_is_kept(own):
    engine, _, add = own
    key = "0dcd9e3a-6ba4-4ed5-b0be-2d27cd8a2d29"
    add(key.upper(), service_key=key)
    extract = read_extract(engine)
    assert extract.facilities["facility_id"].tolist() == [key]
    assert extract.services["service_id"].tolist() == [key]


def test_same_identifier_in_two_sources_stays_with_the_first(own):
    engine, _, add = own
    key = "0dcd9e3a-6ba4-4ed5-b0be-2d27cd8a2d29"
    add(key)
    with Session(engine) as session, session.begin():
        other = add_release(session, "other", as_of=date(2026, 6, 30))
        add_facility(session, other, key)
    ids = read_extract(engine).facilities.set_index("source_code")["facility_id"]
    assert ids["list"] == key
    assert ids["other"] != key


@pytest.mark.parametrize(
    "key", [f"Placówka a|{TRUE_ADDRESS}|Sekretowo", str(uuid.uuid5(uuid.NAMESPACE_DNS, TRUE_ADDRESS))]
)
def test_identifier_of_a_protected_place_does_not_depend_on_its_address(own, key):
    engine, _, add = own
    add(key, name="Placówka a", visibility="gmina_centroid")
    before = read_extract(engine)
    assert before.facilities["facility_id"][0] != key
    moved = key.replace("7", "9")
    assert moved != key
    execute(
        engine,
        update(Facility).values(record_key=moved, street_address="ul. Inna 9", point=Point(19.01, 50.01)),
    )
    execute(engine, update(Service).values(service_key=moved))
    after = read_extract(engine)
    assert after.facilities["facility_id"].tolist() == before.facilities["facility_id"].tolist()
    ids = ["service_id", "service_at_facility_id"]
    assert after.services[ids].equals(before.services[ids])


def test_random_identifier_of_a_protected_place_is_kept(own):
    engine, _, add = own
    add("0dcd9e3a-6ba4-4ed5-b0be-2d27cd8a2d29", visibility="gmina_centroid")
    assert read_extract(engine).facilities["facility_id"].tolist() == ["0dcd9e3a-6ba4-4ed5-b0be-2d27cd8a2d29"]


def test_equal_protected_places_are_told_apart(own):
    engine, _, add = own
    for key in ("a", "b", "c"):
        add(key, name="Mieszkanie", visibility="gmina_centroid")
    extract = read_extract(engine)
    assert extract.facilities["facility_id"].nunique() == 3
    assert extract.services["service_id"].nunique() == 3


def test_one_service_at_several_places_has_one_identifier(own):
    engine, _, add = own
    add("a", service_key="kuchnia")
    add("b", service_key="kuchnia")
    add("c", service_key="kuchnia", visibility="gmina_centroid")
    add("d", service_key="inna")
    services = read_extract(engine).services
    assert services["service_id"].nunique() == 2
    assert services["service_id"].value_counts().tolist() == [3, 1]
    assert services["service_at_facility_id"].nunique() == 4


def test_service_has_its_own_name_or_that_of_its_form(own):
    engine, _, add = own
    add("a")
    assert read_extract(engine).services["name"].tolist() == ["schronisko dla osób bezdomnych"]
    execute(engine, update(Service).values(name="Ciepły kąt"))
    assert read_extract(engine).services["name"].tolist() == ["Ciepły kąt"]


def test_registry_of_a_day(small):
    before = read_extract(small, day=date(2026, 6, 29))
    assert before.facilities["name"].tolist() == ["Placówka old"]
    assert before.as_of == date(2026, 6, 29)
    assert before.service_areas.empty
    now = read_extract(small)
    assert before.snapshot_id != now.snapshot_id
    with small.connect() as connection:
        assert now.snapshot_id == registry_fingerprint(connection)
    # Names of areas are those of now on any day.
    assert before.sources["source_code"].tolist() == ["boundaries", "list"]
    assert set(now.sources["source_code"]) == {"boundaries", "list", "register"}


def test_day_before_the_first_register_is_refused(small):
    with pytest.raises(NothingToExtractError, match=r"a day from 2025-06-30 on.*found 2025-06-29"):
        read_extract(small, day=date(2025, 6, 29))


def test_empty_registry_is_refused(engine):
    with pytest.raises(NothingToExtractError, match="python -m data load --commit"):
        read_extract(engine)


def test_vacancies_expire_as_stated_or_as_the_form_allows(own):
    engine, _, add = own
    day = date(2026, 6, 1)
    add("stated", vacant_places=1, vacancies_on=day, vacancies_expire_on=date(2026, 6, 2))
    add("by-form", vacant_places=1, vacancies_on=day, support_form="CAL-DPS")
    add("unknown")
    expiry = read_extract(engine).services.set_index("capacity_places", append=True)["vacancies_expire_on"]
    assert sorted(filter(None, expiry)) == [date(2026, 6, 2), date(2026, 7, 16)]  # 45 days


def test_stops_of_public_services_come_and_those_of_others_do_not(own):
    engine, _, add = own
    for visibility in ("public", "hidden"):
        service = add(
            visibility, visibility=visibility, support_form="BEZ-STR", place_grade="none", point=None
        )
        execute(
            engine,
            insert(MobileStop).values(
                service_id=service,
                position=1,
                name=f"dworzec {visibility}",
                gmina_code=EAST,
                point=Point(19.3, 50.1),
            ),
        )
    stops = read_extract(engine).stops
    assert stops["name"].tolist() == ["dworzec public"]
    assert stops.geometry[0].equals(Point(19.3, 50.1))
    assert stops["service_at_facility_id"].isin(read_extract(engine).services["service_at_facility_id"]).all()


def test_service_areas_have_names_and_levels(small):
    areas = read_extract(small).service_areas
    assert areas[["area_code", "area_name", "level"]].to_numpy().tolist() == [[WEST, "Zachód", "gmina"]]


def test_texts_of_an_organization_with_a_protected_place_stay_behind(own):
    engine, release_id, add = own
    for key in ("jawna", "chroniąca", "bez placówki"):
        execute(
            engine,
            insert(Organization).values(
                release_id=release_id,
                source_code="list",
                organization_key=key,
                content_hash=key,
                name=f"Fundacja {key}",
                description=f"dom przy {TRUE_ADDRESS}",
                website="https://example.org/dom",
                nip="1234563218",
            ),
        )
    add("a", organization_key="jawna")
    add("b", organization_key="chroniąca")
    add("c", organization_key="chroniąca", visibility="hidden")
    extract = read_extract(engine)
    found = extract.organizations.set_index("name")
    assert set(found.index) == {"Fundacja jawna", "Fundacja chroniąca"}
    assert found.loc["Fundacja jawna", "website"] == "https://example.org/dom"
    assert found.loc["Fundacja chroniąca", ["description", "website"]].tolist() == [None, None]
    assert found.loc["Fundacja chroniąca", "nip"] == "1234563218"
    assert set(extract.facilities["organization_id"]) == set(found["organization_id"])


def test_addresses_of_people_are_taken_out_of_every_text(own):
    engine, _, add = own
    add(
        "a",
        note="pisz: jan.kowalski1@poczta.example lub dzwoń",
        barrier_free=["winda, anna@poczta.example"],
        phones=[{"number": "12 000 00 00", "description": "jan@poczta.example"}],
    )
    extract = read_extract(engine)
    assert extract.facilities["note"][0] == "pisz: lub dzwoń"
    assert "@" not in repr([extract.facilities.to_dict(), extract.services.to_dict()])


def test_notes_say_what_was_accepted_and_why_once(small):
    with Session(small) as session, session.begin():
        load = session.scalars(select(Load).order_by(Load.id.desc())).first()
        load.accepted_difference = "rejestr bez miejsc rotacyjnych"
        load.differences = ["register: capacity_places of CAL-DPS in voivodeship 98: official 90, ours 80"]
        session.execute(update(Release).where(Release.state == "current").values(load_id=load.id))
    notes = read_extract(small).notes
    assert len(notes) == 4
    assert notes[0].startswith("DANE ZMYŚLONE")
    assert notes[1].startswith("INVENTED DATA")
    assert notes[2].startswith("Przyjęto liczby różne od urzędowych. Powód: rejestr bez miejsc rotacyjnych.")
    assert notes[3].endswith("official 90, ours 80.")


def test_selection_keeps_what_hangs_together(small):
    whole = read_extract(small)
    homes = selected(whole, forms=["CAL-DPS"])
    assert homes.facilities["name"].tolist() == ["Placówka aside"]
    assert homes.services["set_aside_by"].tolist() == ["register"]
    assert set(homes.sources["source_code"]) == {"boundaries", "list", "register"}
    assert homes.notes[-1] == "This file holds selected services only: forms: CAL-DPS."
    assert homes.service_areas.empty
    assert selected(whole) is whole
    assert len(selected(whole, group="homeless").services) == 5


@pytest.mark.parametrize(("area", "count"), [("98", 5), ("9801", 5), (WEST, 5), (f"{WEST}_2", 5)])
def test_selection_of_an_area(small, area, count):
    assert len(selected(read_extract(small), area=area).facilities) == count


def test_selection_of_nothing_is_refused(small):
    whole = read_extract(small)
    with pytest.raises(NothingToExtractError, match=f"found none for area {EAST}"):
        selected(whole, area=EAST)
    with pytest.raises(TerytError, match="2, 4, 6 or 7 digits"):
        selected(whole, area="Kraków")


def test_service_that_covers_a_larger_area_is_in_its_parts(own):
    engine, _, add = own
    service = add("usługa", support_form="DOM-UO", place_grade="none", point=None)
    with Session(engine) as session, session.begin():
        add_service_area(session, service, "98")
    assert len(selected(read_extract(engine), area=EAST).services) == 1


@pytest.mark.mirror
def test_real_registry_has_no_address_of_a_person_and_hangs_together(real_engine):
    extract = read_extract(real_engine)
    assert len(extract.facilities) > 1500
    told = repr(
        [
            extract.facilities.drop(columns="geometry").to_dict(),
            extract.services.to_dict(),
            extract.organizations.to_dict(),
        ]
    )
    assert "poczta.example" not in told
    assert "@" not in told
    assert set(extract.services["facility_id"]) == set(extract.facilities["facility_id"])
    assert set(extract.facilities["organization_id"].dropna()) == set(
        extract.organizations["organization_id"]
    )
    assert extract.facilities["facility_id"].is_unique
    assert extract.services["service_at_facility_id"].is_unique
    protected = extract.facilities[extract.facilities["visibility"] != "public"]
    assert protected[["street_address", "postal_code", "locality_name"]].isna().all().all()
