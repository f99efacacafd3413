"""SELECTs of areas, their codes and localities."""

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, and_, select
from sqlalchemy.orm import aliased

from data.reading.editions import current
from data.store.query_frames import geo_frame, read_frame
from data.store.schema import Area, AreaCode, Locality


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
