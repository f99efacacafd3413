"""
A world whose answers can be worked by hand: three square gminas of 9 km side by side, west to east.

    Pierwsza (120001)  |  Druga (120002)  |  Trzecia (240001)
    voivodeship 12     |  voivodeship 12  |  voivodeship 24

Each has one village in its middle, so the middles lie 9 km apart. A complete register covers care homes in
voivodeship 12 only: nothing listed in Druga is a real zero, nothing listed in Trzecia is no data.
"""

from datetime import date
from functools import cache

import geopandas as gpd
import pandas as pd
from shapely import MultiPolygon, Point, box

from data.reading.registry_state import RegistryState
from data.registry.registry import (
    ADDRESS_COLUMNS,
    BY_YEAR_COLUMNS,
    CELL_COLUMNS,
    PLAN_COLUMNS,
    RESIDENT_COLUMNS,
    STOP_COLUMNS,
    TOWN_PART_COLUMNS,
    Registry,
)
from geo.crs import GEOGRAPHIC, METRIC

WEST_M, SOUTH_M, SIDE_M = 560_000.0, 240_000.0, 9_000.0
GMINAS = {"120001": "Pierwsza", "120002": "Druga", "240001": "Trzecia"}
VOIVODESHIPS = {"12": "małopolskie", "24": "śląskie"}
RESIDENTS = {"120001": (800, 200), "120002": (400, 100), "240001": (350, 50)}
"""Younger and older (65+) residents of each gmina."""
AS_OF = date(2026, 6, 30)

SERVICE_DEFAULTS = {
    "facility_handle": None,
    "organization_name": None,
    "subtype": None,
    "status": "active",
    "capacity_places": pd.NA,
    "capacity_women": pd.NA,
    "capacity_men": pd.NA,
    "minimum_age": pd.NA,
    "maximum_age": pd.NA,
    "vacant_places": pd.NA,
    "vacant_women": pd.NA,
    "vacant_men": pd.NA,
    "waiting_persons": pd.NA,
    "waiting_days": pd.NA,
    "vacancies_on": None,
    "vacancies_expire_on": None,
    "wheelchair": None,
    "barrier_free": [],
    "languages": [],
    "service_languages": [],
    "transportation_text": None,
    "required_documents": [],
    "fees_text": None,
    "fees": [],
    "interpretation_text": None,
    "field_sources": None,
    "field_days": None,
    "street_address": "ul. Prosta 1",
    "postal_code": "30-001",
    "phones": ["12 000 00 00"],
    "website": None,
    "opening_hours": None,
    "opening_hours_text": None,
    "service_opening_hours": None,
    "service_opening_hours_text": None,
    "eligibility_text": None,
    "intake_text": None,
    "note": None,
    "place_grade": "locality",
    "place_radius_m": pd.NA,
    "visibility": "public",
    "origin": "register",
    "verified_on": None,
    "verified_precision": None,
    "dated_on": AS_OF,
    "dated_precision": "day",
    "source_code": "register",
    "source_url": None,
    "is_counted": True,
    "is_unconfirmed": False,
    "set_aside_by": None,
}


@cache
def middle_of(gmina_code: str, *, east_m: float = 0.0) -> Point:
    """Return the middle of a gmina in EPSG:4326, moved east by some metres."""
    column = list(GMINAS).index(gmina_code)
    point = Point(WEST_M + SIDE_M * (column + 0.5) + east_m, SOUTH_M + SIDE_M / 2)
    return gpd.GeoSeries([point], crs=METRIC).to_crs(GEOGRAPHIC).iloc[0]


def service(number: int, gmina_code: str, **changes: object) -> dict[str, object]:
    """Return a row as `data.reading.service_queries.public_services` gives; by default a care home for older people."""
    row = {
        "service_id": number,
        "facility_id": number,
        "facility_name": f"Placówka {number}",
        "support_form": "CAL-DPS",
        "need_groups": ["older"],
        "gmina_code": gmina_code,
        "gmina_name": GMINAS[gmina_code],
        "locality_name": GMINAS[gmina_code],
        "powiat_code": gmina_code[:4],
        "voivodeship_code": gmina_code[:2],
        "geometry": middle_of(gmina_code),
    }
    return {**SERVICE_DEFAULTS, **row, **changes}


def tiny_registry(
    services: list[dict[str, object]],
    *,
    service_areas: list[tuple[int, str]] = (),
    except_gminas: tuple[str, ...] = (),
    stops: list[dict[str, object]] = (),
    claims: tuple[tuple[str, str], ...] = (("CAL-DPS", "12"),),
    projected: dict[str, int] | None = None,
    local_plans: dict[str, str] | None = None,
    grid_cells: list[tuple[str, Point, float]] = (),
    address_cells: list[tuple[str, Point, int, int]] = (),
    town_parts: dict[str, tuple[int, int]] | None = None,
    older_in: dict[int, dict[str, int]] | None = None,
    today: date = date(2026, 6, 30),
) -> Registry:
    """
    Return the world with some services; `service_areas` are pairs of service id and area code.

    `claims` are forms and the voivodeships where the register lists all of them; `projected` people of 65 and more of
    powiats, in each of the years 2030, 2035 and 2040; `local_plans` the status by area code; `grid_cells` a gmina, a
    point in EPSG:4326 and the people of a cell; `address_cells` the same with the addresses of a cell and those of its
    town, `town_parts` people of the town and of the villages of a gmina. `older_in` tells people of 65 and more by year
    and gmina, counted to 2022 and then projected, as `residents_of` has them; `today` decides which of these years is
    now.
    """
    columns = list(service(1, "120001"))
    plain = pd.DataFrame(services, columns=columns)
    counts = [
        "capacity_places",
        "vacant_places",
        "vacant_women",
        "vacant_men",
        "waiting_persons",
        "waiting_days",
        "place_radius_m",
    ]
    plain = plain.astype({**dict.fromkeys(counts, "Int64"), "is_counted": bool, "is_unconfirmed": bool})
    frame = gpd.GeoDataFrame(plain, geometry="geometry", crs=GEOGRAPHIC)
    return Registry(
        state=RegistryState("0123456789ab", AS_OF, len(frame), 2, is_invented=False),
        areas=_areas().copy(),
        localities=_localities().copy(),
        services=frame,
        service_areas=pd.DataFrame(service_areas, columns=["service_id", "area_code"]),
        register_coverage=pd.DataFrame(
            [(form, code, list(except_gminas), "register", AS_OF) for form, code in claims],
            columns=["support_form", "voivodeship_code", "except_area_codes", "source_code", "as_of"],
        ),
        population=_population().copy(),
        people_counts=_people_counts().copy(),
        sources=_sources().copy(),
        stops=gpd.GeoDataFrame(
            pd.DataFrame(list(stops), columns=STOP_COLUMNS), geometry="geometry", crs=GEOGRAPHIC
        ),
        population_by_year=pd.DataFrame(
            [
                (code, 65, None, year, "projected", persons, "population")
                for code, persons in (projected or {}).items()
                for year in (2030, 2035, 2040)
            ],
            columns=BY_YEAR_COLUMNS,
        ),
        residents_by_year=residents_of(older_in or {}),
        today=today,
        local_plans=pd.DataFrame(
            [
                (code, code, status, "2026", None, None, "plans")
                for code, status in (local_plans or {}).items()
            ],
            columns=PLAN_COLUMNS,
        ),
        grid_cells=gpd.GeoDataFrame(
            [(code, persons, None, point) for code, point, persons in grid_cells],
            columns=CELL_COLUMNS,
            geometry="geometry",
            crs=GEOGRAPHIC,
        ),
        address_cells=gpd.GeoDataFrame(
            [(code, addresses, in_town, point) for code, point, addresses, in_town in address_cells],
            columns=ADDRESS_COLUMNS,
            geometry="geometry",
            crs=GEOGRAPHIC,
        ),
        town_parts=pd.DataFrame(
            [(code, *sides, None, None, "population") for code, sides in (town_parts or {}).items()],
            columns=TOWN_PART_COLUMNS,
        ),
    )


def residents_of(older_in: dict[int, dict[str, int]]) -> pd.DataFrame:
    """
    Return residents by year of gminas and what they add up to, as `data.reading.people_queries.residents_by_year` does.

    Of 10 people of 65 and more 8 are 70 and more and 4 are 80 and more, in all areas; a powiat also tells that 5 are 75
    and more, which gminas do not. All residents are five times as many. The low variant of powiats and voivodeships has
    a tenth less people, the high one a tenth more.
    """
    rows = []
    for year, by_gmina in older_in.items():
        kind = "counted" if year <= 2022 else "projected"
        older = pd.Series(by_gmina)
        for digits in (6, 4, 2):
            for code, persons in older.groupby(older.index.str[:digits]).sum().items():
                rows.append(_residents_row(code, year, kind, "main", persons))
                if digits < 6 and kind == "projected":
                    rows.append(_residents_row(code, year, kind, "low", persons * 0.9))
                    rows.append(_residents_row(code, year, kind, "high", persons * 1.1))
    return pd.DataFrame(rows, columns=RESIDENT_COLUMNS)


def _residents_row(code: str, year: int, kind: str, variant: str, older: float) -> tuple[object, ...]:
    oldest = older * 0.5 if len(code) < 6 else float("nan")
    file = {6: "gminas", 4: "powiats", 2: "voivodeships"}[len(code)] if variant == "main" else "variants"
    told = (older * 5, older * 1.2, older, older * 0.8, oldest, older * 0.4, float("nan"))
    return (code, year, kind, variant, *told, file)


# What no world has otherwise is made once and copied: a third of the time of many tests was spent on it.


@cache
def _population() -> pd.DataFrame:
    rows = [
        {
            "area_code": code,
            "age_from": age,
            "age_to": to,
            "persons": persons,
            "counted_on": date(2020, 12, 31),
        }
        for code, numbers in RESIDENTS.items()
        for (age, to), persons in zip([(0, 64), (65, None)], numbers, strict=True)
    ]
    return pd.DataFrame(rows)


@cache
def _areas() -> gpd.GeoDataFrame:
    squares = {
        code: box(WEST_M + SIDE_M * i, SOUTH_M, WEST_M + SIDE_M * (i + 1), SOUTH_M + SIDE_M)
        for i, code in enumerate(GMINAS)
    }
    rows = [_area("gmina", code, GMINAS[code], squares[code]) for code in GMINAS]
    for level, digits in (("powiat", 4), ("voivodeship", 2)):
        for code in sorted({code[:digits] for code in GMINAS}):
            parts = [square for gmina, square in squares.items() if gmina.startswith(code)]
            name = VOIVODESHIPS.get(code, f"powiat {code}")
            rows.append(_area(level, code, name, gpd.GeoSeries(parts).union_all()))
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=METRIC).to_crs(GEOGRAPHIC)
    frame["label_point"] = gpd.GeoSeries(frame.pop("label"), crs=METRIC).to_crs(GEOGRAPHIC).to_numpy()
    return frame


def _area(level: str, code: str, name: str, shape: object) -> dict[str, object]:
    return {
        "area_code": code,
        "teryt_code": code,
        "level": level,
        "name": name,
        "kind": "",
        "powiat_code": code[:4] if len(code) > 2 else None,
        "powiat_name": f"powiat {code[:4]}" if len(code) > 2 else None,
        "voivodeship_code": code[:2],
        "voivodeship_name": VOIVODESHIPS[code[:2]],
        "area_km2": 81.0,
        "boundary_vintage": "2019",
        "label": shape.representative_point(),
        "geometry": shape if shape.geom_type == "MultiPolygon" else MultiPolygon([shape]),
    }


@cache
def _localities() -> gpd.GeoDataFrame:
    rows = [
        {
            "locality_key": str(number),
            "name": f"Wieś {name}",
            "kind": "wieś",
            "gmina_code": code,
            "gmina_name": name,
            "powiat_code": code[:4],
            "powiat_name": f"powiat {code[:4]}",
            "voivodeship_code": code[:2],
            "voivodeship_name": VOIVODESHIPS[code[:2]],
            "population_persons": None,
            "geometry": middle_of(code),
        }
        for number, (code, name) in enumerate(GMINAS.items(), start=1)
    ]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=GEOGRAPHIC)


@cache
def _people_counts() -> pd.DataFrame:
    columns = ["area_code", "indicator", "subgroup", "value", "unit", "as_of_text", "source_url", "note"]
    rows = [
        (
            "12",
            "homeless_count_mrpips",
            "total",
            2000.0,
            "people",
            "2019-02-14",
            "https://example.org/a",
            None,
        ),
        (
            "12",
            "homeless_count_mrpips",
            "total",
            2093.0,
            "people",
            "2024-02-29",
            "https://example.org/b",
            None,
        ),
        ("12", "homeless_count_mrpips", "men", 1700.0, "people", "2019-02-14", "https://example.org/a", None),
        (
            "00",
            "disabled_total_nsp2021",
            "total",
            5400000.0,
            "people",
            "2021-03-31",
            "https://example.org/c",
            None,
        ),
    ]
    return pd.DataFrame(rows, columns=columns)


@cache
def _sources() -> pd.DataFrame:
    rows = [
        {
            "source_code": code,
            "kind": kind,
            "name": f"Źródło {code}",
            "publisher": "Wydawca",
            "licence": "CC BY 4.0",
            "attribution": f"Dane: {code}",
            "url": "https://example.org/",
            "as_of": AS_OF,
            "boundary_vintage": "2019",
            "is_invented": False,
            "is_official": kind == "register",
        }
        for code, kind in [
            ("boundaries", "boundaries"),
            ("population", "population"),
            ("localities", "localities"),
            ("counts", "people_counts"),
            ("register", "register"),
            ("other-register", "register"),
        ]
    ]
    return pd.DataFrame(rows)
