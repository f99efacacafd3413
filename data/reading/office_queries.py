"""SELECTs of the offices of gminas and powiats, and of their local plans."""

import pandas as pd
from sqlalchemy import Connection, select

from data.reading.editions import current
from data.store.query_frames import read_frame
from data.store.schema import LocalPlan, Office, Release


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
