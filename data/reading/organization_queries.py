"""SELECTs of organizations: those that run facilities, as they may be told."""

from datetime import date

import pandas as pd
from sqlalchemy import Connection, and_, case, select

from data.reading.editions import editions, in_force
from data.reading.protection import is_of_facility, protections, visibility_in
from data.store.query_frames import read_frame
from data.store.schema import Facility, Organization


def organizations(connection: Connection, day: date | None) -> pd.DataFrame:
    """
    Return the organizations that held on a day, one row each, with `organization_key`.

    Texts of one that runs, or ever ran, a protected place may tell where that is; its name and numbers come alone.
    """
    edition = editions(day)
    guarded = protections()
    protected = (
        select(Facility.source_code, Facility.organization_key)
        .outerjoin(guarded, is_of_facility(guarded))
        .where(visibility_in(guarded) != "public", Facility.organization_key.is_not(None))
        .distinct()
        .subquery("runs_protected")
    )
    texts = (Organization.alternate_name, Organization.description, Organization.website)
    query = (
        select(
            Organization.organization_key,
            Organization.source_code,
            Organization.name,
            *(case((protected.c.organization_key.is_(None), text)).label(text.key) for text in texts),
            Organization.legal_status,
            Organization.year_incorporated,
            Organization.nip,
            Organization.regon,
            Organization.krs,
        )
        .join(edition, in_force(Organization, edition))
        .outerjoin(
            protected,
            and_(
                protected.c.source_code == Organization.source_code,
                protected.c.organization_key == Organization.organization_key,
            ),
        )
    )
    return read_frame(connection, query).astype({"year_incorporated": "Int64"})
