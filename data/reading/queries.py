"""SELECTs of areas, localities and people; those of services are in `data.reading.service_queries`."""

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, and_, select
from sqlalchemy.orm import aliased

from data.reading.editions import current
from data.reading.protection import is_of_facility, protections, visibility_in
from data.store.names import fold
from data.store.query_frames import geo_frame, read_frame
from data.store.schema import (
    Area,
    AreaCode,
    Facility,
    GridCell,
    Locality,
    LocalPlan,
    Office,
    Organization,
    OrganizationSeat,
    PeopleCount,
    Population,
    PopulationByYear,
    Release,
    ResidentsByYear,
)
from data.store.visibility import PUBLIC
from geo.crs import GEOGRAPHIC


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
            Area.people_code,
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
    return geo_frame(connection, query, "drawn")


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
    return geo_frame(connection, query, "point")


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


def local_plans(connection: Connection) -> pd.DataFrame:
    """Return what is known of local plans of deinstitutionalisation, one row per gmina or powiat that is known."""
    query = (
        select(
            LocalPlan.area_code,
            LocalPlan.unit_name,
            LocalPlan.status,
            LocalPlan.as_of_text,
            LocalPlan.source_url,
            LocalPlan.note,
            Release.source_code,
        )
        .join(Release, LocalPlan.release_id == Release.id)
        .where(current(LocalPlan))
        .order_by(LocalPlan.area_code, LocalPlan.id)
    )
    return read_frame(connection, query)


def offices(connection: Connection) -> pd.DataFrame:
    """Return the offices of gminas and powiats, one row each, with the day of their list."""
    query = (
        select(
            Office.area_code,
            Office.name,
            Office.address,
            Office.phone,
            Office.website,
            Release.as_of,
            Release.source_code,
        )
        .join(Release, Office.release_id == Release.id)
        .where(current(Office))
        .order_by(Office.area_code, Office.id)
    )
    return read_frame(connection, query)


def organization_seats(connection: Connection) -> pd.DataFrame:
    """
    Return public benefit organisations by the gmina of their seat, with the day of their list.

    One that runs a protected place, by any record that the registry has of it, is left out: its seat may be there.
    """
    query = (
        select(
            OrganizationSeat.krs,
            OrganizationSeat.name,
            OrganizationSeat.gmina_code,
            Release.as_of,
            Release.source_code,
        )
        .join(Release, OrganizationSeat.release_id == Release.id)
        .where(current(OrganizationSeat))
        .order_by(OrganizationSeat.gmina_code, OrganizationSeat.name, OrganizationSeat.id)
    )
    seats = read_frame(connection, query)
    protected = protections()
    kept = (
        select(Facility.organization_key, Organization.name)
        .outerjoin(protected, is_of_facility(protected))
        .outerjoin(
            Organization,
            and_(
                Organization.source_code == Facility.source_code,
                Organization.organization_key == Facility.organization_key,
            ),
        )
        .where(Facility.organization_key.is_not(None), visibility_in(protected) != PUBLIC)
        .distinct()
    )
    keepers = {fold(name) for names in connection.execute(kept) for name in names if name}
    is_keeper = [fold(name) in keepers for name in seats["name"]]
    return seats[[not keeps for keeps in is_keeper]].reset_index(drop=True)


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


def codes_of_years(connection: Connection) -> pd.DataFrame:
    """Return the gminas of every year whose codes are known: `gmina_code` (6 digits), `name`, `vintage`."""
    query = (
        select(AreaCode.teryt_code, AreaCode.name, AreaCode.vintage)
        .where(current(AreaCode))
        .order_by(AreaCode.id)
    )
    codes = read_frame(connection, query)
    return codes.assign(gmina_code=codes["teryt_code"].str[:6])


def area_of_code(connection: Connection, teryt_code: str, vintage: str) -> tuple[str | None, bool]:
    """
    Return the gmina of our boundaries that a code of another vintage means, and whether it is its parent.

    `(None, False)` says that the code has no area here.
    """
    is_code = (
        AreaCode.teryt_code.startswith(teryt_code)
        if len(teryt_code) == 6
        else AreaCode.teryt_code == teryt_code
    )
    query = select(AreaCode.area_code, AreaCode.is_parent).where(
        current(AreaCode), AreaCode.vintage == vintage, is_code
    )
    row = connection.execute(query).first()
    return (row.area_code, row.is_parent) if row else (None, False)
