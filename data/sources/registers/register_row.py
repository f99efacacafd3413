"""From the cells of one row to one record, by the steps that the profile declares."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from data.sources.cell_text import one_line
from data.sources.registers.address_text import Address, cut_address, parse_address
from data.sources.registers.doubtful_cell import Doubt, is_made_a_date, is_shortened_number
from data.sources.registers.field_text import read_field, refuse_swapped
from data.sources.registers.phone_text import part_phones
from data.sources.registers.profile import RegisterProfile
from data.sources.registers.profile_tables import Column, Name
from data.sources.registers.record_fields import FIELDS, JOINED, LISTS
from data.store.errors import UnreadableRowError
from data.store.names import fold
from data.vocabulary import support_forms


def complete_name(name: str, address: Address, rules: Name) -> str:
    """
    Return the name, told apart from its namesakes when it is only a kind of facility.

    "ŚDS" at "Tomaszkowice 455" is "ŚDS Tomaszkowice", "ŚDS" at "ul. Józefa 1" is "ŚDS, ul. Józefa 1". A row
    without a name gets the `default` of the profile first. Other names stay as they are.
    """
    full = name or rules.default or ""
    if full not in rules.generic or not address.street_address:
        return full
    village = address.locality_name
    if village and address.street_address.startswith(f"{village} "):
        return f"{full} {village}"
    return f"{full}, {address.street_address}"


def place_from_name(name: str, address: Address, rules: Name) -> Address:
    """
    Return the address with the village that the name tells.

    `locality` of the profile finds it ("ŚDS Konary", post town Mogilany). A village that the address itself
    names beside the post town is kept.
    """
    match = rules.locality.fullmatch(name) if rules.locality else None
    if match is None or address.locality_name not in {None, address.post_town}:
        return address
    return replace(address, locality_name=match["locality"])


_PLAIN = Column()
_NOTHING_SAID = {field: None for field in FIELDS if field != "row_reference"}
_ADDRESS_FIELDS = ("street_address", "postal_code", "locality_name", "post_town")


class RowText:
    """The texts that a row gives to fields, before they are read; one object per row."""

    def __init__(self, profile: RegisterProfile) -> None:
        self.profile = profile
        self.doubts: list[Doubt] = []
        self.fields: dict[str, str] = {}
        self.constants: dict[str, str | bool] = {}
        self.origin: dict[str, str] = {}
        """Field → the column of the profile that its text came from."""
        self.column = ""
        self.address_text = ""
        self.address = Address()

    @cached_property
    def voivodeship_code(self) -> str | None:
        """The voivodeship that the row's own column or the register names."""
        stated = self.fields.get("voivodeship_code")
        return (
            str(read_field("voivodeship_code", stated)["voivodeship_code"])
            if stated
            else self.profile.register_.voivodeship
        )

    def take(self, name: str, text: str) -> None:
        """Work `text` through the steps of column `name` and hand the outcome on."""
        column = self.profile.columns.get(name, _PLAIN)
        for step in column.replace:
            text = step.pattern.sub(step.with_, text)
        text = text.strip(" \n")
        if not text:
            return
        if column.split:
            own = self._split(name, column, text)
            if own is None:
                return
            text = own
        if column.address == "parse":
            if not self._leaves_out("street_address", text):
                self.address_text = text
            return
        if column.address:
            whole = text
            text, address = cut_address(text, places=self.profile.name.places)
            if not text and name == "facility_name" and not self.profile.name.default:
                found = f"{name}: {one_line(whole)!r} was read as an address alone"
                raise UnreadableRowError("no_name_before_address", found)
            self.address = address if column.address == "cut" else self.address
        self._give(column.to or name, _mapped(name, column, text))

    def _split(self, name: str, column: Column, text: str) -> str | None:
        """Hand out the groups of the first pattern that fits; return the group of the column itself."""
        for split in column.split:
            match = split.pattern.fullmatch(text)
            if match is None:
                continue
            self.constants |= split.set
            for group, part in match.groupdict().items():
                if group != name and part:
                    self.take(group, part)
            return match[name] if name in split.pattern.groupindex else None
        raise UnreadableRowError(
            "unreadable_cell", f"{name}: {one_line(text)!r} fits no split of the profile"
        )

    def _give(self, field: str, text: str) -> None:
        if not text or self._leaves_out(field, text):
            return
        if field in JOINED and field in self.fields:
            self.fields[field] += f"; {one_line(text)}"
        else:
            self.fields.setdefault(field, text)
            self.origin.setdefault(field, self.column)

    def _leaves_out(self, field: str, text: str) -> bool:
        """Tell whether a spreadsheet made the cell something that it was not; only a name cannot be left out."""
        if not (is_made_a_date(field, text) or is_shortened_number(field, text)):
            return False
        if field == "facility_name":
            found = f"{field}: {one_line(text)!r}, expected a name; a spreadsheet made it a date or a number"
            raise UnreadableRowError("date_in_cell", found, column=self.column)
        self.doubt("cell_left_out", field, one_line(text))
        return True

    def doubt(self, kind: str, field: str, found: str) -> None:
        """Remember what a person should look at."""
        self.doubts.append(Doubt(kind, {"field": field, "column": self.column, "found": found}))


def stage_row(
    profile: RegisterProfile, cells: Mapping[str, str], *, form: str | None
) -> tuple[dict[str, Any], list[Doubt]]:
    """
    Return one record of a register, and what of the row is left out of it.

    Parameters
    ----------
    profile
        Says what to do with each column.
    cells
        Column of the profile → words of its cell, in the order of the profile; columns that the file lacks
        are left out.
    form
        The support form of the section or register, for rows that do not tell their own.

    Returns
    -------
    record
        Every field of `record_fields.FIELDS` but `row_reference`; None where the row does not say.
    doubts
        Cells, or parts of them, that are not what they should be and not worth the whole row.

    Raises
    ------
    UnreadableRowError
        If a value cannot be read, is out of range, or the facility has no name.
    """
    row = RowText(profile)
    values: dict[str, Any] = {}
    try:
        for name, text in cells.items():
            row.column = name
            if name not in profile.only_parts:
                row.take(name, text)
        if "latitude" in row.fields and "longitude" in row.fields:
            refuse_swapped(row.fields["latitude"], row.fields["longitude"])
        for field, text in row.fields.items():
            row.column = row.origin.get(field, "")
            for name, value in _values_of(row, field, text).items():
                if values.get(name) is None:
                    values[name] = value
    except UnreadableRowError as error:
        error.column = error.column or row.column
        raise
    values |= row.constants
    _place(row, values)
    if not values.get("facility_name"):
        raise UnreadableRowError("missing_name", "the row names no facility")
    _complete(values, profile, form=form)
    return {**_NOTHING_SAID, **values}, row.doubts


def _values_of(row: RowText, field: str, text: str) -> dict[str, Any]:
    if FIELDS[field] == "phones":
        phones = part_phones(text)
        for kind, pieces in (("phone_left_out", phones.left_out), ("phone_doubtful", phones.doubtful)):
            if pieces:
                row.doubt(kind, field, ", ".join(pieces))
    return read_field(field, text, voivodeship_code=row.voivodeship_code)


def said_of_protection(
    profile: RegisterProfile, cells: Mapping[str, str], *, form: str | None
) -> tuple[str | None, str | None]:
    """
    Return the form and the visibility of a row, whatever else of it cannot be read; None where it says none.

    A form that cannot be read counts as known only when every form that the profile can give is a public one.
    """
    row = RowText(profile)
    is_read = True
    for name, text in cells.items():
        try:
            if name not in profile.only_parts:
                row.take(name, text)
        except UnreadableRowError:
            is_read = False
    words: dict[str, str | bool] = {**row.fields, **row.constants}
    own, visibility = (one_line(str(words.get(name) or "")) for name in ("support_form", "visibility"))
    if own not in support_forms():
        # A cell that could not be read may be the one that tells the form.
        own = form if form and is_read and not own else "" if own else _surely_public(profile)
    return own or None, visibility or None


def _surely_public(profile: RegisterProfile) -> str:
    """Return a public form when the profile can give no other; nothing when the row may be of a protected place."""
    given: set[object] = {profile.register_.form, *(section.form for section in profile.sections)}
    for column in profile.columns.values():
        given |= {*column.map.values(), *(split.set.get("support_form") for split in column.split)}
    known = [form for code, form in support_forms().items() if code in given]
    is_public = all(form.default_visibility == "public" for form in known)
    return known[0].code if known and is_public else ""


def _complete(values: dict[str, Any], profile: RegisterProfile, *, form: str | None) -> None:
    """Add what holds for the whole register to what the row says."""
    values.setdefault("support_form", form)
    values.setdefault("voivodeship_code", profile.register_.voivodeship)
    if (values.get("latitude") is None) != (values.get("longitude") is None):
        raise UnreadableRowError("absurd_coordinate", "only one of latitude and longitude is given")
    # The point or the gmina's code can tell the voivodeship later (data/places/stated_area.py).
    is_placed = values.get("latitude") is not None or values.get("stated_gmina_code") is not None
    for field in ("support_form", *(() if is_placed else ("voivodeship_code",))):
        if values[field] is None:
            raise UnreadableRowError("unknown_value", f"{field}: neither the row nor the profile says")
    values.setdefault("status", "active")
    for field in LISTS:
        values.setdefault(field, [])
    if "facility_key" not in values:
        values["facility_key"] = made_key(values, profile.register_.key)


def made_key(values: Mapping[str, Any], fields: Iterable[str]) -> str:
    """Return what a facility without a number of its own is known by: the words of some of its fields."""
    return "|".join(fold(str(values.get(name) or "")) for name in fields)


def _place(row: RowText, values: dict[str, Any]) -> None:
    """Put the address and the name together; what a column says itself wins over what was parsed."""
    address = row.address
    if row.address_text:
        address = parse_address(
            row.address_text, postal_code=values.get("postal_code"), post_town=values.get("post_town")
        )
    name = one_line(str(values.get("facility_name") or ""))
    address = place_from_name(name, address, row.profile.name)
    for field in _ADDRESS_FIELDS:
        if values.get(field) is None:
            values[field] = getattr(address, field)
    values["facility_name"] = complete_name(
        name, Address(*(values[field] for field in _ADDRESS_FIELDS)), row.profile.name
    )


def _mapped(name: str, column: Column, text: str) -> str:
    if not column.map:
        return text
    parts = re.split(rf"\s*{re.escape(column.map_separator)}\s*", text) if column.map_separator else [text]
    known = {" ".join(key.split()): value for key, value in column.map.items()}
    unknown = [part for part in map(one_line, parts) if part not in known]
    if unknown and column.map_other == "reject":
        raise UnreadableRowError("unknown_value", f"{name}: {unknown[0]!r} is not in the map of the profile")
    return (f"{column.map_separator} " if column.map_separator else "").join(
        known.get(part, part) for part in map(one_line, parts)
    )
