"""SELECTs of organizations: those that run facilities, as they may be told, and seats of public benefit ones."""

from datetime import date

import pandas as pd
from sqlalchemy import Connection, and_, case, select

from data.reading.editions import current, editions, in_force
from data.reading.protection import is_of_facility, protections, visibility_in
from data.store.names import fold
from data.store.query_frames import read_frame
from data.store.schema import Facility, Organization, OrganizationSeat, Release
from data.store.visibility import PUBLIC


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
    # Of an empty list pandas would take no column at all.
    is_other = pd.Series([fold(name) not in keepers for name in seats["name"]], index=seats.index, dtype=bool)
    return seats[is_other].reset_index(drop=True)
