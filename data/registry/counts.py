"""How much there is: facilities and places by form and voivodeship, and beside official totals."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, and_, not_, select

from data.reading.clusters import merged_records
from data.reading.editions import claim_of, claims, current
from data.reading.merged_services import read_services
from data.reading.protection import is_of_facility, protections, visibility_in
from data.reading.service_queries import is_showable
from data.store.origins import EVIDENCE
from data.store.query_frames import read_frame
from data.store.schema import Area, Facility, OfficialTotal, Release, Service


@dataclass(frozen=True)
class FormCount:
    """
    One form of support in one voivodeship.

    `facilities` and `capacity_places` are of counted services: active and not replaced by a complete
    register. `capacity_places` is the sum of what is known (None when nothing is), `capacity_unknown` how
    many services do not state it. `set_aside` counts active services that a complete register replaces, `unconfirmed`
    those of which there is only evidence.
    """

    voivodeship_code: str
    voivodeship_name: str
    support_form: str
    facilities: int
    capacity_places: int | None
    capacity_unknown: int
    set_aside: int
    unconfirmed: int


def form_counts(connection: Connection) -> list[FormCount]:
    """Return facilities and places of active services by voivodeship and form."""
    services = counted_services(connection)
    name_query = select(Area.area_code, Area.name).where(current(Area), Area.level == "voivodeship")
    names = {row.area_code: row.name for row in connection.execute(name_query)}
    counts = []
    for (voivodeship, form), rows in services.groupby(["voivodeship_code", "support_form"]):
        counted = rows[rows["is_counted"]]
        known = counted["capacity_places"].dropna()
        counts.append(
            FormCount(
                voivodeship_code=str(voivodeship),
                voivodeship_name=names.get(str(voivodeship), ""),
                support_form=str(form),
                facilities=int(counted["facility_id"].nunique()),
                capacity_places=int(known.sum()) if len(known) else None,
                capacity_unknown=len(counted) - len(known),
                set_aside=int((~rows["is_counted"] & ~rows["is_unconfirmed"]).sum()),
                unconfirmed=int(rows["is_unconfirmed"].sum()),
            )
        )
    return counts


def counted_services(connection: Connection) -> pd.DataFrame:
    """
    Return every active service once, hidden ones too, for counts: never for a list of places.

    Returns
    -------
    services
        `facility_id`, `voivodeship_code`, `support_form`, `capacity_places`, `is_counted` (False when a complete
        register of another source replaces it), `is_unconfirmed` (nobody does, and there is only evidence of it).
    """
    columns = [
        "facility_id",
        "voivodeship_code",
        "support_form",
        "capacity_places",
        "is_counted",
        "is_unconfirmed",
    ]
    shown = read_services(connection)
    claim = claims(None)
    protected = protections()
    hidden = read_frame(
        connection,
        select(
            Facility.id.label("facility_id"),
            Facility.source_code,
            Facility.record_key,
            Facility.voivodeship_code,
            Service.support_form,
            Service.capacity_places,
            and_(claim.c.claimed_by.is_(None), Facility.origin.not_in(EVIDENCE)).label("is_counted"),
            and_(claim.c.claimed_by.is_(None), Facility.origin.in_(EVIDENCE)).label("is_unconfirmed"),
        )
        .select_from(Service)
        .join(Facility, Service.facility_id == Facility.id)
        .outerjoin(claim, claim_of(claim))
        .outerjoin(protected, is_of_facility(protected))
        .where(
            Facility.ended_release_id.is_(None),
            Service.status == "active",
            not_(is_showable(visibility_in(protected))),
        )
        .order_by(Facility.id, Service.id),
    )
    hidden = _once(connection, hidden)
    active = shown.loc[shown["status"] == "active", columns]
    hidden = hidden.astype({"capacity_places": "Int64", "is_counted": bool, "is_unconfirmed": bool})
    return pd.concat([pd.DataFrame(active), hidden[columns]], ignore_index=True)


def _once(connection: Connection, hidden: pd.DataFrame) -> pd.DataFrame:
    """Return the services of hidden places, those of a place that several lists have as its first list has them."""
    members = merged_records(connection)
    if members.empty:
        return hidden
    keyed = hidden.merge(members, on=["source_code", "record_key"], how="left")
    group = ["cluster", "support_form"]
    first = keyed.groupby(group)["facility_id"].transform("first")
    return keyed[keyed["cluster"].isna() | (keyed["facility_id"] == first)]


def official_comparison(connection: Connection) -> pd.DataFrame:
    """
    Set official totals beside ours, those of counted services whatever their visibility.

    Returns
    -------
    comparison
        `source_code`, `area_code`, `quantity` (`facilities` or `capacity_places`), `support_forms`, `official`,
        `ours`, `is_complete` (a register claims every one of the forms there), `tolerance_pct` (missing for a
        figure that is only set beside ours), `as_of_text`.
    """
    totals = read_frame(
        connection,
        select(
            Release.source_code,
            OfficialTotal.area_code,
            OfficialTotal.quantity,
            OfficialTotal.support_forms,
            OfficialTotal.value.label("official"),
            OfficialTotal.tolerance_pct,
            OfficialTotal.as_of_text,
        )
        .join(Release, OfficialTotal.release_id == Release.id)
        .where(Release.state == "current")
        .order_by(OfficialTotal.area_code, OfficialTotal.quantity),
    )
    if totals.empty:
        return totals.assign(ours=pd.Series(dtype=int), is_complete=pd.Series(dtype=bool))
    services = counted_services(connection)
    services = services[services["is_counted"]]
    claim = claims(None)
    claimed = {
        (row.support_form, row.voivodeship_code)
        for row in connection.execute(select(claim.c.support_form, claim.c.voivodeship_code))
    }
    ours, complete = [], []
    for total in totals.to_dict("records"):
        forms, area_code = list(total["support_forms"]), total["area_code"]
        here = services[(services["voivodeship_code"] == area_code) & services["support_form"].isin(forms)]
        is_count = total["quantity"] == "facilities"
        ours.append(
            int(here["facility_id"].nunique()) if is_count else int(here["capacity_places"].fillna(0).sum())
        )
        complete.append(all((form, area_code) in claimed for form in forms))
    return totals.assign(ours=ours, is_complete=complete)
