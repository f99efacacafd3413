"""A scenario as a value: title, form, group and changes that go together, and the handles that name facilities."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.reading.record_handles import Record
from data.scenarios.changes import MOST_CHANGES, Change, ScenarioError, change_error
from data.store.plain_text import plain_text
from data.vocabulary import forms_for_group, need_groups
from geo.frames import require_columns

MOST_AREAS: Final = 300
"""Area codes of one scenario; a whole voivodeship is one code."""
LONGEST_TITLE: Final = 80


@dataclass(frozen=True)
class Scenario:
    """
    What a planner would change, in the order of the list; changes are told by their number, from 1.

    Attributes
    ----------
    title
        Plain text on one line, 1 to 80 characters. Anybody may have written it: escape it wherever it is shown.
    support_form, need_group
        The form and the group that the scenario is about; the form is one that is meant for the group.
    changes
        At most 60, with at most 300 area codes in all. A facility is closed or not changed otherwise, and changed
        in one way once.

    Raises
    ------
    ScenarioError
        If any of this does not hold.
    """

    title: str
    support_form: str
    need_group: str
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        title = self.title
        is_text = isinstance(title, str) and 1 <= len(title) <= LONGEST_TITLE
        if not is_text or plain_text(title).strip() != title:
            raise change_error("title", title, f"1 to {LONGEST_TITLE} characters of plain text on one line")
        if not isinstance(self.need_group, str) or self.need_group not in need_groups():
            raise change_error("need_group", self.need_group, f"one of {', '.join(need_groups())}")
        if self.support_form not in forms_for_group(self.need_group):
            raise change_error(
                "support_form", self.support_form, f"a form that is meant for {self.need_group}"
            )
        is_list = isinstance(self.changes, tuple) and all(isinstance(one, Change) for one in self.changes)
        if not is_list or len(self.changes) > MOST_CHANGES:
            raise change_error(
                "changes", len(self.changes), f"at most {MOST_CHANGES} changes; make two scenarios"
            )
        areas = sum(len(change.area_codes) for change in self.changes)
        if areas > MOST_AREAS:
            raise change_error(
                "area_codes", areas, f"at most {MOST_AREAS} codes in all; name powiats as a whole"
            )
        self._check_facilities()

    def form_of(self, change: Change) -> str | None:
        """Return the form that a change is about; None when it is about a whole facility."""
        if change.kind == "enlarge":
            return change.support_form or self.support_form
        return change.support_form

    def _check_facilities(self) -> None:
        taken: list[tuple[int, str, str, str | None]] = []
        for number, change in enumerate(self.changes, start=1):
            if change.facility is None:
                continue
            this = (change.kind, self.form_of(change))
            for earlier, facility, kind, form in taken:
                if facility == change.facility and _is_clash(this, (kind, form)):
                    raise ScenarioError(
                        f"change {number}: expected each facility to be closed or changed, and in one way once, "
                        f"found {facility!r} in change {earlier} too. Take one of the two out.",
                        change=number,
                        field="facility",
                        found=facility,
                    )
            taken.append((number, change.facility, *this))


def _is_clash(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Tell whether two changes (kind and form) of one facility cannot both be made."""
    is_closed = "close" in {one[0], other[0]}
    return one == other or ("close", None) in {one, other} or (is_closed and one[1] == other[1])


_DIGITS = 16


def facility_handles(records: pd.DataFrame, protected: Mapping[Record, str]) -> pd.Series:
    """
    Return the handle of the facility of each row.

    Parameters
    ----------
    records
        One row per service: `source_code`, `record_key`, `visibility`.
    protected
        As `data.reading.record_handles.protected_handles` returns: (source, key) → `@number` of every record that is,
        or ever was, protected.

    Returns
    -------
    facility_handle
        Indexed like `records`: `source:digest` of a public record, `source:@number` of one that is or was
        protected. Missing for a place shown as protected without a number of its own (another list protects it):
        scenarios cannot name it.

    Notes
    -----
    `facility_id` is of a version: it changes with every edit of the record. The key does not, but it may hold the name
    and street, up to 154 characters of the mirror's registers, so 16 hex digits of its SHA-256 stand for it: 60
    changes fit into a link, and two of 100,000 records of a source share them once in 3.7 billion registries. Whoever
    has a list of addresses can compute such digests; so a protected record is never named by one, as in
    `data.export.identifiers`. A record that becomes protected changes its handle: scenarios that named it say that it
    is gone. So do those of a facility whose lists are merged anew under another record.
    """
    require_columns(records, "source_code", "record_key", "visibility", what="records")
    handles: dict[Record, str] = {}
    found: list[str | None] = []
    for source, key, visibility in zip(
        records["source_code"], records["record_key"], records["visibility"], strict=True
    ):
        record = (str(source), str(key))
        number = protected.get(record)
        if number is None and visibility != "public":
            found.append(None)
            continue
        if record not in handles:
            handles[record] = f"{record[0]}:{number or digest_of_key(record[1])}"
        found.append(handles[record])
    return pd.Series(found, index=records.index, name="facility_handle", dtype=object)


def digest_of_key(key: str) -> str:
    """Return the 16 hex digits that stand for a record key in a handle."""
    return hashlib.sha256(key.encode()).hexdigest()[:_DIGITS]
