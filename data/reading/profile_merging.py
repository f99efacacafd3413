"""The services of one facility out of those of its records: each once, and no place twice."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from data.reading.own_words import is_partial, is_whole
from data.reading.trusted_fields import Origins, RecordRow, is_missing, merged_fields, origin_of
from data.store.names import fold


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
    return "" if is_missing(subtype) else fold(str(subtype))


def merge_services(offered: Sequence[Sequence[RecordRow]]) -> tuple[MergedService, ...]:
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
    fields, origins = merged_fields(service.rows)
    return MergedService(
        fields, origins, tuple(origin_of(row) for row in service.rows), tuple(service.absorbed)
    )
