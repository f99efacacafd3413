"""A small extract built by hand, extracts made by hypothesis, and what reading them back must give."""

import datetime as dt
import uuid

import geopandas as gpd
import pandas as pd
from hypothesis import strategies as st
from shapely import Point

from data.export.extract import FACILITY_FIELDS, SERVICE_FIELDS, Extract
from data.hsds import mapping
from data.sources.cell_text import cell_text, read_powiat
from data.vocabulary import support_forms

ORGANIZATION_COLUMNS = (
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
FACILITY_COLUMNS = ("facility_id", "organization_id", "source_code", *FACILITY_FIELDS, "geometry")
SERVICE_COLUMNS = (
    "service_at_facility_id",
    "service_id",
    "facility_id",
    "organization_id",
    "source_code",
    *SERVICE_FIELDS,
)
AREA_COLUMNS = ("service_at_facility_id", "area_code", "area_name", "level")
STOP_COLUMNS = (
    "service_at_facility_id",
    "position",
    "name",
    "locality_name",
    "gmina_code",
    "opening_hours",
    "opening_hours_text",
    "geometry",
)
SOURCE_COLUMNS = (
    "source_code",
    "name",
    "publisher",
    "url",
    "licence",
    "attribution",
    "as_of",
    "is_official",
)
COUNTS = tuple(name for name in SERVICE_FIELDS if name.startswith(("capacity", "vacant_", "waiting")))
EMPTY_FACILITY = dict.fromkeys(FACILITY_COLUMNS) | {
    "source_code": "test-register",
    "voivodeship_code": "12",
    "voivodeship_name": "małopolskie",
    "place_grade": "none",
    "visibility": "public",
    "phones": [],
    "languages": [],
    "barrier_free": [],
}
EMPTY_SERVICE = dict.fromkeys(SERVICE_COLUMNS) | {
    "source_code": "test-register",
    "status": "active",
    "need_groups": [],
    "required_documents": [],
    "fees": [],
    "funding": [],
    "languages": [],
    "is_counted": True,
}


def key(word):
    return str(uuid.uuid5(uuid.NAMESPACE_OID, word))


def extract_of(organizations=(), facilities=(), services=(), areas=(), stops=(), provenance=()):
    """Make an extract of rows as the registry does: object columns, counts with NA."""
    services = pd.DataFrame(list(services), columns=list(SERVICE_COLUMNS), dtype=object)
    for name in COUNTS:
        services[name] = services[name].astype("Int64")
    return Extract(
        organizations=pd.DataFrame(list(organizations), columns=list(ORGANIZATION_COLUMNS), dtype=object),
        facilities=_located(facilities, FACILITY_COLUMNS),
        services=services,
        service_areas=pd.DataFrame(list(areas), columns=list(AREA_COLUMNS), dtype=object),
        stops=_located(stops, STOP_COLUMNS),
        sources=pd.DataFrame(
            [
                (
                    "test-register",
                    "Rejestr próbny",
                    "Urząd Próbny",
                    "https://urzad.example",
                    "CC BY 4.0",
                    "Urząd Próbny",
                    dt.date(2026, 6, 30),
                    True,
                )
            ],
            columns=list(SOURCE_COLUMNS),
        ),
        provenance=pd.DataFrame(list(provenance), columns=["facility_id", "field", "source_code"]),
        as_of=dt.date(2026, 6, 30),
        snapshot_id="0123456789ab",
        is_invented=True,
        notes=("Liczby „na próbę”.",),
    )


def _located(rows, columns):
    frame = pd.DataFrame([dict(row) for row in rows], columns=list(columns), dtype=object)
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(frame["geometry"], crs=4326))


def small_extract():
    """Two organizations; a full facility, a protected one, a second place, a bus and a hotline; six services."""
    return extract_of(_organizations(), _facilities(), _services(), _areas(), _stops(), _provenance())


def _organizations():
    return [
        {
            "organization_id": key("fundacja"),
            "source_code": "test-register",
            "name": 'Fundacja „Żółw" sp. z o.o.',
            "alternate_name": "Żółw",
            "description": "Prowadzi domy.\nOd lat.",
            "website": "https://zolw.example/o-nas",
            "legal_status": "fundacja",
            "year_incorporated": 1999,
            "nip": "1234563218",
            "regon": "123456785",
            "krs": "0000123456",
        },
        dict.fromkeys(ORGANIZATION_COLUMNS)
        | {"organization_id": key("gmina"), "source_code": "test-register", "name": "Gmina Próbna"},
    ]


def _facilities():
    full = {
        "facility_id": key("dom"),
        "organization_id": key("fundacja"),
        "source_code": "test-register",
        "name": "=Dom „Złota Jesień”; filia",
        "alternate_name": "-Złota",
        "description": "Dom\nz ogrodem, 'cichy'",
        "street_address": "ul. Łąkowa 5/7",
        "postal_code": "30-001",
        "locality_name": "Kraków",
        "gmina_code": "126101",
        "gmina_name": "Kraków",
        "powiat_code": "1261",
        "powiat_name": "Kraków",
        "voivodeship_code": "12",
        "voivodeship_name": "małopolskie",
        "place_grade": "door",
        "visibility": "public",
        "phones": [
            {"number": "+48 12 345 67 89", "extension": 12, "description": "sekretariat"},
            {"number": "800 120 002"},
        ],
        "website": "https://dom.example/?a=1",
        "opening_hours": "Mo-Fr 08:00-16:00",
        "opening_hours_text": "pn.-pt. 8-16",
        "languages": ["pl", "uk"],
        "wheelchair": "limited",
        "barrier_free": ["podjazd", "pętla indukcyjna"],
        "transportation_text": "tramwaj 8",
        "note": "@uwaga",
        "source_url": "https://urzad.example/dps",
        "verified_on": dt.date(2026, 6, 30),
        "verified_precision": "day",
        "changed_on": dt.date(2026, 5, 31),
        "geometry": Point(19.938333, 50.061389),
    }
    protected = EMPTY_FACILITY | {
        "facility_id": key("chronione"),
        "organization_id": key("gmina"),
        "name": "mieszkanie chronione",
        "gmina_code": "120602",
        "gmina_name": "Krzeszowice",
        "powiat_code": "1206",
        "powiat_name": "krakowski",
        "place_grade": "gmina",
        "visibility": "gmina_centroid",
        "verified_on": dt.date(2026, 5, 1),
        "verified_precision": "month",
        "geometry": Point(19.6, 50.1),
    }
    second = EMPTY_FACILITY | {
        "facility_id": key("filia"),
        "organization_id": key("fundacja"),
        "name": "Filia",
        "locality_name": "Wieś Mała",
        "place_grade": "locality",
        # Not an address that HSDS takes; it may not be lost.
        "opening_hours_text": "proszę dzwonić",
        "website": "filia.example",
        "verified_on": dt.date(2026, 6, 1),
        "verified_precision": "day",
        "geometry": Point(20.0, 50.0),
    }
    bus = EMPTY_FACILITY | {"facility_id": key("autobus"), "name": "Autobus", "street_address": "zajezdnia"}
    hotline = EMPTY_FACILITY | {
        "facility_id": key("telefon"),
        "organization_id": None,
        "name": "Telefon zaufania",
        "opening_hours_text": "całą dobę",
    }
    return [full, protected, second, bus, hotline]


def _services():
    at_dom = {
        "service_at_facility_id": key("dom całodobowy@dom"),
        "service_id": key("dom całodobowy"),
        "facility_id": key("dom"),
        "organization_id": key("fundacja"),
        "source_code": "test-register",
        "name": "Dom całodobowy",
        "description": "Opieka",
        "support_form": "CAL-DPS",
        "subtype": "dla osób w podeszłym wieku",
        "need_groups": ["older", "chronically_ill"],
        "status": "active",
        "capacity_places": 60,
        "capacity_women": 40,
        "capacity_men": 20,
        "vacant_places": 3,
        "vacant_women": 0,
        "vacant_men": 3,
        "waiting_persons": 11,
        "waiting_days": 120,
        "vacancies_on": dt.date(2026, 6, 30),
        "vacancies_expire_on": dt.date(2026, 7, 31),
        "intake_text": "decyzja OPS",
        "eligibility_text": "osoby 60+",
        "minimum_age": 60,
        "maximum_age": 110,
        "required_documents": ["dowód", "zaświadczenie"],
        "fees_text": "do 70% dochodu",
        "fees": [
            {
                "option": "pobyt",
                "amount": 5200.5,
                "currency": "PLN",
                "description": "za miesiąc",
                "valid_from": "2026-01-01",
                "valid_to": "2026-12-31",
            },
            {"amount": 0},
        ],
        "funding": ["wojewoda", "gmina"],
        "languages": ["pl"],
        "interpretation_text": "PJM online",
        "opening_hours": "24/7",
        "opening_hours_text": "całą dobę",
        "is_counted": False,
        "set_aside_by": "other-register",
    }
    # The same service in another place: other capacity and fees, no text on eligibility, no documents.
    at_filia = at_dom | {
        "service_at_facility_id": key("dom całodobowy@filia"),
        "facility_id": key("filia"),
        "status": "suspended",
        "capacity_places": 10,
        "vacant_places": 1,
        "capacity_women": None,
        "vacant_women": None,
        "capacity_men": None,
        "vacant_men": None,
        "eligibility_text": None,
        "minimum_age": 18,
        "required_documents": [],
        "fees": [{"option": "inna"}],
    }
    protected = EMPTY_SERVICE | {
        "service_at_facility_id": key("mieszkanie@chronione"),
        "service_id": key("mieszkanie"),
        "facility_id": key("chronione"),
        "organization_id": key("gmina"),
        "name": support_forms()["CAL-DPS"].name["pl"],
        "support_form": "CAL-DPS",
        "status": "planned",
        # No vacancies are known, so HSDS has no row for the capacity.
        "capacity_places": 7,
        "waiting_persons": 0,
        "vacancies_on": dt.date(2026, 6, 1),
    }
    day = EMPTY_SERVICE | {
        "service_at_facility_id": key("dzienny@dom"),
        "service_id": key("dzienny"),
        "facility_id": key("dom"),
        "organization_id": key("fundacja"),
        "name": "Dom dzienny",
        "support_form": "DOM-UO",
        "need_groups": ["older"],
        "vacant_places": 2,
        "vacancies_on": dt.date(2026, 6, 15),
    }
    bus = EMPTY_SERVICE | {
        "service_at_facility_id": key("zupa@autobus"),
        "service_id": key("zupa"),
        "facility_id": key("autobus"),
        "name": "Zupa na kółkach",
        "support_form": "DOM-SAS",
        "status": "moved",
        "need_groups": ["homeless"],
        # Vacancies without a date have no place in HSDS either.
        "vacant_places": 5,
    }
    hotline = EMPTY_SERVICE | {
        "service_at_facility_id": key("rozmowa@telefon"),
        "service_id": key("rozmowa"),
        "facility_id": key("telefon"),
        "name": "Rozmowa",
        "support_form": "DOM-SUO",
        "status": "funding_only",
        "need_groups": ["mental_health"],
        "opening_hours": "24/7",
    }
    return [at_dom, at_filia, protected, day, bus, hotline]


def _areas():
    return [
        {
            "service_at_facility_id": key("rozmowa@telefon"),
            "area_code": "00",
            "area_name": "Polska",
            "level": "country",
        },
        {
            "service_at_facility_id": key("zupa@autobus"),
            "area_code": "120602",
            "area_name": "Krzeszowice",
            "level": "gmina",
        },
        {
            "service_at_facility_id": key("zupa@autobus"),
            "area_code": "1261",
            "area_name": "Kraków",
            "level": "powiat",
        },
    ]


def _stops():
    return [
        {
            "service_at_facility_id": key("zupa@autobus"),
            "position": 2,
            "name": "Rynek",
            "locality_name": "Krzeszowice",
            "gmina_code": "120602",
            "opening_hours": "Tu 17:00-18:00",
            "opening_hours_text": "we wtorki",
            "geometry": Point(19.63, 50.13),
        },
        {
            "service_at_facility_id": key("zupa@autobus"),
            "position": 1,
            "name": "Dworzec",
            "locality_name": None,
            "gmina_code": None,
            "opening_hours": None,
            "opening_hours_text": "wieczorem",
            "geometry": None,
        },
    ]


def _provenance():
    return [
        {"facility_id": key("dom"), "field": "phones", "source_code": "other-register"},
        {"facility_id": key("dom"), "field": "street_address", "source_code": "test-register"},
    ]


def rows_by_id(frame, name):
    """Return the rows of a frame by a key, missing values as None."""
    return {
        row[name]: {column: _plain(value) for column, value in row.items()}
        for row in frame.to_dict("records")
    }


def _plain(value):
    if isinstance(value, list | dict):
        return value
    return None if value is None or pd.isna(value) else value


def expected_records(extract):
    """Return by (facility, service) what reading an export must give, field by field of `data.hsds.mapping`."""
    facilities = rows_by_id(extract.facilities, "facility_id")
    return {
        (row["facility_id"], row["service_id"]): _expected(row, facilities[row["facility_id"]], extract)
        for row in rows_by_id(extract.services, "service_at_facility_id").values()
    }


def _expected(service, facility, extract):
    record = {}
    for pairs, row in (
        (mapping.FACILITY, facility),
        (mapping.SERVICE, service),
        (mapping.SERVICE_AT_FACILITY, service),
    ):
        for pair in pairs:
            if pair.record and pair.record not in {"latitude, longitude", "organization_key"}:
                record[pair.record] = row[pair.ours]
    point = facility["geometry"]
    record["latitude"] = None if point is None else point.y
    record["longitude"] = None if point is None else point.x
    record["organization_key"] = facility["organization_id"] or service["organization_id"]
    if facility["powiat_name"]:
        record["stated_powiat_name"], record["is_city_powiat"] = read_powiat(facility["powiat_name"])
    if facility["powiat_code"]:
        record["is_city_powiat"] = int(facility["powiat_code"][2:]) > 60
    if service["name"] == support_forms()[service["support_form"]].name["pl"]:
        record["service_name"] = None
    at = service["service_at_facility_id"]
    areas = extract.service_areas
    record["service_area_codes"] = sorted(areas.loc[areas["service_at_facility_id"] == at, "area_code"])
    stops = extract.stops[extract.stops["service_at_facility_id"] == at].sort_values("position")
    record["stops"] = [_stop(row) for row in rows_by_id(stops, "position").values()]
    return record


def _stop(row):
    point = row["geometry"]
    names = ("name", "locality_name", "opening_hours", "opening_hours_text")
    return {name: row[name] for name in names} | {
        "latitude": None if point is None else point.y,
        "longitude": None if point is None else point.x,
    }


def read_records(staged):
    """Return the records that were read by (facility, service)."""
    return {
        (row["facility_key"], row["service_key"]): row
        for row in rows_by_id(staged.records, "row_reference").values()
    }


def assert_same(extract, staged):
    """Compare every mapped field of every service, facility and organization of an extract with what was read."""
    assert staged.rejected.empty, staged.rejected.to_dict("records")
    expected, found = expected_records(extract), read_records(staged)
    assert found.keys() == expected.keys()
    for pair, record in expected.items():
        differing = {
            name: (found[pair][name], value) for name, value in record.items() if found[pair][name] != value
        }
        assert differing == {}, differing
    organizations = {pair.record: pair.ours for pair in mapping.ORGANIZATION if pair.record is not None}
    wanted = rows_by_id(extract.organizations, "organization_id")
    read = rows_by_id(staged.organizations, "organization_key")
    assert read == {
        one: {record: row[ours] for record, ours in organizations.items()} for one, row in wanted.items()
    }


def extract_again(staged):
    """Make an extract of what was read, as the registry would export it with the same keys."""
    facilities, services, areas, stops = {}, [], [], []
    of_facility = {pair.record: pair.ours for pair in mapping.FACILITY if pair.record}
    of_service = {
        pair.record: pair.ours for pair in (*mapping.SERVICE, *mapping.SERVICE_AT_FACILITY) if pair.record
    }
    for row in rows_by_id(staged.records, "row_reference").values():
        facility = EMPTY_FACILITY | {
            ours: row[record] for record, ours in of_facility.items() if record in row
        }
        facility["powiat_code"] = None
        if row["latitude"] is not None:
            facility["geometry"] = Point(row["longitude"], row["latitude"])
        facility["visibility"] = facility["visibility"] or "public"
        facilities[row["facility_key"]] = facility
        at = key(f"{row['service_key']}@{row['facility_key']}")
        service = EMPTY_SERVICE | {ours: row[record] for record, ours in of_service.items() if record in row}
        service["need_groups"] = service["need_groups"] or []
        service["name"] = service["name"] or support_forms()[row["support_form"]].name["pl"]
        services.append(service | {"service_at_facility_id": at})
        areas += [
            {"service_at_facility_id": at, "area_code": code, "area_name": code, "level": "gmina"}
            for code in row["service_area_codes"]
        ]
    organizations = [
        {"source_code": "test-register"}
        | {pair.ours: row[pair.record] for pair in mapping.ORGANIZATION if pair.record}
        for row in rows_by_id(staged.organizations, "organization_key").values()
    ]
    return extract_of(organizations, facilities.values(), services, areas, stops)


TEXT = (
    st.one_of(
        st.text(alphabet="aąćęłńóśźżĄŁ0 \n\"';,-=+@\t\r<>&{}[]\\%€", min_size=1, max_size=30),
        st.text(min_size=1, max_size=20),
        st.sampled_from(["=1+1", "'=1", "''+x", "-", "@SUM(A1)", "'", '"', "null", "true", "[]", "brak"]),
    )
    .map(cell_text)
    .filter(lambda text: text and cell_text(text) == text)
)
MAYBE_TEXT = st.none() | TEXT
TEXTS = st.lists(TEXT, max_size=3)
COUNT = st.none() | st.integers(0, 5000)
DATE = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2026, 6, 30))
HOURS = st.sampled_from([None, "24/7", "Mo-Fr 08:00-16:00", "Mo,We 10:00-12:30; Sa off", "Tu[1] 09:00-10:00"])
LANGUAGES = st.lists(st.sampled_from(["pl", "uk", "en", "rom"]), max_size=3, unique=True)
POINT = st.builds(
    Point,
    st.floats(14.1, 24.2, allow_nan=False).map(lambda number: round(number, 6)),
    st.floats(49.0, 54.9, allow_nan=False).map(lambda number: round(number, 6)),
)


def _facility_values():
    return st.fixed_dictionaries(
        {
            "name": TEXT,
            "alternate_name": MAYBE_TEXT,
            "description": MAYBE_TEXT,
            "street_address": MAYBE_TEXT,
            "postal_code": st.sampled_from([None, "30-001"]),
            "locality_name": MAYBE_TEXT,
            "gmina_name": MAYBE_TEXT,
            "gmina_code": st.sampled_from([None, "120602"]),
            "powiat_code": st.sampled_from([None, "1206", "1261"]),
            "powiat_name": st.sampled_from([None, "krakowski", "Kraków"]),
            "place_grade": st.sampled_from(["door", "street", "gmina"]),
            "visibility": st.sampled_from(["public", "gmina_centroid"]),
            "phones": st.lists(
                st.fixed_dictionaries(
                    {"number": TEXT}, optional={"extension": st.integers(0, 9999), "description": TEXT}
                ),
                max_size=3,
                unique_by=repr,
            ),
            "website": st.sampled_from([None, "https://a.example/b", "a.example"]),
            "opening_hours": HOURS,
            "opening_hours_text": MAYBE_TEXT,
            "languages": LANGUAGES,
            "wheelchair": st.sampled_from([None, "yes", "limited", "no"]),
            "barrier_free": TEXTS,
            "transportation_text": MAYBE_TEXT,
            "note": MAYBE_TEXT,
            "source_url": MAYBE_TEXT,
            "verified_on": DATE,
            "verified_precision": st.sampled_from([None, "day", "month"]),
            "changed_on": DATE,
            "geometry": st.none() | POINT,
        }
    )


def _service_values():
    fee = st.fixed_dictionaries(
        {},
        optional={
            "option": TEXT,
            "amount": st.integers(0, 10**6) | st.floats(0, 1e9, allow_nan=False),
            "currency": st.just("PLN"),
            "description": TEXT,
            "valid_from": st.just("2026-01-01"),
        },
    ).filter(bool)
    values = {
        "name": TEXT,
        "support_form": st.sampled_from(["CAL-DPS", "DOM-UO"]),
        "need_groups": st.lists(st.sampled_from(["older", "disabled"]), max_size=2, unique=True),
        "status": st.sampled_from(["active", "planned", "suspended", "closed", "moved", "funding_only"]),
        "minimum_age": st.none() | st.integers(0, 120),
        "maximum_age": st.none() | st.integers(0, 120),
        "vacancies_on": DATE,
        "vacancies_expire_on": DATE,
        "required_documents": TEXTS,
        "funding": TEXTS,
        "fees": st.lists(fee, max_size=2),
        "languages": LANGUAGES,
        "opening_hours": HOURS,
        "is_counted": st.booleans(),
        "source_code": st.just("test-register"),
    }
    values |= dict.fromkeys(COUNTS, COUNT)
    return st.fixed_dictionaries({name: values.get(name, MAYBE_TEXT) for name in SERVICE_FIELDS})


@st.composite
def extracts(draw):
    """Make extracts of one or two facilities and up to three services, some of them given at both."""
    count = draw(st.integers(1, 2))
    facilities = [
        EMPTY_FACILITY | draw(_facility_values()) | {"facility_id": key(f"facility {number}")}
        for number in range(count)
    ]
    services = []
    for number in range(draw(st.integers(1, 3))):
        form = draw(st.sampled_from(["CAL-DPS", "DOM-UO"]))
        places = draw(st.sampled_from([[0], [count - 1], list(range(count))]))
        services += [
            EMPTY_SERVICE
            | draw(_service_values())
            | {
                "support_form": form,
                "service_id": key(f"service {number}"),
                "service_at_facility_id": key(f"service {number} at {place}"),
                "facility_id": key(f"facility {place}"),
            }
            for place in places
        ]
    return extract_of((), facilities, services)
