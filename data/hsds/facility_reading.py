"""From a location of HSDS, or a service without one, to the fields of a facility in a staged record."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from data.hsds.attributes import Attributes, attributes_of
from data.hsds.hours import read_hours
from data.hsds.identifiers import NO_DATA
from data.hsds.tables import HsdsRow, Tables
from data.sources.cell_text import is_date_text, read_powiat
from data.sources.registers.code_text import SCIENTIFIC_IN_TEXT
from data.sources.registers.field_text import read_field
from data.store.errors import UnreadableRowError
from data.store.names import fold
from data.store.schema import DATE_PRECISIONS
from geo.errors import TerytError
from geo.teryt import ALL_VOIVODESHIPS, Teryt

_VOIVODESHIPS = {fold(name): code for code, name in ALL_VOIVODESHIPS.items()}
_POLAND = {"pl", "pol", "polska", "poland"}
_ISO_CODE = re.compile(r"PL-(\d{2})")

Problems = list[UnreadableRowError]


def read_facility(
    tables: Tables,
    location: HsdsRow,
    services: Sequence[HsdsRow],
    places: Sequence[HsdsRow],
    *,
    voivodeships: Mapping[str, str],
    problems: Problems,
) -> dict[str, Any]:
    """
    Return the fields of a facility; what makes its records unusable is added to `problems`.

    Parameters
    ----------
    services, places
        The services given there and their rows of service at location: their telephones and days of
        assurance are the facility's too.
    voivodeships
        What files of others have as `state_province` → code of the voivodeship.
    """
    own = attributes_of(tables, [location])
    said = _Said(own, problems)
    record: dict[str, Any] = {
        "facility_key": location.id,
        "facility_name": location.text("name"),
        "alternate_name": location.text("alternate_name"),
        "facility_description": location.text("description"),
        "transportation_text": location.text("transportation"),
        "website": said.text("website") if own.has("website") else _website(location),
        "note": said.text("note"),
        "source_url": said.text("source_url"),
        "visibility": said.checked("visibility"),
        "origin": said.checked("origin"),
        "wheelchair": said.checked("wheelchair"),
        "phones": _phones(tables, location, services, places),
        "languages": read_languages(tables.children("language", "location_id", location.id)),
        "barrier_free": [
            text
            for row in tables.children("accessibility", "location_id", location.id)
            if (text := row.text("description"))
        ],
    }
    location.take("location_type")
    hours, words = read_hours(tables.children("schedule", "location_id", location.id))
    record |= {"opening_hours": hours, "opening_hours_text": words}
    record |= _date(said, services) | _stated(said)
    record |= _point(location, said)
    record |= _address(tables, location, said)
    record |= _areas(said)
    record["voivodeship_code"] = _voivodeship(tables, location, said, voivodeships)
    return record


def read_languages(rows: Sequence[HsdsRow]) -> list[str]:
    """Return language codes; a language that has only a name is read by its Polish one, or not kept."""
    codes = []
    for row in rows:
        text = row.fields.get("code") or row.fields.get("name") or ""
        try:
            codes += read_field("languages", str(text))["languages"]
        except UnreadableRowError:
            continue
        row.take("code")
        if not row.fields.get("code"):
            row.take("name")
    return list(dict.fromkeys(codes))


class _Said:
    """What attributes say of a facility, read as the fields of a record."""

    def __init__(self, own: Attributes, problems: Problems) -> None:
        self.own = own
        self.problems = problems
        self.text = own.value

    def checked(self, name: str, *, record_field: str | None = None) -> Any:
        """Return a value that must be one of a set or of a form."""
        text = self.own.value(name)
        return None if text is None else checked(record_field or name, str(text), self.problems)

    def one_of(self, name: str, known: Sequence[str]) -> str | None:
        """Return a word of a set."""
        text: str | None = self.own.value(name)
        if text is None or text in known:
            return text
        detail = f"{name}: {text!r}, expected one of {', '.join(known)}"
        self.problems.append(UnreadableRowError("unknown_value", detail))
        return None


def checked(field: str, text: str, problems: Problems) -> Any:
    """Return the text read as the field; None, and a problem more, when it is not one."""
    try:
        return read_field(field, text)[field]
    except UnreadableRowError as error:
        problems.append(error)
        return None


def _website(location: HsdsRow) -> str | None:
    try:
        read: str = read_field("website", str(location.fields.get("url") or ""))["website"]
    except UnreadableRowError:
        return None
    location.take("url")
    return read


def _phones(
    tables: Tables, location: HsdsRow, services: Sequence[HsdsRow], places: Sequence[HsdsRow]
) -> list[dict[str, Any]]:
    """Return telephones, each once; one that is also a contact's may be a person's and stays out."""
    rows = list(tables.children("phone", "location_id", location.id))
    for place in places:
        rows += tables.children("phone", "service_at_location_id", place.id)
    for service in services:
        rows += tables.children("phone", "service_id", service.id)
    phones: list[dict[str, Any]] = []
    for row in dict.fromkeys(rows):
        if row.fields.get("contact_id") or _is_lost(str(row.fields.get("number") or "")):
            continue
        number, extension = row.text("number"), row.take("extension")
        phone: dict[str, Any] = {"number": number}
        if extension is not None:
            phone["extension"] = int(extension) if extension == int(extension) else extension
        if description := row.text("description"):
            phone["description"] = description
        if number and phone not in phones:
            phones.append(phone)
    return phones


def _is_lost(number: str) -> bool:
    """Tell whether a spreadsheet made the telephone a day, or cut its last digits off; it is counted as not kept."""
    return is_date_text(number) or SCIENTIFIC_IN_TEXT.fullmatch(number.strip()) is not None


def _stated(said: _Said) -> dict[str, Any]:
    """Return the day of what the facility was taken from."""
    return {
        "stated_on": said.own.value("stated_on", "date"),
        "stated_precision": said.one_of("stated_precision", DATE_PRECISIONS),
    }


def _date(said: _Said, services: Sequence[HsdsRow]) -> dict[str, Any]:
    """Return when the facility was checked: as its own attribute says, or the oldest day of its services."""
    days = [day for service in services if (day := service.text("assured_date"))]
    if said.own.has("verified_on") or said.own.has("verified_precision"):
        return {
            "verified_on": said.own.value("verified_on", "date"),
            "verified_precision": said.one_of("verified_precision", DATE_PRECISIONS),
        }
    if not days:
        return {}
    try:
        return read_field("verified_on", min(days))
    except UnreadableRowError as error:
        said.problems.append(error)
        return {}


def read_point(location: HsdsRow, problems: Problems) -> dict[str, Any]:
    """Return the coordinates; impossible ones are not kept, possible ones outside Poland are a problem."""
    latitude, longitude = location.fields.get("latitude"), location.fields.get("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return {}
    point = {}
    for name, number in (("latitude", latitude), ("longitude", longitude)):
        location.take(name)
        if checked(name, f"{number:.6f}", problems) is not None:
            point[name] = float(number)
    return point


def _point(location: HsdsRow, said: _Said) -> dict[str, Any]:
    grade = {"file_place_grade": said.checked("place_grade", record_field="file_place_grade")}
    radius = {"file_place_radius_m": said.checked("place_radius_m", record_field="file_place_radius_m")}
    return grade | radius | read_point(location, said.problems)


def _address(tables: Tables, location: HsdsRow, said: _Said) -> dict[str, Any]:
    """Return the address of the place itself when there are several; parts that we made up are not read."""
    rows = tables.children("address", "location_id", location.id)
    rows = sorted(rows, key=lambda row: row.fields.get("address_type") != "physical")
    if not rows:
        names = ("street_address", "postal_code", "locality_name")
        return {name: said.text(name) for name in names}
    row = rows[0]
    parts = [_known(row, "address_1"), _known(row, "address_2")]
    address: dict[str, Any] = {
        "street_address": ", ".join(filter(None, parts)) or None,
        "locality_name": _known(row, "city"),
        "postal_code": None,
    }
    postal_code = row.fields.get("postal_code") or ""
    try:
        address["postal_code"] = read_field("postal_code", postal_code)["postal_code"]
        row.take("postal_code")
    except UnreadableRowError:
        _known(row, "postal_code", is_taken=postal_code == NO_DATA)
    for name in ("region", "state_province"):
        ours = said.own.value({"region": "gmina_name"}.get(name, "voivodeship_name"))
        if row.fields.get(name) in {ours, NO_DATA}:
            row.take(name)
    if fold(row.fields.get("country") or "") in _POLAND:
        row.take("country")
    row.take("address_type")
    return address


def _known(row: HsdsRow, name: str, *, is_taken: bool = True) -> str | None:
    if not is_taken:
        return None
    text = row.text(name)
    return None if text == NO_DATA else text


def _areas(said: _Said) -> dict[str, Any]:
    """Return what our own attributes state of gmina and powiat; a `region` of others may be anything."""
    stated: dict[str, Any] = {
        "stated_gmina_code": said.checked("gmina_code", record_field="stated_gmina_code"),
        "stated_gmina_name": said.text("gmina_name"),
    }
    if name := said.text("powiat_name"):
        stated["stated_powiat_name"], stated["is_city_powiat"] = read_powiat(name)
    code = said.text("powiat_code")
    if code:
        try:
            stated["is_city_powiat"] = Teryt.parse(code).is_city_powiat
        except TerytError as error:
            said.problems.append(UnreadableRowError("unknown_value", f"powiat_code: {error}"))
    return stated


def _voivodeship(
    tables: Tables, location: HsdsRow, said: _Said, voivodeships: Mapping[str, str]
) -> str | None:
    """Return the code of the voivodeship; without one no record can be placed."""
    said.own.value("voivodeship_name")
    if said.own.has("voivodeship_code"):
        return str(said.checked("voivodeship_code") or "") or None
    tried = []
    for row in tables.children("address", "location_id", location.id):
        for name in ("state_province", "region"):
            if text := row.fields.get(name):
                tried.append(text)
                if code := voivodeship_of(text, voivodeships):
                    row.take(name)
                    return code
    said.problems.append(no_voivodeship(tried))
    return None


def voivodeship_of(text: str, voivodeships: Mapping[str, str]) -> str | None:
    """Return the code of a voivodeship by its name, its TERYT or ISO 3166-2 code, or the caller's own word."""
    if text in voivodeships:
        return voivodeships[text]
    iso = _ISO_CODE.fullmatch(text)
    code = iso[1] if iso else text
    if code in ALL_VOIVODESHIPS:
        return code
    return _VOIVODESHIPS.get(fold(text).removeprefix("wojewodztwo ").removeprefix("woj "))


def no_voivodeship(tried: Sequence[str]) -> UnreadableRowError:
    """Return why a record without a voivodeship is refused, naming the words that were tried."""
    words = ", ".join(map(repr, tried)) or "nothing"
    return UnreadableRowError(
        "unknown_value",
        f"voivodeship_code: found {words} in state_province and region; name it in Polish, "
        "or give `voivodeships` that maps the words",
    )
