"""
One facility out of the records that are it: every field with the record it came from.

Nothing is lost: the records stay as their lists gave them, and a merged facility says which they are, so that it can be
parted again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.reading.own_words import as_whole, is_partial, last_words, spoken_last
from data.reading.profile_merging import MergedService, merge_services
from data.reading.trusted_fields import (
    DAY,
    PLACE,
    Origins,
    RecordRow,
    distrust,
    is_missing,
    merged_fields,
    origin_of,
)
from data.store.grades import coarseness
from data.store.names import fold
from data.store.origins import is_evidence
from data.store.own_sheets import is_own_sheet
from data.store.visibility import secrecy
from geo.errors import SupportMapError


class NothingToMergeError(SupportMapError, ValueError):
    """No record was given, or services of a record that was not."""


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
    ordered = sorted(facilities, key=distrust)
    names = [origin_of(row) for row in ordered]
    offered: dict[str, list[RecordRow]] = {name: [] for name in names}
    for row in as_whole(list(services)):
        if origin_of(row) not in offered:
            raise NothingToMergeError(
                f"expected services of {', '.join(names) or 'at least one facility'}; found one of {origin_of(row)}. "
                "Give each service with its facility.",
                record=origin_of(row),
            )
        offered[origin_of(row)].append(row)
    if not ordered:
        raise NothingToMergeError("expected at least one facility, found none.")
    fields, origins = merged_fields(_with_days_of_lists(ordered))
    _take_place(fields, origins, ordered)
    strictest = max(ordered, key=lambda row: secrecy(row.get("visibility")))
    if "visibility" in fields:
        fields["visibility"], origins["visibility"] = strictest["visibility"], (origin_of(strictest),)
    return MergedFacility(fields, origins, tuple(names), merge_services([offered[name] for name in names]))


def _with_days_of_lists(ordered: Sequence[RecordRow]) -> Sequence[RecordRow]:
    """Return the rows without days of mere evidence, where a list knows the place: voting is no day of its."""
    if all(is_evidence(row.get("origin")) for row in ordered):
        return ordered
    return [row | dict.fromkeys(DAY) if is_evidence(row.get("origin")) else row for row in map(dict, ordered)]


def _radius_of_street_m(row: RecordRow) -> float:
    """Return how far from its point a place on a street may be; 0 where nobody knows, and for other grades."""
    radius_m = row.get("place_radius_m")
    return 0.0 if row.get("place_grade") != "street" or is_missing(radius_m) else float(str(radius_m))


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
    finest = min(ordered, key=lambda row: (coarseness(row.get("place_grade")), _radius_of_street_m(row)))
    for name in PLACE:
        if name not in fields:
            continue
        fields[name] = finest.get(name)
        origins.pop(name, None)
        if not is_missing(fields[name]):
            origins[name] = (origin_of(finest),)


def _address(row: RecordRow) -> tuple[str, ...]:
    words = (row.get(name) for name in ("street_address", "locality_name"))
    return tuple("" if is_missing(word) else fold(str(word)) for word in words)
