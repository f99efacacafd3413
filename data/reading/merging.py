"""
One facility out of the records that are it: every field with the record it came from.

Nothing is lost: the records stay as their lists gave them, and a merged facility says which they are, so that it can be
parted again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data.fields import FIELDS, together
from data.reading.own_words import as_whole, is_partial, is_whole, last_words, spoken_last
from data.store.grades import coarseness
from data.store.names import fold
from data.store.origins import is_evidence
from data.store.own_sheets import SAID_BY_SHEET, is_own_sheet
from data.store.visibility import secrecy
from geo.errors import SupportMapError

RecordRow = Mapping[str, Any]
Origins = dict[str, tuple[str, ...]]
"""Field → `source_code:record_key` that its value came from; of a list, one for each of its items."""

_IDENTITY = frozenset(
    {
        "id",
        "facility_id",
        "organization_id",
        "release_id",
        "source_code",
        "record_key",
        "row_reference",
        "is_official",
        "said_fields",
    }
)
"""What a record is, not what it says."""
_LISTS = frozenset({"phone_records", *(field.name for field in FIELDS if field.is_united)})
_PLACE = (
    *("point", "geometry", "place_grade", "place_radius_m"),
    *("gmina_code", "gmina_name", "powiat_code", "voivodeship_code"),
)
_DAY = ("dated_on", "dated_precision", *together("day"), "source_url")
_TOGETHER = (
    _PLACE,
    together("address"),
    _DAY,
    together("capacity"),
    together("vacancy"),
)
"""
Fields that are true only together: women of one list beside the total of another would not add up, and the page of one
list does not have what another says of its day.

They come from the most trusted record that has the first of them.
"""
_PHONE_DIGITS = 9


class NothingToMergeError(SupportMapError, ValueError):
    """No record was given, or services of a record that was not."""


@dataclass(frozen=True)
class MergedService:
    """
    One service out of those that are it.

    `records` are all that speak of it; `absorbed` are services of other lists that it stands for without matching one
    by one: a list that gives the whole home, where a more trusted one gives its profiles.
    """

    fields: dict[str, Any]
    origins: Origins
    records: tuple[str, ...]
    absorbed: tuple[RecordRow, ...] = ()


@dataclass(frozen=True)
class MergedFacility:
    """One facility out of its records; `records` are in the order of trust."""

    fields: dict[str, Any]
    origins: Origins
    records: tuple[str, ...]
    services: tuple[MergedService, ...] = field(default=())


def merge_facilities(facilities: Sequence[RecordRow], services: Iterable[RecordRow] = ()) -> MergedFacility:
    """
    Merge the records of one facility.

    What an operator's own sheet says of a record (`said_fields`) holds instead of what the others say, also where it is
    empty; one that speaks of the whole record, instead of all that they say (`SAID_BY_SHEET`). Of two sheets the one
    that spoke later holds, field by field. Else a record of an official, complete register is trusted first, mere
    evidence last; of others one of a later day, then the one with the more precise place. Each field is the most
    trusted that is not missing, with these exceptions: lists are united; the point comes with its grade and gmina from
    the record that places it most precisely; visibility is the strictest; fields that are true only together come from
    one record.

    Parameters
    ----------
    facilities
        At least one: `source_code`, `record_key`, `is_official`, `origin`, `dated_on`, `place_grade` and any others.
    services
        Those of the facilities: `source_code`, `record_key`, `support_form`, `subtype` and any other fields. Of one
        form, those with the same profile (`subtype`), or the only one where a list tells no profile, become one;
        capacity is never added. Other services are kept.

    Raises
    ------
    NothingToMergeError
        If there is no facility, or a service belongs to none of them.
    """
    facilities = sorted(as_whole(facilities), key=spoken_last, reverse=True)
    ordered = sorted(facilities, key=_distrust)
    names = [_origin(row) for row in ordered]
    offered: dict[str, list[RecordRow]] = {name: [] for name in names}
    for row in as_whole(list(services)):
        if _origin(row) not in offered:
            raise NothingToMergeError(
                f"expected services of {', '.join(names) or 'at least one facility'}; found one of {_origin(row)}. "
                "Give each service with its facility.",
                record=_origin(row),
            )
        offered[_origin(row)].append(row)
    if not ordered:
        raise NothingToMergeError("expected at least one facility, found none.")
    fields, origins = _merged(_with_days_of_lists(ordered))
    _take_place(fields, origins, ordered)
    strictest = max(ordered, key=lambda row: secrecy(row.get("visibility")))
    if "visibility" in fields:
        fields["visibility"], origins["visibility"] = strictest["visibility"], (_origin(strictest),)
    return MergedFacility(fields, origins, tuple(names), _merge_services([offered[name] for name in names]))


def _with_days_of_lists(ordered: Sequence[RecordRow]) -> Sequence[RecordRow]:
    """Return the rows without days of mere evidence, where a list knows the place: voting is no day of its."""
    if all(is_evidence(row.get("origin")) for row in ordered):
        return ordered
    return [
        row | dict.fromkeys(_DAY) if is_evidence(row.get("origin")) else row for row in map(dict, ordered)
    ]


def _distrust(row: RecordRow) -> tuple[bool, bool, bool, bool, int, int, str, str]:
    if is_own_sheet(row["source_code"]):
        # In the order in which they spoke; what says some fields alone stands behind whoever says the others.
        return (is_partial(row), not is_whole(row), False, False, 0, 0, "", "")
    day: Any = row.get("dated_on")
    age = 0 if _is_missing(day) else -day.toordinal()
    return (
        False,
        True,
        not row.get("is_official"),
        is_evidence(row.get("origin")),
        age,
        _coarseness(row),
        row["source_code"],
        row["record_key"],
    )


def _coarseness(row: RecordRow) -> int:
    return coarseness(row.get("place_grade"))


def _origin(row: RecordRow) -> str:
    return f"{row['source_code']}:{row['record_key']}"


def _is_missing(value: Any) -> bool:
    return not value if isinstance(value, str | list | tuple | dict) else bool(pd.isna(value))


def _merged(rows: Sequence[RecordRow]) -> tuple[dict[str, Any], Origins]:
    """Return each field of the most trusted row that has it, or of the sheet that says it, and where it came from."""
    fields, origins = _most_trusted([row for row in rows if not is_partial(row)])
    for name, row in last_words(rows).items():
        if name in fields:
            fields[name] = row.get(name)
            origins.pop(name, None)
            if not _is_missing(fields[name]):
                origins[name] = (_origin(row),)
    return fields, origins


def _most_trusted(ordered: Sequence[RecordRow]) -> tuple[dict[str, Any], Origins]:
    names = list(dict.fromkeys(name for row in ordered for name in row if name not in _IDENTITY))
    fields: dict[str, Any] = dict.fromkeys(names)
    origins: Origins = {}
    said = SAID_BY_SHEET if ordered and is_own_sheet(ordered[0]["source_code"]) else frozenset()
    for name in names:
        if name in _LISTS:
            fields[name], found = _united(ordered[:1] if name in said else ordered, name)
            origins |= {name: found} if found else {}
            continue
        together = next((group for group in _TOGETHER if name in group), (name,))
        row = ordered[0] if name in said else _first_with(ordered, together)
        if row is not None and not _is_missing(row.get(name)):
            fields[name], origins[name] = row[name], (_origin(row),)
    return fields, origins


def _first_with(ordered: Sequence[RecordRow], together: Sequence[str]) -> RecordRow | None:
    """Return the most trusted row that has the first of the fields, or else any of them."""
    for names in (together[:1], together):
        for row in ordered:
            if any(not _is_missing(row.get(name)) for name in names):
                return row
    return None


def _united(ordered: Sequence[RecordRow], name: str) -> tuple[list[Any], tuple[str, ...]]:
    """Return the items of all rows, each once, in the order of trust; telephones are told by their digits."""
    items: dict[Any, tuple[Any, str]] = {}
    for row in ordered:
        for item in row.get(name) or ():
            items.setdefault(_told_by(item, name), (item, _origin(row)))
    return [item for item, _ in items.values()], tuple(origin for _, origin in items.values())


def _told_by(item: Any, name: str) -> str:
    """Return what makes two items one: of telephones the last digits, of other words all of them."""
    number = item["number"] if isinstance(item, Mapping) else str(item)
    digits = "".join(sign for sign in number if sign.isdigit()) if name.startswith("phone") else ""
    return digits[-_PHONE_DIGITS:] or number


def _radius_of_street_m(row: RecordRow) -> float:
    """Return how far from its point a place on a street may be; 0 where nobody knows, and for other grades."""
    radius_m = row.get("place_radius_m")
    return 0.0 if row.get("place_grade") != "street" or _is_missing(radius_m) else float(str(radius_m))


def _take_place(fields: dict[str, Any], origins: Origins, ordered: Sequence[RecordRow]) -> None:
    """
    Put the point of the record that places the facility most precisely; of equal ones the most trusted.

    Where an operator's own sheet tells another address, points of the old one are of another place.
    """
    said = last_words(ordered).get("street_address")
    own, ordered = ordered[0], [row for row in ordered if not is_partial(row)]
    if said is not None:
        own, ordered = said, [said]
    if is_own_sheet(own["source_code"]):
        ordered = [row for row in ordered if _address(row) == _address(own)]
    finest = min(ordered, key=lambda row: (_coarseness(row), _radius_of_street_m(row)))
    for name in _PLACE:
        if name not in fields:
            continue
        fields[name] = finest.get(name)
        origins.pop(name, None)
        if not _is_missing(fields[name]):
            origins[name] = (_origin(finest),)


def _address(row: RecordRow) -> tuple[str, ...]:
    words = (row.get(name) for name in ("street_address", "locality_name"))
    return tuple("" if _is_missing(word) else fold(str(word)) for word in words)


@dataclass
class _Growing:
    """A service that rows of less trusted records are still being added to."""

    rows: list[RecordRow]
    absorbed: list[RecordRow] = field(default_factory=list)

    @property
    def form(self) -> str:
        return str(self.rows[0]["support_form"])

    @property
    def subtype(self) -> str:
        """The profile, spelt one way; empty when no row tells it."""
        return next((found for row in self.rows if (found := _subtype(row))), "")


def _subtype(row: RecordRow) -> str:
    subtype = row.get("subtype")
    return "" if _is_missing(subtype) else fold(str(subtype))


def _merge_services(offered: Sequence[Sequence[RecordRow]]) -> tuple[MergedService, ...]:
    """
    Return the services of all records; the most trusted record decides how a form is parted.

    An operator's own sheet says all of its form there is: what others list beside it is no service of its own.
    """
    grown: list[_Growing] = []
    own = {str(row["support_form"]) for row in offered[0] if is_whole(row)}
    for rows in offered:
        if any(map(is_partial, rows)):
            _add_words(grown, rows)
            continue
        forms = list(dict.fromkeys(str(row["support_form"]) for row in rows))
        for form in forms:
            known = [service for service in grown if service.form == form]
            of_form = [row for row in rows if row["support_form"] == form]
            added = _add_services(known, of_form)
            if known and form in own:
                known[0].absorbed += [row for service in added for row in service.rows]
            else:
                grown += added
    return tuple(_finished(service) for service in grown)


def _add_services(known: Sequence[_Growing], rows: Sequence[RecordRow]) -> list[_Growing]:
    """Add one record's services of one form to those known; return those that are services of their own."""
    free, left = list(known), []
    for row in rows:
        match = next((service for service in free if service.subtype == _subtype(row)), None)
        if match is None:
            left.append(row)
        else:
            match.rows.append(row)
            free.remove(match)
    if not known:
        return [_Growing([row]) for row in left]
    if len(free) == len(left) == 1 and not (free[0].subtype and _subtype(left[0])):
        free[0].rows.append(left[0])
        return []
    own = []
    for row in left:
        whole = not _subtype(row) or any(not service.subtype for service in known)
        if whole:
            # The whole beside its parts: keeping both would count the same places twice.
            target = next((service for service in known if not service.subtype), known[0])
            target.absorbed.append(row)
        else:
            own.append(_Growing([row]))
    return own


def _add_words(known: Sequence[_Growing], rows: Sequence[RecordRow]) -> None:
    """Add what a sheet says of services to those of its form and profile; it brings none of its own."""
    for form in dict.fromkeys(str(row["support_form"]) for row in rows):
        services = [service for service in known if service.form == form]
        of_form = [row for row in rows if row["support_form"] == form]
        by_place = (
            dict(zip(range(len(of_form)), services, strict=False)) if len(of_form) == len(services) else {}
        )
        for place, row in enumerate(of_form):
            same = next((one for one in services if one.subtype == _subtype(row)), by_place.get(place))
            if same is not None:
                same.rows.append(row)


def _finished(service: _Growing) -> MergedService:
    fields, origins = _merged(service.rows)
    return MergedService(
        fields, origins, tuple(_origin(row) for row in service.rows), tuple(service.absorbed)
    )
