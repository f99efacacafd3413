"""SELECTs of people: residents by age and year, published counts and where they live."""

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, select

from data.reading.editions import current
from data.store.query_frames import read_frame
from data.store.schema import (
    AddressCell,
    GridCell,
    PeopleCount,
    Population,
    PopulationByYear,
    Release,
    ResidentsByYear,
    TownPart,
)
from geo.crs import GEOGRAPHIC


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


def population_by_year(connection: Connection) -> pd.DataFrame:
    """
    Return people by area, year and age band, counted or projected, each with its source.

    Bands of one source may overlap: `data.people.people_by_year` adds up those that do not.
    """
    query = (
        select(
            PopulationByYear.area_code,
            PopulationByYear.age_from,
            PopulationByYear.age_to,
            PopulationByYear.year,
            PopulationByYear.kind,
            PopulationByYear.persons,
            Release.source_code,
        )
        .join(Release, PopulationByYear.release_id == Release.id)
        .where(current(PopulationByYear))
        .order_by(PopulationByYear.id)
    )
    return read_frame(connection, query).astype({"age_to": "Int64"})


def residents_by_year(connection: Connection, *, last_year: int | None = None) -> pd.DataFrame:
    """
    Return residents of areas by year and variant, counted or projected, each with its source and file.

    One row an area, year, variant and kind; ages that the source does not tell are missing. Years after `last_year` are
    left out.
    """
    counts = [column for column in ResidentsByYear.__table__.columns if column.name.startswith("persons")]
    query = (
        select(
            ResidentsByYear.area_code,
            ResidentsByYear.year,
            ResidentsByYear.kind,
            ResidentsByYear.variant,
            *counts,
            Release.source_code,
            Release.file_name,
        )
        .join(Release, ResidentsByYear.release_id == Release.id)
        .where(current(ResidentsByYear))
        .order_by(ResidentsByYear.id)
    )
    if last_year is not None:
        query = query.where(ResidentsByYear.year <= last_year)
    frame = read_frame(connection, query)
    names = [column.name for column in counts]
    words = ["kind", "variant", "source_code", "file_name"]
    # Words that repeat tens of thousands of times are kept once.
    return frame.astype(dict.fromkeys(names, float) | dict.fromkeys(words, "category"))


def grid_cells(connection: Connection) -> gpd.GeoDataFrame:
    """Return the cells of the population grid in which somebody lives, EPSG:4326; empty when none is loaded."""
    query = (
        select(
            GridCell.gmina_code,
            GridCell.persons,
            GridCell.persons_65_plus,
            GridCell.longitude,
            GridCell.latitude,
        )
        .where(current(GridCell))
        .order_by(GridCell.id)
    )
    cells = read_frame(connection, query).astype({"persons": float, "persons_65_plus": float})
    points = gpd.points_from_xy(cells.pop("longitude"), cells.pop("latitude"), crs=GEOGRAPHIC)
    return gpd.GeoDataFrame(cells, geometry=points)


def address_cells(connection: Connection) -> gpd.GeoDataFrame:
    """
    Return the addresses of each cell and gmina, EPSG:4326; empty when none are loaded.

    `gmina_code`, `addresses`, `town_addresses` (missing where nobody knows the town's), the point where its houses
    stand on average.
    """
    query = (
        select(
            AddressCell.gmina_code,
            AddressCell.addresses,
            AddressCell.town_addresses,
            AddressCell.longitude,
            AddressCell.latitude,
        )
        .where(current(AddressCell))
        .order_by(AddressCell.id)
    )
    cells = read_frame(connection, query).astype({"addresses": float, "town_addresses": float})
    points = gpd.points_from_xy(cells.pop("longitude"), cells.pop("latitude"), crs=GEOGRAPHIC)
    return gpd.GeoDataFrame(cells, geometry=points)


def town_parts(connection: Connection) -> pd.DataFrame:
    """Return people of town and villages of urban-rural gminas with `source_code`, the newest source last."""
    columns = (
        TownPart.gmina_code,
        TownPart.town_persons,
        TownPart.rural_persons,
        TownPart.town_persons_65_plus,
        TownPart.rural_persons_65_plus,
    )
    query = (
        select(*columns, Release.source_code)
        .join(Release, TownPart.release_id == Release.id)
        .where(current(TownPart))
        .order_by(Release.effective_on, TownPart.id)
    )
    frame = read_frame(connection, query)
    return frame.astype({column.key: float for column in columns[1:]})
