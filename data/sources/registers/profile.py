"""
How one register of facilities is read: a TOML file instead of code.

`data/registers/README.md` tells how to write one. Everything is checked when the profile is loaded, so that a
misspelt key is an error that names it and not a column that stays empty.
"""

import tomllib
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from data.sources.readable import UNREADABLE, unreadable
from data.sources.registers.profile_tables import (
    MONTH_WORD,
    AsOf,
    Column,
    File,
    Hsds,
    Name,
    Register,
    Rows,
    Section,
    Table,
    Totals,
)
from data.sources.registers.record_fields import FIELDS
from data.store.errors import RegisterError
from data.store.origins import ORIGINS
from data.store.schema import SERVICE_STATUSES, VISIBILITIES
from data.vocabulary import support_forms

_WORDS = {
    "status": SERVICE_STATUSES,
    "visibility": VISIBILITIES,
    "origin": ORIGINS,
    "support_form": tuple(support_forms()),
}
"""Fields of a fixed set of words."""
_GROUPS = ("section", "register")
"""Words of `totals.group` that are no column."""


class RegisterProfile(Table):
    """The whole profile; columns are worked through in the order they are written."""

    register_: Register = Field(alias="register")
    file: File = File()
    as_of: AsOf = AsOf()
    columns: dict[str, Column] = Field(default_factory=dict)
    hsds: Hsds = Hsds()
    name: Name = Name()
    rows: Rows = Rows()
    sections: tuple[Section, ...] = ()
    totals: Totals | None = None

    @model_validator(mode="after")
    def _columns_suit_the_format(self) -> Self:
        if (self.file.format == "hsds") == bool(self.columns):
            message = "`columns` say how a table is read: needed for every format but hsds, which has its own"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _words_suit_their_fields(self) -> Self:
        """Refuse a word that its field does not know: every row with it would be refused later."""
        for name, column in self.columns.items():
            own = column.to or name
            given: list[tuple[str, str | bool]] = [
                (own, word) for word in column.map.values() if own in _WORDS and not column.map_separator
            ]
            given += [
                (field, word)
                for split in column.split
                for field, word in split.set.items()
                if field in _WORDS
            ]
            for field, word in given:
                if word not in _WORDS[field]:
                    message = f"columns.{name}: {field} {word!r} is none of {', '.join(_WORDS[field])}"
                    raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        if self.file.format == "hsds":
            return self
        for where, name in self._names_used():
            if name not in FIELDS and name not in self.columns:
                message = f"{where} names {name!r}, which is neither a field nor one of [columns]"
                raise ValueError(message)
        for name, column in self.columns.items():
            fed = {group for other in self.columns.values() for group in _groups(other)}
            fed |= {group for section in self.sections for group in section.title.groupindex}
            unknown = [part for part in column.join if part not in self.columns or self.columns[part].join]
            if unknown or (column.join and column.header):
                message = f"columns.{name}.join takes columns with a `header`, and has none itself"
                raise ValueError(message)
            if not column.header and not column.join and name not in fed:
                message = f"columns.{name} needs a `header`, or a split of another column that gives it"
                raise ValueError(message)
            ends_here = (not column.split or name in _groups(column)) and name not in self.only_parts
            if ends_here and column.address != "parse" and (column.to or name) not in FIELDS:
                message = (
                    f"columns.{name} is not a field: split it, or say `to`; fields are {', '.join(FIELDS)}"
                )
                raise ValueError(message)
        if "facility_key" not in self.columns and not self.register_.key:
            message = (
                "register.key must list the fields that identify a facility, or a column be facility_key"
            )
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _months_have_columns(self) -> Self:
        told = {
            column.to or name
            for name, column in self.columns.items()
            if any(MONTH_WORD in label for label in (*column.header, column.under or ""))
        }
        if unknown := sorted(set(self.as_of.months) - told):
            message = (
                f"as_of.months names {', '.join(unknown)}, of which no column has {MONTH_WORD} in its header"
            )
            raise ValueError(message)
        return self

    @cached_property
    def only_parts(self) -> frozenset[str]:
        """Columns that are only words of a `join`: neither a field nor parted into fields."""
        parts = {part for column in self.columns.values() for part in column.join}
        return frozenset(
            name
            for name, column in self.columns.items()
            if name in parts and name not in FIELDS and not (column.to or column.split or column.address)
        )

    def _names_used(self) -> list[tuple[str, str]]:
        used = [("register.key", name) for name in self.register_.key]
        for name, column in self.columns.items():
            used += [(f"columns.{name}.split", group) for group in sorted(_groups(column))]
            used += [(f"columns.{name}.to", column.to)] if column.to else []
        used += [("sections.title", name) for section in self.sections for name in section.title.groupindex]
        used += [("rows.reject", rule.column) for rule in self.rows.reject if rule.column]
        if self.totals:
            used += [("totals.quantities", name) for name in self.totals.quantities]
            used += [("totals.column", self.totals.column)] if self.totals.column else []
            used += [("totals.group", self.totals.group)] if self.totals.group not in _GROUPS else []
        return used


def _groups(column: Column) -> set[str]:
    return {name for split in column.split for name in (*split.pattern.groupindex, *split.set)}


def load_profile(path: Path) -> RegisterProfile:
    """
    Read and check a profile.

    Raises
    ------
    RegisterError
        If the file cannot be read or is not TOML, or a key is unknown, missing or has a wrong value; all such keys are
        named.
    """
    try:
        with path.open("rb") as file:
            return RegisterProfile.model_validate(tomllib.load(file))
    except UNREADABLE as error:
        raise RegisterError(str(unreadable(path, "a profile (TOML)", error)), profile=path.name) from error
    except tomllib.TOMLDecodeError as error:
        message = f"profile {path.name} should be a TOML file: {error}. Correct that line."
        raise RegisterError(message, profile=path.name) from error
    except ValidationError as error:
        problems = [(".".join(map(str, item["loc"])) or "profile", item["msg"]) for item in error.errors()]
        listed = "; ".join(f"{key}: {text}" for key, text in problems)
        message = (
            f"profile {path.name} has {len(problems)} wrong key(s): {listed}. See data/registers/README.md."
        )
        raise RegisterError(message, profile=path.name, keys=[key for key, _ in problems]) from error
