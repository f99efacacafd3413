"""From a service of HSDS and one of its places to the fields of a service in a staged record."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from data.hsds import mapping
from data.hsds.attributes import Attributes, Term, attributes_of
from data.hsds.building import FEE_FIELDS
from data.hsds.facility_reading import Problems, checked, read_languages, read_point
from data.hsds.hours import read_hours
from data.hsds.identifiers import NO_DATA, named_id
from data.hsds.tables import HsdsRow, Tables
from data.sources.cell_text import cell_text
from data.sources.registers.field_text import read_field
from data.store.errors import UnreadableRowError
from data.store.names import fold
from data.vocabulary import need_groups, support_forms

_UNITS = {named_id("unit", code): code for code in mapping.CAPACITIES}
_PLACES = {"bed", "beds", "place", "places", "space", "spaces", "miejsce", "miejsca", "lozko", "lozka"}
"""Units of others that are places, folded."""
_WAIT_DAYS = re.compile(r"(\d{1,5}) (?:dni|dzień|days?)")


def read_service(
    tables: Tables,
    service: HsdsRow,
    place: HsdsRow | None,
    *,
    is_alone: bool,
    forms: Mapping[str, str],
    form: str | None,
    problems: Problems,
) -> dict[str, Any]:
    """
    Return the fields of a service at one place; what makes the record unusable is added to `problems`.

    Parameters
    ----------
    place
        The service at location; None for a service without any.
    is_alone
        Whether the service has no other place; else its capacity is not known to be of this one.
    forms
        Code or name of a term of others → our form of support.
    form
        The form of services whose terms tell none.
    """
    own = attributes_of(tables, [service])
    at = attributes_of(tables, [place] if place else [])
    record: dict[str, Any] = {"service_key": service.id}
    for pair in mapping.SERVICE[1:]:
        if pair.way == "column":
            native = _column(service, pair, problems)
            said = at.value(pair.ours, pair.kind)
            record[str(pair.record)] = said if at.has(pair.ours) else native
    record["support_form"] = _form(own, at, forms, form, problems)
    record |= _lists(tables, service, own, at, problems)
    record["subtype"] = at.value("subtype")
    record["status"] = _status(service, at, problems)
    record |= _capacity(tables, service, place, at, is_alone=is_alone, problems=problems)
    record |= _waiting(service, at, problems)
    record |= _hours(tables, service, place)
    record["service_area_codes"] = _areas(tables, service, place)
    known = support_forms().get(record["support_form"] or "")
    if known and record["service_name"] == known.name["pl"]:
        record["service_name"] = None
    return record


def _column(service: HsdsRow, pair: mapping.Pair, problems: Problems) -> Any:
    if pair.kind != "integer":
        return service.text(pair.column)
    number = service.take(pair.column)
    return None if number is None else checked(str(pair.record), _figure(number), problems)


def _figure(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _form(
    own: Attributes, at: Attributes, forms: Mapping[str, str], form: str | None, problems: Problems
) -> str | None:
    """Return the one form that the terms tell; several are as bad as none."""
    if at.has("support_form"):
        return str(checked("support_form", str(at.value("support_form")), problems) or "") or None
    terms = [*at.terms, *own.terms]
    found: dict[str, Term] = {}
    for term in terms:
        code = next((forms[word] for word in (term.code, term.name) if word in forms), term.code)
        if code in support_forms():
            term.keep()
            found.setdefault(code, term)
    if len(found) == 1:
        return next(iter(found))
    if not found and form is not None:
        return form
    words = ", ".join(f"{term.code or '–'} {term.name!r}" for term in terms) or "no terms"
    wanted = "one form of support" if found else "a form of support of ours"
    problems.append(
        UnreadableRowError(
            "unknown_value",
            f"support_form: expected {wanted}, found {words}; give `forms` that maps a term's code or name",
        )
    )
    return None


def _lists(
    tables: Tables, service: HsdsRow, own: Attributes, at: Attributes, problems: Problems
) -> dict[str, Any]:
    """Return the lists that hang on a service, unless its place has others."""
    for term in own.groups:
        term.keep()
    native: dict[str, Any] = {
        "need_groups": [term.code for term in own.groups] or None,
        "required_documents": _texts(tables, "required_document", "document", service),
        "funding": _texts(tables, "funding", "source", service),
        "fees": [_fee(row) for row in tables.children("cost_option", "service_id", service.id)],
        "languages": read_languages(tables.children("language", "service_id", service.id)),
    }
    lists = {name: _said(tables, at, name) if at.has(name) else values for name, values in native.items()}
    unknown = [code for code in lists["need_groups"] or () if code not in need_groups()]
    if unknown:
        detail = f"need_groups: {unknown[0]!r}, expected one of {', '.join(need_groups())}"
        problems.append(UnreadableRowError("unknown_value", detail))
    names = {pair.ours: str(pair.record) for pair in mapping.SERVICE}
    return {names[name]: values for name, values in lists.items()}


def _said(tables: Tables, at: Attributes, name: str) -> list[Any]:
    """Return a list that an attribute holds: of texts, or of fees."""
    values = at.value(name, "json") or []
    texts = [value if isinstance(value, str) else None for value in values]
    if name == "fees" and all(isinstance(value, dict) for value in values):
        fees = [
            {ours: clean for ours, _ in FEE_FIELDS if (clean := _fee_value(ours, fee.get(ours))) is not None}
            for fee in values
        ]
        return [fee for fee in fees if fee]
    if name == "fees" or None in texts:
        where = at.fields[name][0].rows[0].where
        raise tables.error(
            f"{where}.value", f"expected a list of {name}", f"found {values!r:.80}", "Correct it"
        )
    return [clean for text in texts if text and (clean := cell_text(text))]


def _fee_value(name: str, value: Any) -> Any:
    if name == "amount":
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None
    return (cell_text(value) or None) if isinstance(value, str) else None


def _texts(tables: Tables, table: str, name: str, service: HsdsRow) -> list[str]:
    rows = tables.children(table, "service_id", service.id)
    return [text for row in rows if (text := row.text(name))]


def _fee(row: HsdsRow) -> dict[str, Any]:
    fee = {ours: row.take(theirs) if theirs == "amount" else row.text(theirs) for ours, theirs in FEE_FIELDS}
    return {name: value for name, value in fee.items() if value is not None}


def _status(service: HsdsRow, at: Attributes, problems: Problems) -> str | None:
    stated = service.text("status")
    if at.has("status"):
        return str(checked("status", str(at.value("status")), problems) or "") or None
    if stated is None or stated not in mapping.STATUSES_READ:
        known = ", ".join(mapping.STATUSES_READ)
        problems.append(UnreadableRowError("unknown_value", f"status: {stated!r}, expected one of {known}"))
        return None
    return mapping.STATUSES_READ[stated]


def _capacity(
    tables: Tables,
    service: HsdsRow,
    place: HsdsRow | None,
    at: Attributes,
    *,
    is_alone: bool,
    problems: Problems,
) -> dict[str, Any]:
    """Return places and vacancies; those of a unit that is no place, or of no telling which place, are not kept."""
    pairs = {pair.ours: pair for pair in mapping.SERVICE_AT_FACILITY}
    record: dict[str, Any] = {
        name: at.value(name, pairs[name].kind)
        for name in ("vacancies_on", "vacancies_expire_on", *sum(mapping.CAPACITIES.values(), ()))
    }
    for row in tables.children("service_capacity", "service_id", service.id):
        where = attributes_of(tables, [row])
        if where.has("service_at_location_id"):
            is_here = place is not None and where.value("service_at_location_id") == place.id
        else:
            is_here = is_alone
        code = _unit(tables, row)
        if not is_here or code is None:
            continue
        capacity, vacant = mapping.CAPACITIES[code]
        for field, name in ((capacity, "maximum"), (vacant, "available")):
            number = row.take(name)
            if number is not None:
                record[field] = checked(field, _figure(number), problems)
        updated = row.text("updated")
        if updated:
            record["vacancies_on"] = checked("vacancies_on", updated[:10], problems)
    return record


def _unit(tables: Tables, row: HsdsRow) -> str | None:
    """Return whom the places of a capacity are for; None when its unit is something else, such as a meal."""
    unit = tables.find("unit", row.fields.get("unit_id"))
    if unit is None:
        return None
    if code := _UNITS.get(unit.id):
        return code
    if fold(str(unit.fields.get("name") or "")) not in _PLACES:
        return None
    unit.take("name")
    return "places"


def _waiting(service: HsdsRow, at: Attributes, problems: Problems) -> dict[str, Any]:
    record: dict[str, Any] = {name: at.value(name, "integer") for name in ("waiting_persons", "waiting_days")}
    match = _WAIT_DAYS.fullmatch(str(service.fields.get("wait_time") or ""))
    if match:
        service.take("wait_time")
        if record["waiting_days"] is None:
            record["waiting_days"] = checked("waiting_days", match[1], problems)
    return record


def _hours(tables: Tables, service: HsdsRow, place: HsdsRow | None) -> dict[str, Any]:
    """Return the hours of the place, or of the service when the place has none of its own."""
    rows: Sequence[HsdsRow] = tables.children("schedule", "service_id", service.id)
    if place and (of_place := tables.children("schedule", "service_at_location_id", place.id)):
        rows = of_place
    hours, words = read_hours(rows)
    return {"service_opening_hours": hours, "service_opening_hours_text": words}


def _areas(tables: Tables, service: HsdsRow, place: HsdsRow | None) -> list[str]:
    """Return TERYT codes; areas given as shapes or words are not kept."""
    rows = tables.children("service_area", "service_at_location_id", place.id) if place else []
    codes: list[str] = []
    for row in rows or tables.children("service_area", "service_id", service.id):
        try:
            found = read_field("service_area_codes", str(row.fields.get("extent") or ""))[
                "service_area_codes"
            ]
        except UnreadableRowError:
            continue
        codes += found
        if found:
            for name in ("extent", "extent_type", "name", "description"):
                row.take(name)
    return list(dict.fromkeys(codes))


def read_stops(tables: Tables, stops: Sequence[HsdsRow], problems: Problems) -> list[dict[str, Any]]:
    """Return the stops of a service on wheels, in the order of their positions."""
    ordered = []
    for row in stops:
        marks = attributes_of(tables, [row])
        marks.value("stop_of")
        location = tables.find("location", row.fields.get("location_id"))
        if location is None:
            continue
        location.take("location_type")
        stop: dict[str, Any] = {
            "name": location.text("name"),
            "locality_name": _stop_locality(tables, location),
            "latitude": None,
            "longitude": None,
        } | read_point(location, problems)
        hours, words = read_hours(tables.children("schedule", "service_at_location_id", row.id))
        stop |= {"opening_hours": hours, "opening_hours_text": words}
        ordered.append((marks.value("position", "integer") or 0, stop))
    return [stop for _, stop in sorted(ordered, key=lambda pair: pair[0])]


def _stop_locality(tables: Tables, location: HsdsRow) -> str | None:
    for row in tables.children("address", "location_id", location.id):
        for name, value in row.fields.items():
            if value == NO_DATA or name in {"country", "address_type", "state_province"}:
                row.take(name)
        return row.text("city")
    return None
