"""What is known of a form in an area, as the rows of a sheet; of protected places only how many are left out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from data.reading import area_queries
from data.reading.clusters import merged_records
from data.reading.merged_services import read_services
from data.reading.protection import is_of_facility, protections, visibility_in
from data.reading.service_queries import mobile_stops, say_phone, service_areas
from data.sheets.columns import STATUS_WORDS, WHEELCHAIR_WORDS, columns_of
from data.store.names import fold
from data.store.own_sheets import PREFIX, SheetOf, first_record, replaced_record
from data.store.query_frames import Row, plain_rows
from data.store.schema import Facility, Service
from data.vocabulary import support_forms
from geo.errors import SupportMapError

_GONE = ("closed", "moved")
_STATUS = {code: word for word, code in STATUS_WORDS.items()}
_WHEELCHAIR = {code: word for word, code in WHEELCHAIR_WORDS.items()}


class UnknownSheetError(SupportMapError, LookupError):
    """There is no such form of support, or no such area on the boundaries that are loaded."""


@dataclass(frozen=True)
class KnownRows:
    """
    What a sheet of a form and area holds.

    `rows` have the words of each column by its name, a row a service; `gminas` and `profiles` are the lists to choose
    from; `left_out` is how many places of the form are there that may not be shown by their address.
    """

    sheet: SheetOf
    area_name: str
    rows: tuple[Mapping[str, str], ...]
    gminas: tuple[str, ...]
    profiles: tuple[str, ...]
    left_out: int


def known_rows(connection: Connection, sheet: SheetOf) -> KnownRows:
    """
    Return what is shown to everybody of a form in an area today.

    Records that several lists have are one row. Not among them are protected places, records that a complete list
    sets aside, places of which there is only evidence, and those that are closed or moved.

    Raises
    ------
    UnknownSheetError
        If there is no such form or area.
    """
    if sheet.support_form not in support_forms():
        raise UnknownSheetError(
            f"expected a form of support such as CAL-DPS, found {sheet.support_form!r}; "
            "data/vocabulary/support_forms.csv lists them",
            found=sheet.support_form,
        )
    areas = area_queries.areas(connection).set_index("area_code")
    if sheet.area_code not in areas.index:
        raise UnknownSheetError(
            f"expected the TERYT code of a voivodeship, powiat or gmina that is loaded (2, 4 or 6 digits), found "
            f"{sheet.area_code!r}; `python -m data area CODE` tells what a code of another year means",
            found=sheet.area_code,
        )
    services = read_services(connection)
    of_form = services[
        (services["support_form"] == sheet.support_form) & (services["visibility"] == "public")
    ]
    covered = _covered(connection)
    gminas = areas[areas["level"] == "gmina"]
    names = {str(code): f"{name} ({code})" for code, name in gminas["name"].items()}
    shown = [
        row
        for row in plain_rows(of_form.drop(columns="geometry"))
        if _is_listed(row) and _is_in(row, sheet, covered)
    ]
    stops = _stops(connection, [row["service_id"] for row in shown])
    shown.sort(key=lambda row: (row["gmina_code"] or "", row["facility_name"], row["subtype"] or ""))
    return KnownRows(
        sheet=sheet,
        area_name=str(areas.loc[sheet.area_code, "name"]),
        rows=tuple(_texts(row, sheet, names, covered, stops) for row in shown),
        gminas=tuple(name for code, name in names.items() if code.startswith(sheet.area_code)),
        profiles=_profiles(of_form["subtype"]),
        left_out=_left_out(connection, sheet),
    )


def _profiles(subtypes: pd.Series) -> tuple[str, ...]:
    """Return the profiles of a form in order, each as it is written most often: capitals make no other one."""
    written = subtypes[subtypes.fillna("") != ""].astype(str)
    common = written.groupby(written.map(fold)).agg(lambda same: same.mode().iloc[0])
    return tuple(sorted(common))


def sheets_speaking(connection: Connection, *, but: SheetOf) -> dict[str, tuple[str, ...]]:
    """Return the codes of the other own sheets that speak of a record of a list, by the record's handle."""
    query = (
        select(Facility.source_code, Facility.record_key)
        .where(Facility.source_code.startswith(PREFIX), Facility.source_code != but.source_code)
        .where(Facility.ended_release_id.is_(None))
        .order_by(Facility.source_code)
    )
    found: dict[str, tuple[str, ...]] = {}
    for source, key in connection.execute(query):
        if replaced_record(key) is not None:
            found[first_record(key)] = (*found.get(first_record(key), ()), source)
    return found


def _is_listed(row: Row) -> bool:
    return row["status"] not in _GONE and row["set_aside_by"] is None and not row["is_unconfirmed"]


def _is_in(row: Row, sheet: SheetOf, covered: Mapping[int, list[str]]) -> bool:
    """Tell whether a service stands in the area or, without a door, serves a part of it."""
    own = row["gmina_code"] or row["powiat_code"] or row["voivodeship_code"] or ""
    codes = (own, *covered.get(row["service_id"], ()))
    return any(code.startswith(sheet.area_code) for code in codes)


def _covered(connection: Connection) -> Mapping[int, list[str]]:
    codes: dict[int, list[str]] = defaultdict(list)
    for service_id, code in service_areas(connection).itertuples(index=False):
        codes[service_id].append(code)
    return codes


def _stops(connection: Connection, service_ids: list[int]) -> Mapping[int, str]:
    """Return the stops of each service as a cell has them: name, hours and point, parted by marks."""
    found: dict[int, list[str]] = defaultdict(list)
    stops = mobile_stops(connection)
    for row in stops[stops["service_id"].isin(service_ids)].itertuples():
        point = "" if row.geometry is None else f"{row.geometry.y:.6f} {row.geometry.x:.6f}"
        parts = (_plain(row.name), _plain(row.opening_hours_text), point)
        found[row.service_id].append(" | ".join(part for part in parts if part))
    return {service_id: "; ".join(stops) for service_id, stops in found.items()}


def _plain(value: Any) -> str:
    """Return words without the marks that part stops."""
    return "" if _is_missing(value) else str(value).replace("|", ",").replace(";", ",")


def _texts(
    row: Row,
    sheet: SheetOf,
    gminas: Mapping[str, str],
    covered: Mapping[int, list[str]],
    stops: Mapping[int, str],
) -> dict[str, str]:
    made = {
        "key": f"{row['source_code']}:{row['record_key']}",
        "stated_gmina_code": gminas.get(row["gmina_code"] or "", ""),
        "phones": ", ".join(said_phone(phone) for phone in row["phone_records"]),
        "opening_hours_text": row["opening_hours_text"] or row["opening_hours"],
        "status": _STATUS[row["status"]],
        "wheelchair": _WHEELCHAIR.get(row["wheelchair"] or ""),
        "service_area_codes": ", ".join(covered.get(row["service_id"], ())),
        "stops": stops.get(row["service_id"]),
    }
    words = {
        column.name: made.get(column.name, row.get(column.name)) for column in columns_of(sheet.support_form)
    }
    return {name: "" if _is_missing(value) else str(value) for name, value in words.items()}


def said_phone(phone: Mapping[str, Any]) -> str:
    """Return a telephone as a cell of a sheet has it, what is said of it in brackets."""
    said = say_phone(phone)
    return f"{said} ({phone['description']})" if phone.get("description") else said


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or bool(pd.isna(value))


def _left_out(connection: Connection, sheet: SheetOf) -> int:
    """
    Return how many places of the form are in the area that the sheet must not name: never which.

    A place that several lists have is one.
    """
    protected = protections()
    code = func.coalesce(Facility.gmina_code, Facility.powiat_code, Facility.voivodeship_code)
    query = (
        select(Facility.source_code, Facility.record_key)
        .distinct()
        .join(Service, Service.facility_id == Facility.id)
        .outerjoin(protected, is_of_facility(protected))
        .where(
            Facility.ended_release_id.is_(None),
            Service.support_form == sheet.support_form,
            code.startswith(sheet.area_code),
            visibility_in(protected) != "public",
        )
    )
    members = merged_records(connection)[["source_code", "record_key", "cluster"]]
    place_of = {(source, key): cluster for source, key, cluster in members.itertuples(index=False)}
    records = [(str(source), str(key)) for source, key in connection.execute(query)]
    return len({place_of.get(record, record) for record in records})
