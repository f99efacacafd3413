"""HSDS of anybody as a staged register: every service at a location a record, or refused with a reason."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from data.hsds.attributes import attributes_of
from data.hsds.document import read_document
from data.hsds.facility_reading import Problems, checked, no_voivodeship, read_facility
from data.hsds.identifiers import TAXONOMY_IDS, named_id
from data.hsds.mapping import CAPACITIES
from data.hsds.organization_reading import is_unknown, read_organizations
from data.hsds.package import read_package
from data.hsds.service_reading import read_service, read_stops
from data.hsds.tables import HsdsRow, Tables
from data.sources.registers.kept_words import kept_reason
from data.sources.registers.record_fields import FIELDS, INTEGERS, LISTS
from data.sources.registers.register_totals import Sums
from data.sources.registers.staged_register import StagedRegister
from data.sources.staged import rejected_rows
from data.store.errors import RegisterError, UnreadableRowError
from data.vocabulary import support_forms
from geo.teryt import ALL_VOIVODESHIPS

_OF_PROTECTION = ("support_form:", "visibility:")


@dataclass(frozen=True)
class HsdsReading:
    """
    What a file or package of HSDS gave.

    Attributes
    ----------
    staged
        The register, ready to be planned.
    not_kept
        How many values of each `table.field` our model has no place for, or could not read.
    about
        What the file says of itself, such as `snapshot_id` and `sources` of our own exports.
    """

    staged: StagedRegister
    not_kept: Mapping[str, int]
    about: Mapping[str, Any] = field(default_factory=dict)


def read_hsds(
    path: Path,
    *,
    code: str,
    forms: Mapping[str, str] | None = None,
    form: str | None = None,
    voivodeships: Mapping[str, str] | None = None,
) -> HsdsReading:
    """
    Read HSDS 3 from JSON, or from a tabular data package (a folder or a `.zip`, with or without datapackage.json).

    E-mail addresses and contacts are never read: they are of persons. A package names its facilities and
    services by HSDS identifiers, so that the next file of the same publisher finds them again.

    Parameters
    ----------
    code
        Code of the source, for messages.
    forms
        Code or name of a taxonomy term of others → form of support of ours.
    form
        The form of services whose terms tell none, for files of one kind of service.
    voivodeships
        Word of `state_province` or `region` → code of the voivodeship, where it is not its Polish name, TERYT
        or ISO 3166-2 code.

    Raises
    ------
    RegisterError
        If the file is no HSDS, a value has a wrong type, an id is missing or given twice, or a row refers to
        one that does not exist; names file, place, what was expected and found, and what to do.
    """
    unknown = sorted({*(forms or {}).values(), *([form] if form else [])} - support_forms().keys())
    unknown += sorted(set((voivodeships or {}).values()) - ALL_VOIVODESHIPS.keys())
    if unknown:
        raise RegisterError(
            f"{code}: expected forms of support and voivodeships of the vocabulary, found {', '.join(unknown)}. "
            "Correct `forms`, `form` or `voivodeships`.",
            found=unknown,
        )
    is_package = path.is_dir() or path.suffix.lower() == ".zip"
    tables = read_package(path) if is_package else read_document(path)
    if not tables.rows["service"]:
        raise tables.error("file", "expected services", "found none", "Give the document that holds services")
    reader = _Reader(tables, forms=forms or {}, form=form, voivodeships=voivodeships or {})
    staged = reader.read()
    _keep_vocabulary(tables)
    return HsdsReading(staged=staged, not_kept=tables.not_kept(), about=tables.own_keys)


class _Reader:
    """Goes through the services of one input once."""

    def __init__(
        self, tables: Tables, *, forms: Mapping[str, str], form: str | None, voivodeships: Mapping[str, str]
    ) -> None:
        self.tables = tables
        self.forms = forms
        self.form = form
        self.voivodeships = voivodeships
        self.records: list[dict[str, Any]] = []
        self.rejected: list[tuple[str, str, str]] = []
        self.stops: dict[str, list[HsdsRow]] = defaultdict(list)
        self.places: dict[str, list[HsdsRow]] = defaultdict(list)
        self.services_at: dict[str, list[HsdsRow]] = defaultdict(list)
        self._facilities: dict[str, tuple[dict[str, Any], Problems]] = {}
        self._sort_places()

    def _sort_places(self) -> None:
        """Tell places of services from stops, and check that what they refer to exists."""
        places = self.tables.rows["service_at_location"]
        for row in places:
            marks = attributes_of(self.tables, [row])
            if marks.has("stop_of"):
                at = str(marks.value("stop_of"))
                if self.tables.find("service_at_location", at) is None:
                    raise self._dangling(row, "stop_of", "service_at_location", at)
                self.stops[at].append(row)
                continue
            service = self._referred(row, "service")
            location = self._referred(row, "location", may_lack=not self.tables.is_package)
            if service is None:
                raise self._dangling(row, "service_id", "service", None)
            self.places[service.id].append(row)
            if location:
                self.services_at[location.id].append(row)

    def _referred(self, row: HsdsRow, table: str, *, may_lack: bool = False) -> HsdsRow | None:
        link = f"{table}_id"
        row_id = row.fields.get(link)
        found = self.tables.find(table, row_id)
        if found is None and (row_id is not None or not may_lack):
            raise self._dangling(row, link, table, row_id)
        return found

    def _dangling(self, row: HsdsRow, link: str, table: str, row_id: str | None) -> RegisterError:
        return self.tables.error(
            f"{row.where}: {link}",
            f"expected the id of a {table} in the same file",
            f"found {row_id!r}",
            f"Add the {table} or leave the row out",
        )

    def read(self) -> StagedRegister:
        """Return the records and the refused."""
        for service in self.tables.rows["service"]:
            if self.tables.is_package:
                self._referred(service, "organization")
            places: list[HsdsRow | None] = [*self.places[service.id]] or [None]
            for place in places:
                self._stage(service, place, is_alone=len(places) == 1)
        organizations = read_organizations(self.tables)
        return StagedRegister(
            records=_frame(self.records),
            rejected=rejected_rows(self.rejected),
            totals=Sums(None).frame(),
            as_of=_day(self.tables.own_keys.get("as_of")),
            rows_read=len(self.records) + len(self.rejected),
            dates_rows=False,
            organizations=organizations,
        )

    def _stage(self, service: HsdsRow, place: HsdsRow | None, *, is_alone: bool) -> None:
        reference = place.where if place else service.where
        location = self.tables.find("location", place.fields.get("location_id")) if place else None
        problems: Problems = []
        offered = read_service(
            self.tables,
            service,
            place,
            is_alone=is_alone,
            forms=self.forms,
            form=self.form,
            problems=problems,
        )
        if location:
            facility, of_facility = self._facility(location)
            problems += of_facility
        else:
            facility = self._doorless(service, offered["service_area_codes"], problems)
        organization = self._organization(location, service)
        if organization:
            facility |= {
                "organization_key": organization.id,
                "organization_name": organization.text("name"),
            }
        stops = read_stops(self.tables, self.stops[place.id], problems) if place else []
        record = {"row_reference": reference, "stops": stops} | facility | offered
        if not record.get("facility_name"):
            record["facility_name"] = record.get("organization_name") or service.text("name")
        if not record["facility_name"]:
            problems.append(UnreadableRowError("missing_name", "neither location nor service has a name"))
        _check_figures(record, problems)
        if problems:
            error = problems[0]
            error.found = kept_reason(
                error.found,
                support_form=offered["support_form"],
                visibility=_visibility(facility, problems),
                is_of_protection=error.found.startswith(_OF_PROTECTION),
            )
            self.rejected.append((reference, error.reason, error.detail))
        else:
            self.records.append(record)

    def _facility(self, location: HsdsRow) -> tuple[dict[str, Any], Problems]:
        """Return the fields of a facility, read once for all of its services."""
        if location.id not in self._facilities:
            places = self.services_at[location.id]
            found = (self.tables.find("service", place.fields["service_id"]) for place in places)
            services = list(dict.fromkeys(service for service in found if service))
            problems: Problems = []
            fields = read_facility(
                self.tables,
                location,
                services,
                places,
                voivodeships=self.voivodeships,
                problems=problems,
            )
            self._facilities[location.id] = (fields, problems)
        fields, problems = self._facilities[location.id]
        return dict(fields), problems

    def _organization(self, location: HsdsRow | None, service: HsdsRow) -> HsdsRow | None:
        """Return who runs the place, else who gives the service; None when nobody is named."""
        for row in (location, service):
            found = self.tables.find("organization", row.fields.get("organization_id")) if row else None
            if found and not is_unknown(found):
                return found
        return None

    def _doorless(self, service: HsdsRow, area_codes: list[str], problems: Problems) -> dict[str, Any]:
        """Return the seat-less home of a service that has no location: the areas that it covers place it."""
        voivodeships = {code[:2] for code in area_codes if code[:2] in ALL_VOIVODESHIPS}
        if len(voivodeships) != 1:
            problems.append(no_voivodeship([]))
        return {
            "facility_key": service.id,
            "voivodeship_code": min(voivodeships, default=None),
            "verified_on": None,
        }


def _visibility(facility: Mapping[str, Any], problems: Problems) -> str | None:
    """Return the visibility of a facility; a word that is none is told from no word."""
    is_unreadable = any(problem.found.startswith("visibility:") for problem in problems)
    return "unreadable" if is_unreadable else facility.get("visibility")


def _day(text: object) -> dt.date | None:
    """Return the day that a file says it is of; None when it says none."""
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None


def _check_figures(record: dict[str, Any], problems: Problems) -> None:
    """Add a problem for every number and day out of its range, wherever in the file it came from."""
    for name, kind in FIELDS.items():
        value = record.get(name)
        if kind in {"integer", "date", "age"} and value is not None:
            checked(name, str(value), problems)


def _keep_vocabulary(tables: Tables) -> None:
    """Count our own taxonomies, terms and units as kept: they are in the vocabulary."""
    units = {named_id("unit", code) for code in CAPACITIES}
    for table in ("taxonomy", "taxonomy_term", "unit"):
        for row in tables.rows[table]:
            ours = {row.id, row.fields.get("taxonomy_id")} & ({*TAXONOMY_IDS.values()} | units)
            if ours:
                row.take_all()


def _frame(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the records in the types of a staged register."""
    columns: dict[str, pd.Series[Any]] = {}
    for name, kind in FIELDS.items():
        values = [record.get(name) for record in records]
        if name in LISTS:
            values = [value or [] for value in values]
        dtype = "Int64" if name in INTEGERS else "float64" if kind == "decimal" else object
        columns[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(columns)
