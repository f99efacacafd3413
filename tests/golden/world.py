"""Four square gminas of 10 km with one of every kind of answer: the world of the golden files."""

from dataclasses import replace
from datetime import date

import geopandas as gpd
import pandas as pd
from shapely import Point, box

from data.people.people import GroupPeople
from geo.breaks import Classes
from geo.crs import GEOGRAPHIC, METRIC
from layers.answers.area_table import AreaTable
from layers.answers.measures.sources import SourceNote
from layers.view.view import View

SIDE_M = 10_000
WEST_M, SOUTH_M = 560_000, 240_000
CODES = ("120101", "120102", "120201", "120202")
"""South-west has no data, south-east zero, north-west 4 places per 1,000 and north-east 12 at least."""

SOURCES = (
    SourceNote(
        code="boundaries",
        name="Granice gmin",
        publisher="GUGiK",
        licence="The Unlicense",
        attribution="Granice: PRG",
        as_of=None,
        url="https://example.invalid/granice",
    ),
    SourceNote(
        code="dps",
        name="Rejestr DPS",
        publisher="Urząd Wojewódzki",
        licence="CC BY 4.0",
        attribution="",
        as_of=date(2026, 6, 30),
        url="https://example.invalid/dps",
    ),
    SourceNote(
        code="people",
        name="Ludność gmin",
        publisher="GUS",
        licence="CC BY 4.0",
        attribution="GUS",
        as_of=date(2020, 12, 31),
        url="https://example.invalid/ludnosc",
        kind="population",
    ),
)


def world_table(**changes: object) -> AreaTable:
    """Return the table; `changes` replaces its fields."""
    rows = pd.DataFrame(
        {
            "name": ["Łąkowo", "Żabno", "Jasło", "Ćmielów"],
            "powiat_name": ["łąkowski", "łąkowski", "górny", "górny"],
            "voivodeship_name": "małopolskie",
            "demand_persons": pd.array([1000.0, 2500.0, 500.0, 2000.0], dtype="Float64"),
            "facilities_count": pd.array([pd.NA, 0, 1, 2], dtype="Int64"),
            "capacity_places": pd.array([pd.NA, 0, 2, 24], dtype="Int64"),
            "places_per_1000": pd.array([pd.NA, 0.0, 4.0, 12.0], dtype="Float64"),
            "coverage_share": pd.array([pd.NA, 0.0, 0.25, 0.996], dtype="Float64"),
            "value": [float("nan"), 0.0, 4.0, 12.0],
            "is_few": [False] * 4,
            "is_complete": [False, True, True, False],
        },
        index=pd.Index(CODES, name="area_code"),
    )
    bounds = pd.DataFrame("", index=rows.index, columns=rows.columns, dtype="str")
    bounds.loc["120202", ["facilities_count", "capacity_places", "places_per_1000", "value"]] = "least"
    services = gpd.GeoDataFrame(
        {
            "facility_id": [1, 2, 2, 3],
            "place_grade": "door",
            "source_code": "register",
            "is_for_others": [False, False, False, True],
            "capacity_places": [10.0, 20.0, 5.0, 40.0],
            "dated_on": None,
            "service_id": range(4),
            "field_sources": None,
            "field_days": None,
            "may_be_gone": False,
            "is_places_old": False,
            "dated_precision": None,
        },
        geometry=gpd.GeoSeries([_middle(2), _middle(3), _middle(3), None], crs=METRIC).to_crs(GEOGRAPHIC),
    )
    table = AreaTable(
        rows=rows,
        view=View(scope="12"),
        classes=Classes(lowers=(0.0, 5.0, 10.0), has_zero=True),
        class_of=pd.Series([pd.NA, 0, 1, 3], index=rows.index, dtype="Int64"),
        services=services,
        people=older_people(rows["demand_persons"]),
        bounds=bounds,
        sources=SOURCES,
        snapshot_id="0123456789ab",
        as_of=date(2026, 6, 30),
        is_invented=False,
        boundary_vintage="2019",
    )
    return replace(table, **changes)


def older_people(persons: pd.Series) -> GroupPeople:
    """Return people of 65 and more, counted at the end of 2020."""
    return GroupPeople(
        persons.astype(float),
        pd.Series(data=False, index=persons.index),
        method_key="population_65",
        indicator="population_65",
        base_level="gmina",
        counted_on=date(2020, 12, 31),
    )


def world_areas() -> gpd.GeoDataFrame:
    """Return the four gminas and, with the same columns, one that no table asks for."""
    shapes = [*(_square(position) for position in range(4)), box(0, 0, 1, 1)]
    return gpd.GeoDataFrame(
        {"area_code": [*CODES, "020101"], "level": "gmina", "voivodeship_code": ["12"] * 4 + ["02"]},
        geometry=gpd.GeoSeries(shapes, crs=METRIC).to_crs(GEOGRAPHIC),
    )


def world_outlines() -> gpd.GeoDataFrame:
    """Return the powiats and the voivodeship of the gminas, and a voivodeship elsewhere."""
    south, north = _square(0).union(_square(1)), _square(2).union(_square(3))
    return gpd.GeoDataFrame(
        {
            "area_code": ["1201", "1202", "12", "02"],
            "level": ["powiat", "powiat", "voivodeship", "voivodeship"],
            "voivodeship_code": ["12", "12", "12", "02"],
        },
        geometry=gpd.GeoSeries([south, north, south.union(north), box(0, 0, 1, 1)], crs=METRIC).to_crs(
            GEOGRAPHIC
        ),
    )


def _square(position: int) -> object:
    column, row = position % 2, position // 2
    west, south = WEST_M + column * SIDE_M, SOUTH_M + row * SIDE_M
    return box(west, south, west + SIDE_M, south + SIDE_M)


def _middle(position: int) -> Point:
    return _square(position).centroid
